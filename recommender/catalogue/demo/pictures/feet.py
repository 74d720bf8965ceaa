"""How shoes are drawn, from the side. `words` is the item's English title in small letters."""

from __future__ import annotations

from recommender.catalogue.demo.pictures.canvas import Canvas
from recommender.catalogue.demo.pictures.colours import INK, WHITE, accent, edge, light, mix
from recommender.catalogue.demo.pictures.paths import circle, mirror, outline
from recommender.catalogue.demo.pictures.tops import METAL, any_of

SOLE = (240, 238, 232)
DARK_SOLE = (74, 62, 56)


def sneakers(c: Canvas, words: str) -> None:
    """A low or high sneaker with laces and a thick sole."""
    c.raise_by = 8
    high = "high-top" in words
    thick = 5.0 if "chunky" in words else 0.0
    if high:
        c.cloth(outline("M14,70 L15,30 Q22,27 36,29 L42,48 Q56,54 72,58 Q90,61 91,72 L14,72"))
    else:
        c.cloth(outline("M12,70 Q11,56 14,44 Q18,39 24,42 Q31,49 41,44 Q54,53 72,57 Q90,61 91,72 L12,72"))
    c.cloth(outline("M70,57 Q90,60 91,72 L67,72 Q64,62 70,57"), 0.12)
    c.cloth(outline("M13,52 Q12,62 12,72 L27,72 Q27,58 22,50"), 0.12)
    tongue = "M36,30 L44,24 Q48,30 46,50" if high else "M39,45 L46,35 Q53,40 52,52"
    c.cloth(outline(tongue), 0.2)
    lace = accent(c.colour)
    for x, y in ((45, 47), (50.5, 50.5), (56, 53), (61.5, 55)):
        c.line(f"M{x},{y} L{x - 3.5},{y + 6.5}", 1.4, lace)
        c.dot(x - 3.5, y + 6.5, 0.9, edge(c.colour))
    if high:
        for y in (34, 41):
            c.line(f"M{36.5 + (y - 34) * 0.35:.1f},{y} L{31 + (y - 34) * 0.35:.1f},{y + 4}", 1.4, lace)
    if not any_of(words, "canvas", "slip-on"):
        c.line("M30,66 Q42,64 52,56", 2.2, lace)
        c.line("M34,69 Q48,67 57,58", 1.4, lace)
    sole = SOLE if light(c.colour) < 0.85 else (206, 200, 192)
    c.part(outline(f"M11,71 L92,71 Q94,76 91,{80 + thick} L15,{80 + thick} Q10,{78 + thick} 11,71"), sole, shadow=True)
    c.line(f"M12,{76 + thick / 2} L92,{76 + thick / 2}", 0.8, mix(sole, INK, 0.25))
    if any_of(words, "trail", "running", "chunky"):
        for x in range(16, 90, 6):
            c.part(
                outline(f"M{x},{80 + thick} L{x + 4},{80 + thick} L{x + 3.4},{82 + thick} L{x + 0.6},{82 + thick}"),
                mix(sole, INK, 0.5),
                False,
            )


def boots(c: Canvas, words: str) -> None:
    """Ankle, knee-high, combat, hiking, rain or snow boots."""
    c.raise_by = 0 if "knee-high" in words else 6
    top = 10 if "knee-high" in words else 18 if any_of(words, "rain", "cowboy") else 26
    heeled = any_of(words, "knee-high", "ankle", "cowboy")
    c.cloth(outline(f"M28,{top} Q40,{top - 3} 52,{top} L53,50 Q58,60 72,63 Q89,66 89,79 L26,79 Q29,60 28,{top}"))
    c.cloth(outline("M70,62.6 Q89,66 89,79 L66,79 Q63,68 70,62.6"), 0.1)
    c.part(outline(f"M28,{top} Q40,{top - 3} 52,{top} Q40,{top + 3.5} 28,{top}"), mix(c.colour, INK, 0.5))
    sole = DARK_SOLE if light(c.colour) > 0.25 else (112, 92, 74)
    if heeled:
        c.part(outline("M25.5,79 L44,79 Q43,86 42,90 L28,90 Q27,85 25.5,79"), sole, shadow=True)
        c.part(outline("M43,79 L90,79 Q90,83 86,84 L54,84 Q48,83 43,79"), sole, shadow=True)
    else:
        c.part(outline("M25,79 L90,79 Q92,84 89,88 L27,88 Q23,84 25,79"), sole, shadow=True)
        for x in range(29, 88, 7):
            c.part(outline(f"M{x},88 L{x + 4},88 L{x + 3.5},90.5 L{x + 0.5},90.5"), sole, False)
    _boot_details(c, words, top)


def _boot_details(c: Canvas, words: str, top: int) -> None:
    if any_of(words, "combat", "hiking"):
        for k, y in enumerate(range(32, 58, 6)):
            c.line(f"M{51 + max(0, k - 2) * 3},{y} L{43 + max(0, k - 2) * 3},{y + 3}", 1.5, accent(c.colour))
            c.dot(43 + max(0, k - 2) * 3, y + 3, 1.0, METAL)
    elif "chelsea" in words:
        c.part(outline("M35,29 L45,29 Q43,44 44,56 L38,56 Q39,42 35,29"), mix(c.colour, INK, 0.55))
        c.line("M30,22 L30,28", 2.0)
    elif "snow" in words:
        fur = f"M25,{top - 3} Q40,{top - 8} 55,{top - 3} Q57,{top + 3} 54,{top + 7} Q40,{top + 4} 27,{top + 7}"
        c.part(outline(f"{fur} Q23,{top + 2} 25,{top - 3}"), (246, 240, 230), shadow=True)
        c.line("M28,48 Q40,52 53,50", 0.8)
    elif "cowboy" in words:
        for path in ("M36,24 Q46,34 40,46 Q34,34 44,24", "M60,66 Q68,62 76,68"):
            c.line(path, 0.9, accent(c.colour))
    elif "rain" in words:
        c.line(f"M28.5,{top + 7} Q40,{top + 4} 52,{top + 7}", 0.9)
        c.line(f"M34,{top + 14} L34,52", 2.0, mix(c.colour, WHITE, 0.45))
    elif "desert" in words:
        for y in (40, 47):
            c.line(f"M52,{y} L43,{y + 3}", 1.4, accent(c.colour))
        c.line("M40,38 Q40,60 58,70", 0.6)
    else:
        c.line(f"M40,{top + 4} Q39,50 40,74", 1.0, METAL)
        c.dot(40, top + 6, 1.2, METAL)


def heels(c: Canvas, words: str) -> None:
    """A high-heeled shoe, from the side."""
    c.raise_by = 10
    inside = mix(c.colour, INK, 0.5)
    strap = ""
    if "ankle-strap" in words:
        strap = "M14,43 Q10,31 22,28 Q38,26 40,33 Q38,40 18,43"
    elif "slingback" in words:
        strap = "M13,45 Q18,36 30,44 Q38,50 46,60"
    elif "mary jane" in words:
        strap = "M40,63 Q44,48 55,47 Q63,50 66,63"
    if strap:
        c.line(strap, 3.0, edge(c.colour))
        c.line(strap, 1.8, c.colour)
    if any_of(words, "block", "platform", "mary jane"):
        c.cloth(outline("M13,52 Q12,68 16,90 L31,90 Q30,72 36,60"), 0.2)
    elif "kitten" in words:
        c.cloth(outline("M14,54 Q17,72 21,90 L26,90 Q27,74 34,62"), 0.2)
    else:
        c.cloth(outline("M12,50 Q17,70 20,91 L23,91 Q25,74 35,58"), 0.2)
    c.part(outline("M12,55 Q24,58 38,74 Q52,89 92,89 L92,91 L56,91 Q44,88 33,75 Q24,63 13,60"), inside, shadow=True)
    nose = "Q82,72 95,88.5 Q80,90 62,89" if any_of(words, "pointed", "stiletto", "kitten", "slingback") else (
        "Q88,70 93,82 Q94,89 88,89.5 Q74,90 62,89"
    )  # fmt: skip
    back = "M12,57 Q9,48 11,42 Q15,37 19,41" if "slingback" not in words else "M12,57 Q12,52 14,50 Q17,49 20,52"
    c.cloth(outline(f"{back} Q25,57 42,65 Q52,67 60,60 Q68,65 74,70 {nose} Q44,86 33,70 Q22,58 12,57"))
    c.part(outline("M19,42 Q25,57 42,65 Q52,67 60,60 Q50,64 42,62 Q28,55 19,42"), inside, line=False)
    if "platform" in words:
        c.part(outline("M52,87 Q70,92 91,88 Q95,92 91,96 L60,96 Q50,94 52,87"), mix(c.colour, INK, 0.35), shadow=True)
    if any_of(words, "mary jane", "ankle-strap"):
        c.dot(39 if "ankle" in words else 63, 33 if "ankle" in words else 54, 1.6, METAL)


def sandals(c: Canvas, words: str) -> None:
    """A pair of sandals from above: soles and straps."""
    rope = "espadrille" in words
    toes = "M65,9 C79,9 81,24 80,36 Q79,48 76,58"
    sole = outline(f"{toes} Q78,70 78,80 C77,94 58,94 57,80 Q57,68 58,58 Q52,46 52,33 C52,20 54,9 65,9")
    rim = (206, 172, 122) if rope else DARK_SOLE if light(c.colour) > 0.25 else (128, 104, 84)
    bed = mix(c.colour, (222, 194, 154), 0.72)
    for side in (sole, mirror(sole)):
        c.part(side, rim, shadow=True)
        inner = tuple((x + (66.5 - x if x > 50 else 33.5 - x) * 0.12, y + (51 - y) * 0.055) for x, y in side)
        c.part(inner, bed)
    for path in _straps(words):
        c.cloth(outline(path))
        c.cloth(mirror(outline(path)))
    if "two-strap" in words:
        for y in (33, 54):
            for x in (73, 27):
                c.part(circle(x, y, 2.6), METAL)
                c.part(circle(x, y, 1.2), mix(METAL, INK, 0.4), line=False)


def _straps(words: str) -> tuple[str, ...]:
    """Paths of the straps of the right sandal, toes upwards."""
    toe = "M51,28 Q66,21 81,28 L81,37 Q66,31 51,37"
    heel = "M56,75 Q67,70 79,75 L79,81 Q67,77 56,81"
    if "slides" in words:
        return ("M50,25 Q66,17 82,25 L81,49 Q66,42 52,49",)
    if "flip-flops" in words:
        return ("M64,21 L68,21 L79,49 L76,54 L66,29 L58,54 L54,49",)
    if "gladiator" in words:
        bands = tuple(f"M{52 + k},{24 + 13 * k} Q66,{19 + 13 * k} {81 - k},{24 + 13 * k} L{81 - k},{30 + 13 * k} "
                      f"Q66,{25 + 13 * k} {52 + k},{30 + 13 * k}" for k in range(5))  # fmt: skip
        return (*bands, "M64,21 L69,21 L69,82 L64,82")
    if "strappy" in words:
        return ("M51,27 L55,23 L81,44 L78,48", "M81,27 L77,23 L52,44 L55,48", heel)
    if "two-strap" in words:
        return ("M51,26 Q66,19 81,26 L80,40 Q66,34 51,40", "M54,48 Q66,42 79,48 L77,61 Q66,55 57,61")
    if "fisherman" in words:
        return (toe, "M52,40 Q66,35 81,40 L79,48 Q66,43 54,48", "M62,24 L70,24 L70,60 L62,60", heel)
    if any_of(words, "hiking", "espadrille"):
        return ("M50,24 Q66,16 82,24 L80,42 Q66,35 52,42", "M54,52 Q66,47 79,52 L78,59 Q66,55 56,59", heel)
    return (toe, "M53,44 Q66,38 80,44 L79,52 Q66,47 54,52", heel)

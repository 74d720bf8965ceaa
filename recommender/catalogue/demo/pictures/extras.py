"""How bags, hats, scarves, watches and sunglasses are drawn. `words` is the item's English title in small letters."""

from __future__ import annotations

from math import cos, pi, sin

from recommender.catalogue.demo.pictures.canvas import Canvas
from recommender.catalogue.demo.pictures.colours import INK, WHITE, Colour, accent, edge, light, mix
from recommender.catalogue.demo.pictures.paths import Outline, both, circle, mirror, outline
from recommender.catalogue.demo.pictures.tops import METAL, any_of

LENS: Colour = (58, 60, 76)


def bag(c: Canvas, words: str) -> None:
    """A tote, backpack, shoulder bag, clutch and so on."""
    if "backpack" in words:
        _backpack(c)
    elif any_of(words, "tote", "beach", "gym"):
        for path in ("M36,42 Q36,12 50,12 Q64,12 64,42",):
            c.line(path, 3.4, edge(c.colour))
            c.line(path, 2.2, mix(c.colour, INK, 0.15))
        c.cloth(both("M50,38 L78,37 L83,86 Q66,88 50,88"))
        c.line("M21,42 L79,42", 0.7)
        for x in (36, 64):
            c.dot(x, 43, 1.6, METAL)
        if "gym" in words:
            c.cloth(both("M50,56 L70,56 L72,80 L50,80"), 0.1)
    else:
        _flap_bag(c, words)


def _flap_bag(c: Canvas, words: str) -> None:
    top = 46.0
    strap = "M20,52 Q14,8 50,8 Q86,8 80,52"
    if "top-handle" in words:
        strap, top = "M34,42 Q36,16 50,16 Q64,16 66,42", 40.0
    if "clutch" not in words:
        width = 2.6 if "chain" not in words else 2.2
        c.line(strap, width, edge(c.colour) if "chain" not in words else (166, 140, 84))
        c.line(strap, width - 1.2, mix(c.colour, INK, 0.1) if "chain" not in words else (236, 212, 150))
    if "bucket" in words:
        c.cloth(both("M50,36 L70,35 Q74,60 76,86 Q62,89 50,89"))
        c.line("M29,43 Q50,48 71,43", 1.4, accent(c.colour))
        c.line("M48,45 Q44,56 45,62", 1.2, accent(c.colour))
        c.line("M52,45 Q56,56 55,61", 1.2, accent(c.colour))
        return
    c.cloth(both(f"M50,{top} L78,{top} Q82,{top} 83,{top + 6} L84,82 Q83,87 77,87 L50,87"))
    c.cloth(both(f"M50,{top} L78,{top} Q82,{top} 83,{top + 6} L83,{top + 13} Q66,{top + 25} 50,{top + 25}"), 0.1)
    if "messenger" in words:
        for x in (34, 66):
            c.cloth(outline(f"M{x - 3},{top} L{x + 3},{top} L{x + 3},{top + 30} L{x - 3},{top + 30}"), 0.25)
            c.dot(x, top + 27, 1.4, METAL)
    else:
        c.part(circle(50, top + 23, 4), METAL)
        c.part(circle(50, top + 23, 2), mix(METAL, INK, 0.35), line=False)
    if any_of(words, "chain", "clutch"):
        for k in range(-3, 3):
            for down in (False, True):
                high, low = (top + 14, top + 1) if down else (top + 1, top + 14)
                c.line(f"M{51 + k * 11},{high} L{60 + k * 11},{low}", 0.4)


def _backpack(c: Canvas) -> None:
    c.line("M42,16 Q42,7 50,7 Q58,7 58,16", 2.6)
    for side in (outline("M70,44 Q84,46 84,62 L84,82 L74,84"),):
        c.cloth(side, 0.2)
        c.cloth(mirror(side), 0.2)
    c.cloth(both("M50,13 Q74,14 75,40 L77,84 Q77,90 70,90 L50,90"))
    c.line("M27,38 Q30,22 50,21 Q70,22 73,38", 1.2, METAL)
    c.cloth(both("M50,54 L66,54 Q70,54 70,58 L70,80 Q70,84 66,84 L50,84"), 0.12)
    c.line("M32,61 L68,61", 1.1, METAL)
    c.dot(64, 63.5, 1.4, METAL)
    c.emblem(50, 40, 8)


def hat(c: Canvas, words: str) -> None:
    """A cap, beanie, beret, bucket hat or a hat with a wide brim."""
    if "beanie" in words:
        c.part(circle(50, 19, 8), mix(c.colour, WHITE, 0.35), shadow=True)
        c.cloth(both("M50,22 C74,22 79,46 79,66 L50,68"))
        for k in range(-5, 6):
            c.line(f"M{50 + k * 2.5},{24 + abs(k) * 0.8:.1f} Q{50 + k * 5},{42} {50 + k * 5.4:.1f},66", 0.45)
        c.cloth(both("M50,62 L80,61 Q82,69 80,76 L50,78"), 0.15)
        for k in range(-7, 8):
            c.line(f"M{50 + k * 4},63 L{50 + k * 4},77", 0.4)
    elif "beret" in words:
        c.cloth(outline("M14,56 Q10,34 42,28 Q78,22 88,44 Q92,58 72,64 Q48,72 26,68 Q16,64 14,56"))
        c.cloth(outline("M26,64 Q48,72 72,62 L71,69 Q48,78 27,71"), 0.2)
        c.line("M48,27 Q48,21 51,19", 1.8)
        c.line("M24,48 Q42,36 72,38", 0.6)
    elif any_of(words, "cap", "flat") and "bucket" not in words:
        c.cloth(outline("M14,62 Q12,30 46,28 Q74,28 77,60 Q46,54 14,62"))
        c.cloth(outline("M76,56 Q92,58 96,70 Q84,74 62,66 Q42,62 14,66 L14,61 Q46,52 76,56"), 0.15)
        c.line("M46,28 Q40,42 38,57", 0.6)
        c.line("M46,28 Q62,38 64,55", 0.6)
        c.dot(46, 27.5, 1.8, edge(c.colour))
        c.emblem(54, 43, 6)
    elif "bucket" in words:
        c.cloth(both("M50,26 L66,28 Q71,44 72,54 L50,57"))
        c.cloth(both("M50,54 L72,52 Q82,64 88,74 Q68,80 50,80"), 0.1)
        for y in (62, 67, 72):
            c.line(f"M{30 - (y - 58):.0f},{y} Q50,{y + 5} {70 + (y - 58):.0f},{y}", 0.4)
        c.emblem(50, 42, 6)
    else:
        c.cloth(circle(50, 68, 43, 11), 0.12)
        c.cloth(both("M50,30 Q56,27 63,29 Q71,34 72,64 Q62,70 50,70"))
        c.part(both("M50,57 Q62,57 71.4,53 L72,63 Q62,69 50,69"), accent(c.colour))
        c.line("M50,31 Q47,36 50,41", 0.7)


def watch(c: Canvas, words: str) -> None:
    """A wristwatch; the colour is that of strap and dial."""
    steel = any_of(words, "steel", "titanium", "bracelet")
    digital = any_of(words, "digital", "learning")
    band = both("M50,4 L59,4 L62,30 L62,70 L59,96 L50,96")
    if steel and not digital:
        metal = (214, 176, 96) if c.colour[0] - c.colour[2] > 90 and light(c.colour) > 0.6 else (198, 202, 210)
        c.part(band, metal, shadow=True)
        for y in [*range(8, 30, 4), *range(74, 96, 4)]:
            c.line(f"M{40.5},{y} L59.5,{y}", 0.6, mix(metal, INK, 0.35))
        c.line("M46,5 L46,96", 0.4, mix(metal, INK, 0.25))
        c.line("M54,5 L54,96", 0.4, mix(metal, INK, 0.25))
    else:
        c.cloth(band)
        for y in (80, 84, 88, 92):
            c.dot(50, y, 0.8, edge(c.colour))
        c.line("M43.5,7 L41,30", 0.4, accent(c.colour))
        c.line("M56.5,7 L59,30", 0.4, accent(c.colour))
    if digital:
        c.part(both("M50,31 L66,31 Q70,31 70,35 L70,65 Q70,69 66,69 L50,69"), mix(c.colour, INK, 0.3), shadow=True)
        c.part(both("M50,37 L64,37 L64,60 L50,60"), (196, 214, 190))
        for x in (40.5, 46, 53, 58.5):
            c.line(f"M{x},43 L{x},55 L{x + 2.6},55 L{x + 2.6},43 L{x},43", 1.0, INK)
        return
    case = (214, 176, 96) if "gold" in words else (206, 208, 214)
    c.part(circle(50, 50, 23), case, shadow=True)
    c.part(outline("M72,47.5 L76,47.5 L76,52.5 L72,52.5"), case)
    dial = c.colour if steel else (250, 248, 243)
    c.part(circle(50, 50, 19), dial)
    mark = accent(dial)
    for hour in range(12):
        a = hour * pi / 6
        inner = 15 if hour % 3 == 0 else 16.4
        ends = tuple((50 + r * sin(a), 50 - r * cos(a)) for r in (inner, 18))
        c.line(ends, 1.1 if hour % 3 == 0 else 0.7, mark)
    if "chronograph" in words:
        for x, y in ((43, 50), (57, 50), (50, 58)):
            c.part(circle(x, y, 4), mix(dial, mark, 0.2))
    c.line("M50,50 L43,42", 1.5, mark)
    c.line("M50,50 L59,37", 1.1, mark)
    c.dot(50, 50, 1.5, (206, 70, 60))


def sunglasses(c: Canvas, words: str) -> None:
    """Sunglasses from the front."""
    lens, frame = _frame(words)
    for path in ("M84,42 Q94,40 95,50", "M16,42 Q6,40 5,50"):
        c.line(path, 3.0)
        c.line(path, 1.9, c.colour)
    bridge = "M42,46 Q50,40 58,46" if "aviator" not in words else "M40,42 L60,42"
    c.line(bridge, 3.4)
    c.line(bridge, 2.3, c.colour)
    if "aviator" in words:
        c.line("M42,48 Q50,44 58,48", 1.2)
    for side in (frame, mirror(frame)):
        c.cloth(side)
    glass = mix(LENS, c.colour, 0.18)
    for side, shine in ((lens, 66.0), (mirror(lens), 24.0)):
        c.part(side, glass)
        c.line(((shine, 54.0), (shine + 7, 44.5)), 1.6, mix(glass, WHITE, 0.4))
        c.line(((shine + 4.5, 55.0), (shine + 9.5, 48.5)), 0.9, mix(glass, WHITE, 0.3))


def _frame(words: str) -> tuple[Outline, Outline]:
    if "round" in words:
        return circle(72, 51, 13), circle(72, 51, 16)
    if "cat-eye" in words:
        return (
            outline("M58,47 Q70,41 88,38 Q88,58 74,62 Q60,62 58,47"),
            outline("M55,45 Q70,37 94,32 Q92,62 74,66 Q56,66 55,45"),
        )
    if "aviator" in words:
        return (
            outline("M58,43 Q72,40 87,43 Q88,60 76,66 Q62,66 58,43"),
            outline("M56,41.5 Q72,38 89,41.5 Q90,62 76,68 Q60,68 56,41.5"),
        )
    if "slim" in words:
        return outline("M58,46 L87,44 L85,55 L61,56"), outline("M55,44 L91,41 L88,58 L58,59")
    grown = 3.0 if "oversized" in words else 0.0
    return (
        outline(f"M59,42 L86,41 Q88,{58 + grown} 84,{61 + grown} L64,{61 + grown} Q59,{59 + grown} 59,42"),
        outline(f"M55.5,39 L90,37.5 Q92,{61 + grown} 87,{65 + grown} L62,{65 + grown} Q55,{62 + grown} 55.5,39"),
    )


def scarf(c: Canvas, words: str) -> None:
    """A long scarf with fringes, or a square of silk."""
    if any_of(words, "square", "twilly"):
        c.cloth(outline("M50,10 L88,48 L50,90 L12,48"))
        inner = outline("M50,17 L81,48 L50,83 L19,48 L50,17")
        c.line(inner, 1.6, accent(c.colour))
        c.line("M50,10 Q54,40 50,90", 0.5)
        c.line("M12,48 Q46,44 88,48", 0.5)
        return
    c.cloth(outline("M58,38 L70,40 L74,86 L58,88"), 0.1)
    for k in range(5):
        c.line(f"M{60 + 3 * k},87 L{60.5 + 3 * k},94", 0.9)
    c.cloth(outline("M36,38 L56,40 L54,80 L34,78"))
    for k in range(6):
        c.line(f"M{36 + 3.4 * k:.1f},79 L{35.5 + 3.4 * k:.1f},87", 0.9)
    c.cloth(outline("M22,30 C20,8 80,8 78,30 C78,48 58,52 46,50 C30,50 22,42 22,30"))
    c.part(circle(50, 24.5, 17, 7.5), mix(c.colour, INK, 0.42))
    for path in ("M25,36 Q44,48 76,36", "M30,43 Q46,50 70,43"):
        c.line(path, 0.7)


def parcel(c: Canvas, words: str) -> None:
    """What stands for a thing of a category that nobody taught us to draw."""
    del words
    c.cloth(both("M50,34 L78,34 L78,84 L50,84"))
    c.cloth(both("M50,26 L82,26 L82,38 L50,38"), 0.12)
    c.part(both("M50,26 L54,26 L54,84 L50,84"), accent(c.colour))
    for side in (outline("M50,26 Q66,8 70,20 Q68,27 50,26"),):
        c.part(side, accent(c.colour))
        c.part(mirror(side), accent(c.colour))

"""How dresses, skirts and trousers are drawn. `words` is the item's English title in small letters."""

from __future__ import annotations

from recommender.catalogue.demo.pictures.canvas import Canvas
from recommender.catalogue.demo.pictures.colours import INK, accent, edge, mix
from recommender.catalogue.demo.pictures.paths import both, mirror, outline
from recommender.catalogue.demo.pictures.tops import METAL, any_of


def dress(c: Canvas, words: str) -> None:
    """A dress; its cut gives length, sleeves, neck and width."""
    long = any_of(words, "maxi", "slip", "qipao", "midi", "off-shoulder")
    hem = 93.0 if long else 82.0
    _dress_sleeves(c, words)
    neck = _dress_neck(c, words)
    narrow, wide = any_of(words, "sheath", "slip", "qipao", "t-shirt"), any_of(words, "tulle", "tea", "a-line")
    width = 64 if narrow else 80 if wide else 74
    waist = 59 if any_of(words, "slip", "t-shirt", "shirt dress") else 57.5
    bodice = f"M50,{neck[1]} {neck[0]} Q66.5,26 62.5,34 Q59,42 {waist},46"
    side = f"Q{(waist + width) / 2 + 2:.1f},60 {width},{hem}"
    c.cloth(both(f"{bodice} {side} Q{25 + width / 2},{hem + 3} 50,{hem + 3}"))
    if any_of(words, "maxi", "tea", "tulle"):
        right = min(outline(f"M{waist},46 {side}"), key=lambda point: abs(point[1] - (hem - 12)))
        c.line(f"M{100 - right[0]:.1f},{right[1]:.1f} Q50,{right[1] + 5:.1f} {right[0]:.1f},{right[1]:.1f}", 0.5)
    _dress_lines(c, words, hem, width)


def _dress_sleeves(c: Canvas, words: str) -> None:
    if any_of(words, "tea", "puff", "tulle"):
        sleeve = "M61,15 Q78,14 78,28 Q76,34 67,33 L63,28"
    elif any_of(words, "shirt dress", "mandarin", "cargo", "a-line", "wrap dress", "qipao", "t-shirt"):
        sleeve = "M62,15 Q70,17 76,32 L67,37 L63,30"
    elif any_of(words, "midi", "sheath"):
        sleeve = "M62,15 Q71,20 77,54 L70,56 Q67,42 63,34"
    else:
        return
    c.cloth(outline(sleeve), 0.08)
    c.cloth(mirror(outline(sleeve)), 0.08)


def _dress_neck(c: Canvas, words: str) -> tuple[str, float]:
    """The path from the middle of the neck to under the arm, and where it starts."""
    if any_of(words, "slip", "pinafore", "tennis"):
        for strap in (outline("M58,8 L60,8 L62.5,23 L59,23"),):
            c.cloth(strap)
            c.cloth(mirror(strap))
        return "L50,23 Q57,24 61,21 L64,24", 23
    if "off-shoulder" in words:
        frill = both("M50,22 Q64,18 75,21 Q77,27 72,33 Q60,32 50,33")
        c.cloth(frill, 0.1)
        return "L64,25", 25
    c.part(both("M50,13 Q55,13 58,11 L57,24 L50,26"), mix(c.colour, INK, 0.38))
    if any_of(words, "wrap", "v neck"):
        return "L50,34 L58,11 L65,15", 34
    return "Q56,21 58,11 L65,15", 21


def _dress_lines(c: Canvas, words: str, hem: float, width: float) -> None:
    if "off-shoulder" in words:
        c.cloth(both("M50,23 Q64,19 75,21.5 Q77,27 72,33 Q60,31 50,32"), 0.1)
    if "wrap" in words:
        c.line("M58,11 L44,42", 0.9)
        c.line("M42,11 L50,34", 0.9)
        c.cloth(outline("M54,44 L58,44 L62,60 L58,61"), 0.2)
    if any_of(words, " shirt dress", "cargo"):
        c.line(f"M50,21 L50,{hem + 3}", 0.6)
        for y in range(28, int(hem), 9):
            c.dot(51.6, y, 0.9)
        collar = outline("M50,21 Q54,16 57,10 Q60,11 61,14 L56,24")
        c.cloth(collar, 0.14)
        c.cloth(mirror(collar), 0.14)
    if any_of(words, "mandarin", "qipao"):
        c.cloth(both("M50,19 Q55,17 57.5,9 Q60,12 59,15 Q55,22 50,23"), 0.2)
        c.line("M50,22 Q58,25 63,31", 0.9, accent(c.colour))
        for across, down in ((54.0, 24.0), (59.0, 27.5)):
            c.dot(across, down, 1.2)
    if not any_of(words, "slip", "t-shirt", "shift", "qipao", "sheath"):
        c.cloth(both("M50,43.5 L58.6,43 L58.2,47.5 L50,48"), 0.2)
    for share in (-0.62, -0.3, 0.3, 0.62):
        far = (width - 50) * share
        c.line(f"M{50 + far * 0.42:.1f},52 Q{50 + far * 0.8:.1f},66 {50 + far:.1f},{hem - 1}", 0.45)
    c.emblem(50, 33, 6)


def skirt(c: Canvas, words: str) -> None:
    """A skirt; its cut gives length and width."""
    c.raise_by = -8 if any_of(words, "mini", "tennis") else 0
    hem = 62.0 if any_of(words, "mini", "tennis") else 90.0 if any_of(words, "maxi", "horse-face", "tiered") else 78.0
    width = (
        67 if "pencil" in words else 84 if any_of(words, "pleated", "tennis", "horse-face", "tiered", "a-line") else 77
    )
    c.cloth(both(f"M50,18 L65,18 Q70,{30 if width < 70 else 26} {width},{hem} Q{width - 14},{hem + 4} 50,{hem + 4}"))
    c.cloth(both("M50,13 L65,12.5 L65.5,19 L50,20"), 0.18)
    if any_of(words, "pleated", "tennis", "horse-face"):
        _folds(c, hem, width)
    elif "tiered" in words:
        _tiers(c)
    elif "pencil" in words:
        c.line(f"M50,{hem - 12} L50,{hem + 4}", 0.8)
    elif "cargo" in words:
        for side in (outline("M60,42 L74,42 L75,56 L61,56"),):
            c.cloth(side, 0.12)
            c.cloth(mirror(side), 0.12)
        c.line("M50,20 L50,40", 0.6)
    elif "wrap" in words:
        c.line(f"M60,20 Q58,50 42,{hem + 3}", 0.8)
        c.cloth(outline("M60,19 L64,19 L70,34 L66,35"), 0.2)
    else:
        for k in (-2, -1, 1, 2):
            c.line(
                f"M{50 + k * 5},24 Q{50 + k * 7.5},{hem * 0.6:.1f} {50 + k * (width - 50) / 2.8:.1f},{hem + 1}", 0.45
            )
    c.dot(62, 16, 1.0)


def _folds(c: Canvas, hem: float, width: float) -> None:
    for k in range(-4, 5):
        x = k * (width - 50) / 4.6
        middle = f"{50 + x * 0.7:.1f},{hem * 0.55:.1f}"
        c.line(f"M{50 + k * 3.2:.1f},20 Q{middle} {50 + x:.1f},{hem + 3 - abs(k) * 0.6:.1f}", 0.6)


def _tiers(c: Canvas) -> None:
    for y, half in ((40, 23), (64, 29)):
        c.line(f"M{50 - half},{y} Q50,{y + 4} {50 + half},{y}", 0.8)
        for k in range(-5, 6):
            c.line(f"M{50 + k * half / 6:.1f},{y + 3} L{50 + k * half / 5.6:.1f},{y + 9}", 0.4)


def jeans(c: Canvas, words: str) -> None:
    """Jeans with stitching, rivets and pockets."""
    _legs(c, words, 92)
    thread = (226, 170, 92)
    for path in ("M53,21 Q54,30 65,31", "M47,21 Q46,30 35,31"):
        c.line(path, 0.6, thread)
    c.line("M50,22 L50,38 Q54,36 54.5,22", 0.6, thread)
    for x in (54.5, 64, 45.5, 36):
        c.dot(x, 30 if x in (64, 36) else 22, 0.8, METAL)
    for x in (37, 43.5, 56.5, 63):
        c.cloth(outline(f"M{x - 1},12.5 L{x + 1},12.5 L{x + 1},20.5 L{x - 1},20.5"), 0.22)
    c.dot(50, 16.5, 1.4, METAL)
    if "ripped" in words:
        for x, y in ((61, 54), (38, 60)):
            for k in range(3):
                c.line(f"M{x - 4},{y + k * 2} L{x + 3.5},{y + k * 2 + 0.5}", 0.8, mix(c.colour, (255, 255, 255), 0.75))
    if "cargo" in words:
        _leg_pockets(c)


def _legs(c: Canvas, words: str, hem: float) -> None:
    if any_of(words, "wide", "pleated", "mom", "horse"):
        out, inner = 76.0, 53.5
    elif "flared" in words:
        out, inner = 77.0, 54.0
    elif any_of(words, "slim", "cigarette", "tapered", "jogger"):
        out, inner = 63.5, 53.5
    else:
        out, inner = 69.0, 54.0
    knee = 66 if "flared" in words else (66 + out) / 2
    leg = outline(
        f"M50,19 L66,19 Q71,34 {knee},58 L{out},{hem} Q{(out + inner) / 2},{hem + 1.5} {inner},{hem} L50.4,44"
    )
    c.cloth(mirror(leg), 0.05)
    c.cloth(leg)
    c.cloth(both("M50,13 L65.5,12.5 L66.2,20 L50,21"), 0.15)
    c.line("M50,20 L50.3,44", 0.6)
    if "jogger" in words:
        for side in (outline(f"M{out + 0.5},{hem - 4} L{out},{hem + 2} L{inner},{hem + 2} L{inner},{hem - 4}"),):
            c.cloth(side, 0.2)
            c.cloth(mirror(side), 0.2)


def _leg_pockets(c: Canvas) -> None:
    pocket = outline("M60,52 L70,51 L70.5,64 L60.5,65")
    c.cloth(pocket, 0.12)
    c.cloth(mirror(pocket), 0.12)
    c.line("M60,55.5 L70.3,54.5", 0.5)
    c.line("M40,55.5 L29.7,54.5", 0.5)


def trousers(c: Canvas, words: str) -> None:
    """Trousers with creases, a drawstring or leg pockets."""
    _legs(c, words, 92)
    for path in ("M55,21 L60,31", "M45,21 L40,31"):
        c.line(path, 0.7)
    if any_of(words, "jogger", "drawstring"):
        c.line("M48,18 Q44,26 46,32", 0.9, accent(c.colour))
        c.line("M52,18 Q56,26 54,31", 0.9, accent(c.colour))
        x = 36.0
        while x < 65:
            c.line(f"M{x},13.5 L{x},19.5", 0.35)
            x += 2.6
    elif any_of(words, "cargo", "hiking"):
        _leg_pockets(c)
    else:
        c.line("M60,26 L61.5,90", 0.5)
        c.line("M40,26 L38.5,90", 0.5)
        c.dot(50, 16.5, 1.1)


def shorts(c: Canvas, words: str) -> None:
    """Shorts."""
    c.raise_by = -6
    hem = 68 if "bermuda" in words or "cargo" in words else 61
    leg = outline(f"M50,27 L67,27 Q71,40 76,{hem} Q65,{hem + 3} 53,{hem + 3} L50.4,48")
    c.cloth(mirror(leg), 0.05)
    c.cloth(leg)
    c.cloth(both("M50,20 L66.5,19.5 L67.3,28 L50,29"), 0.15)
    c.line("M50,28 L50.3,48", 0.6)
    for path in ("M55,29 Q58,39 69,38", "M45,29 Q42,39 31,38"):
        c.line(path, 0.7)
    if any_of(words, "drawstring", "running", "swim"):
        c.line("M48,25 Q44,33 46,39", 0.9, accent(c.colour))
        c.line("M52,25 Q56,33 54,38", 0.9, accent(c.colour))
        if "running" in words:
            c.line(f"M67.5,30 Q70,42 74,{hem}", 1.6, accent(c.colour))
            c.line(f"M32.5,30 Q30,42 26,{hem}", 1.6, accent(c.colour))
    elif "cargo" in words:
        for side in (outline("M60,48 L71,47 L72,60 L61,61"),):
            c.cloth(side, 0.12)
            c.cloth(mirror(side), 0.12)
    else:
        c.dot(50, 24, 1.2, METAL)
        c.line(f"M53,{hem - 0.5} Q65,{hem} 75,{hem - 3}", 0.5, edge(c.colour))
        c.line(f"M47,{hem - 0.5} Q35,{hem} 25,{hem - 3}", 0.5, edge(c.colour))

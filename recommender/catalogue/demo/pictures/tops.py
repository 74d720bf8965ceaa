"""How garments for the upper body are drawn. `words` is the item's English title in small letters."""

from __future__ import annotations

from recommender.catalogue.demo.pictures.canvas import Canvas
from recommender.catalogue.demo.pictures.colours import INK, accent, edge, mix
from recommender.catalogue.demo.pictures.paths import both, mirror, outline

METAL = (196, 186, 160)


def any_of(words: str, *wanted: str) -> bool:
    """Whether the title has one of these words."""
    return any(word in words for word in wanted)


def sleeves(c: Canvas, path: str, cuff: str = "") -> None:
    """Both sleeves, the right one by its path."""
    for side in (outline(path), mirror(outline(path))):
        c.cloth(side, 0.07)
    for side in (outline(cuff), mirror(outline(cuff))) if cuff else ():
        c.cloth(side, 0.2)


LONG = "M69,20 Q80,30 87,72 L77,75 Q73,54 66,42"
LONG_CUFF = "M87,70 L88,77 L77.5,80 L76.5,73"
SHORT = "M69,19 Q77,24 86,41 L75,47 L67,38"
BACK_NECK = "M50,19 Q56,19 60,15 L59,24 L50,27"


def torso(c: Canvas, neck: str = "Q57,25 60,15.5", hem: float = 85, width: float = 71) -> None:
    """The body from neck to hem, symmetric."""
    c.cloth(both(f"M50,25 {neck} L70,19.5 Q71.5,32 69.5,42 L{width},{hem} Q60,{hem + 1.5} 50,{hem + 1.5}"))


def tshirt(c: Canvas, words: str) -> None:
    """A T-shirt: round neck, V neck or polo collar, short or long sleeves."""
    c.part(both(BACK_NECK), mix(c.colour, INK, 0.35))
    hem = 72.0 if "cropped" in words else 85.0
    if "long-sleeved" in words:
        sleeves(c, LONG, LONG_CUFF)
    else:
        sleeves(c, SHORT)
        for side in (outline("M86,41 L75,47"), mirror(outline("M86,41 L75,47"))):
            c.line(tuple((x - (0.8 if x > 50 else -0.8), y - 2.2) for x, y in side), 0.4)
    if "polo" in words:
        torso(c, "L50,30 Q56,24 60,15.5", hem)
        collar(c)
        c.line("M50,27 L50,43", 0.6)
        for y in (31, 36, 41):
            c.dot(51.6, y, 0.7)
    elif "v-neck" in words:
        torso(c, "L50,33 L60,15.5", hem)
        c.line("M40,15.5 L50,33 L60,15.5", 1.4)
    else:
        torso(c, hem=hem)
        c.line("M40,15.5 Q43,25 50,25 Q57,25 60,15.5", 1.5)
    if "pocket" in words:
        c.cloth(outline("M56,38 L66,38 L66,47 L61,50 L56,47"), 0.1)
    c.emblem(50, 50, 11)
    c.line(f"M31,{hem - 2.5} Q50,{hem - 0.5} 69,{hem - 2.5}", 0.4)


def collar(c: Canvas, shade: float = 0.12) -> None:
    """A turned-down collar."""
    right = outline("M50,27 Q55,20 58.5,14 Q61,15 62,18 L57,29")
    c.cloth(right, shade)
    c.cloth(mirror(right), shade)


def shirt(c: Canvas, words: str) -> None:
    """A shirt or blouse with a button placket."""
    c.part(both(BACK_NECK), mix(c.colour, INK, 0.3))
    if any_of(words, "short-sleeved", "camp-collar"):
        sleeves(c, SHORT)
    elif "puff" in words:
        sleeves(c, "M68,19 Q88,20 86,38 Q85,46 74,45 L67,36")
    else:
        sleeves(c, LONG, LONG_CUFF)
    c.cloth(both("M50,26 Q57,24 60,15.5 L70,19.5 Q71.5,32 69.5,42 L71,83 Q64,90 57,85 Q53,84 50,84"))
    c.line("M50,26 L50,84", 0.5)
    c.line("M47,28 L47,84", 0.4)
    _shirt_neck(c, words)
    if "knot-button" in words:
        for y in (34, 45, 56, 67):
            c.line(f"M45,{y} L55,{y}", 1.1, accent(c.colour))
            c.dot(50, y, 1.3)
    else:
        for y in (34, 44, 54, 64, 74):
            c.dot(48.6, y, 0.85)
    if "overshirt" in words:
        for x in (0, 1):
            pocket = outline("M55,38 L66,38 L66,50 L55,50")
            c.cloth(pocket if x else mirror(pocket), 0.1)
    elif "blouse" not in words:
        c.line("M56,39 L65,39 L65,47 L60.5,49.5 L56,47 L56,39", 0.45)


def _shirt_neck(c: Canvas, words: str) -> None:
    if "bow-neck" in words:
        for side in (outline("M50,27 Q60,19 63,27 Q60,34 50,29"), outline("M51,29 Q57,38 58,50 L52,49 Q52,38 50,30")):
            c.cloth(side, 0.14)
            c.cloth(mirror(side), 0.14)
        c.dot(50, 28, 1.8, edge(c.colour))
    elif any_of(words, "band-collar", "knot-button"):
        c.cloth(both("M50,25 Q57,23 60,14 Q61,17 60.5,20 Q57,27 50,29"), 0.15)
    else:
        collar(c)


def ribs(c: Canvas, left: float, right: float, top: float, bottom: float) -> None:
    """Upright ribs of a knitted hem."""
    x = left
    while x <= right:
        c.line(f"M{x:.1f},{top} L{x:.1f},{bottom}", 0.3)
        x += 2.2


def sweater(c: Canvas, words: str) -> None:
    """A knitted sweater with ribbed hem and cuffs."""
    c.part(both(BACK_NECK), mix(c.colour, INK, 0.35))
    sleeves(c, "M69,20 Q82,30 89,72 L78,75 Q74,56 66,43", "M89,70 L90,78 L79,81 L77.5,73")
    torso(c, "L50,36 L60,15.5" if "v-neck" in words else "Q57,25 60,15.5", 80, 72)
    if any_of(words, "cable", "chunky"):
        for x in (40, 50, 60):
            for y in range(34, 78, 8):
                c.line(f"M{x - 2},{y} Q{x + 3},{y + 4} {x - 2},{y + 8}", 0.7)
                c.line(f"M{x + 2},{y} Q{x - 3},{y + 4} {x + 2},{y + 8}", 0.7)
    if "fair isle" in words:
        for y in (32, 37):
            for x in range(36, 67, 4):
                c.part(((x, y - 1.8), (x + 1.6, y), (x, y + 1.8), (x - 1.6, y)), accent(c.colour), line=False)
    c.cloth(both("M50,80 L72,80 L71,87 Q60,88 50,88"), 0.16)
    ribs(c, 31, 69, 81, 87)
    if any_of(words, "turtleneck", "mock"):
        top = 9 if "turtleneck" in words else 12
        c.cloth(both(f"M50,{top} L59,{top} Q59,16 61,19 Q56,25 50,25"), 0.12)
        ribs(c, 42, 58, top + 1, 21)
    elif "half-zip" in words:
        c.cloth(both("M50,13 L58,11 L61,19 Q56,24 50,26"), 0.12)
        c.line("M50,14 L50,44", 1.0, METAL)
        c.dot(50, 45, 1.2, METAL)
    elif "v-neck" in words:
        c.line("M40,15.5 L50,36 L60,15.5", 2.2)
    else:
        c.line("M40,15.5 Q43,25 50,25 Q57,25 60,15.5", 2.4)
    c.emblem(50, 54, 10)


def cardigan(c: Canvas, words: str) -> None:
    """An open-necked knit with buttons in front."""
    hem = 70.0 if "cropped" in words else 90.0 if "long" in words else 80.0
    c.part(both("M50,18 Q56,18 60,15 L60,30 L50,46"), mix(c.colour, INK, 0.4))
    sleeves(c, "M69,20 Q82,30 89,72 L78,75 Q74,56 66,43", "M89,70 L90,78 L79,81 L77.5,73")
    torso(c, "L50,44 Q58,32 60,15.5", hem, 72)
    c.cloth(both(f"M50,{hem} L72,{hem} L71.5,{hem + 5} Q60,{hem + 6} 50,{hem + 6}"), 0.16)
    ribs(c, 31, 69, hem + 0.8, hem + 5)
    band = outline(f"M60,15.5 Q59,32 51.5,44 L51.5,{hem + 5} L48.5,{hem + 5} L48.5,43 Q56,31 57.5,16")
    c.cloth(mirror(band), 0.14)
    c.cloth(band, 0.14)
    y = 48.0
    while y < hem + 3:
        c.dot(50, y, 1.35)
        y += 8
    for side in (outline("M56,62 L67,62 L67,74 L56,74"),):
        if hem >= 80:
            c.cloth(side, 0.1)
            c.cloth(mirror(side), 0.1)


def hoodie(c: Canvas, words: str) -> None:
    """A hoodie, with zip or without, or a sweatshirt without hood."""
    hooded = "sweatshirt" not in words
    hem = 72.0 if "cropped" in words else 80.0
    if hooded:
        c.cloth(both("M50,6 Q66,7 66,20 Q64,28 50,30"), 0.12)
        c.part(both("M50,11 Q59,12 59,20 Q57,26 50,28"), mix(c.colour, INK, 0.5))
    else:
        c.part(both(BACK_NECK), mix(c.colour, INK, 0.35))
    sleeves(c, "M69,20 Q83,30 89,70 L78,74 Q74,56 66,44", "M89,68 L90,76 L79,80 L77.5,72")
    torso(c, "Q57,26 60,16.5" if hooded else "Q57,25 60,15.5", hem, 72)
    c.cloth(both(f"M50,{hem} L72,{hem} L71,{hem + 6} Q60,{hem + 7} 50,{hem + 7}"), 0.16)
    ribs(c, 31, 69, hem + 1, hem + 6)
    if hooded:
        c.line("M37,18 Q40,27 50,27 Q60,27 63,18", 1.6)
        c.line("M46,27 Q45,35 46,42", 1.0, accent(c.colour))
        c.line("M54,27 Q55,35 54,40", 1.0, accent(c.colour))
        if hem > 75:
            c.cloth(both("M50,58 L60,58 L66,74 L50,74"), 0.09)
    else:
        c.line("M40,15.5 Q43,25 50,25 Q57,25 60,15.5", 2.2)
    if any_of(words, "zip hoodie", "half-zip"):
        c.line(f"M50,27 L50,{hem + 6 if 'zip hoodie' in words else 44}", 1.1, METAL)
        c.dot(50, 30 if "zip hoodie" in words else 45, 1.2, METAL)
    else:
        c.emblem(50, 44, 9)

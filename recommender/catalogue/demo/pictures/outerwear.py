"""How jackets and coats are drawn. `words` is the item's English title in small letters."""

from __future__ import annotations

from recommender.catalogue.demo.pictures.canvas import Canvas
from recommender.catalogue.demo.pictures.colours import INK, accent, mix
from recommender.catalogue.demo.pictures.paths import both, mirror, outline
from recommender.catalogue.demo.pictures.tops import METAL, any_of, collar, ribs, sleeves, torso


def jacket(c: Canvas, words: str) -> None:
    """A short jacket: blazer, biker, bomber, denim or wind jacket."""
    if "blazer" in words:
        return _blazer(c)
    c.part(both("M50,17 Q56,17 60,14 L58,30 L50,34"), mix(c.colour, INK, 0.5))
    sleeves(c, "M69,20 Q82,30 88,71 L77,74 Q73,55 66,43", "M88,69 L89,76 L78,79 L76.5,72")
    torso(c, "L50,30 Q56,24 60,15.5", 76, 71)
    c.cloth(both("M50,76 L71,76 L70.5,82 Q60,83 50,83"), 0.17)
    if any_of(words, "biker", "fringed"):
        _biker_front(c)
    elif any_of(words, "denim", "trucker", "field", "cropped"):
        _denim_front(c)
    elif "frog-button" in words:
        c.cloth(both("M50,24 Q57,22 60,13 Q62,16 61,20 Q57,27 50,29"), 0.15)
        c.line("M50,28 L50,83", 0.6)
        for y in (36, 47, 58, 69):
            c.line(f"M44,{y} L56,{y}", 1.2, accent(c.colour))
            c.dot(50, y, 1.4)
    else:
        hood = any_of(words, "shell", "windbreaker")
        c.cloth(both("M50,8 Q63,9 63,20 Q58,27 50,29" if hood else "M50,16 L58,11 L62,19 Q56,25 50,29"), 0.13)
        if hood:
            c.part(both("M50,12 Q58,13 57,20 Q55,25 50,27"), mix(c.colour, INK, 0.45))
        ribs(c, 31, 69, 77, 82)
        c.line("M50,28 L50,82", 1.2, METAL)
        c.dot(50, 31, 1.3, METAL)
        for path in ("M57,62 L64,52", "M43,62 L36,52"):
            c.line(path, 1.1, METAL)


def _biker_front(c: Canvas) -> None:
    for side in (outline("M50,40 L61,14 L70,21 L66,33 L59,31"), outline("M50,40 L39,14 L30,21 L34,33 L41,31")):
        c.cloth(side, 0.13)
    c.line("M51,40 L57,82", 1.0, METAL)
    c.line("M60,60 L68,56", 1.0, METAL)
    c.line("M32,56 L40,60", 1.0, METAL)


def _denim_front(c: Canvas) -> None:
    collar(c)
    c.line("M50,28 L50,83", 0.6)
    for y in (36, 45, 54, 63, 72, 79.5):
        c.dot(51.8, y, 0.9, METAL)
    for side in (outline("M55,40 L66,40 L66,44 L60.5,47 L55,44"), outline("M56,44 L56,52 L65,52 L65,44")):
        c.line((*side, side[0]), 0.5)
        c.line((*mirror(side), mirror(side)[0]), 0.5)
    c.line("M54,83 L57,56", 0.4)
    c.line("M46,83 L43,56", 0.4)


def _blazer(c: Canvas) -> None:
    c.part(both("M50,16 Q56,16 60,13 L58,40 L50,52"), (250, 249, 246))
    sleeves(c, "M69,20 Q81,30 86,74 L76,76 Q73,56 66,43")
    right = outline("M59,13 L70,19.5 Q71.5,32 68,45 L71,82 Q66,88 53,86 L49,54 Q57,40 58,16")
    c.cloth(mirror(right))
    c.cloth(right)
    lapel = outline("M58.5,13.5 Q62,15 63,18 L66,27 L61,29 L63,32 L50,55 Q57,38 57,16")
    c.cloth(mirror(lapel), 0.14)
    c.cloth(lapel, 0.14)
    for y in (59, 68):
        c.dot(51.5, y, 1.3)
    c.cloth(outline("M58,66 L68,65 L68.2,68.5 L58.2,69.5"), 0.16)
    c.cloth(mirror(outline("M58,66 L68,65 L68.2,68.5 L58.2,69.5")), 0.16)


def coat(c: Canvas, words: str) -> None:
    """A long coat: tailored with lapels, or a padded one with a hood."""
    if any_of(words, "puffer", "parka", "padded"):
        return _puffer(c)
    c.part(both("M50,14 Q55,14 59,11 L57,30 L50,40"), (248, 244, 238))
    sleeves(c, "M68,17 Q79,27 84,64 L74,66 Q71,50 65,38", "M84,62 L84.8,67 L74.5,69.5 L73.5,64.5")
    c.cloth(both("M50,36 L58,12 L68.5,16.5 Q70,28 67,42 L74,92 Q62,94 50,94"))
    if "stand-collar" in words:
        c.cloth(both("M50,36 L50,21 Q56,19 59,9 Q62,13 61,17 Q57,28 50,40"), 0.14)
        for y in (34, 45, 56):
            c.line(f"M44,{y} L56,{y}", 1.2, accent(c.colour))
            c.dot(50, y, 1.4)
    else:
        lapel = outline("M57,10 Q61,11 62,15 L66,24 L61,26 L63,29 L51,44 Q57,30 57,12")
        c.cloth(mirror(lapel), 0.14)
        c.cloth(lapel, 0.14)
    c.line("M50,44 L50,94", 0.6)
    if any_of(words, "trench", "wrap"):
        c.cloth(both("M50,49 L68,48 L68.6,54 L50,55"), 0.18)
        c.cloth(outline("M47,54 L51,54 L53,72 L47,71"), 0.18)
    rows = (48, 60, 72) if not any_of(words, "trench", "wrap") else (62, 74)
    for y in () if "stand-collar" in words else rows:
        c.dot(54.5, y, 1.4)
        if any_of(words, "double", "trench", "duffle"):
            c.dot(45.5, y, 1.4)
    for path in ("M59,64 L67,62", "M41,64 L33,62"):
        c.line(path, 1.1)


def _puffer(c: Canvas) -> None:
    c.cloth(both("M50,4 Q66,5 66,18 Q64,27 50,29"), 0.14)
    c.part(both("M50,9 Q60,10 59,18 Q57,25 50,27"), mix(c.colour, INK, 0.5))
    sleeves(c, "M67,18 Q83,24 88,66 L76,69 Q73,52 65,42", "M87.5,63 L88.5,69 L76.5,72 L75.5,66")
    c.cloth(both("M50,27 Q57,26 61,17 L69,19 Q72,30 70,42 Q73,60 73,86 Q62,88 50,88"))
    for y in (38, 49, 60, 71, 82):
        c.line(f"M{29.5 - (y - 38) * 0.06:.1f},{y} Q50,{y + 2.5} {70.5 + (y - 38) * 0.06:.1f},{y}", 0.6)
    for y in (34, 44, 54):
        for flip in (False, True):
            seam = outline(f"M{71 + (y - 34) * 0.15:.1f},{y + 5} L{80.5 + (y - 34) * 0.26:.1f},{y + 1}")
            c.line(mirror(seam) if flip else seam, 0.5)
    c.line("M50,28 L50,88", 1.2, METAL)

"""Patterns as cloth: a picture of the whole square in a colour and a pattern."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin
from random import Random

from PIL import Image, ImageDraw

from recommender.catalogue.demo.pictures.colours import INK, WHITE, Colour, accent, light, mix


def cloth(pixels: int, colour: Colour, pattern: str) -> Image.Image:
    """A square of `pixels` of cloth. An unknown pattern is plain."""
    image = Image.new("RGB", (pixels, pixels), colour)
    paint = PATTERNS.get(pattern)
    if paint:
        paint(ImageDraw.Draw(image), pixels / 100, colour)
    return image


def _striped(draw: ImageDraw.ImageDraw, unit: float, colour: Colour) -> None:
    for y in range(0, 100, 7):
        draw.rectangle((0, y * unit, 100 * unit, (y + 2.6) * unit), fill=accent(colour))


def _checked(draw: ImageDraw.ImageDraw, unit: float, colour: Colour) -> None:
    half, full, thin = mix(colour, accent(colour), 0.4), accent(colour), mix(colour, INK, 0.35)
    for a in range(-2, 100, 12):
        draw.rectangle((a * unit, 0, (a + 5) * unit, 100 * unit), fill=half)
    for b in range(-2, 100, 12):
        draw.rectangle((0, b * unit, 100 * unit, (b + 5) * unit), fill=half)
    for a in range(-2, 100, 12):
        for b in range(-2, 100, 12):
            draw.rectangle((a * unit, b * unit, (a + 5) * unit, (b + 5) * unit), fill=mix(half, full, 0.55))
        draw.line(((a + 8.5) * unit, 0, (a + 8.5) * unit, 100 * unit), fill=thin, width=max(1, round(0.5 * unit)))
        draw.line((0, (a + 8.5) * unit, 100 * unit, (a + 8.5) * unit), fill=thin, width=max(1, round(0.5 * unit)))


def _dotted(draw: ImageDraw.ImageDraw, unit: float, colour: Colour) -> None:
    for row, y in enumerate(range(0, 104, 5)):
        for x in range(0, 104, 10):
            _disc(draw, unit, x + 5 * (row % 2), y, 1.55, accent(colour))


def _floral(draw: ImageDraw.ImageDraw, unit: float, colour: Colour) -> None:
    dice = Random(5)  # noqa: S311 - the same flowers every time
    bright = light(colour) > 0.72
    petals = [(226, 92, 118), (240, 150, 90), (120, 110, 190)] if bright else [WHITE, (255, 222, 226), (255, 236, 190)]
    leaf = (96, 146, 96) if light(colour) > 0.3 else (134, 176, 124)
    for row, y in enumerate(range(2, 104, 9)):
        for column, x in enumerate(range(1, 106, 11)):
            cx, cy = x + 5.5 * (row % 2) + dice.uniform(-1.2, 1.2), y + dice.uniform(-1, 1)
            _disc(draw, unit, cx + 3.1, cy + 2.4, 1.1, leaf)
            _disc(draw, unit, cx + 4.1, cy + 1.6, 0.8, leaf)
            petal = petals[(row + column) % 3]
            for dx, dy in ((0, -1.5), (1.45, -0.45), (0.9, 1.25), (-0.9, 1.25), (-1.45, -0.45)):
                _disc(draw, unit, cx + dx, cy + dy, 1.15, petal)
            _disc(draw, unit, cx, cy, 0.9, (246, 196, 70) if petal != (255, 236, 190) else (226, 110, 100))


def _leopard(draw: ImageDraw.ImageDraw, unit: float, colour: Colour) -> None:
    dice = Random(11)  # noqa: S311 - the same spots every time
    dark = mix(colour, INK, 0.75) if light(colour) > 0.3 else mix(colour, (214, 170, 110), 0.75)
    inner = mix(colour, (150, 96, 48), 0.45)
    for row, y in enumerate(range(0, 104, 6)):
        for x in range(0, 106, 8):
            cx, cy = x + 4 * (row % 2) + dice.uniform(-1.3, 1.3), y + dice.uniform(-1, 1)
            a, b, turn = dice.uniform(1.7, 2.5), dice.uniform(1.4, 2), dice.uniform(0, 360)
            box = ((cx - a) * unit, (cy - b) * unit, (cx + a) * unit, (cy + b) * unit)
            draw.ellipse(box, fill=inner)
            draw.arc(box, turn, turn + 150, fill=dark, width=round(1.1 * unit))
            draw.arc(box, turn + 190, turn + 310, fill=dark, width=round(1.1 * unit))


def _camouflage(draw: ImageDraw.ImageDraw, unit: float, colour: Colour) -> None:
    dice = Random(3)  # noqa: S311 - the same blots every time
    tones = [mix(colour, INK, 0.5), mix(colour, (214, 206, 176), 0.5), mix(colour, (70, 84, 52), 0.55)]
    for number in range(85):
        x, y, tone = dice.uniform(0, 100), dice.uniform(0, 100), tones[number % 3]
        for _ in range(4):
            _disc(draw, unit, x + dice.uniform(-4, 4), y + dice.uniform(-2, 2), dice.uniform(1.4, 3), tone)


def _tie_dye(draw: ImageDraw.ImageDraw, unit: float, colour: Colour) -> None:
    dice = Random(8)  # noqa: S311 - the same rings every time
    tones = [mix(colour, WHITE, 0.75), colour, mix(colour, accent(colour), 0.45), mix(colour, INK, 0.25)]
    for ring, radius in enumerate(range(66, 2, -5)):
        points = []
        for k in range(60):
            wave = radius + dice.uniform(-2.2, 2.2)
            x, y = _turn(k / 60, wave)
            points.append(((50 + x) * unit, (46 + y) * unit))
        draw.polygon(points, fill=tones[ring % 4])


def _turn(share: float, radius: float) -> tuple[float, float]:
    return radius * cos(2 * pi * share), radius * sin(2 * pi * share)


def _disc(draw: ImageDraw.ImageDraw, unit: float, x: float, y: float, radius: float, colour: Colour) -> None:
    draw.ellipse(((x - radius) * unit, (y - radius) * unit, (x + radius) * unit, (y + radius) * unit), fill=colour)


PATTERNS: dict[str, Callable[[ImageDraw.ImageDraw, float, Colour], None]] = {
    "striped": _striped, "checked": _checked, "dotted": _dotted, "floral": _floral, "leopard": _leopard,
    "camouflage": _camouflage, "tie-dye": _tie_dye,
}  # fmt: skip

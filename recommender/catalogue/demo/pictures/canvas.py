"""A sheet to draw a garment on: shapes of its cloth, plain parts, lines and a shadow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image, ImageDraw

from recommender.catalogue.demo.pictures.colours import INK, WHITE, Colour, accent, edge, ground, mix
from recommender.catalogue.demo.pictures.paths import Outline, circle, outline
from recommender.catalogue.demo.pictures.prints import PATTERNS, cloth

FINER = 3
"""Everything is drawn this many times larger and then reduced, so that edges are smooth."""

COLOURS = 32
"""Of the finished picture's palette."""


@dataclass
class Canvas:
    """A square of 100 by 100 units; shapes are kept in order and painted by `finish`, all of them `raise_by` higher."""

    size: int
    colour: Colour
    pattern: str
    raise_by: float = 0.0
    strokes: list[Callable[[Image.Image], None]] = field(default_factory=list)
    silhouettes: list[Outline] = field(default_factory=list)
    _cloths: dict[float, Image.Image] = field(default_factory=dict)

    @property
    def unit(self) -> float:
        """Pixels of one unit while drawing."""
        return self.size * FINER / 100

    def cloth(self, shape: Outline, shade: float = 0.0, line: bool = True) -> None:
        """A shape of the garment's own cloth; `shade` from 0 to 1 darkens it, below 0 it lightens."""
        self.silhouettes.append(shape)

        def paint(image: Image.Image) -> None:
            points = self._scaled(shape)
            if self.pattern not in PATTERNS:
                ImageDraw.Draw(image).polygon(points, fill=self._tone(shade))
                return
            left, top = (max(0, int(min(p[axis] for p in points))) for axis in (0, 1))
            right, bottom = (min(image.width, int(max(p[axis] for p in points)) + 2) for axis in (0, 1))
            mask = Image.new("L", (right - left, bottom - top), 0)
            ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in points], fill=255)
            image.paste(self._cloth(shade).crop((left, top, right, bottom)), (left, top), mask)

        self.strokes.append(paint)
        if line:
            self.line((*shape, shape[0]), 0.7)

    def part(self, shape: Outline, colour: Colour, line: bool = True, shadow: bool = False) -> None:
        """A shape of something else: a sole, a lining, a lens."""
        if shadow:
            self.silhouettes.append(shape)
        self.strokes.append(lambda image: ImageDraw.Draw(image).polygon(self._scaled(shape), fill=colour))
        if line:
            self.line((*shape, shape[0]), 0.6, edge(colour))

    def line(self, points: Outline | str, width: float = 0.6, colour: Colour | None = None) -> None:
        """A line through points or along a path, by default in the garment's edge colour."""
        along = outline(points) if isinstance(points, str) else points
        tone, pixels = colour or edge(self.colour), max(1, round(width * self.unit))

        def paint(image: Image.Image) -> None:
            draw, scaled = ImageDraw.Draw(image), self._scaled(along)
            draw.line(scaled, fill=tone, width=pixels, joint="curve")
            for x, y in (scaled[0], scaled[-1]):
                draw.ellipse((x - pixels / 2, y - pixels / 2, x + pixels / 2, y + pixels / 2), fill=tone)

        self.strokes.append(paint)

    def dot(self, x: float, y: float, radius: float, colour: Colour | None = None) -> None:
        """A button, an eyelet, a rivet."""
        self.part(circle(x, y, radius), colour or accent(self.colour), line=False)

    def emblem(self, x: float, y: float, radius: float) -> None:
        """The print of a garment whose pattern is graphic: a sun over waves; nothing on others."""
        if self.pattern != "graphic":
            return
        tone = accent(self.colour)
        self.part(circle(x, y, radius), tone, line=False)
        self.part(circle(x, y - 0.15 * radius, 0.42 * radius), (240, 128, 88), line=False)
        for level in (0.3, 0.62):
            high, low = y + (level - 0.28) * radius, y + level * radius
            starts = [x + step * 0.4 * radius for step in (-2, -1, 0, 1)]
            arcs = (f"Q{a + 0.2 * radius:.2f},{high:.2f} {a + 0.4 * radius:.2f},{low:.2f}" for a in starts)
            wave = f"M{starts[0]:.2f},{low:.2f} {' '.join(arcs)}"
            self.line(wave, 0.7, mix(self.colour, INK, 0.15))

    def finish(self) -> Image.Image:
        """The finished picture, in a palette."""
        back = ground(self.colour)
        pixels = self.size * FINER
        image = Image.new("RGB", (pixels, pixels), back)
        draw = ImageDraw.Draw(image)
        draw.polygon(self._scaled(circle(50, 50 + self.raise_by, 44)), fill=mix(back, WHITE, 0.55))
        for shape in self.silhouettes:
            draw.polygon(self._scaled(tuple((x + 1.4, y + 1.8) for x, y in shape)), fill=mix(back, INK, 0.13))
        for stroke in self.strokes:
            stroke(image)
        return image.reduce(FINER).quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)

    def _scaled(self, points: Outline) -> list[tuple[float, float]]:
        return [(x * self.unit, (y - self.raise_by) * self.unit) for x, y in points]

    def _cloth(self, shade: float) -> Image.Image:
        if shade not in self._cloths:
            self._cloths[shade] = cloth(self.size * FINER, self._tone(shade), self.pattern)
        return self._cloths[shade]

    def _tone(self, shade: float) -> Colour:
        return mix(self.colour, INK if shade > 0 else WHITE, abs(shade))

"""Outlines: a small part of SVG's path language, flattened to points, in a square of 100 by 100 with y downwards."""

from __future__ import annotations

import math
import re
from functools import lru_cache

Point = tuple[float, float]
Outline = tuple[Point, ...]

STEPS = 14
"""Straight pieces per curve."""

_TOKEN = re.compile(r"[MLQC]|-?\d+(?:\.\d+)?")
_POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3}


@lru_cache(maxsize=512)
def outline(path: str) -> Outline:
    """The points of "M50,10 L60,20 Q70,30 60,40 C…"; absolute coordinates, M, L, Q and C only."""
    tokens = _TOKEN.findall(path)
    points: list[Point] = []
    command, place = "M", 0
    while place < len(tokens):
        if tokens[place] in _POINTS:
            command, place = tokens[place], place + 1
        count = _POINTS[command] * 2
        numbers = [float(token) for token in tokens[place : place + count]]
        place += count
        handles = list(zip(numbers[::2], numbers[1::2], strict=True))
        points += handles if command in "ML" else _curve([points[-1], *handles])
    return tuple(points)


def _curve(handles: list[Point]) -> list[Point]:
    degree = len(handles) - 1
    found = []
    for step in range(1, STEPS + 1):
        t = step / STEPS
        weights = [math.comb(degree, k) * t**k * (1 - t) ** (degree - k) for k in range(degree + 1)]
        x = sum(w * h[0] for w, h in zip(weights, handles, strict=True))
        y = sum(w * h[1] for w, h in zip(weights, handles, strict=True))
        found.append((x, y))
    return found


def mirror(points: Outline) -> Outline:
    """The same on the other side of the middle line."""
    return tuple((100 - x, y) for x, y in points)


@lru_cache(maxsize=512)
def both(path: str) -> Outline:
    """A closed outline from its right half, given from the middle of the top to the middle of the bottom."""
    right = outline(path)
    return right + mirror(right)[::-1]


def circle(x: float, y: float, radius: float, height: float | None = None) -> Outline:
    """A circle, or with `height` an ellipse."""
    turns = [2 * math.pi * k / 36 for k in range(36)]
    return tuple((x + radius * math.cos(a), y + (height or radius) * math.sin(a)) for a in turns)

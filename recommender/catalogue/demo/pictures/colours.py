"""Colours of garments, grounds and ornaments."""

from __future__ import annotations

Colour = tuple[int, int, int]

WHITE: Colour = (255, 255, 255)
INK: Colour = (38, 36, 44)

DYES: dict[str, Colour] = {
    "black": (45, 44, 50), "white": (250, 250, 248), "grey": (150, 153, 160), "navy": (37, 54, 97),
    "blue": (52, 104, 198), "light blue": (158, 202, 235), "red": (208, 40, 48), "burgundy": (118, 28, 54),
    "pink": (243, 163, 186), "purple": (128, 84, 168), "green": (58, 138, 92), "olive": (112, 116, 62),
    "yellow": (244, 202, 72), "orange": (236, 128, 50), "brown": (130, 86, 56), "beige": (228, 210, 182),
    "khaki": (190, 168, 122), "gold": (212, 172, 84), "silver": (188, 193, 202),
}  # fmt: skip
UNKNOWN: Colour = (150, 140, 165)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`share` of `other` in `one`."""
    r, g, b = (round(a + (z - a) * share) for a, z in zip(one, other, strict=True))
    return r, g, b


def light(colour: Colour) -> float:
    """Lightness from 0 to 1 (Rec. 601 luma)."""
    return (0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]) / 255


def edge(colour: Colour) -> Colour:
    """The line around a shape of this colour."""
    return mix(colour, WHITE, 0.3) if light(colour) < 0.24 else mix(colour, INK, 0.38)


def accent(colour: Colour) -> Colour:
    """An ornament that shows on this colour."""
    return mix(colour, INK, 0.62) if light(colour) > 0.72 else mix(colour, WHITE, 0.78)


def ground(colour: Colour) -> Colour:
    """A soft background on which a garment of this colour stands out."""
    if light(colour) > 0.8:
        return 221, 225, 233
    return mix((247, 243, 236), colour, 0.07)

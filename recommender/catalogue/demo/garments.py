"""What a demo garment can be: its cuts, materials, patterns, prices and details."""

from __future__ import annotations

from dataclasses import dataclass, field

from recommender.catalogue.demo.fabrics import COLOURS, Weights

Words = tuple[str, str]
"""The same in English and in Chinese."""

ALL_YEAR = ("spring", "summer", "autumn", "winter")


@dataclass(frozen=True, slots=True)
class Cut:
    """A form of a garment. `audiences` empty is for everyone; `styles` are those it belongs to, empty for all."""

    en: str
    zh: str
    audiences: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Garment:
    """A category: how many items, the usual price in CNY, and what its items may be.

    Materials for cold or warm weather override `seasons` unless `fixed_seasons`. `plural` is English
    grammar (these jeans).
    """

    category: str
    count: int
    price: float
    audiences: Weights
    sizes: str
    materials: Weights
    patterns: Weights
    seasons: tuple[str, ...]
    occasions: tuple[str, ...]
    cuts: tuple[Cut, ...]
    details: tuple[Words, ...]
    fits: tuple[Words, ...] = ()
    selling_zh: tuple[str, ...] = ()
    colours: Weights = field(default_factory=lambda: dict(COLOURS))
    fixed_seasons: bool = False
    plural: bool = False


def pairs(text: str) -> tuple[Words, ...]:
    """Read "english = 中文; english = 中文"."""
    return tuple((en.strip(), zh.strip()) for en, zh in (part.split("=") for part in text.split(";")))


def cuts(text: str) -> tuple[Cut, ...]:
    """Read one cut a line: "english = 中文 [women men: styles / materials]"; the brackets may be left out."""
    found = []
    for line in text.strip().splitlines():
        words, _, limits = line.partition("[")
        en, zh = words.split("=")
        who, _, rest = limits.strip().removesuffix("]").partition(":")
        styles, _, materials = rest.partition("/")
        found.append(Cut(en.strip(), zh.strip(), tuple(who.split()), _listed(styles), _listed(materials)))
    return tuple(found)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())

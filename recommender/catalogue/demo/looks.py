"""Everything that is decided about a demo item before it is put into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from recommender.catalogue.demo.brands import Brand
from recommender.catalogue.demo.fabrics import Weights
from recommender.catalogue.demo.garments import Cut, Garment, Words


@dataclass(frozen=True, slots=True)
class Look:
    """One item as its designer sees it. `style` is what the catalogue does not tell in a column."""

    id: str
    garment: Garment
    brand: Brand
    style: str
    cut: Cut
    colour: str
    material: str
    pattern: str
    audience: str
    fit: Words | None
    details: tuple[Words, Words]
    seasons: tuple[str, ...]
    occasions: tuple[str, ...]
    sizes: tuple[str, ...]
    price: float
    stock: int
    added: date


def pick(rng: Random, weights: Weights) -> str:
    """One key, with probability in proportion to its weight."""
    return rng.choices(list(weights), list(weights.values()))[0]


def deal(rng: Random, weights: Weights, count: int) -> list[str]:
    """`count` keys in random order, their numbers as near to the weights as whole numbers allow.

    Unlike independent draws this leaves no common colour out of a small category by bad luck.
    """
    total = sum(weights.values())
    exact = {key: count * weight / total for key, weight in weights.items()}
    numbers = {key: int(share) for key, share in exact.items()}
    by_remainder = sorted(weights, key=lambda key: numbers[key] - exact[key])
    for key in by_remainder[: count - sum(numbers.values())]:
        numbers[key] += 1
    cards = [key for key, number in numbers.items() for _ in range(number)]
    rng.shuffle(cards)
    return cards

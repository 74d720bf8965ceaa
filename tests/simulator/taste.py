"""What a person likes without saying it at once: which of the fitting items they would take."""

from __future__ import annotations

import random
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from recommender.types import Constraint, Item, Range
from tests.simulator.parts import Part
from tests.simulator.shop import Shop

Kind = Literal["favourite", "low", "high", "like"]
MAIN, SIDE, WHIM = 1.0, 0.25, 0.05
ACCEPTED = 1 / 5  # of the fitting items, the best by utility


@dataclass(frozen=True, slots=True)
class Taste:
    """One strong leaning and its weaker companions.

    favourite   a value of an attribute that the wish is silent on (`favourite`)
    low, high   the lower or the higher price
    like        the likeness to one fitting item (`dream`): shared values and shared words of the description
    """

    kind: Kind
    dream: str
    favourite: Constraint | None = None

    def utility(self, shop: Shop, items: Sequence[Item]) -> Mapping[str, float]:
        """Item id → how much the person would like it, for items that fit the wish; main part in 0…1."""
        prices = sorted(item.price for item in items if item.price is not None)
        dream = shop.item(self.dream)
        return {item.id: self._one(shop, item, dream, prices) for item in items}

    def _one(self, shop: Shop, item: Item, dream: Item, prices: Sequence[float]) -> float:
        has = self.favourite is not None and not shop.breaks(item.id, self.favourite)
        level = _level(item, prices)
        parts = {"favourite": float(has), "low": 1 - level, "high": level, "like": likeness(item, dream)}
        side = {"low": 0.0, "high": 0.0} if self.kind not in ("low", "high") else {}
        whim = zlib.crc32(f"{self.dream}|{item.id}".encode()) / 2**32
        return WHIM * whim + sum((MAIN if k == self.kind else side.get(k, SIDE)) * v for k, v in parts.items())


def likeness(one: Item, other: Item) -> float:
    """Mean of the shares of values and of words of the description that two items have in common, 0…1."""
    return (_overlap(_values(one), _values(other)) + _overlap(_words(one), _words(other))) / 2


def sample_taste(shop: Shop, wish: Sequence[Part], items: Sequence[Item], rng: random.Random) -> Taste:
    """A taste that tells the fitting `items` apart."""
    dream = rng.choice(items)
    favourites = _favourites(shop, wish, items, dream)
    priced = sum(item.price is not None for item in items) > len(items) / 2
    limited = any(isinstance(part, Range) and part.attribute == "price" for part in wish)
    kinds: list[Kind] = ["like"]
    kinds += ["favourite"] * 2 if favourites else []
    kinds += ["low"] if priced else []
    kinds += ["high"] if priced and not limited else []
    kind = rng.choice(kinds)
    return Taste(kind, dream.id, rng.choice(favourites) if kind == "favourite" else None)


def accepted(utility: Mapping[str, float]) -> frozenset[str]:
    """The items that the person takes when they see one: the best fifth of the fitting, at least one."""
    ranked = sorted(utility, key=lambda item: (-utility[item], item))
    return frozenset(ranked[: max(1, round(len(ranked) * ACCEPTED))])


def _favourites(shop: Shop, wish: Sequence[Part], items: Sequence[Item], dream: Item) -> list[Constraint]:
    """Values of the dream that some of the fitting items have and most have not."""
    silent = [a for a in shop.choices if a not in {part.attribute for part in wish}]
    found = [Constraint(a, (v,)) for a in silent for v in shop.values(dream, a)]
    return [c for c in found if sum(not shop.breaks(item.id, c) for item in items) <= 0.6 * len(items)]


def _level(item: Item, prices: Sequence[float]) -> float:
    """Place of an item's price among `prices`, 0 for the lowest and 1 for the highest; 0.5 where it is unknown."""
    if item.price is None or not prices or prices[0] == prices[-1]:
        return 0.5
    return (item.price - prices[0]) / (prices[-1] - prices[0])


def _values(item: Item) -> set[tuple[str, str]]:
    return {(name, value) for name, values in item.attributes.items() for value in values}


def _words(item: Item) -> set[str]:
    return set(item.description("en").lower().split())


def _overlap(one: set[object] | set[str], other: set[object] | set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0

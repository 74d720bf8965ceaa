"""A hidden goal: hard constraints that at least three items in stock meet, and a taste that chooses among those."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from recommender.serving.index import PRICE
from recommender.types import Constraint, Item, Language, Limit, Range
from tests.simulator.parts import Part
from tests.simulator.shop import CATEGORY, Shop
from tests.simulator.taste import Taste, accepted, sample_taste

FEWEST = 3  # items that fit a wish
SIZES = {2: 25, 3: 45, 4: 30}  # constraints, with their weights
BROWSING = {0: 50, 1: 20, 2: 20, 3: 10}  # lists that are looked at before a decision, with their weights
TRIES = 500
NEVER_EXCLUDED = frozenset({"size", "audience"})  # nobody says "anything but size M"


@dataclass(frozen=True)
class Goal:
    """What one simulated person wants.

    `wish` are the hard constraints; `utility` maps every fitting item to how much they would like it; `accepted` are
    the ids at or above their threshold; nothing is taken from the first `browsing` lists.
    """

    seed: int
    language: Language
    wish: tuple[Part, ...]
    taste: Taste
    utility: Mapping[str, float]
    accepted: frozenset[str]
    browsing: int = 0


def sample_goal(shop: Shop, seed: int, language: Language | None = None) -> Goal:
    """The goal of a seed; the language is drawn too unless it is given.

    Raises:
        ValueError: the catalogue is too small or too uniform for wishes.
    """
    rng = random.Random(seed)
    spoken: Language = rng.choice(("en", "zh"))
    for _ in range(TRIES):
        wish = _wish(shop, rng)
        if wish is not None:
            items = [shop.index.items[row] for row in np.flatnonzero(shop.fitting(wish))]
            taste = sample_taste(shop, wish, items, rng)
            utility = taste.utility(shop, items)
            browsing = rng.choices(list(BROWSING), list(BROWSING.values()))[0]
            return Goal(seed, language or spoken, wish, taste, utility, accepted(utility), browsing)
    raise ValueError(f"No wish of {min(SIZES)} constraints fits {FEWEST} items: give a larger catalogue.")


def _wish(shop: Shop, rng: random.Random) -> tuple[Part, ...] | None:
    """Constraints around one item in stock; None where too few items fit or a wish of that size is not there."""
    item = shop.index.items[rng.choice(np.flatnonzero(shop.index.in_stock).tolist())]
    size = rng.choices(list(SIZES), list(SIZES.values()))[0]
    parts: list[Part] = []
    if CATEGORY in shop.choices:
        parts.append(Constraint(CATEGORY, (rng.choice(shop.values(item, CATEGORY)),)))
    kinds = [*_numbers(shop, rng), *_silent(shop, item, rng)]
    for kind in kinds:
        part = _part(shop, item, kind, parts, rng)
        if len(parts) < size and part is not None and shop.fitting((*parts, part)).sum() >= FEWEST:
            parts.append(part)
    return tuple(parts) if len(parts) >= min(SIZES) else None


def _numbers(shop: Shop, rng: random.Random) -> list[str]:
    """Most wishes of a shop with prices name one, some another number."""
    return [n for n in shop.numbers if rng.random() < (0.5 if n == PRICE else 0.25)]


def _silent(shop: Shop, item: Item, rng: random.Random) -> list[str]:
    attributes = [a for a in shop.choices if a != CATEGORY and a in item.attributes]
    rng.shuffle(attributes)
    return attributes


def _part(shop: Shop, item: Item, attribute: str, parts: list[Part], rng: random.Random) -> Part | None:
    if attribute in shop.numbers:
        return _range(shop, item, attribute, parts, rng)
    if attribute not in NEVER_EXCLUDED and rng.random() < 0.2:
        return _exclusion(shop, item, attribute, parts, rng)
    values = [rng.choice(shop.values(item, attribute))]
    if rng.random() < 0.12:  # "red or burgundy"
        others = [v for v in _present(shop, attribute, parts) if v not in shop.values(item, attribute)]
        values += [rng.choice(others)] if others else []
    return Constraint(attribute, tuple(values))


def _exclusion(shop: Shop, item: Item, attribute: str, parts: list[Part], rng: random.Random) -> Constraint | None:
    """A value that the item lacks and something like it has: else nobody would think of excluding it."""
    others = [v for v in _present(shop, attribute, parts) if v not in shop.values(item, attribute)]
    return Constraint(attribute, (rng.choice(others),), exclude=True) if others else None


def _present(shop: Shop, attribute: str, parts: list[Part]) -> list[str]:
    rows = np.flatnonzero(shop.fitting(parts))
    return sorted({v for row in rows for v in shop.values(shop.index.items[row], attribute)})


def _range(shop: Shop, item: Item, attribute: str, parts: list[Part], rng: random.Random) -> Range | None:
    """A round limit that the item keeps: mostly an upper one, sometimes a lower one or both."""
    known = shop.index.number(attribute)[shop.fitting(parts)]
    known = known[np.isfinite(known)]
    value = item.price if attribute == PRICE else item.numbers.get(attribute)
    if value is None or len(known) < FEWEST or known.min() == known.max():
        return None
    spread = float(np.quantile(known, 0.9) - np.quantile(known, 0.1)) or float(known.max() - known.min())
    step = _step(spread)
    high = round(math.ceil((value + rng.random() * spread / 3) / step) * step, 10)
    low = round(math.floor((value - rng.random() * spread / 3) / step) * step, 10)
    kind = rng.choices(("less", "more", "between"), (7, 1, 2))[0]
    limit = Limit(low if kind != "less" and low > 0 else None, high if kind != "more" else None)
    return Range(attribute, limit) if limit else None


def _step(spread: float) -> float:
    """People speak in round numbers: 50s where prices spread over hundreds, 10s of minutes, single years."""
    power = 10.0 ** math.floor(math.log10(spread))
    return power / 2 if spread / power >= 2 else power / 10

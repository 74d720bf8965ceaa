"""The demo's people: what they like, and how much each would like each item.

Everything here is an assumption; data/README.md states them for people who read the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recommender.catalogue.demo.looks import Look
from recommender.catalogue.demo.styles import ADULT_STYLES, STYLES, WOMENS_STYLES

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

PEOPLE = 2000
HIDDEN = 4
"""Dimensions of taste that no text and no attribute tells; only what others do reveals them."""

STYLE, COLOUR, MATERIAL, PATTERN, BRAND, CATEGORY, PRICE, UNTOLD, NOISE = 3.2, 0.8, 0.4, 0.35, 0.7, 0.5, 0.9, 0.5, 0.3
"""How much each part of taste weighs, in standard deviations of utility before scaling."""

WOMEN, PARENTS = 0.56, 0.14


@dataclass(frozen=True, slots=True)
class Crowd:
    """What everyone wants.

    `utility` (people × items) is how much each would like each item, `fits` (people × items) whether it is made for
    somebody they buy for, `categories` (people × categories) how often each looks at each category.
    """

    utility: Floats
    fits: Bools
    categories: Floats


def gather(looks: Sequence[Look], names: Sequence[str], rng: np.random.Generator) -> Crowd:
    """Draw the tastes of `PEOPLE` and judge every look by them.

    Args:
        looks: all items.
        names: the categories, in the order of the columns of `Crowd.categories`.
        rng: source of all randomness.
    """
    women = rng.random(PEOPLE) < WOMEN
    parents = rng.random(PEOPLE) < PARENTS
    affinity = rng.gamma(0.9, 1.0, (PEOPLE, len(names))) + 0.08
    column = np.array([names.index(look.garment.category) for look in looks])
    utility = (
        STYLE * _style_part(looks, women, rng)
        + COLOUR * _attribute_part([look.colour for look in looks], 3, 2, rng)
        + MATERIAL * _attribute_part([look.material for look in looks], 4, 2, rng)
        + PATTERN * _attribute_part([look.pattern for look in looks], 2, 2, rng)
        + BRAND * _attribute_part([look.brand.name for look in looks], 3, 1, rng)
        + CATEGORY * np.log(affinity)[:, column] / 2
        + PRICE * _price_part(looks, rng)
        + UNTOLD * _untold_part(len(looks), rng)
        + NOISE * rng.standard_normal((PEOPLE, len(looks)))
    )
    fits = _fits(looks, women, parents)
    offered = np.stack([fits[:, column == place].any(axis=1) for place in range(len(names))], axis=1)
    # Rounded, so that another processor's last bit cannot change a choice.
    return Crowd(np.round(utility, 6), fits, np.where(offered, affinity, 0.0))


def _style_part(looks: Sequence[Look], women: Bools, rng: np.random.Generator) -> Floats:
    """Each person has a main style, a second one, and one that they cannot stand."""
    order = rng.random((PEOPLE, len(ADULT_STYLES)))
    feminine = np.array([name in WOMENS_STYLES for name in ADULT_STYLES])
    order[np.ix_(~women, feminine)] *= 0.45
    ranked = np.argsort(-order, axis=1)
    taste = np.zeros((PEOPLE, len(STYLES)))
    people = np.arange(PEOPLE)
    taste[people, ranked[:, 0]] = 1.0
    taste[people, ranked[:, 1]] = 0.5 * rng.random(PEOPLE) + 0.2
    taste[people, ranked[:, -1]] = -0.6
    names = list(ADULT_STYLES) + [name for name in STYLES if name not in ADULT_STYLES]
    taste[:, len(ADULT_STYLES) :] = 0.4  # the style for kids only: nobody minds it
    return taste[:, [names.index(look.style) for look in looks]]


def _attribute_part(values: Sequence[str], liked: int, disliked: int, rng: np.random.Generator) -> Floats:
    """+1 for a person's few favourite values, -1 for the few that they avoid; common values are likelier favourites."""
    names = sorted(set(values))
    share = np.array([values.count(name) for name in names]) / len(values)
    keys = rng.random((PEOPLE, len(names))) ** (1 / np.sqrt(share))
    ranked = np.argsort(-keys, axis=1)
    taste = np.zeros((PEOPLE, len(names)))
    people = np.arange(PEOPLE)[:, None]
    taste[people, ranked[:, :liked]] = 1.0
    taste[people, ranked[:, liked : liked + disliked]] = -1.0
    return taste[:, [names.index(value) for value in values]]


def _price_part(looks: Sequence[Look], rng: np.random.Generator) -> Floats:
    """Everyone has a price level; dearer than that hurts more than cheaper does."""
    level = np.array([np.log(look.price / look.garment.price) for look in looks])
    wanted = rng.normal(0.05, 0.45, PEOPLE)
    gap = level[None, :] - wanted[:, None]
    return -np.where(gap > 0, 1.3 * gap, -0.7 * gap)


def _untold_part(items: int, rng: np.random.Generator) -> Floats:
    people = rng.standard_normal((PEOPLE, HIDDEN))
    things = rng.standard_normal((items, HIDDEN))
    part: Floats = np.einsum("ph,ih->pi", people, things) / np.sqrt(HIDDEN)
    return part


def _fits(looks: Sequence[Look], women: Bools, parents: Bools) -> Bools:
    audience = np.array([look.audience for look in looks])
    own = np.where(women[:, None], audience == "women", audience == "men")
    fits: Bools = own | (audience == "unisex") | (parents[:, None] & (audience == "kids"))
    return fits

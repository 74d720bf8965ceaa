"""Looks → catalogue items."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from recommender.catalogue.demo import chinese, english
from recommender.catalogue.demo.looks import Look
from recommender.catalogue.items import Catalogue
from recommender.types import Item

ATTRIBUTES = ("category", "colour", "material", "pattern", "season", "occasion", "brand", "audience", "size")
TRIES = 30
"""How often another title is tried when two items would have the same."""


def describe(looks: Sequence[Look], seed: int) -> Catalogue:
    """Put looks into words; no two items have the same title in any language."""
    rng = Random(seed + 1)  # noqa: S311 - reproducible, not secret
    taken: set[str] = set()
    return Catalogue(tuple(_item(look, rng, taken) for look in looks), ATTRIBUTES)


def _item(look: Look, rng: Random, taken: set[str]) -> Item:
    titles = {"en": _unused(english.title, look, rng, taken), "zh": _unused(chinese.title, look, rng, taken)}
    return Item(
        id=look.id,
        titles=titles,
        descriptions={"en": english.description(look, rng), "zh": chinese.description(look, rng)},
        attributes={
            "category": (look.garment.category,),
            "colour": (look.colour,),
            "material": (look.material,),
            "pattern": (look.pattern,),
            "season": look.seasons,
            "occasion": look.occasions,
            "brand": (look.brand.name.lower(),),
            "audience": (look.audience,),
            "size": look.sizes,
        },
        price=look.price,
        currency="CNY",
        stock=look.stock,
        image=f"/media/{look.id}.png",
        added=look.added,
    )


def _unused(write: Callable[[Look, Random], str], look: Look, rng: Random, taken: set[str]) -> str:
    for _ in range(TRIES):
        title = write(look, rng)
        if title not in taken:
            break
    taken.add(title)
    return title

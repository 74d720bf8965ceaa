"""Where values stand in a message, before anything is said about them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

Pair = tuple[str, str]  # attribute, value


class Place(NamedTuple):
    """The values that one word may mean, at [start:end]; all of them are of one attribute."""

    start: int
    end: int
    pairs: tuple[Pair, ...]


def enter(index: dict[str, tuple[Pair, ...]], key: str, pair: Pair) -> None:
    """Let `key` mean `pair` too, unless it already means something of another attribute, declared before."""
    known = index.get(key, ())
    if not known or (known[0][0] == pair[0] and pair not in known):
        index[key] = (*known, pair)


def longest_first(places: Iterable[Place]) -> list[Place]:
    """`places` in order, without those that overlap a longer one."""
    taken: list[Place] = []
    for place in sorted(places, key=lambda p: (p.start - p.end, p.start)):
        if all(place.end <= other.start or place.start >= other.end for other in taken):
            taken.append(place)
    return sorted(taken)

"""The pieces that a wish is made of: a choice, an exclusion, or limits of a number (the price among them)."""

from __future__ import annotations

from collections.abc import Iterable

from recommender.types import Constraint, Range

Part = Constraint | Range


def excludes(part: Part) -> bool:
    """Whether `part` says what is not wanted."""
    return isinstance(part, Constraint) and part.exclude


def put(parts: Iterable[Part], new: Part) -> tuple[Part, ...]:
    """`parts` once `new` is said: it takes the place of what was said of the same attribute in the same sense."""
    kept = [old for old in parts if (old.attribute, excludes(old)) != (new.attribute, excludes(new))]
    return (*kept, new)


def without(parts: Iterable[Part], attribute: str) -> tuple[Part, ...]:
    """`parts` but those on `attribute`."""
    return tuple(part for part in parts if part.attribute != attribute)

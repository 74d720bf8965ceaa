"""What still holds of a search when the next message comes: critiques applied to constraints.

Critiquing as in Burke, Hammond & Young (1997), in words instead of buttons:

    "red dress under 500" → "cheaper" → "in blue" → "any colour" → "show me boots"

A message either starts a new search or changes the running one; what it does not mention stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from recommender.serving.index import PRICE
from recommender.types import NO_LIMIT, Constraint, Limit

WHAT = "category"
WHOM = "audience"  # who is shopped for seldom changes with what is looked for


@dataclass(frozen=True, slots=True)
class Search:
    """A running search: hard constraints, a price limit, free text beyond them, and an item to resemble.

    `price` is what holds now; `budget` is the limit that the person named. They differ after "cheaper", whose limit
    belongs to the list that it was said of and goes with it.
    """

    constraints: tuple[Constraint, ...] = ()
    price: Limit = NO_LIMIT
    budget: Limit = NO_LIMIT
    text: str = ""
    anchor: str | None = None

    def wanted(self, attribute: str) -> tuple[str, ...]:
        """The values asked for, () when `attribute` is open."""
        return next((c.values for c in self.constraints if c.attribute == attribute and not c.exclude), ())

    def within_budget(self) -> Search:
        """The search without a limit that only "cheaper" or "dearer" had set."""
        return replace(self, price=self.budget)

    def __bool__(self) -> bool:
        return bool(self.constraints or self.price or self.text or self.anchor)


@dataclass(frozen=True, slots=True)
class Critique:
    """What one message says about a search.

    `shown_prices` are those of the list it talks about (of the one item, in "cheaper than the second"); `fresh` marks
    messages that ask for something rather than change what was asked.
    """

    constraints: tuple[Constraint, ...] = ()
    price: Limit = NO_LIMIT
    change: Literal["cheaper", "dearer"] | None = None
    drops: tuple[str, ...] = ()
    another: tuple[str, ...] = ()
    text: str = ""
    anchor: str | None = None
    shown_prices: tuple[float, ...] = ()
    fresh: bool = False


def apply(search: Search, critique: Critique) -> Search:
    """The search after `critique`."""
    base = _start(search, critique)
    constraints = _without(base.constraints, critique.drops)
    for attribute in critique.another:
        current = base.wanted(attribute)
        constraints = _without(constraints, (attribute,))
        if current:
            constraints += (Constraint(attribute, current, exclude=True),)
    for constraint in critique.constraints:
        if critique.fresh or not _is_wider(constraint, base):
            constraints = _put(constraints, constraint)
    price, budget = _prices(base, critique)
    return Search(
        constraints=constraints,
        price=price,
        budget=budget,
        text=critique.text or base.text,
        anchor=critique.anchor or base.anchor,
    )


def _start(search: Search, critique: Critique) -> Search:
    """What a critique builds on: the running search, or almost nothing when something else is asked for."""
    anew = Search(constraints=tuple(c for c in search.constraints if c.attribute == WHOM))
    if critique.fresh and critique.anchor:
        return anew  # "something like Blade Runner" is no word about the boots before
    asked = next((c for c in critique.constraints if c.attribute == WHAT and not c.exclude), None)
    if asked is None or set(asked.values) == set(search.wanted(WHAT)):
        return search
    if _is_wider(asked, search) and not critique.fresh:
        return search
    if critique.fresh:
        return anew
    # "the same in boots": another kind of thing, everything else as before; a size or an example would not carry over.
    return replace(search.within_budget(), constraints=_without(search.constraints, ("size",)), anchor=None)


def _is_wider(constraint: Constraint, search: Search) -> bool:
    """Whether a kind of thing is only named more loosely: "cheaper shoes" after sneakers still means sneakers."""
    wanted = set(search.wanted(WHAT))
    return constraint.attribute == WHAT and not constraint.exclude and bool(wanted) and wanted < set(constraint.values)


def _without(constraints: Sequence[Constraint], attributes: Sequence[str]) -> tuple[Constraint, ...]:
    return tuple(c for c in constraints if c.attribute not in attributes)


def _put(constraints: tuple[Constraint, ...], new: Constraint) -> tuple[Constraint, ...]:
    """`constraints` with `new`, which wins over what was said of the same values before; exclusions add up."""
    kept: list[Constraint] = []
    values = new.values
    for old in constraints:
        if old.attribute != new.attribute:
            kept.append(old)
        elif old.exclude and new.exclude:
            values = (*old.values, *(value for value in values if value not in old.values))
        elif old.exclude or new.exclude:
            rest = tuple(value for value in old.values if value not in new.values)
            kept += [replace(old, values=rest)] if rest else []
    return (*kept, replace(new, values=values))


def _prices(search: Search, critique: Critique) -> tuple[Limit, Limit]:
    """The limit that holds now, and the one that the person named."""
    if critique.price:
        return critique.price, critique.price
    if PRICE in critique.drops or PRICE in critique.another:
        return NO_LIMIT, NO_LIMIT
    if critique.change is None or not critique.shown_prices:
        return search.price, search.budget
    return _beyond(search.price, critique), search.budget


def _beyond(current: Limit, critique: Critique) -> Limit:
    """Cheaper or dearer than everything in the list; the other bound gives way only when both cannot hold."""
    if critique.change == "cheaper":
        maximum = min(critique.shown_prices)
        keeps = current.minimum is not None and current.minimum < maximum
        return Limit(current.minimum if keeps else None, maximum, exclusive=True)
    minimum = max(critique.shown_prices)
    keeps = current.maximum is not None and current.maximum > minimum
    return Limit(minimum, current.maximum if keeps else None, exclusive=True)

"""What still holds of a search when the next message comes: critiques applied to constraints.

Critiquing as in Burke, Hammond & Young (1997), in words instead of buttons:

    "red dress under 500" → "cheaper" → "in blue" → "any colour" → "show me boots"

A message either starts a new search or changes the running one; what it does not mention stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from recommender.serving.index import PRICE, WHAT
from recommender.types import NO_LIMIT, Change, Constraint, Limit, Range

WHOM = "audience"  # who is shopped for seldom changes with what is looked for


@dataclass(frozen=True, slots=True)
class Search:
    """A running search: hard constraints, limits on numbers (the price is one), free text, and an item to resemble.

    `limits` is what holds now; `stated` are the limits that the person named. They differ after "cheaper" or "longer",
    whose limit belongs to the list that it was said of and goes with it.
    """

    constraints: tuple[Constraint, ...] = ()
    limits: tuple[Range, ...] = ()
    stated: tuple[Range, ...] = ()
    text: str = ""
    anchor: str | None = None

    @property
    def price(self) -> Limit:
        """The limit on the price that holds now."""
        return limit_of(self.limits, PRICE)

    @property
    def ranges(self) -> tuple[Range, ...]:
        """The limits that hold now on numbers other than the price."""
        return tuple(r for r in self.limits if r.attribute != PRICE)

    def wanted(self, attribute: str) -> tuple[str, ...]:
        """The values asked for, () when `attribute` is open."""
        return next((c.values for c in self.constraints if c.attribute == attribute and not c.exclude), ())

    def as_stated(self) -> Search:
        """The search without limits that only "cheaper" or "longer" had set."""
        return replace(self, limits=self.stated)

    @property
    def attributes(self) -> frozenset[str]:
        """Every attribute that something was said of."""
        return frozenset(c.attribute for c in self.constraints) | {r.attribute for r in self.limits}

    def __bool__(self) -> bool:
        return bool(self.constraints or self.limits or self.text or self.anchor)


@dataclass(frozen=True, slots=True)
class Critique:
    """What one message says about a search.

    `shown` are the numbers of the list it talks about (of the one item, in "cheaper than the second") by attribute;
    `fresh` marks messages that ask for something rather than change what was asked.
    """

    constraints: tuple[Constraint, ...] = ()
    limits: tuple[Range, ...] = ()
    changes: tuple[Change, ...] = ()
    drops: tuple[str, ...] = ()
    another: tuple[str, ...] = ()
    text: str = ""
    anchor: str | None = None
    shown: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    fresh: bool = False


def limit_of(ranges: Sequence[Range], attribute: str) -> Limit:
    """The limit that `ranges` set on `attribute`, or none."""
    return next((r.limit for r in ranges if r.attribute == attribute), NO_LIMIT)


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
    freed = {*critique.drops, *critique.another}
    return Search(
        constraints=constraints,
        limits=_changed(_limited(base.limits, freed, critique.limits), critique),
        stated=_limited(base.stated, freed, critique.limits),
        text=critique.text or base.text,
        anchor=critique.anchor or base.anchor,
    )


def _start(search: Search, critique: Critique) -> Search:
    """What a critique builds on: the running search, or almost nothing when something else is asked for."""
    anew = Search(constraints=tuple(c for c in search.constraints if c.attribute == WHOM))
    if critique.fresh and critique.anchor:
        return anew  # "something like Blade Runner" is no word about the boots before
    asked = next((c for c in critique.constraints if c.attribute == WHAT and not c.exclude), None)
    wanted = search.wanted(WHAT)
    if asked is None or not wanted or set(asked.values) == set(wanted):
        return search  # a kind that is named for the first time narrows
    if _is_wider(asked, search) and not critique.fresh:
        return search
    if critique.fresh:
        return anew
    # "the same in boots": another kind of thing, everything else as before; a size or an example would not carry over.
    return replace(search.as_stated(), constraints=_without(search.constraints, ("size",)), anchor=None)


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


def _limited(ranges: tuple[Range, ...], freed: set[str], said: tuple[Range, ...]) -> tuple[Range, ...]:
    """`ranges` without those that were freed or are said anew."""
    new = {r.attribute: r for r in said if r.limit}
    kept = (r for r in ranges if r.attribute not in freed and r.attribute not in new)
    return (*kept, *new.values())


def _changed(ranges: tuple[Range, ...], critique: Critique) -> tuple[Range, ...]:
    """`ranges` after "cheaper" or "longer"; a limit in the same message says it more exactly."""
    said = {r.attribute for r in critique.limits if r.limit}
    for change in critique.changes:
        values = critique.shown.get(change.attribute, ())
        if values and change.attribute not in said:
            limit = _beyond(limit_of(ranges, change.attribute), change, values)
            ranges = _limited(ranges, set(), (Range(change.attribute, limit),))
    return ranges


def _beyond(current: Limit, change: Change, shown: Sequence[float]) -> Limit:
    """Less or more than everything in the list; the other bound gives way only when both cannot hold."""
    if change.direction == "less":
        maximum = min(shown)
        keeps = current.minimum is not None and current.minimum < maximum
        return Limit(current.minimum if keeps else None, maximum, exclusive=True)
    minimum = max(shown)
    keeps = current.maximum is not None and current.maximum > minimum
    return Limit(minimum, current.maximum if keeps else None, exclusive=True)

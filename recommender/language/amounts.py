"""Amounts of anything in a message and what limits them: the common part of prices and measures."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace

from recommender.language import limits
from recommender.language.negation import asks_why
from recommender.language.numerals import Number

# "Around 500" admits 400 to 600. Shop prices sit on steps (399, 459, 499, 599): a tenth either way often leaves one
# step or none, and a quarter reaches what people would call by the next round number.
AROUND = 0.2

_REACH = 60  # characters before an amount in which its limiting words start
_CONNECTOR = re.compile(r"[\s,、;]*(?:and|but|&|且|并且?|而且|但是?|又|和|同时|最好)?\s*(?:also |也|an? |the )?\s*")

Bounds = tuple[float | None, float | None]


@dataclass(frozen=True)
class Amount:
    """A number that may count what is looked for, with the unit around it; `joined` made of two ("300-500")."""

    low: float
    high: float
    unit: str | None
    start: int
    end: int
    number: Number
    joined: bool = False


@dataclass(frozen=True)
class Limited:
    """Inclusive bounds that a message sets at [start:end], None for no bound, and the unit if one was named."""

    minimum: float | None
    maximum: float | None
    unit: str | None
    start: int
    end: int


@dataclass(frozen=True)
class Skeleton:
    """A message whose amounts are single characters at `places`; `origin` leads back to offsets of the message."""

    text: str
    places: tuple[int, ...]
    origin: tuple[int, ...]

    @classmethod
    def of(cls, folded: str, amounts: Sequence[Amount]) -> Skeleton:
        """Puts one character in the place of each of `amounts`, which are in order."""
        text, places, origin, end = "", [], [], 0
        for amount in amounts:
            origin += [*range(end, amount.start), amount.start]
            text += folded[end : amount.start] + limits.AMOUNT
            places.append(len(text) - 1)
            end = amount.end
        return cls(text + folded[end:], tuple(places), (*origin, *range(end, len(folded) + 1)))


def limit_said(amount: Amount, before: re.Match[str] | None, first: str | None, last: str | None) -> str | None:
    """The limit that the words before (of kind `first`) and behind an amount (`last`) set, of whatever it is."""
    if first in ("up", "low"):
        return first
    if last in ("up", "low"):
        return "within" if amount.joined and last == "up" else last
    vague = amount.number.approximate or (first and before and limits.VAGUE.search(before.group()))
    return "about" if vague or "about" in (first, last) else None


class LimitReader(ABC):
    """Finds limits on one kind of amounts. What kind it is, and which words limit it, subclasses say.

    `before` and `after` match the words around an amount, `comparison` both sides of it; the name of the group that
    matched is the kind of limit. `span` matches two amounts that are one.
    """

    before: re.Pattern[str] = limits.BEFORE
    after: re.Pattern[str] = limits.AFTER
    comparison: re.Pattern[str] = limits.COMPARISON
    span: re.Pattern[str] = limits.RANGE

    @abstractmethod
    def joins(self, folded: str, left: Amount, right: Amount, framed: bool) -> bool:
        """Whether two amounts with "to" or a dash between them are one; `framed` by "between", "from"."""

    @abstractmethod
    def kind(
        self, skeleton: Skeleton, amount: Amount, place: int, before: re.Match[str] | None, after: re.Match[str] | None
    ) -> str | None:
        """What the words around an amount make of it; None when it limits nothing."""

    @abstractmethod
    def bounds(self, amount: Amount, kind: str) -> Bounds:
        """The bounds that an amount of this kind sets."""

    def find(self, folded: str, amounts: Sequence[Amount]) -> list[Limited]:
        """The limits in a message, in order; a floor and a ceiling that follow each other are one."""
        if not amounts:
            return []
        amounts = self._join_ranges(folded, amounts)
        skeleton = Skeleton.of(folded, amounts)
        before = self._limits_before(skeleton)
        compared = {skeleton.text.index(limits.AMOUNT, m.start()): m for m in self.comparison.finditer(skeleton.text)}
        found = []
        for amount, place in zip(amounts, skeleton.places, strict=True):
            if comparison := compared.get(place):
                kind: str | None = comparison.lastgroup
                start, end = comparison.span()
            else:
                after = self.after.match(skeleton.text, place + 1)
                kind = self.kind(skeleton, amount, place, before.get(place), after)
                if place not in before and _is_difference(skeleton.text, place):
                    kind = None
                start = before[place].start() if place in before else place
                end = after.end() if after else place + 1
            if kind == "low" and (refused := limits.REFUSED.match(skeleton.text, end)):
                kind, end = "up", refused.end()
            if kind:
                origin = skeleton.origin
                found.append(Limited(*self.bounds(amount, kind), amount.unit, origin[start], origin[end]))
        return _merged(folded, found)

    def _limits_before(self, skeleton: Skeleton) -> dict[int, re.Match[str]]:
        """The limiting words before each amount that has some, by its place."""
        found: dict[int, re.Match[str]] = {}
        last = 0
        for place in skeleton.places:
            match = self.before.search(skeleton.text, max(last, place - _REACH), place + 1)
            if match and (negation := limits.NEGATION.match(match.group())) and asks_why(skeleton.text, match.start()):
                # "why nothing under 100" is about what costs less
                match = self.before.search(skeleton.text, match.start() + negation.end(), place + 1)
            if match:
                found[place] = match
            last = place + 1
        return found

    def _join_ranges(self, folded: str, amounts: Sequence[Amount]) -> list[Amount]:
        skeleton = Skeleton.of(folded, amounts)
        joined: list[Amount] = []
        i = 0
        while i < len(amounts):
            both = self._range(folded, skeleton, amounts, i) if i + 1 < len(amounts) else None
            joined.append(both or amounts[i])
            i += 2 if both else 1
        return joined

    def _range(self, folded: str, skeleton: Skeleton, amounts: Sequence[Amount], i: int) -> Amount | None:
        left, right = amounts[i], amounts[i + 1]
        match = self.span.match(skeleton.text, skeleton.places[i])
        if not match:
            return None
        opening = limits.RANGE_OPENING.search(skeleton.text, 0, skeleton.places[i])
        framed = bool(opening or match["close"])
        if match["loose"] and not framed:
            return None
        scale = right.number.scale
        if scale and left.number.scale is None and left.high < right.low / scale:
            left = replace(left, low=left.low * scale)  # "three to five hundred", "3-5百"
        if not self.joins(folded, left, right, framed):
            return None
        low, high = sorted((left.low, right.high))
        start = skeleton.origin[opening.start()] if opening else left.start
        end = skeleton.origin[match.end()]
        return Amount(low, high, left.unit or right.unit, start, end, right.number, joined=True)


def _is_difference(text: str, place: int) -> bool:
    before = limits.DIFFERENCE_BEFORE.search(text, 0, place)
    return before is not None or limits.DIFFERENCE_AFTER.match(text, place + 1) is not None


def around(low: float, high: float, kind: str) -> Bounds:
    """The bounds of each common kind: a ceiling, a floor, what lies between two, about as much, or at most."""
    if kind == "up":
        return None, high
    if kind == "low":
        return low, None
    if low < high:
        return low, high
    if kind == "about":
        return round(low * (1 - AROUND), 2), round(high * (1 + AROUND), 2)
    return None, high


def _merged(folded: str, found: list[Limited]) -> list[Limited]:
    """`found` with a floor and a ceiling beside each other made one ("at least 200 but no more than 500")."""
    out: list[Limited] = []
    for limited in found:
        last = out[-1] if out else None
        if last and _complete(last, limited) and _CONNECTOR.fullmatch(folded, last.end, limited.start):
            minimum = last.minimum if last.minimum is not None else limited.minimum
            maximum = last.maximum if last.maximum is not None else limited.maximum
            unit = last.unit or limited.unit
            out[-1] = replace(last, minimum=minimum, maximum=maximum, unit=unit, end=limited.end)
        else:
            out.append(limited)
    return out


def _complete(one: Limited, other: Limited) -> bool:
    floor, ceiling = (one, other) if one.maximum is None else (other, one)
    if floor.minimum is None or ceiling.maximum is None or floor.maximum is not None or ceiling.minimum is not None:
        return False
    return floor.minimum <= ceiling.maximum

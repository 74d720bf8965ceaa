"""Limits on the catalogue's own numbers: "under 2 hours", "at least 8 GB", "risk at most 3", "不超过两小时"."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from recommender.language import limits
from recommender.language.amounts import Amount, Bounds, Limited, LimitReader, Skeleton, around, limit_said
from recommender.language.comparatives import Forms
from recommender.language.currencies import currency_after
from recommender.language.quantities import Quantity, quantities
from recommender.language.tokens import HAN_PATTERN, fold
from recommender.language.vocabulary import Vocabulary
from recommender.language.years import find_years
from recommender.types import Direction

EXACT_BELOW = 10
"""A smaller number of whole things is meant as it stands ("a 5-day trip"); others, without a limit, by a tenth."""

_WAYS: tuple[Direction, Direction] = ("more", "less")
_NEAR = 0.1
_AND = re.compile(r"\s*(?:-{1,2}|–|~|至|到|或者?|、|/|to|and|or|和|but|但|,|at most|no more than|最多|不超过|\s)+\s*")
_REACH = 40  # characters between a number's name and a bare number


@dataclass(frozen=True)
class RangeMention:
    """Inclusive bounds of a numeric attribute, in the catalogue's unit, that a message sets at [start:end]."""

    attribute: str
    minimum: float | None
    maximum: float | None
    start: int
    end: int


class _Measure(LimitReader):
    """Limits of one attribute, whose own words for more and less limit it too: "longer than", "比两小时短"."""

    span = limits.EITHER

    def __init__(self, more: Forms, less: Forms, whole: bool) -> None:
        self._whole = whole
        self.before = limits.before(
            rf"(?:{more.comparative})\s+than",
            rf"(?:{less.comparative})\s+than",
            rf"(?:{more.han})(?:于|过)",
            rf"(?:{less.han})(?:于|过)",
        )
        self.after = limits.after(more.comparative, less.comparative)
        self.comparison = limits.comparison(more.han, less.han)

    def joins(self, folded: str, left: Amount, right: Amount, framed: bool) -> bool:
        return left.low < right.high

    def kind(
        self, skeleton: Skeleton, amount: Amount, place: int, before: re.Match[str] | None, after: re.Match[str] | None
    ) -> str | None:
        first = before.lastgroup if before else None
        last = after.lastgroup if after else None
        if first == "small":
            return "up"
        return limit_said(amount, before, first, last) or "plain"

    def bounds(self, amount: Amount, kind: str) -> Bounds:
        if amount.low == amount.high and kind == "about":
            low, high = around(amount.low, amount.high, kind)
            return (math.floor(low or 0), math.ceil(high or 0)) if self._whole else (low, high)
        if amount.low == amount.high and kind == "plain":
            return self._as_it_stands(amount.low)
        return around(amount.low, amount.high, kind)

    def _as_it_stands(self, value: float) -> Bounds:
        low, high = value * (1 - _NEAR), value * (1 + _NEAR)
        if not self._whole:
            return round(low, 2), round(high, 2)
        return (value, value) if value < EXACT_BELOW else (float(math.ceil(low)), float(math.floor(high)))


@dataclass(frozen=True)
class _Number:
    reader: _Measure
    name_before: re.Pattern[str]
    name_after: re.Pattern[str]
    name: re.Pattern[str]


@lru_cache(maxsize=8)
def _numbers(vocabulary: Vocabulary) -> dict[str, _Number]:
    found = {}
    for attribute in vocabulary.numbers:
        words = sorted({word for word in vocabulary.attribute_words(attribute) if word}, key=lambda w: (-len(w), w))
        names = "|".join(
            re.escape(w) if HAN_PATTERN.search(w) else rf"(?<![a-z]){re.escape(w)}(?![a-z])" for w in words
        )
        more, less = (
            Forms.of(word for words in vocabulary.change_words(attribute, way).values() for word in words)
            for way in _WAYS
        )
        sides = f"{more.base}|{less.base}"
        found[attribute] = _Number(
            _Measure(more, less, vocabulary.is_whole(attribute)),
            re.compile(rf"(?:(?:the|a|with|and) )?(?:{names})(?P<gap>.*)$", re.DOTALL),
            re.compile(rf"\s*(?:的|级|档|-|of|in)?\s*(?:{names}|\b(?:{sides})\b)"),
            re.compile(names),
        )
    return found


def find_ranges(text: str, vocabulary: Vocabulary) -> list[RangeMention]:
    """Limits on numeric attributes in `text`, in order; prices are `find_prices`'.

    A number belongs to an attribute by its unit ("2 hours") or, without one, by the attribute's name beside it ("risk
    at most 3"). Units are turned into the catalogue's. A number without a limiting word is meant as it stands where
    things are counted and few ("a 5-day trip"), else give or take a tenth; "about" gives a fifth. Years need a
    limiting word, a unit or a decade's form ("after 2010", "2010年", "the 90s"), and their bounds are whole.
    """
    return ranges_in(fold(text), vocabulary)


def ranges_in(folded: str, vocabulary: Vocabulary) -> list[RangeMention]:
    """As `find_ranges`, for a text that `tokens.fold` made."""
    if not vocabulary.numbers:
        return []
    found = list(_years(folded, vocabulary))
    taken = [(mention.start, mention.end) for mention in found]
    free = [q for q in quantities(folded, vocabulary) if not any(s < q.end and q.start < e for s, e in taken)]
    owners = _owners(folded, free, vocabulary)
    for attribute, number in _numbers(vocabulary).items():
        if vocabulary.is_year(attribute):
            continue
        mine = [(quantity, owner[1]) for quantity, owner in zip(free, owners, strict=True) if owner[0] == attribute]
        for limited in number.reader.find(folded, [_amount(one, factor) for one, factor in mine]):
            if _is_meant(folded, limited, [quantity for quantity, _ in mine]):
                found.append(_with_name(folded, attribute, number, limited))
    return sorted(found, key=lambda mention: mention.start)


def _years(folded: str, vocabulary: Vocabulary) -> Iterator[RangeMention]:
    calendars = [attribute for attribute in vocabulary.numbers if vocabulary.is_year(attribute)]
    if not calendars:
        return
    named = [attribute for attribute in calendars if _numbers(vocabulary)[attribute].name.search(folded)]
    attribute = (named or calendars)[0]
    spread = vocabulary.range(attribute)
    for limited in find_years(folded, spread[1] if spread else None):
        yield RangeMention(attribute, limited.minimum, limited.maximum, limited.start, limited.end)


def _owners(folded: str, free: Sequence[Quantity], vocabulary: Vocabulary) -> list[tuple[str, float]]:
    """The owner of each number; in "risk between 2 and 3" the name stands beside the first one only."""
    owners: list[tuple[str, float]] = []
    for i, quantity in enumerate(free):
        owner = _owner(folded, quantity, vocabulary)
        if not owner[0] and i and not quantity.meanings and _AND.fullmatch(folded, free[i - 1].end, quantity.start):
            owner = owners[-1] if not free[i - 1].meanings else owner
        owners.append(owner)
    return owners


def _owner(folded: str, quantity: Quantity, vocabulary: Vocabulary) -> tuple[str, float]:
    """The attribute that a number counts, and the factor of its unit; ("", 1) for none."""
    numbers = _numbers(vocabulary)
    if not quantity.meanings:
        for attribute, number in numbers.items():
            if not vocabulary.is_year(attribute) and _is_named(folded, quantity, number):
                return attribute, 1.0
        return "", 1.0
    # In a shop with prices an amount of money is the price, unless another amount's name stands beside it.
    money = vocabulary.currency is not None and currency_after(folded, quantity.number) is not None
    meanings = [(a, f) for a, f in quantity.meanings if not money or _is_named(folded, quantity, numbers[a])]
    if not meanings:
        return "", 1.0
    return min(meanings, key=lambda meaning: _distance(folded, quantity, numbers[meaning[0]]))


def _is_named(folded: str, quantity: Quantity, number: _Number) -> bool:
    before = number.name_before.search(folded, max(0, quantity.start - _REACH), quantity.start)
    if before and limits.GAP.fullmatch(before["gap"]):
        return True
    return number.name_after.match(folded, quantity.end) is not None


def _distance(folded: str, quantity: Quantity, number: _Number) -> float:
    """Characters to the nearest name of the attribute; endless where it is not named."""
    gaps = (max(quantity.start - m.end(), m.start() - quantity.end, 0) for m in number.name.finditer(folded))
    return min(gaps, default=math.inf)


def _amount(quantity: Quantity, factor: float) -> Amount:
    low, high = (_tidy(value * factor) for value in (quantity.number.low, quantity.number.high))
    scale = quantity.number.scale if not quantity.meanings else None
    number = replace(quantity.number, scale=scale)
    return Amount(low, high, None, quantity.start, quantity.end, number)


def _tidy(value: float) -> float:
    """Without the dust of a factor such as a third: 29.999999999999996 is 30."""
    return float(round(value)) if abs(value - round(value)) < 1e-6 * max(1.0, abs(value)) else round(value, 6)


def _is_meant(folded: str, limited: Limited, mine: Sequence[Quantity]) -> bool:
    """Not "a day bag", and not "in 3 days", which is a date."""
    inside = [quantity for quantity in mine if limited.start <= quantity.start < limited.end]
    alone = len(inside) == 1 and (limited.start, limited.end) == (inside[0].start, inside[0].end)
    return not alone or (inside[0].certain and not re.search(r"\bin\s$", folded[: limited.start]))


def _with_name(folded: str, attribute: str, number: _Number, limited: Limited) -> RangeMention:
    """The mention with the attribute's own name beside it, so that nothing of it is left over."""
    start, end = limited.start, limited.end
    before = number.name_before.search(folded, max(0, start - _REACH), start)
    if before and limits.GAP.fullmatch(before["gap"]):
        start = before.start()
    if after := number.name_after.match(folded, end):
        end = after.end()
    return RangeMention(attribute, limited.minimum, limited.maximum, start, end)

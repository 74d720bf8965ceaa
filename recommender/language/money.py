"""Price limits in messages of both languages: "under $50", "不超过500元", "两三百", "300-500块", "预算八百"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from recommender.language import counts, limits
from recommender.language.amounts import AROUND, Amount, Bounds, LimitReader, Skeleton, around, limit_said
from recommender.language.currencies import currency_after, currency_before
from recommender.language.numerals import Number, find_numbers
from recommender.language.tokens import fold

__all__ = ["AROUND", "PriceMention", "find_prices", "find_prices_folded"]

_SMALLEST = 10  # below, a number without currency counts things ("at most 3"), except after "under" and its like
_SMALL_RANGE = 51  # a range up to less is one of sizes or of anything, if no word says what
_RANGE_END = re.compile(r"\s*(?:$|[,.。!?;、]|的(?!人|女|男)|左右|吧|please\b|for\b|max\b)")
_ROUND = 100  # from here on, a number without currency or limit may be a price: see `find_prices`

_SLANG = frozenset({123, 233, 520, 555, 666, 748, 886, 1314, 2333, 5555, 6666, 12345, 123456})  # 886 is "bye"


@dataclass(frozen=True)
class PriceMention:
    """A price limit that a message sets at [start:end]: inclusive bounds, and an ISO currency if one was named."""

    minimum: float | None
    maximum: float | None
    currency: str | None
    start: int
    end: int


def find_prices(text: str) -> list[PriceMention]:
    """Price limits in `text`, in order.

    A ceiling has no minimum, a floor no maximum, "around N" is N ± 20%; a floor and a ceiling that follow each
    other are one mention. An amount with a currency and no limiting word is a ceiling ("I have 500 yuan"), but
    means about as much where it describes a thing ("a $50 dress", "500块的裙子"). A number without currency counts
    only beside a limiting word ("under 500"), as a range that goes beyond what sizes do ("300-500", "T-shirt,
    40-90"), as a Chinese round sum ("两三百", "一千八") or as the whole message ("500"). Sizes, counts, ordinals,
    years, ages and percentages are no prices.
    """
    return find_prices_folded(fold(text))


def find_prices_folded(folded: str, taken: Sequence[tuple[int, int]] = ()) -> list[PriceMention]:
    """As `find_prices`, for a text that `tokens.fold` made; numbers within the places `taken` mean other things."""
    numbers = [n for n in find_numbers(folded) if not any(s < n.end and n.start < e for s, e in taken)]
    found = _MONEY.find(folded, list(_amounts(folded, numbers)))
    return [PriceMention(price.minimum, price.maximum, price.unit, price.start, price.end) for price in found]


def _amounts(folded: str, numbers: Sequence[Number]) -> Iterator[Amount]:
    end = 0
    for number in numbers:
        if number.start < end or counts.is_ordinal(folded, number.start):
            continue
        before = currency_before(folded, number.start)
        after = currency_after(folded, number)
        currency = before or after
        if currency is None and counts.counts_something(folded, number):
            continue
        start = before.start if before else number.start
        end = after.end if after else number.end
        tenths = after.fraction if after else 0.0
        yield Amount(number.low + tenths, number.high + tenths, currency and currency.code, start, end, number)


class _Money(LimitReader):
    def joins(self, folded: str, left: Amount, right: Amount, framed: bool) -> bool:
        if left.unit or right.unit:
            return True
        low, high = left.low, right.high
        if low >= high or low < _SMALLEST or counts.is_date_part(folded, left.number.start, right.number.end):
            return False
        if framed:
            return True
        if high < _ROUND:  # shoes go up to 50
            return high >= _SMALL_RANGE and _RANGE_END.match(folded, right.number.end) is not None
        return not (counts.is_year(low) and counts.is_year(high))

    def kind(
        self, skeleton: Skeleton, amount: Amount, place: int, before: re.Match[str] | None, after: re.Match[str] | None
    ) -> str | None:
        first = before.lastgroup if before and _limits(skeleton.text, before, amount) else None
        last = after.lastgroup if after else None
        if first == "small" and amount.low >= 1:
            return "up"
        if amount.unit or amount.low >= _SMALLEST:
            if said := limit_said(amount, before, first, last):
                return said
            if "budget" in (first, last):
                return "budget"
            if first == "price":
                return "about"
        if not _is_plain(skeleton.text, amount, place):
            return None
        return "about" if limits.is_attributive(skeleton.text, place) else "budget"

    def bounds(self, amount: Amount, kind: str) -> Bounds:
        return around(amount.low, amount.high, kind)


_MONEY = _Money()


def _limits(text: str, before: re.Match[str], amount: Amount) -> bool:
    """Whether a limiting word speaks of money when the amount itself does not."""
    if amount.unit:
        return True
    if before.lastgroup == "low" and counts.is_age(text, before.start(), amount.low):
        return False
    if before.group().startswith(("from", "从")) and (amount.low < 50 or counts.is_year(amount.low)):
        return False
    return amount.low >= _ROUND or before.lastgroup != "about" or not limits.TOPIC.search(text, 0, before.start())


def _is_plain(text: str, amount: Amount, place: int) -> bool:
    """Whether an amount without a limiting word is a price: see `find_prices`."""
    if amount.unit or amount.joined:
        return True
    if amount.low < _ROUND or counts.is_year(amount.low):
        return False
    if limits.WHOLE.fullmatch(text):
        return amount.number.form != "digits" or amount.low not in _SLANG
    if amount.number.form == "chinese":
        return limits.CHINESE_PLAIN.match(text, place + 1) is not None
    return amount.number.form == "digits" and text.startswith("的", place + 1)

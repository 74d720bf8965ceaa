"""Price limits in messages of both languages: "under $50", "不超过500元", "两三百", "300-500块", "预算八百"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from recommender.language import counts, limits
from recommender.language.currencies import currency_after, currency_before
from recommender.language.numerals import Number, find_numbers
from recommender.language.tokens import fold

# "Around 500" admits 400 to 600. Shop prices sit on steps (399, 459, 499, 599): a tenth either way often leaves one
# step or none, and a quarter reaches what people would call by the next round number.
AROUND = 0.2
_SMALLEST = 10  # below, a number without currency counts things ("at most 3"), except after "under" and its like
_ROUND = 100  # from here on, a number without currency or limit may be a price: see `find_prices`

_SLANG = frozenset({123, 233, 520, 555, 666, 748, 886, 1314, 2333, 5555, 6666, 12345, 123456})  # 886 is "bye"
_REACH = 60  # characters before an amount in which its limiting words start

_CONNECTOR = re.compile(r"[\s,、;]*(?:and|but|&|且|并且?|而且|但是?|又|和|同时|最好)?\s*(?:also |也|an? |the )?\s*")


@dataclass(frozen=True)
class PriceMention:
    """A price limit that a message sets at [start:end]: inclusive bounds, and an ISO currency if one was named."""

    minimum: float | None
    maximum: float | None
    currency: str | None
    start: int
    end: int


@dataclass(frozen=True)
class _Amount:
    """A number that may be money, with the currency around it; `joined` made of two ("300-500")."""

    low: float
    high: float
    currency: str | None
    start: int
    end: int
    number: Number
    joined: bool = False


@dataclass(frozen=True)
class _Skeleton:
    """A message whose amounts are single characters at `places`; `origin` leads back to offsets of the message."""

    text: str
    places: tuple[int, ...]
    origin: tuple[int, ...]


def find_prices(text: str) -> list[PriceMention]:
    """Price limits in `text`, in order.

    A ceiling has no minimum, a floor no maximum, "around N" is N ± 20%; a floor and a ceiling that follow each other
    are one mention. An amount with a currency and no limiting word is a ceiling ("I have 500 yuan"), but means about
    as much where it describes a thing ("a $50 dress", "500块的裙子"). A number without currency counts only beside
    a limiting word ("under 500"), as a range from 100 up ("300-500"), as a Chinese round sum ("两三百", "一千八") or
    as the whole message ("500"). Sizes, counts, ordinals, years, ages and percentages are no prices.
    """
    return find_prices_folded(fold(text))


def find_prices_folded(folded: str) -> list[PriceMention]:
    """As `find_prices`, for a text that `tokens.fold` made."""
    amounts = list(_amounts(folded, find_numbers(folded)))
    if not amounts:
        return []
    amounts = _join_ranges(folded, amounts)
    skeleton = _skeleton(folded, amounts)
    before = _limits_before(skeleton)
    compared = {skeleton.text.index(limits.AMOUNT, m.start()): m for m in limits.COMPARISON.finditer(skeleton.text)}
    found = []
    for amount, place in zip(amounts, skeleton.places, strict=True):
        if comparison := compared.get(place):
            kind: str | None = comparison.lastgroup
            start, end = comparison.span()
        else:
            after = limits.AFTER.match(skeleton.text, place + 1)
            kind = _kind(skeleton, amount, place, before.get(place), after)
            if place not in before and _is_difference(skeleton.text, place):
                kind = None
            start = before[place].start() if place in before else place
            end = after.end() if after else place + 1
        if kind == "low" and (refused := limits.REFUSED.match(skeleton.text, end)):
            kind, end = "up", refused.end()
        if kind:
            minimum, maximum = _bounds(amount, kind)
            origin = skeleton.origin
            found.append(PriceMention(minimum, maximum, amount.currency, origin[start], origin[end]))
    return _merged(folded, found)


def _limits_before(skeleton: _Skeleton) -> dict[int, re.Match[str]]:
    """The limiting words before each amount that has some, by its place."""
    found: dict[int, re.Match[str]] = {}
    last = 0
    for place in skeleton.places:
        match = limits.BEFORE.search(skeleton.text, max(last, place - _REACH), place + 1)
        if match:
            found[place] = match
        last = place + 1
    return found


def _amounts(folded: str, numbers: Sequence[Number]) -> Iterator[_Amount]:
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
        yield _Amount(number.low + tenths, number.high + tenths, currency and currency.code, start, end, number)


def _skeleton(folded: str, amounts: Sequence[_Amount]) -> _Skeleton:
    text, places, origin, end = "", [], [], 0
    for amount in amounts:
        origin += [*range(end, amount.start), amount.start]
        text += folded[end : amount.start] + limits.AMOUNT
        places.append(len(text) - 1)
        end = amount.end
    return _Skeleton(text + folded[end:], tuple(places), (*origin, *range(end, len(folded) + 1)))


def _join_ranges(folded: str, amounts: list[_Amount]) -> list[_Amount]:
    skeleton = _skeleton(folded, amounts)
    joined: list[_Amount] = []
    i = 0
    while i < len(amounts):
        both = _range(folded, skeleton, amounts, i) if i + 1 < len(amounts) else None
        joined.append(both or amounts[i])
        i += 2 if both else 1
    return joined


def _range(folded: str, skeleton: _Skeleton, amounts: Sequence[_Amount], i: int) -> _Amount | None:
    left, right = amounts[i], amounts[i + 1]
    match = limits.RANGE.match(skeleton.text, skeleton.places[i])
    if not match:
        return None
    opening = limits.RANGE_OPENING.search(skeleton.text, 0, skeleton.places[i])
    framed = bool(opening or match["close"])
    if match["loose"] and not framed:
        return None
    low, high = left.low, right.high
    scale = right.number.scale
    if scale and left.number.scale is None and left.high < right.low / scale:
        low *= scale  # "three to five hundred", "3-5百"
    currency = left.currency or right.currency
    if currency is None and not _is_price_range(folded, left.number.start, right.number.end, low, high, framed):
        return None
    start = skeleton.origin[opening.start()] if opening else left.start
    end = skeleton.origin[match.end()]
    return _Amount(min(low, high), max(low, high), currency, start, end, right.number, joined=True)


def _is_price_range(folded: str, start: int, end: int, low: float, high: float, framed: bool) -> bool:
    if low >= high or low < _SMALLEST or counts.is_date_part(folded, start, end):
        return False
    if framed:
        return True
    return high >= _ROUND and not (counts.is_year(low) and counts.is_year(high))


def _kind(
    skeleton: _Skeleton, amount: _Amount, place: int, before: re.Match[str] | None, after: re.Match[str] | None
) -> str | None:
    """What the words around an amount make of it; None when it is no price."""
    first = before.lastgroup if before and _limits(skeleton.text, before, amount) else None
    last = after.lastgroup if after else None
    if first == "small" and amount.low >= 1:
        return "up"
    if amount.currency or amount.low >= _SMALLEST:
        if first in ("up", "low"):
            return first
        if last in ("up", "low"):
            return "within" if amount.joined and last == "up" else last
        vague = amount.number.approximate or (first and before and limits.VAGUE.search(before.group()))
        if vague or "about" in (first, last):
            return "about"
        if "budget" in (first, last):
            return "budget"
        if first == "price":
            return "about"
    if not _is_plain(skeleton.text, amount, place):
        return None
    return "about" if limits.is_attributive(skeleton.text, place) else "budget"


def _is_difference(text: str, place: int) -> bool:
    before = limits.DIFFERENCE_BEFORE.search(text, 0, place)
    return before is not None or limits.DIFFERENCE_AFTER.match(text, place + 1) is not None


def _limits(text: str, before: re.Match[str], amount: _Amount) -> bool:
    """Whether a limiting word speaks of money when the amount itself does not."""
    if amount.currency:
        return True
    if before.lastgroup == "low" and counts.is_age(text, before.start(), amount.low):
        return False
    if before.group().startswith(("from", "从")) and (amount.low < 50 or counts.is_year(amount.low)):
        return False
    return amount.low >= _ROUND or before.lastgroup != "about" or not limits.TOPIC.search(text, 0, before.start())


def _is_plain(text: str, amount: _Amount, place: int) -> bool:
    """Whether an amount without a limiting word is a price: see `find_prices`."""
    if amount.currency or amount.joined:
        return True
    if amount.low < _ROUND or counts.is_year(amount.low):
        return False
    if limits.WHOLE.fullmatch(text):
        return amount.number.form != "digits" or amount.low not in _SLANG
    if amount.number.form == "chinese":
        return limits.CHINESE_PLAIN.match(text, place + 1) is not None
    return amount.number.form == "digits" and text.startswith("的", place + 1)


def _bounds(amount: _Amount, kind: str) -> tuple[float | None, float | None]:
    low, high = amount.low, amount.high
    if kind == "up":
        return None, high
    if kind == "low":
        return low, None
    if low < high:
        return low, high
    if kind == "about":
        return round(low * (1 - AROUND), 2), round(high * (1 + AROUND), 2)
    return None, high


def _merged(folded: str, found: list[PriceMention]) -> list[PriceMention]:
    """`found` with a floor and a ceiling beside each other made one ("at least 200 but no more than 500")."""
    out: list[PriceMention] = []
    for price in found:
        last = out[-1] if out else None
        if last and _complete(last, price) and _CONNECTOR.fullmatch(folded, last.end, price.start):
            minimum = last.minimum if last.minimum is not None else price.minimum
            maximum = last.maximum if last.maximum is not None else price.maximum
            currency = last.currency or price.currency
            out[-1] = replace(last, minimum=minimum, maximum=maximum, currency=currency, end=price.end)
        else:
            out.append(price)
    return out


def _complete(one: PriceMention, other: PriceMention) -> bool:
    floor, ceiling = (one, other) if one.maximum is None else (other, one)
    if floor.minimum is None or ceiling.maximum is None or floor.maximum is not None or ceiling.minimum is not None:
        return False
    return floor.minimum <= ceiling.maximum

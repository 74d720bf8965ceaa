"""Numbers in a reply: how much they say, of what kind, and whether they are a limit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

from recommender.language.currencies import currency_after, currency_before
from recommender.language.numerals import Number, find_numbers

Kind = Literal["money", "percent", "rank", "number"]

# Words that contain a numeral and count nothing.
_IDIOMS = re.compile(
    r"十分|一下|一些|一点|一起|一直|一样|一会|一定|一共|一般|一类|万一|千万|之一|唯一|统一|另一|同一|"
    r"[这那哪每任换看试某]一?(?=[款件个条双部种只样项下])|一(?=[款件个条双部种只][儿]?[，,。])|"
    r"(?<=[这那哪每另同任])一"
)
_MANY = 10  # nobody counts so many things in a reply, and hardly a price is lower
# "This one" counts nothing, "only one" does.
_A_ONE = re.compile(r"\b(?:just|only|exactly|have|found|picked|got|here is|here's)\s+(one)\b")
_DIGITS = re.compile(r"\d[\d.,]*")
_PERCENT = re.compile(r"\s?(?:%|percent\b|per cent\b|折|成(?!分))")
_LIMIT_BEFORE = re.compile(
    r"(?:\b(?:about|around|nearly|almost|roughly|under|below|within|over|above|up to|at most|at least|no more than|"
    r"less than|more than|"
    r"from|to|beyond|"
    r"(?:your|a|the)(?:\s+(?:budget|limit|ceiling|maximum|max|minimum|cap|price limit|range))?(?:\s+(?:of|is))?|"
    r"budget(?: of| is)?|max(?:imum)?(?: of)?|limit(?: of)?)|预算(?:是|为|在)?|"
    r"约|近|大概|将近|差不多|低于|高于|不超过|超过|不到|至少|最多|"
    r"您(?:的|要的|说的)?(?:预算)?(?:是|为)?)\s*$"
)
_LIMIT_AFTER = re.compile(
    r"\s?(?:以内|以下|以上|之内|之下|之上|封顶|起(?!来)|or less|or more|的?预算|\s?budget\b|limit\b)"
)
_RANGE = re.compile(r"\s*(?:-|–|—|~|至|到|and)\s*$")
_THINGS = re.compile(
    r"\s?(?:items?|options?|picks?|pieces?|products?|results?|choices?|things|ones|people|[款件个种条双部只样项份人])"
)


@dataclass(frozen=True)
class Figure:
    """A number at [start:end]; `low` equals `high` unless it is vague ("两三百")."""

    kind: Kind
    low: float
    high: float
    start: int
    end: int
    currency: str | None = None
    limit: bool = False
    counts: bool = False

    def stands_for(self, other: Figure) -> bool:
        """Whether this figure of a rephrasing says what `other` says."""
        if (self.low, self.high) != (other.low, other.high) or self.limit != other.limit:
            return False
        if self.kind != other.kind:
            return self.kind == "number" and other.kind == "money" and self.low >= _MANY and not self.counts
        if self.counts and not other.counts and self.low >= _MANY:
            return False  # 117 minutes are no 117 pieces
        return self.currency == other.currency


def find_figures(folded: str) -> list[Figure]:
    """Every number of a folded text, in order; what is left of the digits counts as a number too."""
    blanked = _IDIOMS.sub(lambda match: " " * len(match.group()), folded)
    found: list[Figure] = []
    for number in find_numbers(blanked):
        if blanked[number.start : number.end] == "one":
            continue
        found.append(_figure(blanked, number))
    found += [Figure("number", 1, 1, *match.span(1)) for match in _A_ONE.finditer(blanked)]
    found.extend(_strays(blanked, found))
    return list(_both_ends(blanked, found))


def _figure(folded: str, number: Number) -> Figure:
    before, after = currency_before(folded, number.start), currency_after(folded, number)
    currency = before or after
    start = before.start if before else number.start
    start -= folded[:start].endswith("第")
    end = after.end if after else number.end
    tenths = after.fraction if after else 0.0
    percent = _PERCENT.match(folded, number.end)
    kind: Kind = "percent" if percent or folded[:start].endswith("百分之") else "money" if currency else "number"
    limit = bool(_LIMIT_BEFORE.search(folded, max(0, start - 30), start) or _LIMIT_AFTER.match(folded, end))
    return Figure(
        kind,
        number.low + tenths,
        number.high + tenths,
        start,
        percent.end() if percent else end,
        currency.code if currency else None,
        limit and kind != "percent",
        _THINGS.match(folded, end) is not None,
    )


def _strays(folded: str, found: list[Figure]) -> Iterator[Figure]:
    """Digits that are no number of their own ("x3", "2024-05"), read as what they show."""
    for match in _DIGITS.finditer(folded):
        if not any(figure.start < match.end() and match.start() < figure.end for figure in found):
            digits = match.group().strip(".,").replace(",", "")
            value = float(digits) if digits.count(".") < 2 else float("nan")
            yield Figure("number", value, value, *match.span())


def _both_ends(folded: str, found: list[Figure]) -> Iterator[Figure]:
    """The first of two that bound a range is a limit as the second is: ¥300–¥500 之内."""
    found = sorted(found, key=lambda figure: figure.start)
    for figure, following in zip_longest(found, found[1:]):
        joined = following is not None and _RANGE.fullmatch(folded, figure.end, following.start)
        if joined and following and following.limit and not figure.limit:
            yield replace(figure, kind=following.kind, currency=following.currency, limit=True)
        else:
            yield figure

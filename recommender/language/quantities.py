"""Numbers with a unit of one of the catalogue's numbers: "2 hours", "two and a half days", "半小时", "8GB"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from recommender.language import counts
from recommender.language.numerals import Number, find_numbers
from recommender.language.tokens import HAN_PATTERN, fold
from recommender.language.vocabulary import Vocabulary

Meaning = tuple[str, float]  # attribute, and what one of the unit is in the catalogue's unit


@dataclass(frozen=True)
class Quantity:
    """A number with what its unit may mean, nothing for a bare one; `certain` unless it is only "a" ("a day")."""

    number: Number
    meanings: tuple[Meaning, ...]
    start: int
    end: int
    certain: bool = True


@dataclass(frozen=True)
class _Units:
    after: re.Pattern[str]
    before: re.Pattern[str]
    articles: re.Pattern[str]
    meanings: dict[str, tuple[Meaning, ...]]
    letters: frozenset[str]  # units that a multiplier is taken for: 1500w is no 15 million where watts are


_HALF = r"(?P<half>\s*(?:and a half|个半|半)\s*)?"
_LAST_HALF = re.compile(r"\s*and a half\b|半(?![价天年日夜])")
_NEVER = re.compile(r"(?!)")
_STANDS = re.compile(r"\s*(?:$|[,.!?;]|(?:in|of|at|on|with|for|off|long|or|to|away|please|is)\b)")  # not "a day bag"
_EACH = re.compile(r"(?:[0-9]|\b(?:euros?|dollars?|yuan|pounds?|once|twice|times|hours?|minutes?|per|each))\s*$")
_BETWEEN = re.compile(r"\s*(?:and|零|又|,)?\s*")
_SPAN = re.compile(r"\s*(?:-{1,2}|–|—{1,2}|~|至|到|和|或者?|、|to|and|or)\s*")
_ALIKE = 5  # "2 litres and under 300" speaks of money, "10 days but no more than 14" does not
# What may stand between two numbers that share the unit said last.
_SHARED = re.compile(
    r"\s*(?:-{1,2}|–|—{1,2}|~|至|到|和|或者?|、|to|and|or|but|且|但是?|,|than|at most|at least|no more|not more|up to|"
    r"more|less|不超过|不要超过|最多|至少|不低于|或|the|\s)+\s*"
)


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(set(words), key=lambda w: (-len(w), w)))


@lru_cache(maxsize=8)
def _units(vocabulary: Vocabulary) -> _Units:
    found: dict[str, list[Meaning]] = {}
    for attribute in vocabulary.numbers:
        for unit in vocabulary.units(attribute):
            for word in {fold(word).strip() for words in unit.words.values() for word in words}:
                found.setdefault(word, []).append((attribute, unit.factor))
    latin = [word for word in found if word[:1].isalpha() and not HAN_PATTERN.search(word)]
    han = [word for word in found if HAN_PATTERN.search(word)]
    signs = [word for word in found if word and not word[0].isalpha()]
    after = rf"{_HALF}[\s-]*(?:(?P<latin>{_any(latin)})(?![a-z])" if latin else rf"{_HALF}\s*(?:(?P<latin>(?!))"
    after += rf"|个?(?P<han>{_any(han)})" if han else "|(?P<han>(?!))"
    after += rf"|(?P<sign>{_any(signs)}))" if signs else "|(?P<sign>(?!)))"
    article = (
        rf"\b(?P<half>half an?|half|an?)\s+(?P<latin>{_any(latin)})(?![a-z])"
        if latin
        else "(?P<half>(?!))(?P<latin>(?!))"
    )
    article += rf"|(?P<han_half>半)个?(?P<han>{_any(han)})" if han else "|(?P<han_half>(?!))(?P<han>(?!))"
    return _Units(
        re.compile(after),
        re.compile(rf"(?:{_any(signs)})\s?$") if signs else _NEVER,
        re.compile(article),
        {word: tuple(meanings) for word, meanings in found.items()},
        frozenset(word for word in found if word in ("k", "w")),
    )


def quantities(folded: str, vocabulary: Vocabulary) -> list[Quantity]:
    """Every number of a text that `tokens.fold` made, in order, with what the unit beside it may mean."""
    units = _units(vocabulary)
    numbers = [_without_letter(folded, number, units.letters) for number in find_numbers(folded)]
    found = [_with_unit(folded, number, units) for number in numbers if not counts.is_ordinal(folded, number.start)]
    taken = [(quantity.start, quantity.end) for quantity in found if quantity.meanings]
    found = [
        quantity
        for quantity in found
        if quantity.meanings or not any(s < quantity.end and quantity.start < e for s, e in taken)
    ]
    articles = [a for a in _articles(folded, units) if not any(s < a.end and a.start < e for s, e in taken)]
    inside = [(article.start, article.end) for article in articles]
    found = [q for q in found if not any(s <= q.start < e for s, e in inside)]
    return _share_units(folded, _sums(folded, sorted([*found, *articles], key=lambda q: q.start)))


def _without_letter(folded: str, number: Number, letters: frozenset[str]) -> Number:
    """1500w is 1500 where w is a unit of the catalogue's."""
    last = folded[number.end - 1 : number.end]
    if last not in letters or not number.scale or number.form != "digits":
        return number
    return replace(
        number, low=number.low / number.scale, high=number.high / number.scale, end=number.end - 1, scale=None
    )


def _with_unit(folded: str, number: Number, units: _Units) -> Quantity:
    start = number.start
    percent = folded.startswith("百分之", max(0, start - 3)) and "%" in units.meanings
    if percent:
        return Quantity(number, units.meanings["%"], start - 3, number.end)
    if match := units.after.match(folded, number.end):
        word = " ".join((match["latin"] or match["han"] or match["sign"]).split())
        half, end = bool(match["half"]), match.end()
        if not half and (last := _LAST_HALF.match(folded, end)):
            half, end = True, last.end()
        extra = 0.5 if half else 0.0
        whole = replace(number, low=number.low + extra, high=number.high + extra)
        return Quantity(whole, units.meanings[word], start, end)
    if match := units.before.search(folded, max(0, start - 4), start):
        return Quantity(number, units.meanings[match.group().strip()], match.start(), number.end)
    return Quantity(number, (), start, number.end)


def _articles(folded: str, units: _Units) -> Iterable[Quantity]:
    """Units without a number: "an hour", "half a day", "半小时", "an hour and a half"."""
    for match in units.articles.finditer(folded):
        word = " ".join((match["latin"] or match["han"]).split())
        half = bool(match["han_half"]) or (match["half"] or "").startswith("half")
        value, end = 0.5 if half else 1.0, match.end()
        if not half and (last := _LAST_HALF.match(folded, end)):
            value, half, end = 1.5, True, last.end()
        number = Number(value, value, match.start(), end, "english")
        certain = half or (bool(_STANDS.match(folded, end)) and not _EACH.search(folded, 0, match.start()))
        yield Quantity(number, units.meanings[word], match.start(), end, certain)


def _sums(folded: str, found: Sequence[Quantity]) -> list[Quantity]:
    """What adds up: "1 hour 40 minutes" is one quantity."""
    out: list[Quantity] = []
    for quantity in found:
        last = out[-1] if out else None
        both = _sum(last, quantity) if last and _BETWEEN.fullmatch(folded, last.end, quantity.start) else None
        if both:
            out[-1] = both
        else:
            out.append(quantity)
    return out


def _sum(large: Quantity, small: Quantity) -> Quantity | None:
    factors = dict(small.meanings)
    shared = tuple((a, factor) for a, factor in large.meanings if factors.get(a, factor) < factor)
    if not shared:
        return None
    attribute, factor = shared[0]
    rest = factors[attribute] / factor
    number = replace(
        large.number,
        low=large.number.low + small.number.low * rest,
        high=large.number.high + small.number.high * rest,
        end=small.end,
    )
    return Quantity(number, shared, large.start, small.end)


def _share_units(folded: str, found: Sequence[Quantity]) -> list[Quantity]:
    """A unit said once for two: "between 3 and 5 days" are both days, and so is "at least 10 days, at most 14"."""
    out = list(found)
    for i in range(len(out) - 2, -1, -1):
        one, following = out[i], out[i + 1]
        span = _SPAN.fullmatch(folded, one.end, following.start) is not None
        if not one.meanings and following.meanings and (span or _share(folded, one, following)):
            out[i] = replace(one, meanings=following.meanings)
    for i, (one, following) in enumerate(pairwise(out), start=1):
        bare = not following.meanings and not counts.has_unit(folded, following.number)
        if one.meanings and bare and _share(folded, one, following):
            out[i] = replace(following, meanings=one.meanings)
    return out


def _share(folded: str, one: Quantity, following: Quantity) -> bool:
    close = one.number.low / _ALIKE < following.number.low < one.number.low * _ALIKE
    return close and _SHARED.fullmatch(folded, one.end, following.start) is not None

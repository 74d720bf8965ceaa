"""Wishes for more or less of a number than was shown: "longer", "a bit newer", "lower risk", "功率大一点"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from recommender.language.comparatives import Forms
from recommender.language.tokens import HAN_PATTERN, fold
from recommender.language.vocabulary import Vocabulary
from recommender.types import Direction

_WAYS: tuple[Direction, Direction] = ("more", "less")


@dataclass(frozen=True)
class NumberChange:
    """A wish for `direction` of `attribute` at [start:end]."""

    attribute: str
    direction: Direction
    start: int
    end: int


_SOME = (
    r"(?:(?:a (?:bit|little|touch|lot)|slightly|somewhat|much|way|even|far|any|something|anything|rather|considerably)"
    r"\s+)*"
)
_ONES = r"(?:\s+(?:ones?|please|than (?:that|this|these|those|it|them))\b)*"
_TOO = r"(?:(?:much |far |way |a (?:bit|little) )?too|so|rather|a (?:bit|little) (?:too )?)\s*"
_NOT_SO = r"(?:not|n't|less|isn't|aren't)\s+(?:(?:so|too|that|as|very|quite|all that)\s+)*"
_HIGH, _LOW = "high|long|big|large|much|great|strong|heavy", "low|short|small|little|weak"
_HAN_HIGH, _HAN_LOW = "[大高多长重久强]", "[小低少短轻弱]"
_LITTLE = r"(?:一?[点些]儿?|一丢丢)"
_CAN = r"(?:能不能|可不可以|可以|希望|最好|想要?|要|得|能|再|更|稍微?|比较|的)*"


def _attribute_patterns(more: Forms, less: Forms, names: str, han_names: str) -> Iterator[tuple[Direction, str]]:
    """Pairs of a direction and a pattern; the first that matches at a place decides."""
    for direction, own, other in (("more", more, less), ("less", less, more)):
        reduce = "lower|less|smaller|fewer|reduced?|decreased?|shorter|minimal"
        raise_ = "higher|more|bigger|larger|greater|increased?|longer|maximal"
        up, much = (raise_, _LOW) if direction == "more" else (reduce, _HIGH)
        han_up = _HAN_HIGH if direction == "more" else _HAN_LOW
        han_much = _HAN_LOW if direction == "more" else _HAN_HIGH
        yield from (
            (direction, pattern)  # type: ignore[misc]
            for pattern in (
                rf"\b{_SOME}(?:{own.comparative}|{own.superlative})\b{_ONES}",
                rf"(?:\b{_TOO}|\b)(?:(?<=too )|(?<=so )|(?<=rather ))(?:{other.base})\b",
                rf"(?:\b|(?<=\w)){_NOT_SO}(?:{other.base})\b(?! enough)",
                rf"\bnot\s+(?:quite\s+)?(?:{own.base})\s+enough\b",
                rf"\b{_SOME}(?:{up})\s+(?:the\s+)?(?:{names})\b",
                rf"\b(?:{names})\s*(?:is|are|'s|looks|seems)?\s*{_TOO}(?:{much})\b",
                rf"(?:更|再|稍微?|比较|还要|还能)+(?:{own.han})(?:{_LITTLE})?的?|(?:{own.han}){_LITTLE}的?|最(?:{own.han})的?",
                rf"(?:太|有一?[点些]儿?|过于|这么|那么|偏|超级?)+(?:{other.han})了?",
                rf"(?:不要|不想要?|别)(?:这么|那么|太|过于|要)+(?:{other.han})的?|(?:没|不)那么(?:{other.han})的?",
                rf"不够(?:{own.han})",
                rf"比[^,。!?;]{{1,8}}?(?P<word>(?:更|还|要)*(?:{own.han})(?:{_LITTLE})?的?)",
                rf"(?:{han_names}){_CAN}(?:{han_up}{_LITTLE}|(?<=[更再]){han_up})的?",
                rf"(?:更|再|{_CAN}){han_up}{_LITTLE}的?(?:{han_names})|更{han_up}的?(?:{han_names})",
                rf"(?:{han_names})(?:有一?[点些]儿?|太|过于|偏|这么|那么)+{han_much}了?",
            )
        )


@dataclass(frozen=True)
class _Attribute:
    name: str
    patterns: tuple[tuple[Direction, re.Pattern[str]], ...]


@lru_cache(maxsize=8)
def _attributes(vocabulary: Vocabulary) -> tuple[_Attribute, ...]:
    found = []
    for name in vocabulary.numbers:
        words = [word for word in vocabulary.attribute_words(name) if word]
        latin = "|".join(re.escape(word) for word in words if not HAN_PATTERN.search(word)) or "(?!)"
        han = "|".join(re.escape(word) for word in words if HAN_PATTERN.search(word)) or "(?!)"
        more, less = (
            Forms.of(word for found in vocabulary.change_words(name, direction).values() for word in found)
            for direction in _WAYS
        )
        patterns = tuple((way, re.compile(p)) for way, p in _attribute_patterns(more, less, latin, han))
        found.append(_Attribute(name, patterns))
    return tuple(found)


def find_changes(text: str, vocabulary: Vocabulary) -> list[NumberChange]:
    """Wishes for more or less of the catalogue's numbers in `text`, in order; the price is `find_price_change`'s.

    The words are the schema's, in every form: from "longer" come "a bit longer", "the longest" and, the other way
    round, "too long" and "not so long". With the number's name the usual words do: "lower risk", "功率大一点".
    """
    return list(changes_in(fold(text), vocabulary))


def changes_in(folded: str, vocabulary: Vocabulary) -> list[NumberChange]:
    """As `find_changes`, for a text that `tokens.fold` made; of overlapping ones the longest."""
    found = [
        NumberChange(attribute.name, direction, *match.span("word" if "word" in match.re.groupindex else 0))
        for attribute in _attributes(vocabulary)
        for direction, pattern in attribute.patterns
        for match in pattern.finditer(folded)
        if match.end() > match.start()
    ]
    taken: list[NumberChange] = []
    for change in sorted(found, key=lambda c: c.start - c.end):
        if all(change.end <= other.start or change.start >= other.end for other in taken):
            taken.append(change)
    return sorted(taken, key=lambda c: c.start)

"""Forms of the words for more and less of a number: "longer" is also "long" ("too long") and "longest"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recommender.language.tokens import HAN_PATTERN, fold

_AFFIX = re.compile(r"更|再|稍微?|比较|最|(?:一?[点些])?[儿的]?$")
_LATEST = {"newer": "latest", "later": "latest"}


@dataclass(frozen=True)
class Forms:
    """Patterns of the forms of some words, "(?!)" where there are none: "longer"; "long"; "longest"; 长 of 更长."""

    comparative: str
    base: str
    superlative: str
    han: str

    @classmethod
    def of(cls, words: Iterable[str]) -> Forms:
        """Of words for more (or for less) in both languages, as a schema has them."""
        folded = [fold(word).strip() for word in words]
        latin = [word for word in folded if word and not HAN_PATTERN.search(word)]
        han = [_AFFIX.sub("", word) for word in folded if HAN_PATTERN.search(word)]
        bases = [base for word in latin for base in _bases(word)]
        return cls(_any(latin), _any(bases), _any([form for word in latin for form in _superlatives(word)]), _any(han))


def _any(words: Iterable[str]) -> str:
    """An alternation of `words`, longest first; one that never matches for none."""
    found = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]+") for word in found) or "(?!)"


def _bases(comparative: str) -> Iterator[str]:
    first, _, rest = comparative.partition(" ")
    if first in ("more", "less") and rest:
        if first == "more":
            yield rest
    elif first.endswith("er") and not rest:
        stem = first[:-2]
        yield stem  # longer
        yield first[:-1]  # safer
        if stem.endswith("i"):
            yield f"{stem[:-1]}y"  # riskier
        if len(stem) > 2 and stem[-1] == stem[-2]:
            yield stem[:-1]  # bigger


def _superlatives(comparative: str) -> Iterator[str]:
    first, _, rest = comparative.partition(" ")
    if first in ("more", "less") and rest:
        yield f"{'most' if first == 'more' else 'least'} {rest}"
    elif first.endswith("er"):
        yield " ".join(part for part in (f"{first[:-1]}st", rest) if part)
        if first in _LATEST:
            yield _LATEST[first]

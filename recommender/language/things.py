"""General words for what a shop sells: "a film", "电影", where no value of the catalogue says which."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from recommender.language.forms import inflections
from recommender.language.negation import HEAD
from recommender.language.tokens import HAN_PATTERN, fold
from recommender.language.vocabulary import Vocabulary


@dataclass(frozen=True)
class ThingMention:
    """A word for what is sold, at [start:end]; `alone` where the catalogue has no categories that say more."""

    start: int
    end: int
    alone: bool


@lru_cache(maxsize=8)
def _pattern(vocabulary: Vocabulary) -> re.Pattern[str] | None:
    words = [fold(word).strip() for language in ("en", "zh") for word in vocabulary.things(language)]
    forms = {form for word in words for form in (word, *inflections(word))}
    latin = [re.escape(form) for form in sorted(forms, key=len, reverse=True) if not HAN_PATTERN.search(form)]
    han = [re.escape(form) for form in sorted(forms, key=len, reverse=True) if HAN_PATTERN.search(form)]
    parts = ([rf"(?<![a-z])(?:{'|'.join(latin)})(?![a-z])"] if latin else []) + han
    return re.compile("|".join(parts)) if parts else None


def things_in(folded: str, vocabulary: Vocabulary) -> Iterator[ThingMention]:
    """Words for what is sold in a text that `tokens.fold` made, singular or plural."""
    pattern = _pattern(vocabulary)
    if pattern is not None:
        alone = not vocabulary.values(HEAD)
        yield from (ThingMention(*match.span(), alone) for match in pattern.finditer(folded))

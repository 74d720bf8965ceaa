"""Words of a message as names are compared: without case, marks, apostrophes and Roman numerals, with their places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from recommender.language.tokens import HAN, fold

_WORD = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:'[^\W_{HAN}]+)*|&")
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8"}  # not i, v and x, which are words
ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word that stands at [start:end]; `stem` is what is left of it without a possessive ("black" of "Black's")."""

    text: str
    stem: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def _plain(word: str) -> str:
    marks = unicodedata.normalize("NFKD", word)
    bare = "".join(c for c in marks if not unicodedata.combining(c)).replace("'", "")
    return "and" if bare == "&" else _ROMAN.get(bare, bare)


def words_of(text: str) -> list[Word]:
    """The words of `text` in order; each Chinese character is a word."""
    found = []
    for match in _WORD.finditer(fold(text)):
        word = match.group()
        owner = word[:-2] if word.endswith("'s") else word
        found.append(Word(_plain(word), _plain(owner), match.start(), match.end()))
    return found


@lru_cache(maxsize=65536)
def key_of(text: str) -> tuple[str, ...]:
    """What `text` is compared by: "Amélie's  Room" and "amelies room" are one name."""
    return tuple(word.text for word in words_of(text))


def without_article(key: tuple[str, ...]) -> tuple[str, ...]:
    """`key` without a leading "the", "a" or "an", unless nothing else is left."""
    return key[1:] if len(key) > 1 and key[0] in ARTICLES else key


def singulars(word: str) -> Iterator[str]:
    """`word` and what it may be the plural of."""
    yield word
    if len(word) > 4 and word.endswith("ies"):
        yield word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ses", "xes", "shes", "ches")):
        yield word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]

"""The words that a reply may always use: they hold a sentence together and claim nothing.

What is not among them has to stand in the template or the facts. A list of what is allowed is shorter than any list of
what a model might invent, and what it lacks costs a rephrasing, not the truth.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path

from recommender.language.forms import inflections
from recommender.language.tokens import HAN

LATIN_WORD = re.compile(rf"[^\W\d_{HAN}]+(?:['-][^\W\d_{HAN}]+)*")
HAN_RUN = re.compile(f"[{HAN}]+")
_ENDINGS = re.compile(r"(?:'s|'re|'ve|'ll|'d|n't|')$")
_LONGEST_HAN = 8


def _read(name: str) -> frozenset[str]:
    return frozenset(Path(__file__).with_name(name).read_text(encoding="utf-8").split())


@lru_cache(maxsize=1)
def english() -> frozenset[str]:
    """Folded harmless English words."""
    return _read("words_en.txt")


@lru_cache(maxsize=1)
def chinese() -> frozenset[str]:
    """Harmless Chinese words, of one character or more."""
    return _read("words_zh.txt")


def with_forms(words: Iterable[str]) -> frozenset[str]:
    """Folded `words` in singular and plural, phrases also word by word."""
    found = set[str]()
    for word in words:
        for part in (word, *LATIN_WORD.findall(word)):
            found.update((part, *(inflections(part) if part.isascii() else ())))
    return frozenset(found)


def unknown_latin(folded: str, allowed: Collection[str]) -> Iterable[re.Match[str]]:
    """Latin words of `folded` that are neither harmless nor in `allowed`."""
    for match in LATIN_WORD.finditer(folded):
        word = match.group()
        if not any(_known(part, allowed) for part in (word, _ENDINGS.sub("", word))) and not all(
            _known(part, allowed) for part in word.split("-")
        ):
            yield match


def _known(word: str, allowed: Collection[str]) -> bool:
    return word in english() or word in allowed


def unknown_han(folded: str, allowed: Collection[str]) -> str | None:
    """The first run of Chinese that harmless words and `allowed` ones, end to end, do not make up."""
    for match in HAN_RUN.finditer(folded):
        if not _made_of(match.group(), allowed):
            return match.group()
    return None


def _made_of(run: str, allowed: Collection[str]) -> bool:
    harmless = chinese()
    reached = [True] + [False] * len(run)
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - _LONGEST_HAN), end):
            if reached[start] and (run[start:end] in harmless or run[start:end] in allowed):
                reached[end] = True
                break
    return reached[-1]

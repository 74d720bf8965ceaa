"""One-letter typos, found through deletion neighbours (the method of SymSpell, W. Garbe 2012)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

SHORTEST = 5  # letters of a word that may be misspelt: below, every second string is another word


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Ordinary English words of four letters or more, which are never taken for typos.

    The 8,000 most frequent ones in film subtitles, selected with the word counts of pyspellchecker (MIT), rarer ones
    that are one letter away from a word for clothes, and names of places, people, months and well-known brands.
    """
    return frozenset(Path(__file__).with_name("common_words.txt").read_text(encoding="ascii").split())


class TypoIndex:
    """Words of a vocabulary, to be found by a spelling one insertion, deletion, substitution or transposition away."""

    def __init__(self, words: Iterable[str], protected: Iterable[str] = ()) -> None:
        self._protected = frozenset(protected)
        self._neighbours: dict[str, list[str]] = {}
        for word in dict.fromkeys(words):
            if len(word) >= SHORTEST and word.isalpha():
                for variant in _deletions(word):
                    self._neighbours.setdefault(variant, []).append(word)

    def corrections(self, word: str) -> list[str]:
        """The likeliest words meant by `word`, all equally likely; empty when it is no typo.

        Swapped letters are likelier than other slips, and the first letter is likelier right than wrong.
        """
        if len(word) < SHORTEST - 1 or word in self._protected or word in common_words() or not word.isalpha():
            return []
        swapped = (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))
        if any(other in common_words() and other not in self._neighbours.get(other, ()) for other in swapped):
            return []  # "strat" is "start", not "straw"
        candidates = {c for variant in _deletions(word) for c in self._neighbours.get(variant, ())}
        ranked = sorted((_rank(word, c), c) for c in candidates if one_apart(word, c))
        ranked = [(rank, c) for rank, c in ranked if c[0] == word[0] or c[1] == word[0] or len(word) > SHORTEST]
        return [c for rank, c in ranked if rank == ranked[0][0]]


def _deletions(word: str) -> Iterator[str]:
    yield word
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]


def _rank(typed: str, meant: str) -> tuple[bool, bool]:
    return typed[0] != meant[0], sorted(typed) != sorted(meant)


def one_apart(a: str, b: str) -> bool:
    """Whether one insertion, deletion, substitution or transposition of neighbours makes `b` of `a`."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    shorter = min(len(a), len(b))
    i = 0
    while i < shorter and a[i] == b[i]:
        i += 1
    rest_a, rest_b = a[i:], b[i:]
    if len(a) > len(b):
        return rest_a[1:] == rest_b
    if len(a) < len(b):
        return rest_a == rest_b[1:]
    return rest_a[1:] == rest_b[1:] or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])

"""Which texts share rare words with a question: tf-idf over words and characters, in both languages."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.language.tokens import HAN, fold

Floats = NDArray[np.float32]
Rows = NDArray[np.int32]

_RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
_HAN_RUN = re.compile(f"[{HAN}]")
_PART = 0.25
"""What a part of a word counts beside a whole one: it forgives endings and slips, and says less."""


def terms(text: str) -> dict[str, float]:
    """Words and their trigrams, of Chinese the characters and their pairs, with what each counts."""
    found: Counter[str] = Counter()
    for run in _RUN.findall(fold(text)):
        if _HAN_RUN.match(run):
            found.update(run)
            found.update(run[start : start + 2] for start in range(len(run) - 1))
        else:
            framed = f"^{run}$"
            found[framed] += 1
            found.update(f"~{framed[start : start + 3]}" for start in range(len(framed) - 2))
    return {
        term: math.sqrt(count) * (_PART if len(term) == 1 or term[0] == "~" else 1.0) for term, count in found.items()
    }


@dataclass(frozen=True)
class Lexical:
    """An inverted index of n texts: of each term its rows, and its tf-idf weight there; rows have length 1."""

    size: int
    rarity: dict[str, float]
    postings: dict[str, tuple[Rows, Floats]]

    @classmethod
    def build(cls, texts: Sequence[str]) -> Lexical:
        """The index of `texts`, in their order."""
        counted = [terms(text) for text in texts]
        spread = Counter(term for counts in counted for term in counts)
        rarity = {term: math.log((1 + len(texts)) / (1 + count)) + 1 for term, count in spread.items()}
        rows: dict[str, list[tuple[int, float]]] = {}
        for row, counts in enumerate(counted):
            for term, weight in _weighted(counts, rarity).items():
                rows.setdefault(term, []).append((row, weight))
        postings = {
            term: (np.array([row for row, _ in found], np.int32), np.array([weight for _, weight in found], np.float32))
            for term, found in rows.items()
        }
        return cls(len(texts), rarity, postings)

    def scores(self, text: str) -> Floats:
        """(n,) float32 cosine of `text` with each text, 0 to 1; words that no text has count as the rarest."""
        found = np.zeros(self.size, dtype=np.float32)
        for term, weight in _weighted(terms(text), self.rarity).items():
            if posting := self.postings.get(term):
                found[posting[0]] += np.float32(weight) * posting[1]
        return found


def _weighted(counts: Mapping[str, float], rarity: Mapping[str, float]) -> dict[str, float]:
    rarest = max(rarity.values(), default=1.0)
    raw = {term: count * rarity.get(term, rarest) for term, count in counts.items()}
    length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
    return {term: weight / length for term, weight in raw.items()}

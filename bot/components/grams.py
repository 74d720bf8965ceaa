"""N-grams of characters and of words: the wording that a sentence vector blurs ("换一批", "page 2"). Without Rasa."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

LONGEST = {"characters": 4, "words": 2}
MINIMUM = 2
"""Messages that an n-gram must stand in to be kept."""

Kind = Literal["characters", "words"]
Row = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Columns and their values."""

# A Chinese character, a placeholder of `evidence.masked` and a punctuation mark are words of their own.
_WORD = re.compile(r"[a-z0-9']+|[^\sa-z0-9']")
_EDGES = ("\ue010", "\ue011")


@dataclass(frozen=True, eq=False)
class GramTable:
    """N-grams of 1 to 4 characters within words, or of 1 to 2 words, weighted by TF-IDF with logarithmic counts.

    kind: which of them; names: one per column; idf (columns,) float32.
    """

    kind: Kind
    names: tuple[str, ...]
    idf: NDArray[np.float32]
    _columns: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_columns", {name: column for column, name in enumerate(self.names)})

    @classmethod
    def fit(cls, texts: Sequence[str], kind: Kind = "characters") -> GramTable:
        """The table of `texts`, columns in alphabetical order."""
        messages = Counter(name for text in texts for name in set(_grams(text, kind)))
        names = sorted(name for name, count in messages.items() if count >= MINIMUM)
        counts = np.array([messages[name] for name in names])
        return cls(kind, tuple(names), (np.log((1 + len(texts)) / (1 + counts)) + 1).astype(np.float32))

    def row(self, text: str) -> Row:
        """Known n-grams of `text`: their columns and values, of length 1 together; empty where none is known."""
        counts = Counter(self._columns[name] for name in _grams(text, self.kind) if name in self._columns)
        columns = np.fromiter(counts, dtype=np.int64, count=len(counts))
        values = (1 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))) * self.idf[columns]
        length = np.sqrt((values**2).sum())
        return columns, (values / length if length else values).astype(np.float32)


def _grams(text: str, kind: Kind) -> list[str]:
    return _of_characters(text) if kind == "characters" else _of_words(text)


def _of_characters(text: str) -> list[str]:
    return [
        padded[start : start + size]
        for word in text.split()
        for padded in (f" {word} ",)
        for size in range(1, LONGEST["characters"] + 1)
        for start in range(len(padded) - size + 1)
        if padded[start : start + size] != " "
    ]


def _of_words(text: str) -> list[str]:
    words = (_EDGES[0], *_WORD.findall(text), _EDGES[1])
    sizes = range(1, LONGEST["words"] + 1)
    found = [" ".join(words[start : start + size]) for size in sizes for start in range(len(words) - size + 1)]
    return [name for name in found if name not in _EDGES]

"""Past conversations that resemble this one: BM25 over their words (Robertson and Zaragoza 2009), kept sparse."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.language.tokens import HAN, fold

Floats = NDArray[np.float32]

K1, B = 1.2, 0.75
_TERM = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:'[^\W_{HAN}]+)*")


def terms(text: str) -> list[str]:
    """Words of `text` and pairs of neighbours; single Chinese characters count as words."""
    words = _TERM.findall(fold(text))
    return words + [f"{a} {b}" for a, b in pairwise(words)]


@dataclass(frozen=True, eq=False)
class TextIndex:
    """d documents' BM25 weights.

    vocabulary: term → column; weights: (terms, d) float32 CSR, so that a query's scores are a sum of rows.
    """

    vocabulary: dict[str, int]
    weights: sp.csr_matrix

    @classmethod
    def build(cls, texts: Sequence[str], least: int = 1) -> TextIndex:
        """The index of `texts`; a term that stands in fewer than `least` of them is left out."""
        counts = [Counter(terms(text)) for text in texts]
        often: Counter[str] = Counter()
        for count in counts:
            often.update(count.keys())
        vocabulary = {term: i for i, term in enumerate(sorted(t for t, c in often.items() if c >= least))}
        lengths = np.array([sum(count.values()) for count in counts], dtype=np.float32)
        average = float(lengths.mean()) if len(texts) and lengths.any() else 1.0
        rows, columns, values = [], [], []
        for document, count in enumerate(counts):
            norm = K1 * (1 - B + B * lengths[document] / average)
            for term, frequency in count.items():
                if term in vocabulary:
                    idf = np.log1p((len(texts) - often[term] + 0.5) / (often[term] + 0.5))
                    rows.append(vocabulary[term])
                    columns.append(document)
                    values.append(idf * frequency * (K1 + 1) / (frequency + norm))
        shape = (len(vocabulary), len(texts))
        return cls(vocabulary, sp.csr_matrix((np.array(values, dtype=np.float32), (rows, columns)), shape=shape))

    def scores(self, text: str) -> Floats:
        """(d,) BM25 of every document for `text`."""
        rows = [self.vocabulary[term] for term in set(terms(text)) if term in self.vocabulary]
        scores = np.zeros(self.weights.shape[1], dtype=np.float32)
        for row in rows:
            window = slice(self.weights.indptr[row], self.weights.indptr[row + 1])
            scores[self.weights.indices[window]] += self.weights.data[window]
        return scores


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Past conversations and what was recommended in each: answers (d, n) CSR of ones."""

    index: TextIndex
    answers: sp.csr_matrix

    @classmethod
    def build(cls, texts: Sequence[str], answers: sp.csr_matrix) -> Neighbours:
        """From d `texts` and their (d, n) `answers`."""
        return cls(TextIndex.build(texts), answers)

    def evidence(self, text: str, nearest: int) -> Floats:
        """(n,) BM25 of the `nearest` past conversations, summed over those that were answered with each item."""
        return spread(self.index.scores(text), self.answers, nearest)


def spread(scores: Floats, answers: sp.csr_matrix, nearest: int) -> Floats:
    """(n,) the `nearest` largest positive `scores` (d,), as shares of the largest, summed over their answers (d, n)."""
    out = np.zeros(answers.shape[1], dtype=np.float32)
    if not len(scores):
        return out
    best = np.argpartition(-scores, min(nearest, len(scores)) - 1)[:nearest]
    best = best[scores[best] > 0]
    if not len(best):
        return out
    share = scores[best] / scores[best].max()
    for document, weight in zip(best, share, strict=True):
        out[answers.indices[answers.indptr[document] : answers.indptr[document + 1]]] += weight
    return out


def matrix_of(rows: Iterable[Sequence[int]], columns: int) -> sp.csr_matrix:
    """CSR of ones: row i has them in the columns rows[i]."""
    lists = list(rows)
    indptr = np.cumsum([0, *(len(row) for row in lists)])
    indices = np.fromiter((column for row in lists for column in row), dtype=np.int32, count=int(indptr[-1]))
    return sp.csr_matrix((np.ones(len(indices), dtype=np.float32), indices, indptr), shape=(len(lists), columns))

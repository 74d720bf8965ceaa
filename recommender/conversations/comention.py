"""What past conversations tell of names: which items answered a name, and which items stand in one conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.conversations.contexts import matrix_of
from recommender.conversations.linking import Key

Floats = NDArray[np.float32]

BACK_OFF = 2.0  # answers that a name must have for half trust
TOGETHER = 3.0  # as much for two items in one conversation


@dataclass(frozen=True, eq=False)
class NamedAnswers:
    """P(item | name): counts (names, n) CSR of how often an item answered a turn that a name stood before."""

    names: Mapping[Key, int]
    counts: sp.csr_matrix

    @classmethod
    def build(cls, named: Sequence[Sequence[Key]], answers: Sequence[Sequence[int]], items: int) -> NamedAnswers:
        """From the names before each turn and the rows that answered it."""
        names: dict[Key, int] = {}
        rows = [[names.setdefault(key, len(names)) for key in dict.fromkeys(keys)] for keys in named]
        before = matrix_of(rows, len(names))
        counts = sp.csr_matrix(before.T @ matrix_of(answers, items))
        return cls(names, counts)

    def add(self, out: Floats, key: Key, weight: float) -> None:
        """Adds `weight` × (count of the item / (count of all + BACK_OFF)) to `out` (n,)."""
        row = self.names.get(key)
        if row is None:
            return
        window = slice(self.counts.indptr[row], self.counts.indptr[row + 1])
        data = self.counts.data[window]
        out[self.counts.indices[window]] += weight * data / (data.sum() + BACK_OFF)


def together(conversations: Sequence[Sequence[int]], items: int) -> sp.csr_matrix:
    """(n, n) float32 CSR: how surely two items stand in one conversation, a cosine shrunk for few conversations."""
    stands = matrix_of([tuple(dict.fromkeys(rows)) for rows in conversations], items)
    both = sp.coo_matrix(stands.T @ stands)
    often = np.asarray(stands.sum(axis=0)).ravel()
    off = both.row != both.col
    row, column, data = both.row[off], both.col[off], both.data[off]
    value = data / np.sqrt(often[row] * often[column]) * data / (data + TOGETHER)
    return sp.csr_matrix((value.astype(np.float32), (row, column)), shape=(items, items))

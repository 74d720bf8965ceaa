"""Neighbourhood evidence: what one liked item says of every other, learnt in closed form from interactions and text.

EASE (Steck 2019) with side information (Jeunen et al. 2020): the item-item regression with an empty diagonal sees,
below the people, one more row for every text dimension. Items that nobody has touched so get links from their texts,
and rare ones borrow. Above `dense_up_to` items the inverse does not fit a machine, and shrunk cosines of columns take
its place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.errors import ModelError

Floats = NDArray[np.float32]

_BLOCK = 1024  # rows whose links are sorted out at a time


@dataclass(frozen=True, slots=True)
class NeighbourParameters:
    """Training settings.

    `penalty` is λ of EASE, in interactions; `text` is how many interactions a full agreement of two texts counts;
    `kept` the strongest links that an item keeps; `dense_up_to` items the closed form is taken; `shrinkage` people are
    added to the norms of cosines above that; `newest` items of a person count there, because products grow with the
    square of a history.
    """

    penalty: float = 300.0
    text: float = 10.0
    kept: int = 200
    dense_up_to: int = 16_000
    shrinkage: float = 10.0
    newest: int = 100


@dataclass(frozen=True)
class Links:
    """Item → item weights as CSR: start (n+1,) int64, items (nnz,) int32 ascending in a row, weights (nnz,) float32."""

    start: NDArray[np.int64]
    items: NDArray[np.int32]
    weights: Floats

    @classmethod
    def none(cls, items: int) -> Links:
        """No links among so many items."""
        return cls(np.zeros(items + 1, dtype=np.int64), np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32))

    @classmethod
    def of(cls, matrix: sp.csr_matrix) -> Links:
        """The stored entries of a square matrix."""
        matrix.sort_indices()
        return cls(matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32), matrix.data.astype(np.float32))

    def __len__(self) -> int:
        return len(self.start) - 1

    def evidence(self, rows: NDArray[np.intp], strengths: Floats) -> Floats:
        """(n,) Σ strengths[i] × weights of the links of rows[i]."""
        owner, items, weights = self.of_rows(rows)
        return np.bincount(items, strengths[owner] * weights, len(self)).astype(np.float32)

    def of_rows(self, rows: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.int32], Floats]:
        """The links of `rows`: (l,) places in `rows`, the items that they lead to, and their weights."""
        sizes = self.start[rows + 1] - self.start[rows]
        owner = np.repeat(np.arange(len(rows)), sizes)
        place = np.arange(len(owner)) + np.repeat(self.start[rows] - np.cumsum(sizes) + sizes, sizes)
        return owner, self.items[place], self.weights[place]

    def moved(self, source: NDArray[np.intp]) -> Links:
        """For a catalogue whose row r was row source[r] here, -1 for new: those have no links."""
        matrix = sp.csr_matrix((self.weights, self.items, self.start), shape=(len(self), len(self)))
        wide = sp.vstack([matrix, sp.csr_matrix((1, len(self)), dtype=np.float32)]).tocsr()[source].tocsc()
        wide = sp.hstack([wide, sp.csc_matrix((len(source), 1), dtype=np.float32)]).tocsc()[:, source]
        return Links.of(wide.tocsr())


def fit_neighbours(matrix: sp.coo_matrix, text_vectors: Floats, parameters: NeighbourParameters) -> Links:
    """Learns the links.

    Args:
        matrix: (m people × n items) float32 confidences of positive interactions, each person's oldest first.
        text_vectors: (n, t) float32, centred and L2-normalised.
        parameters: training settings.

    Raises:
        ModelError: matrix and text vectors do not fit.
    """
    items = matrix.shape[1]
    if items != len(text_vectors):
        raise ModelError(f"{items} columns of interactions do not fit {len(text_vectors)} text vectors. Rebuild both.")
    if not matrix.nnz:
        return Links.none(items)
    if items <= parameters.dense_up_to:
        return _strongest(_closed_form(matrix.tocsr(), text_vectors, parameters), parameters.kept)
    return _cosines(matrix, parameters)


def _closed_form(matrix: sp.csr_matrix, text_vectors: Floats, parameters: NeighbourParameters) -> Floats:
    from scipy.linalg import lapack

    gram: Floats = text_vectors @ text_vectors.T
    gram *= np.float32(parameters.text)
    together = (matrix.T @ matrix).tocsr()
    for first in range(0, len(gram), _BLOCK):
        gram[first : first + _BLOCK] += together[first : first + _BLOCK].toarray()
    gram[np.diag_indices_from(gram)] += parameters.penalty
    factor, failed = lapack.spotrf(gram.T, lower=0, overwrite_a=1)
    if not failed:
        inverse, failed = lapack.spotri(factor, lower=0, overwrite_c=1)
    if failed:
        raise ModelError("The neighbours cannot be computed: the penalty is too small for this data. Use a larger one.")
    weights: Floats = _mirrored(inverse)
    weights /= -np.diag(weights).copy()
    np.fill_diagonal(weights, 0.0)
    return weights


def _mirrored(upper: Floats) -> Floats:
    """LAPACK fills one triangle; the other is its image. In place, since a copy would be as large as all else."""
    for first in range(0, len(upper), _BLOCK):
        last = first + _BLOCK
        upper[last:, first:last] = upper[first:last, last:].T
        corner = np.triu(upper[first:last, first:last])
        upper[first:last, first:last] = corner + np.triu(corner, 1).T
    return upper


def _strongest(weights: Floats, kept: int) -> Links:
    """Each row's `kept` entries that are largest in size."""
    items = len(weights)
    kept = min(kept, items - 1)
    if kept < 1:
        return Links.none(items)
    columns = np.empty((items, kept), dtype=np.int32)
    for first in range(0, items, _BLOCK):
        block = np.abs(weights[first : first + _BLOCK])
        columns[first : first + _BLOCK] = np.sort(np.argpartition(-block, kept - 1, axis=1)[:, :kept], axis=1)
    start = np.arange(items + 1, dtype=np.int64) * kept
    return Links(start, columns.ravel(), np.take_along_axis(weights, columns, axis=1).ravel())


def _cosines(matrix: sp.coo_matrix, parameters: NeighbourParameters) -> Links:
    """Shrunk cosines of columns, block by block, never dense."""
    recent = _newest(matrix, parameters.newest)
    columns = recent.tocsc()
    norms = np.sqrt(np.asarray(columns.power(2).sum(axis=0)).ravel())
    rows = []
    for first in range(0, columns.shape[1], _BLOCK):
        block = (columns[:, first : first + _BLOCK].T @ recent).tocsr()
        own = np.repeat(np.arange(block.shape[0]) + first, np.diff(block.indptr))
        block.data /= norms[own] * norms[block.indices] + parameters.shrinkage
        block.data[own == block.indices] = 0.0
        rows.append(_rows_strongest(block, parameters.kept))
    return Links.of(sp.vstack(rows).tocsr())


def _newest(matrix: sp.coo_matrix, most: int) -> sp.csr_matrix:
    """Only the last `most` entries of each row, in their order of coming."""
    order = np.argsort(matrix.row, kind="stable")
    row = matrix.row[order]
    end = np.searchsorted(row, row, side="right")
    kept = order[end - np.arange(len(row)) <= most]
    return sp.csr_matrix((matrix.data[kept], (matrix.row[kept], matrix.col[kept])), shape=matrix.shape)


def _rows_strongest(block: sp.csr_matrix, kept: int) -> sp.csr_matrix:
    own = np.repeat(np.arange(block.shape[0]), np.diff(block.indptr))
    order = np.lexsort((-block.data, own))
    place = np.arange(len(own)) - block.indptr[own[order]]
    chosen = order[(place < kept) & (block.data[order] > 0)]
    return sp.csr_matrix((block.data[chosen], (own[chosen], block.indices[chosen])), shape=block.shape)

"""The rows that a query scores highest among those allowed, and how a score compares with all others, at any size.

Small catalogues and rare wishes are searched exactly, the rest through an `ApproximateIndex`. Timings on one busy core
for 1,000,000 × 65 (tests/benchmarks/index.py): exact 30–45 ms, approximate 1 ms; 20,000 allowed rows exactly 3 ms.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recommender.errors import ModelError
from recommender.serving.approximate import ApproximateIndex
from recommender.serving.index import Mask

logger = logging.getLogger(__name__)

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]

# From about 2,000 rows on an index is faster (.03 ms against .03 there, .08 against .38 here: `parley benchmark scale
# --items 2000 --items 20000`), but exact search misses nothing, and up to here costs less than the rest of a list.
APPROXIMATE_ABOVE = 20_000

_GATHERED = 4  # allowed rows are gathered when fewer than one in so many; else all are scored, which reads in order
_GROUPS = 8  # per wanted row, when the largest are looked for; two thirds of the best are then alone in their group
_DEEP = 4  # scores in a group, from which on this pays: 256 of 12,000 take 30 µs instead of 103
_BLOCK = 8_192  # rows gathered at a time: 2 MB, which stay in the cache


def make_index(vectors: Floats, seed: int, queries: Floats | None = None) -> ApproximateIndex | None:
    """An index where exact search is too slow, else None. Arguments as for `ApproximateIndex.build`."""
    return ApproximateIndex.build(vectors, seed, queries) if len(vectors) > APPROXIMATE_ABOVE else None


def stored_index(
    file: Path | None, vectors: Floats, seed: int, queries: Floats | None = None
) -> ApproximateIndex | None:
    """As `make_index`, from `file` when it is there and fits `vectors`.

    It does not fit when items came or left since training. A new index takes seconds, so nothing else is tried.
    """
    if file is not None and len(vectors) > APPROXIMATE_ABOVE and file.exists():
        try:
            return ApproximateIndex.load(file, vectors)
        except ModelError as error:
            logger.info("%s A new one is built.", error)
    return make_index(vectors, seed, queries)


def nearest(
    vectors: Floats, query: Floats, k: int, mask: Mask | None = None, index: ApproximateIndex | None = None
) -> Rows:
    """At most `k` rows that `mask` allows, those with the largest inner product with `query`, best first.

    Exact without an index and when few rows are allowed; with an index, some of the best may be missed, and `k` rows
    still come back where that many are allowed. Of equal scores the lower row comes first.

    Args:
        vectors: (n, d) float32.
        query: (d,) float32.
        k: how many.
        mask: (n,) None allows every row.
        index: over the same `vectors`.
    """
    if k < 1 or not len(vectors):
        return np.empty(0, dtype=np.intp)
    allowed = len(vectors) if mask is None else int(np.count_nonzero(mask))
    if index is None or allowed <= max(APPROXIMATE_ABOVE, k):
        return _exact(vectors, query, k, mask, allowed)
    # Without a mask the index is spared a bitmap.
    rows, _ = index.search(query, k, mask if allowed < len(vectors) else None)
    return rows if len(rows) == min(k, allowed) else _exact(vectors, query, k, mask, allowed)


def _exact(vectors: Floats, query: Floats, k: int, mask: Mask | None, allowed: int) -> Rows:
    if mask is None or allowed == len(vectors):
        return best(vectors @ query, k)
    if allowed * _GATHERED > len(vectors):
        scores = vectors @ query
        scores[~mask] = -np.inf
        return best(scores, min(k, allowed))
    rows = np.flatnonzero(mask)
    scores = np.empty(len(rows), dtype=np.float32)
    for start in range(0, len(rows), _BLOCK):
        scores[start : start + _BLOCK] = vectors[rows[start : start + _BLOCK]] @ query
    return rows[best(scores, k)]


def best(scores: Floats, k: int) -> Rows:
    """Places of the `k` largest of (n,) scores, best first; of equal ones the first."""
    if k < 1 or not len(scores):
        return np.empty(0, dtype=np.intp)
    if k >= len(scores):
        return np.argsort(-scores, kind="stable")
    least = _reached(scores, k)
    above = np.flatnonzero(scores > least)
    if len(above) >= k:
        values = scores[above]
        least = np.partition(values, len(values) - k)[-k]
        above, ties = above[values > least], above[values == least]
    else:
        ties = np.flatnonzero(scores == least)
    # All others may tie with the last of the best: a partition or a sort of those would cost a millisecond.
    chosen = np.concatenate([above, ties[: k - len(above)]])
    return chosen[np.lexsort((chosen, -scores[chosen]))]


def _reached(scores: Floats, k: int) -> np.float32:
    """A value that at least `k` of more than `k` scores reach, and not many more of them."""
    groups = _GROUPS * k
    deep = len(scores) // groups
    if deep < _DEEP:
        return np.float32(np.partition(scores, len(scores) - k)[-k])
    # The k-th largest of the groups' maxima: three times as fast as a partition of all scores.
    maxima = scores[: deep * groups].reshape(deep, groups).max(axis=0)
    return np.float32(np.partition(maxima, groups - k)[-k])


@dataclass(frozen=True)
class Moments:
    """Mean (d,) and covariance (d, d) of n vectors, float64: a query's scores are standardised without making them."""

    mean: NDArray[np.float64]
    covariance: NDArray[np.float64]

    @classmethod
    def of(cls, vectors: Floats) -> Moments:
        """The moments of (n, d) `vectors`, n ≥ 1, in blocks: no copy of them all is made."""
        mean = vectors.mean(axis=0, dtype=np.float64)
        covariance = np.zeros((vectors.shape[1], vectors.shape[1]))
        for start in range(0, len(vectors), _BLOCK):
            centred = vectors[start : start + _BLOCK] - mean
            covariance += centred.T @ centred
        return cls(mean, covariance / len(vectors))

    def standardise(self, scores: Floats, query: Floats) -> Floats:
        """`scores` of some rows for `query` (d,), as if all n had been made mean 0 and standard deviation 1.

        All zeros where the n scores do not vary.
        """
        wide = query.astype(np.float64)
        spread = max(float(wide @ self.covariance @ wide), 0.0) ** 0.5
        if spread < 1e-9:
            return np.zeros_like(scores, dtype=np.float32)
        standard: Floats = ((scores - self.mean @ wide) / spread).astype(np.float32)
        return standard

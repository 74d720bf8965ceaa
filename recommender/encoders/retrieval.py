"""How well an encoder finds the right passage: ranks, recall, reciprocal ranks, and how sure their means are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.encoders.pairs import Corpus, Ints

Floats = NDArray[np.float32]

CUTS = (1, 10, 50)
SAMPLES = 2000
_CELLS = 8_000_000  # scores held in memory at a time


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean, and the bounds between which it lies with 95% confidence."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.3f} ({self.low:.3f} to {self.high:.3f})"


def ranks_of(corpus: Corpus, rows: Ints, queries: Floats, passages: Floats, pool: Ints) -> Ints:
    """(b,) int64 rank, 1 at the top, of each pair's passage among `pool`.

    Ties, and scores that are no numbers, count against it; other right passages of the query do not compete.

    Args:
        corpus: the pairs.
        rows: (b,) int64 the pairs to judge.
        queries: (q, d) float32 unit vectors of all queries; only those of `rows` are read.
        passages: (p, d) float32 unit vectors of all passages; only those of `pool` are read.
        pool: (m,) int64 ascending passages, those of `rows` among them.
    """
    ranks = np.empty(len(rows), dtype=np.int64)
    candidates = passages[pool]
    step = max(1, _CELLS // max(1, len(pool)))
    for start in range(0, len(rows), step):
        part = rows[start : start + step]
        asked = corpus.query_of[part]
        scores = queries[asked] @ candidates.T
        own = scores[np.arange(len(part)), np.searchsorted(pool, corpus.passage_of[part])][:, None]
        rivals = ~corpus.positives[asked][:, pool].toarray().astype(bool)
        ranks[start : start + step] = 1 + (~(scores < own) & rivals).sum(axis=1)
    return ranks


def scores_of(ranks: Ints) -> dict[str, NDArray[np.float64]]:
    """Recall@1, @10, @50 and MRR, (b,) float64 each, one value per pair."""
    values = {f"recall@{cut}": (ranks <= cut).astype(np.float64) for cut in CUTS}
    return values | {"mrr": 1.0 / ranks}


def estimate(values: NDArray[np.float64], groups: Ints, seed: int, samples: int = SAMPLES) -> Estimate:
    """The mean over pairs, its bounds by resampling whole groups (cluster bootstrap, Field and Welsh 2007).

    Args:
        values: (b,) float64.
        groups: (b,) int64, what each value belongs to: turns of one dialogue succeed and fail together.
        seed: of the resampling.
        samples: how often groups are resampled.
    """
    _, place = np.unique(groups, return_inverse=True)
    sums, sizes = np.bincount(place, values), np.bincount(place)
    generator = np.random.default_rng(seed)
    drawn = (generator.integers(len(sums), size=len(sums)) for _ in range(samples))
    means = np.array([sums[rows].sum() / sizes[rows].sum() for rows in drawn])
    low, high = np.quantile(means, [0.025, 0.975])
    return Estimate(float(values.mean()), float(low), float(high))


def choose_pool(corpus: Corpus, rows: Ints, size: int, seed: int) -> Ints:
    """(m,) int64 ascending: the passages of the pairs `rows`, filled up with random others to `size`; 0 means all."""
    right = np.unique(corpus.passage_of[rows])
    if size == 0 or size >= len(corpus.passages):
        return np.arange(len(corpus.passages))
    rest = np.setdiff1d(np.arange(len(corpus.passages)), right)
    more = np.random.default_rng([seed, 2]).permutation(rest)[: max(0, size - len(right))]
    return np.sort(np.concatenate([right, more]))

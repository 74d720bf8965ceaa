"""How well scores rank what people came to like, one value per person, so that uncertainty over people can be told.

Every item that a person has not seen competes: sampled candidates flatter models unevenly (Krichene and Rendle 2020).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_CELLS = 4_000_000  # comparisons held in memory at a time
_SCORES = 32_000_000  # scores held in memory at a time: 128 MB, and as much again for copies


@dataclass(frozen=True, eq=False)
class HeldOutRanks:
    """Where p people's held-out items stand: r ranks in all, those of one person together, best first.

    persons (p,) int32 rows of the scores, ascending: those with a held-out item that they had not seen;
    start (p+1,) int64 into ranks; ranks (r,) int64, 1 is the top; candidates (p,) int64 items that competed.
    """

    persons: NDArray[np.int32]
    start: NDArray[np.int64]
    ranks: NDArray[np.int64]
    candidates: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.persons)

    @property
    def held_out(self) -> NDArray[np.int64]:
        """(p,) int64 held-out items of each person, at least 1."""
        return np.diff(self.start)

    @property
    def best(self) -> NDArray[np.int64]:
        """(p,) int64 rank of each person's best held-out item."""
        return self.ranks[self.start[:-1]]

    @classmethod
    def none(cls) -> HeldOutRanks:
        """Nobody's ranks."""
        nothing = np.empty(0, dtype=np.int64)
        return cls(nothing.astype(np.int32), np.zeros(1, dtype=np.int64), nothing, nothing)

    def sums(self, values: Floats) -> Floats:
        """(p,) sums of (r,) values over each person's ranks."""
        return np.add.reduceat(values, self.start[:-1]) if len(self) else np.empty(0)


def rank_held_out(
    scores: NDArray[np.floating], relevant: sp.csr_matrix, seen: sp.csr_matrix | None = None
) -> HeldOutRanks:
    """The ranks of relevant items among all items that the person has not seen.

    A tie counts against the relevant item: a model that gives all items one score knows nothing and gains nothing.

    Args:
        scores: (people, items) finite.
        relevant: (people, items), non-zero where held out.
        seen: (people, items), non-zero where an item does not compete, not even when it is relevant.

    Raises:
        ValueError: shapes differ or scores are not finite.
    """
    seen = sp.csr_matrix(scores.shape, dtype=bool) if seen is None else seen
    if not scores.shape == relevant.shape == seen.shape:
        raise ValueError(f"Scores {scores.shape}, relevant {relevant.shape} and seen {seen.shape} differ in shape.")
    if not np.isfinite(scores).all():
        raise ValueError("Scores have to be finite. Train with a smaller learning rate or mask items by `seen`.")
    masked = scores.astype(np.result_type(scores.dtype, np.float32), copy=True)
    masked[seen.nonzero()] = -np.inf
    person, item = relevant.nonzero()
    unseen = np.isfinite(masked[person, item])
    person, item = person[unseen], item[unseen]
    best_first = np.lexsort((-masked[person, item], person))
    person, item = person[best_first], item[best_first]
    value = masked[person, item]
    # Items of one person with one score stand together in this order, behind everything else with that score.
    index = np.arange(len(person))
    last = (np.diff(person, append=-1) != 0) | (np.diff(value, append=np.nan) != 0)
    last_of_tie = index[last][np.searchsorted(index[last], index)]
    ranks = _at_least(masked, person, value) - (last_of_tie - index)
    persons, first = np.unique(person, return_index=True)
    candidates = np.isfinite(masked[persons]).sum(axis=1)
    return HeldOutRanks(persons.astype(np.int32), np.append(first, len(person)).astype(np.int64), ranks, candidates)


def rank_in_batches(
    score: Callable[[NDArray[np.intp]], NDArray[np.floating]],
    relevant: sp.csr_matrix,
    seen: sp.csr_matrix | None = None,
    batch: int = 512,
) -> HeldOutRanks:
    """As `rank_held_out`, for more people than one array of scores holds; only those with held-out items are scored.

    Args:
        score: rows of persons → (their number, items) finite scores.
        relevant: as in `rank_held_out`.
        seen: as in `rank_held_out`.
        batch: people scored at a time; fewer where items are so many that their scores would take gigabytes.
    """
    asked = np.flatnonzero(np.diff(relevant.indptr))
    batch = max(1, min(batch, _SCORES // max(relevant.shape[1], 1)))
    parts = [HeldOutRanks.none()]
    for start in range(0, len(asked), batch):
        rows = asked[start : start + batch]
        ranks = rank_held_out(score(rows), relevant[rows], None if seen is None else seen[rows])
        parts.append(replace(ranks, persons=rows[ranks.persons].astype(np.int32)))
    ends = np.cumsum([len(part.ranks) for part in parts])
    starts = [part.start[1:] + end - len(part.ranks) for part, end in zip(parts, ends, strict=True)]
    return HeldOutRanks(
        np.concatenate([part.persons for part in parts]),
        np.concatenate([np.zeros(1, dtype=np.int64), *starts]),
        np.concatenate([part.ranks for part in parts]),
        np.concatenate([part.candidates for part in parts]),
    )


def ndcg_at(ranks: HeldOutRanks, k: int) -> Floats:
    """(p,) normalised discounted cumulative gain of the first `k`, binary relevance (Järvelin and Kekäläinen 2002)."""
    discounts = 1 / np.log2(np.arange(2, k + 2))
    ideal: Floats = np.append(0.0, np.cumsum(discounts))[np.minimum(ranks.held_out, k)]
    gains = ranks.sums(np.where(ranks.ranks <= k, 1 / np.log2(ranks.ranks + 1), 0.0))
    return gains / ideal


def recall_at(ranks: HeldOutRanks, k: int) -> Floats:
    """(p,) share of a person's held-out items among the first `k`; with more than k of them it cannot reach 1."""
    return ranks.sums((ranks.ranks <= k).astype(np.float64)) / ranks.held_out


def hit_rate_at(ranks: HeldOutRanks, k: int) -> Floats:
    """(p,) 1 where at least one held-out item is among the first `k`, else 0."""
    return (ranks.best <= k).astype(np.float64)


def reciprocal_rank(ranks: HeldOutRanks) -> Floats:
    """(p,) 1 / rank of the best held-out item; its mean is the MRR."""
    return 1 / ranks.best


def percentile_rank(ranks: HeldOutRanks) -> Floats:
    """(p,) mean place of the held-out items, 0 the top and 1 the end of the list; chance gives .5 (Hu et al. 2008)."""
    others = np.maximum(np.repeat(ranks.candidates, ranks.held_out) - 1, 1)
    return ranks.sums((ranks.ranks - 1) / others) / ranks.held_out


def top_items(scores: NDArray[np.floating], k: int, seen: sp.csr_matrix | None = None) -> NDArray[np.int32]:
    """(people, k) int32 columns of the `k` best unseen items, best first, -1 where none is left; of a tie, the lower.

    Args:
        scores: (people, items) finite.
        k: length of a list; at most the number of items come back.
        seen: (people, items), non-zero where an item does not compete.
    """
    masked = scores.astype(np.result_type(scores.dtype, np.float32), copy=True)
    if seen is not None:
        masked[seen.nonzero()] = -np.inf
    best = np.argsort(-masked, axis=1, kind="stable")[:, :k]
    return np.where(np.isfinite(np.take_along_axis(masked, best, axis=1)), best, -1).astype(np.int32)


def coverage(top: NDArray[np.int32], items: int) -> float:
    """Share of `items` that stand in at least one list of `top`."""
    return len(np.unique(top[top >= 0])) / items if items else 0.0


def novelty(top: NDArray[np.int32], likes: Floats, people: int) -> Floats:
    """(p,) mean self-information in bits, -log2 of the share of people who like it, of each list's items.

    Castells et al. (2015), "Novelty and diversity in recommender systems". Items without likes count as one person's.

    Args:
        top: (p, k) columns as `top_items` gives them; -1 does not count.
        likes: (items,) how many of the training's people like each item.
        people: how many people there are in training.
    """
    information = np.log2(max(people, 1)) - np.log2(np.maximum(likes, 1))
    shown = top >= 0
    sums: Floats = np.where(shown, information[top], 0.0).sum(axis=1)
    means: Floats = sums / np.maximum(shown.sum(axis=1), 1)
    return means


def intra_list_diversity(top: NDArray[np.int32], vectors: NDArray[np.floating]) -> Floats:
    """(p,) mean cosine distance between the items of each list (Ziegler et al. 2005); 0 for lists of one item or none.

    Args:
        top: (p, k) columns as `top_items` gives them; -1 does not count.
        vectors: (items, t) of unit length.
    """
    found = np.zeros(len(top))
    for row, items in enumerate(top):
        shown = vectors[items[items >= 0]].astype(np.float64)
        n = len(shown)
        if n > 1:
            # The squared length of the sum is the sum of all pairs' products, each item with itself included.
            found[row] = 1 - (float((shown.sum(axis=0) ** 2).sum()) - float((shown**2).sum())) / (n * (n - 1))
    return found


def _at_least(masked: NDArray[np.floating], person: NDArray[np.intp], value: NDArray[np.floating]) -> NDArray[np.int64]:
    """(r,) how many unseen items of person[i] score value[i] or more, itself included."""
    counts = np.empty(len(person), dtype=np.int64)
    step = max(1, _CELLS // max(masked.shape[1], 1))
    for start in range(0, len(person), step):
        window = slice(start, start + step)
        counts[window] = (masked[person[window]] >= value[window, None]).sum(axis=1)
    return counts

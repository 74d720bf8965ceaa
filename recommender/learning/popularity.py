"""What everybody takes: of all time, and of late, where what is late is learnt."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.learning.interactions import DAY, Interactions
from recommender.learning.metrics import ndcg_at, rank_in_batches

Floats = NDArray[np.float32]

HALF_LIVES = (30.0, 3.0, 7.0, 14.0, 90.0)  # days; of equals the first
AT = 10


def popularity(interactions: Interactions, half_life: float | None) -> Floats:
    """(items,) float32 confidence that each item gathered.

    Args:
        interactions: all there are.
        half_life: a row so many days before the newest counts half; None: age does not count.
    """
    if not len(interactions):
        return np.zeros(len(interactions.items), dtype=np.float32)
    weight = interactions.weight.astype(np.float64)
    if half_life is not None:
        weight *= 0.5 ** ((interactions.at.max() - interactions.at) / DAY / half_life)
    return np.bincount(interactions.item, weights=weight, minlength=len(interactions.items)).astype(np.float32)


def best_half_life(interactions: Interactions, relevant: sp.csr_matrix, seen: sp.csr_matrix) -> float:
    """The one of HALF_LIVES whose trend alone best foresees what people came to like, by NDCG.

    Args:
        interactions: what was known before.
        relevant: (people × items) bool, items in the order of interactions.items.
        seen: (people × items) bool, what does not compete.
    """
    if not len(interactions) or int(np.ptp(interactions.at)) < DAY:
        return HALF_LIVES[0]  # times are an order, or all is of late

    def quality(half_life: float) -> float:
        trend = popularity(interactions, half_life)
        ranks = rank_in_batches(lambda rows: np.tile(trend, (len(rows), 1)), relevant, seen)
        return float(ndcg_at(ranks, AT).mean()) if len(ranks) else 0.0

    return max(HALF_LIVES, key=quality)

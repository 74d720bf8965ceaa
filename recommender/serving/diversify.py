"""A list whose items differ: maximal marginal relevance (Carbonell & Goldstein 1998) on text vectors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]

POOL = 40  # below this rank nothing is worth a place for being different


def diversify(
    rows: Rows,
    scores: Floats,
    vectors: Floats,
    count: int,
    strength: float = 0.5,
    kinds: NDArray[np.int32] | None = None,
    again: float = 0.5,
) -> list[int]:
    """The `count` rows to show, best first.

    Args:
        rows: (c,) candidates.
        scores: (n,) of the whole catalogue, in standard deviations.
        vectors: (n, t) L2-normalised; similarity is their dot product.
        count: how many to choose.
        strength: standard deviations of score that a perfect copy of a chosen item loses.
        kinds: (n,) number of the kind of each item, where nobody said which kind is wanted: "something for a wedding".
        again: standard deviations that an item loses for each chosen one of its kind.
    """
    ordered = rows[np.argsort(-scores[rows], kind="stable")]
    pool = ordered[: max(POOL, count)]
    if kinds is not None:
        _, first = np.unique(kinds[ordered], return_index=True)
        pool = np.concatenate([pool, ordered[np.sort(first[first >= len(pool)])]])
    relevance = scores[pool].astype(np.float64)
    similarity = vectors[pool] @ vectors[pool].T
    closest = np.zeros(len(pool))
    chosen: list[int] = []
    open_ = np.ones(len(pool), dtype=bool)
    while open_.any() and len(chosen) < count:
        value = np.where(open_, relevance - strength * closest, -np.inf)
        best = int(value.argmax())
        chosen.append(best)
        open_[best] = False
        closest = np.maximum(closest, similarity[best])
        if kinds is not None:
            relevance = relevance - again * (kinds[pool] == kinds[pool[best]])
    return [int(pool[i]) for i in chosen]

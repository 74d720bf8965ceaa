"""Hard negatives: wrong passages that the encoder takes for right ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recommender.encoders.pairs import Corpus, Ints

Floats = NDArray[np.float32]

_CELLS = 8_000_000  # scores held in memory at a time


def mine(
    corpus: Corpus,
    rows: Ints,
    queries: Floats,
    passages: Floats,
    count: int,
    depth: int,
    margin: float,
    generator: np.random.Generator,
) -> Ints:
    """Hard negatives of pairs, drawn among the `depth` best-ranked wrong passages (ANCE, Xiong et al. 2021).

    A passage is no negative if any pair gives it for the same query, or if its cosine exceeds that of the pair's own
    passage by more than `margin`: it is more likely an unlabelled right one (RocketQA, Qu et al. 2021).

    Args:
        corpus: the pairs.
        rows: (b,) int64 the pairs to mine for.
        queries: (q, d) float32 unit vectors of all queries.
        passages: (p, d) float32 unit vectors of all passages.
        count: negatives of each pair.
        depth: how many of the best are drawn from.
        margin: see above, a difference of cosines.
        generator: draws.

    Returns:
        (b, count) int64 passages without repetition in a row, -1 where there are no more.
    """
    found = np.full((len(rows), count), -1, dtype=np.int64)
    step = max(1, _CELLS // max(1, len(passages)))
    for start in range(0, len(rows), step):
        part = rows[start : start + step]
        asked, own = corpus.query_of[part], corpus.passage_of[part]
        scores = queries[asked] @ passages.T
        ceiling = scores[np.arange(len(part)), own][:, None] + margin
        scores[corpus.positives[asked].toarray().astype(bool)] = -np.inf
        scores[scores > ceiling] = -np.inf
        found[start : start + step] = _draw(scores, count, depth, generator)
    return found


def _draw(scores: Floats, count: int, depth: int, generator: np.random.Generator) -> Ints:
    depth = min(depth, scores.shape[1])
    best = np.argpartition(-scores, depth - 1, axis=1)[:, :depth]
    # A random order of each row's candidates, those that are none last.
    keys = generator.random(best.shape)
    keys[~np.isfinite(np.take_along_axis(scores, best, axis=1))] = 2.0
    order = np.argsort(keys, axis=1)[:, :count]
    drawn = np.take_along_axis(best, order, axis=1)
    drawn[np.take_along_axis(keys, order, axis=1) > 1] = -1
    if drawn.shape[1] < count:
        drawn = np.pad(drawn, ((0, 0), (0, count - drawn.shape[1])), constant_values=-1)
    return np.asarray(drawn, dtype=np.int64)

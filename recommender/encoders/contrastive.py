"""The loss of fine-tuning: among all passages of a batch, each query should choose its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from recommender.encoders.pairs import Corpus

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Batch:
    """b pairs over their q different queries and p different passages, hard negatives among these.

    queries (q,), passages (p,) int64 rows of the corpus; query_of, passage_of (b,) int64 into those two;
    other_passages (b, p), other_queries (b, q) bool: right too, so that they do not count as wrong.
    """

    queries: Ints
    passages: Ints
    query_of: Ints
    passage_of: Ints
    other_passages: NDArray[np.bool_]
    other_queries: NDArray[np.bool_]


def make_batch(corpus: Corpus, rows: Ints, negatives: Ints) -> Batch:
    """The batch of the pairs `rows`; `negatives` (b, h) int64 are passages, -1 for none."""
    queries, query_of = np.unique(corpus.query_of[rows], return_inverse=True)
    wrong = negatives[negatives >= 0]
    passages = np.unique(np.concatenate([corpus.passage_of[rows], wrong]))
    passage_of = np.searchsorted(passages, corpus.passage_of[rows])
    right = corpus.positives[queries][:, passages].toarray().astype(bool)
    others = right[query_of]
    others[np.arange(len(rows)), passage_of] = False
    askers = right[:, passage_of].T.copy()
    askers[np.arange(len(rows)), query_of] = False
    return Batch(queries, passages, query_of, passage_of, others, askers)


def info_nce(
    queries: torch.Tensor, passages: torch.Tensor, batch: Batch, temperature: float, symmetric: bool
) -> torch.Tensor:
    """InfoNCE (van den Oord et al. 2018, eq. 4) over a batch's passages, known right ones of a query left out.

    Args:
        queries: (q, d) float32 unit vectors.
        passages: (p, d) float32 unit vectors.
        batch: whose vectors these are.
        temperature: divides the cosines.
        symmetric: the mean of this and of its counterpart, in which passages choose queries.

    Returns:
        The mean over pairs, a scalar.
    """
    device = queries.device
    scores = queries @ passages.T / temperature
    query_of, passage_of = (torch.from_numpy(rows).to(device) for rows in (batch.query_of, batch.passage_of))
    mask = torch.from_numpy(batch.other_passages).to(device)
    chosen = torch.nn.functional.cross_entropy(scores[query_of].masked_fill(mask, -torch.inf), passage_of)
    if not symmetric:
        return chosen
    mask = torch.from_numpy(batch.other_queries).to(device)
    asked = torch.nn.functional.cross_entropy(scores.T[passage_of].masked_fill(mask, -torch.inf), query_of)
    return (chosen + asked) / 2

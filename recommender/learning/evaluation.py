"""How a model would have served: the same profile and the same blend as in serving, on interactions it has not seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from recommender.learning.interactions import KINDS
from recommender.learning.metrics import HeldOutRanks, ndcg_at, percentile_rank, rank_in_batches, recall_at
from recommender.learning.split import Split
from recommender.model.embeddings import BlendWeights, Embeddings
from recommender.serving.profile import build_profile
from recommender.serving.rank import ScoreParts, score_parts

Floats = NDArray[np.float32]

AT = 10
OPINIONS = tuple(KINDS.index(kind) for kind in ("like", "purchase", "dislike"))
DISLIKE = KINDS.index("dislike")

TEXT_GRID = (0.0, 0.15, 0.3, 0.5, 0.8, 1.2)
POPULARITY_GRID = (0.0, 0.1, 0.2, 0.4, 0.7, 1.0, 1.5)
OFFSET_GRID = (-1.0, -0.5, -0.25, 0.0, 0.25, 0.5, 1.0, 1.5, 2.0)
ROUNDS = 2


@dataclass(frozen=True)
class Evaluator:
    """Scores people of one split with one model, whose items stand in the split's order."""

    embeddings: Embeddings
    split: Split

    def ranks(self, weights: BlendWeights | None = None) -> HeldOutRanks:
        """Where later likes and purchases stand among all items that their person had not touched."""
        used = weights or self.embeddings.card.weights

        def score(rows: NDArray[np.intp]) -> Floats:
            return np.array([self.parts(int(row)).total(used) for row in rows], dtype=np.float32)

        return rank_in_batches(score, self.split.relevant(), self.split.seen())

    def parts(self, person: int) -> ScoreParts:
        """What serving would know of person number `person` at the cut: the model, and opinions since its training."""
        embeddings, train = self.embeddings, self.split.train
        name = train.persons[person]
        row = self._person_rows.get(name)
        until = embeddings.card.trained_until
        since = datetime.fromisoformat(until).timestamp() if row is not None and until else -np.inf
        liked: dict[int, None] = {}
        disliked: dict[int, None] = {}
        for index in train.rows_of(name):
            if train.at[index] > since and train.kind[index] in OPINIONS:
                item = int(train.item[index])
                liked.pop(item, None)
                disliked.pop(item, None)
                (disliked if train.kind[index] == DISLIKE else liked)[item] = None
        return score_parts(embeddings, build_profile(embeddings, row, tuple(liked), tuple(disliked)))

    @cached_property
    def _person_rows(self) -> dict[str, int]:
        return {str(person): row for row, person in enumerate(self.embeddings.person_ids)}


def summary(ranks: HeldOutRanks) -> dict[str, float]:
    """The means that a model's card shows."""
    if not len(ranks):
        return {"people": 0.0}
    return {
        f"ndcg@{AT}": float(ndcg_at(ranks, AT).mean()),
        f"recall@{AT}": float(recall_at(ranks, AT).mean()),
        "percentile_rank": float(percentile_rank(ranks).mean()),
        "people": float(len(ranks)),
    }


def tune(embeddings: Embeddings, split: Split) -> BlendWeights:
    """The blend that ranks later likes and purchases best: coordinate search by NDCG, the hybrid part fixed at 1.

    A step is taken only when its gain, person by person, exceeds one standard error (Breiman et al. 1984, chapter 3):
    where data cannot tell weights apart, climbing on noise cost a seventh of the quality.

    Args:
        embeddings: fitted on split.train.
        split: whose test part decides.
    """
    relevant, seen = split.relevant(), split.seen()
    asked = np.flatnonzero(np.diff(relevant.indptr))
    weights = replace(embeddings.card.weights, cold_offset=0.0)
    if not len(asked):
        return weights
    evaluator = Evaluator(replace(embeddings, card=replace(embeddings.card, weights=weights)), split)
    parts = [evaluator.parts(int(row)) for row in asked]
    hybrid, text, popularity = (
        np.array([getattr(p, name) for p in parts]) for name in ("hybrid", "text", "popularity")
    )
    cold = ~embeddings.warm

    def quality(candidate: BlendWeights) -> NDArray[np.float64]:
        total = candidate.hybrid * (hybrid + candidate.cold_offset * cold)
        total = total + candidate.text * text + candidate.popularity * popularity
        ranks = rank_in_batches(lambda rows: total[rows], relevant[asked], seen[asked])
        return ndcg_at(ranks, AT)

    return _climb(weights, quality)


def _climb(weights: BlendWeights, quality: Callable[[BlendWeights], NDArray[np.float64]]) -> BlendWeights:
    best = quality(weights)
    grids = {"text": TEXT_GRID, "popularity": POPULARITY_GRID, "cold_offset": OFFSET_GRID}
    for _ in range(ROUNDS):
        for name, grid in grids.items():
            for value in grid:
                tried = replace(weights, **{name: value})
                found = quality(tried)
                gain = found - best
                if gain.mean() > gain.std() / np.sqrt(len(gain)):
                    best, weights = found, tried
    return weights

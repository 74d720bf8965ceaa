"""How a model would have served: the same profile and the same blend as in serving, on interactions it has not seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from recommender.learning.blending import Choice, fit_blend
from recommender.learning.interactions import KINDS, Interactions
from recommender.learning.metrics import HeldOutRanks, ndcg_at, percentile_rank, rank_in_batches, recall_at
from recommender.learning.popularity import best_half_life, popularity
from recommender.learning.split import Split
from recommender.model.embeddings import BlendWeights, Embeddings
from recommender.model.ranker import Ranker
from recommender.serving.nearest import best
from recommender.serving.profile import Profile, build_profile
from recommender.serving.rank import BUCKETS, Rows, ScoreParts, Scorer, column_names, context

Floats = NDArray[np.float32]

AT = 10
OPINIONS = tuple(KINDS.index(kind) for kind in ("like", "purchase", "dislike"))
DISLIKE = KINDS.index("dislike")

EACH = 100  # candidates that each part brings in when lists are learnt from
MOST_LISTS = 2000  # people whose lists decide the blend; more change it by less than its error
STRANGERS = (1, 3, 5)  # likes after which a known person is looked at as if they were new
MOST_STRANGERS = 900
SPREAD_FROM = 100  # people whose scores tell the spread


@dataclass(frozen=True, slots=True)
class Blend:
    """How the parts of a model become one score."""

    ranker: Ranker
    weights: BlendWeights

    @classmethod
    def untaught(cls) -> Blend:
        """Before there is anything to learn from: taste first, then what others take."""
        weights = {"hybrid": 1.0, "neighbours": 0.5, "newest": 0.5, "text": 0.3, "popularity": 0.3}
        return cls(Ranker.linear(weights, column_names(), len(BUCKETS) + 1), BlendWeights())


@dataclass(frozen=True)
class Evaluator:
    """Scores people of one split with one model, whose items stand in the split's order."""

    embeddings: Embeddings
    split: Split

    def ranks(self) -> HeldOutRanks:
        """Where later likes and purchases stand among all items that their person had not touched."""

        def score(rows: NDArray[np.intp]) -> Floats:
            return np.array([rank_all(self.scorer, self.profile(int(row))) for row in rows], dtype=np.float32)

        return rank_in_batches(score, self.split.relevant(), self.split.seen())

    def profile(self, person: int) -> Profile:
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
        return build_profile(embeddings, row, tuple(liked), tuple(disliked))

    @cached_property
    def scorer(self) -> Scorer:
        """Of the model."""
        return Scorer(self.embeddings)

    @cached_property
    def _person_rows(self) -> dict[str, int]:
        return {str(person): row for row, person in enumerate(self.embeddings.person_ids)}


def rank_all(scorer: Scorer, profile: Profile) -> Floats:
    """(n,) scores of all items: the candidates' as they are served, below them the rest in the hybrid's order."""
    parts = scorer.parts(profile)
    rows = contenders(parts, profile)
    found = 1e-3 * np.clip(parts.hybrid, -100, 100)
    served = scorer.scores(parts, profile, rows)
    found[rows] = served - served.min(initial=0.0) + 1.0
    return found.astype(np.float32)


def contenders(parts: ScoreParts, profile: Profile, each: int = EACH) -> Rows:
    """Rows that some part has among its best; what the person likes already does not compete."""
    gone = profile.evidence[profile.strengths > 0]
    found = []
    for part in parts.spoken():
        open_ = part.copy()
        open_[gone] = -np.inf
        found.append(best(open_, min(each, len(part))))
    return np.setdiff1d(np.concatenate(found), gone) if found else np.arange(min(each, len(parts.hybrid)))


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


def tune(embeddings: Embeddings, split: Split, taught: Interactions | None = None) -> Blend:
    """The blend that ranks later likes and purchases best.

    People of whom much is known are also looked at as if they had only just come, so that there are weights for those.

    Args:
        embeddings: fitted on split.train.
        split: whose test part decides.
        taught: what they were fitted on, where split.train holds more than that.
    """
    relevant, seen = split.relevant(), split.seen()
    asked = np.flatnonzero(np.diff(relevant.indptr))
    weights = replace(embeddings.card.weights, spread=1.0)
    if not len(asked):
        return replace(Blend.untaught(), weights=weights)
    generator = np.random.default_rng(embeddings.card.seed)
    people = generator.permutation(asked)[:MOST_LISTS]
    known = (split.train if taught is None else taught).restrict([str(item) for item in embeddings.item_ids])
    weights = replace(weights, half_life=best_half_life(known, relevant[people], seen[people]))
    evaluator = Evaluator(replace(embeddings, trend=popularity(known, weights.half_life)), split)
    choices = []
    for turn, person in enumerate(people):
        profile = evaluator.profile(int(person))
        held = relevant[person].indices
        gone = seen[person].indices
        choices.append(_choice(evaluator.scorer, profile, held, gone, shown=True))
        few = STRANGERS[turn % len(STRANGERS)]
        liked = profile.evidence[profile.strengths > 0]
        if turn < MOST_STRANGERS and len(liked) > few:
            stranger = build_profile(embeddings, None, tuple(int(row) for row in liked[:few][::-1]), ())
            choices.append(_choice(evaluator.scorer, stranger, held, gone, shown=False))
    try:
        ranker = fit_blend(choices, column_names(), len(BUCKETS) + 1, ("new",), embeddings.card.seed)
    except ValueError:
        return replace(Blend.untaught(), weights=weights)
    spread = _spread(ranker, evaluator, people[:SPREAD_FROM])
    return Blend(ranker, replace(weights, spread=spread))


def _choice(scorer: Scorer, profile: Profile, held: NDArray[np.int32], gone: NDArray[np.int32], shown: bool) -> Choice:
    parts = scorer.parts(profile)
    rows = np.setdiff1d(contenders(parts, profile), gone)
    bucket = int(context(profile).argmax())
    return Choice(scorer.columns(parts, profile, rows), np.isin(rows, held), bucket, len(held), shown)


def _spread(ranker: Ranker, evaluator: Evaluator, people: NDArray[np.intp]) -> float:
    """Standard deviation of the ranker's scores over the catalogue, mean over people."""
    found = []
    for person in people:
        profile = evaluator.profile(int(person))
        parts = evaluator.scorer.parts(profile)
        columns = evaluator.scorer.columns(parts, profile, np.arange(len(parts.hybrid)))
        found.append(float(ranker.score(columns, context(profile)).std()))
    return max(float(np.mean(found)), 1e-6)

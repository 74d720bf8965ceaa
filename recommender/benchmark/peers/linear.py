"""Peers without vectors: popularity (RecTools), item neighbours (implicit) and EASE (RecTools)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

import numpy as np

from recommender.benchmark.peers.log import Floats, Histories, Log
from recommender.benchmark.peers.tables import rectools_dataset

TIE = 1e-6
"""Share of a score's size by which popularity decides between items that a peer finds equal."""


def break_ties(scores: Floats, popularity: Floats) -> Floats:
    """Adds a trace of popularity, which also ranks for people of whom a peer knows nothing."""
    size = max(float(np.abs(scores).max(initial=0.0)), 1e-6)
    return (scores + TIE * size * popularity / max(float(popularity.max(initial=0.0)), 1.0)).astype(np.float32)


class Popularity:
    """Everybody gets what most people like; option `days`: of the last days only."""

    def fit(self, log: Log, option: dict[str, Any], seed: int) -> None:
        """Counts."""
        from rectools.models import PopularModel

        days = option.get("days")
        model = PopularModel(period=timedelta(days=days) if days else None, add_cold=True)
        dataset = rectools_dataset(log)
        model.fit(dataset)
        known = np.asarray(dataset.item_id_map.external_ids, dtype=np.int64)
        counts = np.zeros(log.items, dtype=np.float32)
        counts[known[model.popularity_list[0]]] = model.popularity_list[1]
        self.counts = break_ties(counts, log.popularity())

    def score(self, people: Histories) -> Floats:
        """(p, n) the same row for everybody."""
        return np.tile(self.counts, (len(people), 1))


class Neighbours:
    """Item-kNN; options: `kind` ("counts", "cosine", "tfidf" or "bm25") and `neighbours`.

    New people are scored from their likes as known ones are.
    """

    def fit(self, log: Log, option: dict[str, Any], seed: int) -> None:
        """Keeps each item's nearest."""
        from implicit import nearest_neighbours as found

        kinds = {
            "counts": found.ItemItemRecommender,
            "cosine": found.CosineRecommender,
            "tfidf": found.TFIDFRecommender,
            "bm25": found.BM25Recommender,
        }
        model = kinds[option["kind"]](K=option["neighbours"], num_threads=1)
        model.fit(log.matrix().astype(np.float64), show_progress=False)  # plain counts are wanted in doubles
        self.similarity, self.popularity = model.similarity, log.popularity()

    def score(self, people: Histories) -> Floats:
        """(p, n) history × similarity, which is what implicit's `recommend` sorts."""
        return break_ties((people.matrix(len(self.popularity)) @ self.similarity).toarray(), self.popularity)


class Ease:
    """EASE (Steck 2019); options: `penalty` and `decay` of older likes when people are scored."""

    _last: ClassVar[dict[Any, Floats]] = {}

    def fit(self, log: Log, option: dict[str, Any], seed: int) -> None:
        """RecTools inverts; options that differ in the decay alone share the inverse."""
        from rectools.models import EASEModel

        self.decay, self.popularity = float(option["decay"]), log.popularity()
        key = (log.items, log.item.tobytes(), float(option["penalty"]))
        if key not in self._last:
            dataset = rectools_dataset(log)
            model = EASEModel(regularization=option["penalty"])
            model.fit(dataset)
            known = np.asarray(dataset.item_id_map.external_ids, dtype=np.int64)
            self._last.clear()
            self._last[key] = _spread(model.weight, known, log.items)
        self.weights = self._last[key]

    def score(self, people: Histories) -> Floats:
        """(p, n) history × weights."""
        return break_ties(np.asarray(people.matrix(len(self.popularity), self.decay) @ self.weights), self.popularity)


def _spread(weights: Floats, known: Any, items: int) -> Floats:
    """Weights between the known items at their places among all."""
    if len(known) == items and (known == np.arange(items)).all():
        return weights.astype(np.float32)
    whole = np.zeros((items, items), dtype=np.float32)
    whole[np.ix_(known, known)] = weights
    return whole

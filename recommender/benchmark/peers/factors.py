"""Peers with one vector for each person and item: ALS and BPR (implicit), LightFM with and without attributes."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp

from recommender.benchmark.peers.linear import break_ties
from recommender.benchmark.peers.log import Floats, Histories, Log


class Als:
    """Implicit ALS (Hu et al. 2008); options: `factors`, `regularization`, `alpha`, `iterations`.

    Everybody is folded in from the history by implicit's `recalculate_user`, known people and new ones alike.
    """

    def fit(self, log: Log, option: dict[str, Any], seed: int) -> None:
        """Alternates."""
        from implicit.als import AlternatingLeastSquares

        self.model = AlternatingLeastSquares(**_settings(option, "ridge"), num_threads=1, random_state=seed)
        self.model.fit(log.matrix(), show_progress=False)
        self.vectors, self.popularity = np.asarray(self.model.item_factors), log.popularity()

    def score(self, people: Histories) -> Floats:
        """(p, n) products."""
        person = self.model.recalculate_user(np.arange(len(people)), people.matrix(len(self.popularity)))
        return break_ties(person @ self.vectors.T, self.popularity)


class AlsRidge(Als):
    """ALS, whose vectors of items without likes come from their text by ridge regression; further option: `ridge`."""

    def fit(self, log: Log, option: dict[str, Any], seed: int) -> None:
        """Both in turn."""
        super().fit(log, option, seed)
        warm = self.popularity > 0
        texts, targets = log.texts.astype(np.float64), self.vectors[warm]
        known = texts[warm] - texts[warm].mean(axis=0)
        # In units of the texts' mean variance per dimension, as Parley's own map has it.
        penalty = option["ridge"] * max(float((known**2).sum()) / known.shape[1], 1e-9)
        gram = known.T @ known + penalty * np.eye(known.shape[1])
        slopes = np.linalg.solve(gram, known.T @ (targets - targets.mean(axis=0)))
        vectors = self.vectors.copy()
        vectors[~warm] = (texts[~warm] - texts[warm].mean(axis=0)) @ slopes + targets.mean(axis=0)
        self.vectors = vectors


class Bpr:
    """Implicit BPR (Rendle et al. 2009); options: `factors`, `learning_rate`, `regularization`, `iterations`.

    implicit cannot fold in: a new person has the mean of the liked items' vectors, and nobody's is the mean person.
    """

    def fit(self, log: Log, option: dict[str, Any], seed: int) -> None:
        """Takes steps."""
        from implicit.bpr import BayesianPersonalizedRanking

        model = BayesianPersonalizedRanking(**option, num_threads=1, random_state=seed)
        model.fit(log.matrix(), show_progress=False)
        self.vectors, self.people = np.asarray(model.item_factors), np.asarray(model.user_factors)
        self.popularity = log.popularity()

    def score(self, people: Histories) -> Floats:
        """(p, n) products."""
        new = mean_of_liked(people, self.vectors, self.people.mean(axis=0))
        # implicit keeps the items' bias in the last column, where people have a 1.
        new[:, -1] = 1.0
        person = np.where((people.row >= 0)[:, None], self.people[people.row], new)
        return break_ties(person @ self.vectors.T, self.popularity)


class LightFm:
    """LightFM with WARP (Kula 2015); options: `dimensions`, `epochs`, `learning_rate`, `attributes` (bool).

    Items without likes stay out of training, where WARP would sample them as negatives; with attributes they have the
    mean of their attributes' vectors afterwards. LightFM refuses new people: they have the mean of the liked items'
    vectors, and people without a like the mean person.
    """

    def fit(self, log: Log, option: dict[str, Any], seed: int) -> None:
        """Takes steps."""
        from lightfm import LightFM

        matrix = log.matrix()
        warm = np.asarray(matrix.sum(axis=0)).ravel() > 0
        with_attributes = bool(option.get("attributes"))
        attributes = log.attributes if with_attributes else sp.csr_matrix((log.items, 0), dtype=np.float32)
        identity = sp.identity(log.items, dtype=np.float32, format="csr")[:, warm]
        features = _unit_rows(sp.hstack([identity, attributes], format="csr"))
        model = LightFM(
            no_components=option["dimensions"], loss="warp", learning_rate=option["learning_rate"], random_state=seed
        )
        model.fit(
            matrix[:, warm].tocoo(), item_features=features[warm] if with_attributes else None, epochs=option["epochs"]
        )
        self.vectors = np.asarray(features @ np.column_stack([model.item_embeddings, model.item_biases]))
        if not with_attributes:  # an identity without training is a zero: it goes last
            self.vectors[~warm, -1] = model.item_biases.min() - 100.0
        self.people = np.column_stack([model.user_embeddings, np.ones(log.people)])
        # People without a like keep their random start, which says nothing.
        self.mean = self.people[np.diff(log.start) > 0].mean(axis=0)
        self.popularity = log.popularity()

    def score(self, people: Histories) -> Floats:
        """(p, n) products and biases."""
        new = mean_of_liked(people, self.vectors, self.mean)
        new[:, -1] = 1.0
        person = np.where((people.row >= 0)[:, None], self.people[people.row], new)
        return break_ties(person @ self.vectors.T, self.popularity)


def mean_of_liked(people: Histories, vectors: Floats, nobody: Floats) -> Floats:
    """(p, d) means of the liked items' vectors, `nobody` (d,) where there is no like."""
    history = people.matrix(len(vectors))
    count = np.diff(history.indptr)[:, None]
    return np.where(count > 0, (history @ vectors) / np.maximum(count, 1), nobody)


def _unit_rows(features: sp.csr_matrix) -> sp.csr_matrix:
    total = np.asarray(features.sum(axis=1)).ravel()
    return sp.diags(1 / np.maximum(total, 1e-9)).dot(features).astype(np.float32).tocsr()


def _settings(option: dict[str, Any], *other: str) -> dict[str, Any]:
    return {name: value for name, value in option.items() if name not in other}

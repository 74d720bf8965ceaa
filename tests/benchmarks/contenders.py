"""What the recommender is measured against, and the recommender itself, all behind one interface."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.learning.evaluation import AT, Evaluator, tune
from recommender.learning.interactions import Interactions
from recommender.learning.metrics import ndcg_at, rank_in_batches
from recommender.learning.split import Split
from recommender.learning.texts import Texts
from recommender.learning.training import Recipe, fit, popularity
from recommender.model.embeddings import BlendWeights, Embeddings
from recommender.model.hybrid import HybridParameters

Floats = NDArray[np.floating]
Score = Callable[[Split, NDArray[np.intp]], Floats]
"""What `split.train` says of the persons in these rows → (their number, items) scores."""

HYBRID_ONLY = BlendWeights(text=0.0, popularity=0.0, cold_offset=0.0)
LIGHTFM_SPREAD = 0.29  # of LightFM's own starting vectors, times their dimensions
EPOCHS = (15, 30, 60)
LEARNING_RATES = (0.02, 0.05)


@dataclass(frozen=True)
class Contender(ABC):
    """One line of the table. Fitted once a seed; `seeds` is 1 for what knows no chance."""

    name: str
    seeds: int = 1

    @abstractmethod
    def choose(self, validation: Split, texts: Texts, seed: int) -> object:
        """The option that `fit` gets, found on `validation` alone."""

    @abstractmethod
    def fit(self, log: Interactions, texts: Texts, option: object, seed: int) -> Score:
        """Learns from `log`."""


@dataclass(frozen=True)
class Tried(Contender):
    """Chooses among six options by NDCG@10, whatever it is."""

    options: tuple[object, ...] = ()

    def choose(self, validation: Split, texts: Texts, seed: int) -> object:
        """The option whose list ranks later likes and purchases best."""

        def quality(option: object) -> float:
            score = self.fit(validation.train, texts, option, seed)
            ranks = rank_in_batches(lambda rows: score(validation, rows), validation.relevant(), validation.seen())
            return float(ndcg_at(ranks, AT).mean())

        return max(self.options, key=quality)


class Popularity(Tried):
    """Everybody gets what gathers most of late; options: half-lives in days."""

    def fit(self, log: Interactions, texts: Texts, option: object, seed: int) -> Score:
        """Counts."""
        counts = popularity(log, float(option))  # type: ignore[arg-type]
        return lambda _, rows: np.tile(counts, (len(rows), 1))


class Neighbours(Tried):
    """Item-kNN: cosine of columns, shrunk where few people stand behind it; options: (neighbours, shrinkage)."""

    def fit(self, log: Interactions, texts: Texts, option: object, seed: int) -> Score:
        """Keeps each item's nearest."""
        most, shrinkage = option  # type: ignore[misc]
        matrix = log.matrix().tocsc()
        lengths = np.sqrt(np.asarray(matrix.power(2).sum(axis=0)).ravel())
        products = (matrix.T @ matrix).toarray()
        similarity = products / (np.outer(lengths, lengths) + shrinkage + 1e-9)
        np.fill_diagonal(similarity, 0.0)
        weakest = np.partition(similarity, -most, axis=1)[:, -most]
        similarity[similarity < weakest[:, None]] = 0.0
        return _linear(similarity.T, log)


class Ease(Tried):
    """EASE (Steck 2019): the item-item regression with an empty diagonal, in closed form; options: the penalty."""

    def fit(self, log: Interactions, texts: Texts, option: object, seed: int) -> Score:
        """One inverse."""
        matrix = log.matrix().tocsr().astype(np.float64)
        gram = (matrix.T @ matrix).toarray()
        inverse = np.linalg.inv(gram + float(option) * np.eye(len(gram)))  # type: ignore[arg-type]
        weights = inverse / -np.diag(inverse)
        np.fill_diagonal(weights, 0.0)
        return _linear(weights, log)


def _linear(weights: Floats, log: Interactions) -> Score:
    """History times weights; recent popularity decides between equals, and for people without a history."""
    counts = popularity(log, 30.0)
    tie = 1e-6 * counts / max(float(counts.max()), 1e-9)

    def score(split: Split, rows: NDArray[np.intp]) -> Floats:
        history: sp.csr_matrix = split.train.matrix().tocsr()
        return np.asarray(history[rows] @ weights) + tie

    return score


@dataclass(frozen=True)
class Factors(Tried):
    """The hybrid part alone: LightFM, started and continued in one of several ways; options: HybridParameters."""

    start: str = "text"
    seeds: int = 3
    options: tuple[object, ...] = tuple(
        HybridParameters(epochs=epochs, learning_rate=rate) for epochs, rate in product(EPOCHS, LEARNING_RATES)
    )

    def fit(self, log: Interactions, texts: Texts, option: object, seed: int) -> Score:
        """Trains, or takes the model that another line has trained in the same way."""
        model = factors(log, texts, replace(option, seed=seed), self.start)  # type: ignore[type-var]
        return served(model, HYBRID_ONLY)


@dataclass(frozen=True)
class Blend(Contender):
    """What serves, as `parley train` makes it: settings as they are, weights tuned, less what `without` takes away."""

    seeds: int = 3
    without: str = ""
    recipe: Recipe = field(default_factory=Recipe)

    def choose(self, validation: Split, texts: Texts, seed: int) -> object:
        """The weights of the parts that are left, tuned anew."""
        return tune(self._model(validation.train, texts, seed), validation)

    def fit(self, log: Interactions, texts: Texts, option: object, seed: int) -> Score:
        """Trains, or takes the model that another line has trained in the same way."""
        assert isinstance(option, BlendWeights)
        model = self._model(log, texts, seed)
        weights = replace(option, fold_in=model.card.weights.fold_in)
        return served(replace(model, card=replace(model.card, weights=weights)), weights)

    def _model(self, log: Interactions, texts: Texts, seed: int) -> Embeddings:
        start = "noise" if self.without == "start from text" else "text"
        model = factors(log, texts, replace(self.recipe.hybrid, seed=seed), start)
        # Tuning starts from the defaults, as `parley train` lets it.
        weights = BlendWeights(fold_in=model.card.weights.fold_in)
        model = replace(model, card=replace(model.card, weights=weights))
        if start == "noise":  # the text still speaks in the other parts
            model = replace(model, text_vectors=texts.vectors)
        blank = {
            "hybrid": {"item_vectors": np.zeros_like(model.item_vectors)},
            "text": {"text_vectors": np.zeros_like(model.text_vectors)},
            "popularity": {"popularity": np.zeros_like(model.popularity)},
            "cold offset": {"warm": np.ones_like(model.warm)},
        }
        return replace(model, **blank.get(self.without, {}))


def served(model: Embeddings, weights: BlendWeights) -> Score:
    """Scores as serving makes them."""

    def score(split: Split, rows: NDArray[np.intp]) -> Floats:
        evaluator = Evaluator(model, split)
        return np.array([evaluator.parts(int(row)).total(weights) for row in rows])

    return score


def factors(log: Interactions, texts: Texts, parameters: HybridParameters, start: str) -> Embeddings:
    """A model whose items start from "text", from "shuffled" texts of other items, or from LightFM's own "noise"."""
    key = (log, parameters, start)
    if key not in _MODELS:
        _MODELS[key] = _train(log, texts, parameters, start)
    return _MODELS[key]


_MODELS: dict[tuple[Interactions, HybridParameters, str], Embeddings] = {}


def _train(log: Interactions, texts: Texts, parameters: HybridParameters, start: str) -> Embeddings:
    generator = np.random.default_rng(parameters.seed)
    if start == "shuffled":
        texts = replace(texts, vectors=generator.permutation(texts.vectors))
    if start == "noise":
        # Nothing to take components from: what remains is noise, here of the size that LightFM starts with.
        texts = replace(texts, vectors=generator.normal(size=(len(texts.vectors), 1)).astype(np.float32))
        parameters = replace(parameters, start_spread=LIGHTFM_SPREAD)
    model = fit(log, texts, Recipe(parameters), HYBRID_ONLY)
    if start == "noise":
        # LightFM knows nothing of items that it has not seen: they go last.
        return replace(model, card=replace(model.card, weights=replace(model.card.weights, cold_offset=-100.0)))
    return model


def contenders() -> Sequence[Contender]:
    """Every line of the table, the served blend first among those that are ours."""
    return (
        Popularity("popularity, recent", options=(7, 14, 30, 60, 120, 1e6)),
        Neighbours("item-kNN", options=tuple(product((20, 50, 200), (0.0, 5.0)))),
        Ease("EASE", options=(3, 10, 30, 100, 300, 1000)),
        Factors("LightFM, its own start", start="noise"),
        Factors("LightFM, started from text", start="text"),
        Factors("… from texts shuffled among items", start="shuffled"),
        Blend("served blend"),
        Blend("… without the hybrid part", without="hybrid"),
        Blend("… without text similarity", without="text"),
        Blend("… without popularity", without="popularity"),
        Blend("… without the offset of new items", without="cold offset"),
        Blend("… without the start from text", without="start from text"),
    )

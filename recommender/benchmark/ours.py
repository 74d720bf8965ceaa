"""Parley as contenders: whole, on shuffled texts, without text, and without each of its parts."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recommender.benchmark.contenders import PARLEY, SHUFFLED, TEXTLESS, Contender, Fitted, Floats, Option
from recommender.benchmark.exams import Exam, TrainingData, View
from recommender.benchmark.fingerprints import fingerprint_of_files
from recommender.benchmark.peers.log import Histories
from recommender.learning.evaluation import tune
from recommender.learning.interactions import KINDS, Interactions
from recommender.learning.split import Split
from recommender.learning.texts import Texts
from recommender.learning.training import Recipe, fit
from recommender.model.embeddings import BlendWeights, Embeddings
from recommender.serving.profile import build_profile
from recommender.serving.rank import score_parts

ROOMS = Path(__file__).parents[1]
LIKE, VIEW = KINDS.index("like"), KINDS.index("view")
PARTS = ("hybrid", "text", "popularity", "offset of new items")
LIGHTFM_SPREAD = 0.29  # of LightFM's own starting vectors, times their dimensions


@dataclass(frozen=True)
class Parley(Contender):
    """Fitted as `parley train` does, with weights tuned on the validation.

    `texts`: "true", "shuffled" (each item has another's) or "none"; `without`: one of PARTS.
    """

    texts: str = "true"
    without: str = ""
    recipe: Recipe = field(default_factory=Recipe)

    def options(self, data: TrainingData) -> tuple[Option, ...]:
        """One recipe; what is tuned are its weights."""
        return ({"recipe": "default"},)

    def fit(self, data: TrainingData, option: Option, seed: int, watch: Exam | None = None) -> Fitted:
        """Fits the parts, or takes them from another line that has them, and tunes the weights in the validation."""
        started = time.process_time()
        model = self._blank(_model(data, self.texts, self.recipe, seed))
        weights = _weights(option) or (tune(model, split_of(watch)) if watch is not None else BlendWeights())
        weights = replace(weights, fold_in=model.card.weights.fold_in)
        model = replace(model, card=replace(model.card, weights=weights))
        rows = {str(name): row for row, name in enumerate(model.person_ids)}
        known = [rows.get(name) for name in data.log.persons]

        def score(people: Histories) -> Floats:
            return np.array([_scores(model, people, place, known) for place in range(len(people))], dtype=np.float32)

        return Fitted(score, time.process_time() - started, {**option, "weights": asdict(weights)})

    def sources(self) -> str:
        """Whatever a model is made of and served by."""
        rooms = [path for room in ("model", "serving", "learning") for path in sorted((ROOMS / room).glob("*.py"))]
        return fingerprint_of_files((Path(__file__), *rooms))

    def _blank(self, model: Embeddings) -> Embeddings:
        blank: Mapping[str, Mapping[str, object]] = {
            "hybrid": {"item_vectors": np.zeros_like(model.item_vectors)},
            "text": {"text_vectors": np.zeros_like(model.text_vectors)},
            "popularity": {"popularity": np.zeros_like(model.popularity)},
            "offset of new items": {"warm": np.ones_like(model.warm)},
        }
        return replace(model, **blank.get(self.without, {}))  # type: ignore[arg-type]


def ours() -> tuple[Contender, ...]:
    """Parley first, then its controls and what is left of it without each part."""
    return (
        Parley(PARLEY, "parley"),
        Parley(SHUFFLED, "control", texts="shuffled"),
        Parley(TEXTLESS, "control", texts="none", without="text"),
        *(Parley(f"Parley without the {part}", "ablation", without=part) for part in PARTS),
    )


def split_of(exam: Exam) -> Split:
    """The exam as a log and its test part: new people's likes and what does not compete stand as rows of training."""
    log = exam.data.log
    newest = int(log.at.max()) if len(log) else 0
    names, train, test = list(log.persons), [log], []
    for number, view in enumerate(exam.views):
        new = np.flatnonzero(view.people.row < 0)
        person = view.people.row.astype(np.int64).copy()
        person[new] = len(names) + np.arange(len(new))
        names += [f"new-{number}-{place}" for place in new]
        told = view.people.take(new)
        owner = np.repeat(person[new], np.diff(told.start))
        train.append(_rows(log, owner, told.item, newest, LIKE))
        train.append(_rows(log, *_gone(view, person), newest, VIEW))
        place, item = view.relevant.nonzero()
        test.append(_rows(log, person[place], item, newest + 1, LIKE))
    both = [_joined(parts, tuple(names)) for parts in (train, test or [log.rows(np.zeros(len(log), dtype=bool))])]
    return Split(both[0], both[1], (), (), ())


def _gone(view: View, person: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    place, item = view.excluded.nonzero()
    return person[place], item


def _rows(log: Interactions, person: object, item: object, at: int, kind: int) -> Interactions:
    persons = np.asarray(person, dtype=np.int32)
    size = len(persons)
    return replace(
        log,
        person=persons,
        item=np.asarray(item, dtype=np.int32),
        at=np.full(size, at, dtype=np.int64),
        kind=np.full(size, kind, dtype=np.int8),
    )


def _joined(parts: list[Interactions], persons: tuple[str, ...]) -> Interactions:
    arrays = {
        name: np.concatenate([getattr(part, name) for part in parts]) for name in ("person", "item", "at", "kind")
    }
    return Interactions(persons, parts[0].items, **arrays)


def _scores(model: Embeddings, people: Histories, place: int, known: list[int | None]) -> Floats:
    row = int(people.row[place])
    trained = known[row] if row >= 0 else None
    liked = () if trained is not None else tuple(int(item) for item in people.of_person(place))
    return score_parts(model, build_profile(model, trained, liked, ())).total(model.card.weights)


def _weights(option: Option) -> BlendWeights | None:
    told = option.get("weights")
    return None if told is None else BlendWeights(**told)


_MODELS: dict[tuple[str, str, Recipe], Embeddings] = {}


def _model(data: TrainingData, texts: str, recipe: Recipe, seed: int) -> Embeddings:
    """The parts; the last few are remembered, because ablations share them."""
    recipe = replace(recipe, hybrid=replace(recipe.hybrid, seed=seed))
    key = (data.fingerprint, texts, recipe)
    if key not in _MODELS:
        while len(_MODELS) > 3:
            _MODELS.pop(next(iter(_MODELS)))
        _MODELS[key] = _fit(data, texts, recipe, seed)
    return _MODELS[key]


def _fit(data: TrainingData, texts: str, recipe: Recipe, seed: int) -> Embeddings:
    generator = np.random.default_rng(seed)
    said: Texts = data.texts
    if texts == "shuffled":
        said = replace(said, vectors=generator.permutation(said.vectors))
    if texts == "none":
        # Nothing to take components from: what remains is noise of the size that LightFM starts with.
        said = replace(said, vectors=generator.normal(size=(len(said.vectors), 1)).astype(np.float32))
        recipe = replace(recipe, hybrid=replace(recipe.hybrid, start_spread=LIGHTFM_SPREAD))
    return fit(data.log, said, recipe, BlendWeights())

"""Parley as contenders: whole, on shuffled texts, without text, and without each of its parts."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.benchmark.contenders import PARLEY, SHUFFLED, TEXTLESS, Contender, Fitted, Floats, Option
from recommender.benchmark.exams import Exam, TrainingData, View
from recommender.benchmark.fingerprints import fingerprint_of_files
from recommender.benchmark.peers.log import Histories
from recommender.benchmark.protocols import ITEMS, PER_PERSON, WARM
from recommender.learning.evaluation import Blend, rank_all, tune
from recommender.learning.interactions import KINDS, Interactions
from recommender.learning.popularity import popularity
from recommender.learning.split import Split
from recommender.learning.texts import Texts
from recommender.learning.training import Recipe, fit
from recommender.model.embeddings import BlendWeights, Embeddings
from recommender.model.neighbours import Links
from recommender.model.ranker import Ranker
from recommender.serving.profile import Profile, build_profile
from recommender.serving.rank import Scorer
from recommender.types import EVIDENCE

ROOMS = Path(__file__).parents[1]
MADE_BY = (
    *(("learning", name) for name in ("blending", "evaluation", "interactions", "popularity", "training")),
    *(("model", name) for name in ("embeddings", "hybrid", "neighbours", "ranker")),
    *(("model", f"sequence{part}") for part in ("", "_batches", "_graph", "_network", "_training")),
    *(("serving", name) for name in ("nearest", "profile", "rank", "sequence")),
)
"""Room and module: a change in one of them makes older figures worthless, a change elsewhere does not."""
LIKE, VIEW = KINDS.index("like"), KINDS.index("view")
LIGHTFM, OFFSETS, START = "LightFM", "weights of new items", "start from text"
ABLATIONS = (LIGHTFM, *EVIDENCE, OFFSETS, START)
KNOWN_ONES = (WARM, PER_PERSON)
"""Protocols of controls and ablations: each is a training of its own, and elsewhere they would tell the same again."""
LIGHTFM_SPREAD = 0.29  # of LightFM's own starting vectors, times their dimensions


@dataclass(frozen=True)
class Parley(Contender):
    """Fitted as `parley train` does, with the blend learnt on the validation.

    `texts`: "true", "shuffled" (each item has another's) or "none"; `without`: one of ABLATIONS.
    """

    texts: str = "true"
    without: str = ""
    recipe: Recipe = field(default_factory=Recipe)

    def options(self, data: TrainingData) -> tuple[Option, ...]:
        """One recipe; what is learnt on the validation is its blend."""
        return ({"recipe": "default"},)

    def fit(self, data: TrainingData, option: Option, seed: int, watch: Exam | None = None) -> Fitted:
        """Fits the parts, or takes them from another line that has them, and learns the blend in the validation."""
        started = time.process_time()
        model = self._blank(_model(data, self.texts, self.without, self.recipe, seed))
        blend = _heard(option) or (tune(model, split_of(watch), data.log) if watch is not None else Blend.untaught())
        weights = replace(blend.weights, fold_in=model.card.weights.fold_in)
        trend = popularity(data.log.restrict(data.texts.item_ids), weights.half_life)
        model = replace(model, trend=trend, ranker=blend.ranker, card=replace(model.card, weights=weights))
        scorer = Scorer(model)
        rows = {str(name): row for row, name in enumerate(model.person_ids)}
        known = [rows.get(name) for name in data.log.persons]

        def score(people: Histories) -> Floats:
            profiles = [_profile(model, people, place, known) for place in range(len(people))]
            return np.array([rank_all(scorer, profile) for profile in profiles], dtype=np.float32)

        return Fitted(score, time.process_time() - started, {**option, **_told(blend)})

    def sources(self) -> str:
        """Whatever a model is made of and served by."""
        return fingerprint_of_files((Path(__file__), *(ROOMS / room / f"{name}.py" for room, name in MADE_BY)))

    def _blank(self, model: Embeddings) -> Embeddings:
        parts = tuple(part for part in model.card.parts if part != self.without)
        model = replace(model, card=replace(model.card, parts=parts))
        if self.without == LIGHTFM:
            return replace(model, item_vectors=np.zeros_like(model.item_vectors))
        if self.without == "neighbours":
            return replace(model, neighbours=Links.none(len(model.item_ids)))
        if self.without == "sequence":
            return replace(model, sequence=None)
        if self.without == OFFSETS:
            return replace(model, warm=np.ones_like(model.warm))
        return model


def ours() -> tuple[Contender, ...]:
    """Parley first, then its controls and what is left of it without each part, where that can be told."""
    return (
        Parley(PARLEY, "parley"),
        Parley(SHUFFLED, "control", once=True, protocols=KNOWN_ONES, texts="shuffled"),
        Parley(TEXTLESS, "control", once=True, protocols=KNOWN_ONES, texts="none", without="text"),
        *(
            Parley(
                f"Parley without {_the(part)}",
                "ablation",
                once=True,
                protocols=(ITEMS,) if part == OFFSETS else KNOWN_ONES,
                without=part,
            )
            for part in ABLATIONS
        ),
    )


def _the(part: str) -> str:
    return part if part in (LIGHTFM, "neighbours", "text") else f"the {part}"


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


def _profile(model: Embeddings, people: Histories, place: int, known: list[int | None]) -> Profile:
    row = int(people.row[place])
    trained = known[row] if row >= 0 else None
    liked = () if trained is not None else tuple(int(item) for item in people.of_person(place))
    return build_profile(model, trained, liked, ())


def _told(blend: Blend) -> Option:
    ranker = {name: array.tolist() for name, array in blend.ranker.arrays().items()}
    return {"weights": asdict(blend.weights), "ranker": ranker}


def _heard(option: Option) -> Blend | None:
    if "ranker" not in option:
        return None
    told: dict[str, Any] = option["ranker"]
    shapes = {name: np.shape(array) for name, array in Blend.untaught().ranker.arrays().items()}
    arrays = {
        name: np.array(values) if name == "names" else np.array(values, dtype=np.float32)
        for name, values in told.items()
    }
    # Lists forget the shape of what is empty.
    arrays = {name: a if a.size else a.reshape(shapes[name]) for name, a in arrays.items()}
    return Blend(Ranker.of_arrays(arrays), BlendWeights(**option["weights"]))


_MODELS: dict[tuple[str, str, bool, Recipe], Embeddings] = {}


def _model(data: TrainingData, texts: str, without: str, recipe: Recipe, seed: int) -> Embeddings:
    """The parts; the last few are remembered, because ablations share them."""
    recipe = replace(
        recipe,
        hybrid=replace(recipe.hybrid, seed=seed),
        sequence=replace(recipe.sequence, seed=seed),
    )
    key = (data.fingerprint, texts, without == START, recipe)
    if key not in _MODELS:
        while len(_MODELS) > 3:
            _MODELS.pop(next(iter(_MODELS)))
        _MODELS[key] = _fit(data, texts, without, recipe, seed)
    return _MODELS[key]


def _fit(data: TrainingData, texts: str, without: str, recipe: Recipe, seed: int) -> Embeddings:
    generator = np.random.default_rng(seed)
    said: Texts = data.texts
    if texts == "shuffled":
        said = replace(said, vectors=generator.permutation(said.vectors))
    if texts == "none":
        # Nothing to take components from: what remains is noise of the size that LightFM starts with.
        said = replace(said, vectors=generator.normal(size=(len(said.vectors), 1)).astype(np.float32))
        recipe = replace(
            recipe,
            neighbours=replace(recipe.neighbours, text=0.0),
            hybrid=replace(recipe.hybrid, shrinkage=0.0),
        )
    if texts == "none" or without == START:
        recipe = replace(recipe, hybrid=replace(recipe.hybrid, from_text=False, start_spread=LIGHTFM_SPREAD))
    return fit(data.log, said, recipe, Blend.untaught())

"""Feedback → a new model version, which serves only if it is not worse.

It is compared with the serving one on events that neither has seen.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np

from recommender.catalogue.items import load_catalogue
from recommender.conversations.catalogue import Catalogue
from recommender.conversations.dialogue import Answered
from recommender.encoders.batch import RayEncoding
from recommender.errors import ModelError
from recommender.feedback.store import FeedbackStore
from recommender.language.encoder import Encoder
from recommender.language.vocabulary import Vocabulary
from recommender.learning.evaluation import AT, Blend, Evaluator, summary, tune
from recommender.learning.interactions import Interactions
from recommender.learning.metrics import HeldOutRanks, ndcg_at
from recommender.learning.shop_conversations import answered_turns, fit_shop
from recommender.learning.split import Split, split_by_time, split_rows
from recommender.learning.texts import Texts, encode_catalogue
from recommender.learning.training import Recipe, fit
from recommender.learning.uncertainty import compare
from recommender.model.embeddings import Embeddings
from recommender.model.hybrid import HybridParameters, Progress
from recommender.model.registry import Registry
from recommender.model.sequence import SequenceParameters
from recommender.serving.index import CatalogueIndex
from recommender.serving.live import align, spoken_catalogue
from recommender.serving.shortlist import Spaces
from recommender.settings import Settings

NEWEST = 0.1  # share of the interactions that a first model is measured on
LATER = 0.2  # share of the new events that decide between two models
MOST_LOSS = 0.002  # NDCG@10 that a new model may lose and still count as not worse
ENOUGH = 10  # held-out likes and purchases, below which nothing can be decided


@dataclass(frozen=True, slots=True)
class TrainReport:
    """A version, whether it serves now, why, and what was measured."""

    version: str
    promoted: bool
    reason: str
    metrics: Mapping[str, float]


@dataclass(frozen=True)
class Workshop:
    """Everything that a training needs, opened once."""

    texts: Texts
    index: CatalogueIndex
    encoder: Encoder
    interactions: Interactions
    registry: Registry
    recipe: Recipe
    names: Catalogue
    turns: tuple[Answered, ...]

    @classmethod
    def open(cls, settings: Settings, progress: Progress) -> Workshop:
        """Reads the catalogue, past interactions and all feedback so far.

        Raises:
            ParleyError: one of them is missing or unreadable.
        """
        items = load_catalogue(settings.catalogue, settings.currency, settings.schema_file).items
        encoder = Encoder.load(settings.encoder_dir, threads=os.cpu_count() or 1)
        on_ray = RayEncoding(settings.encoder_dir, settings.encode_on_ray_above, settings.ray_address)
        texts = encode_catalogue(items, encoder, settings.var / "text-vectors.npz", progress, on_ray)
        with FeedbackStore.open(settings.feedback_url) as store:
            events = list(store.events())
            interactions = Interactions.from_events(events)
            turns = answered_turns(events, store.impressions)
        if settings.interactions is not None:
            interactions = Interactions.read_csv(settings.interactions).merge(interactions)
        return cls(
            texts=texts,
            index=CatalogueIndex.build(items),
            encoder=encoder,
            interactions=interactions.restrict(texts.item_ids),
            registry=Registry(settings.models_dir),
            recipe=recipe_of(settings),
            names=Catalogue.build(items, Vocabulary.load(settings.vocabulary_file).meanings()),
            turns=turns,
        )

    def fit(self, interactions: Interactions, blend: Blend, progress: Progress) -> Embeddings:
        """Arrays in the order of the catalogue."""
        return fit(interactions, self.texts, self.recipe, blend, progress)

    def store(self, model: Embeddings, metrics: Mapping[str, float], reason: str, now: datetime) -> str:
        """Adds `model` to the registry under a new version."""
        version = f"{now:%Y%m%d-%H%M%S}-{os.getpid() % 10_000:04d}"
        card = replace(model.card, version=version, created=now.isoformat(), metrics=dict(metrics), reason=reason)
        self.registry.add(replace(model, card=card))
        if (spaces := Spaces.build(model)) is not None:
            spaces.save(self.registry.folder / version)
        talk = fit_shop(spoken_catalogue(self.names, model), self.turns, self.encoder, model.text_mean)
        if talk.past is not None:
            talk.save(self.registry.folder / version)
        return version


def recipe_of(settings: Settings) -> Recipe:
    """How the settings want a model made."""
    return Recipe(
        HybridParameters(seed=settings.seed),
        sequence=SequenceParameters(seed=settings.seed),
        parts=settings.recommender_parts,
    )


def train(settings: Settings, progress: Progress, clock: Callable[[], datetime] | None = None) -> TrainReport:
    """Fits a model on everything there is and lets it serve; its card says how the recipe did on the newest tenth.

    Raises:
        ParleyError: an input is missing, or the training diverged.
    """
    workshop = Workshop.open(settings, progress)
    blend, metrics = Blend.untaught(), dict[str, float]()
    if len(workshop.interactions):
        progress("measuring on the newest interactions")
        newest = split_by_time(workshop.interactions, 1 - NEWEST)
        blend, metrics = _measured(workshop, newest, progress)
    progress("fitting all interactions")
    model = workshop.fit(workshop.interactions, blend, progress)
    reason = "Made afresh from everything there is."
    version = workshop.store(model, metrics, reason, _now(clock))
    workshop.registry.promote(version)
    return TrainReport(version, True, reason, metrics)


def retrain(settings: Settings, progress: Progress, clock: Callable[[], datetime] | None = None) -> TrainReport:
    """Learns from the events since the serving model was trained.

    A candidate learns from all but the newest of them; it and the serving model, which folds the same events in as it
    does when it serves, then rank the likes and purchases in the newest ones. If the candidate is not worse, the same
    recipe is fitted on everything and serves.

    Raises:
        ParleyError: no model serves yet, an input is missing, or the training diverged.
    """
    workshop = Workshop.open(settings, progress)
    current = workshop.registry.load()
    split = _new_events(workshop.interactions, current)
    held_out = int(split.relevant().nnz)
    if held_out < ENOUGH:
        reason = (
            f"Kept {current.card.version}: only {held_out} new likes and purchases to compare on, {ENOUGH} are needed. "
            "Retrain when more people have answered."
        )
        return TrainReport(current.card.version, False, reason, {})
    if current.card.encoder != workshop.texts.encoder:
        raise ModelError("The encoder changed since the serving model was trained. Run `parley train` instead.")
    serving = align(current, workshop.index, workshop.encoder)
    blend = _tuned(workshop, split.train, progress)
    progress("fitting the candidate")
    candidate = workshop.fit(split.train, blend, progress)
    new, old = Evaluator(candidate, split).ranks(), Evaluator(serving, split).ranks()
    worse, reason = _verdict(new, old, settings.seed)
    metrics = {**summary(new), f"current_ndcg@{AT}": float(ndcg_at(old, AT).mean())}
    if not worse:
        progress("fitting all interactions")
        candidate = workshop.fit(workshop.interactions, blend, progress)
    version = workshop.store(candidate, metrics, reason, _now(clock))
    if not worse:
        workshop.registry.promote(version)
    return TrainReport(version, not worse, reason, metrics)


def _measured(workshop: Workshop, split: Split, progress: Progress) -> tuple[Blend, dict[str, float]]:
    """A blend tuned inside the training part, and what the recipe then reaches on the test part, which it never saw."""
    blend = _tuned(workshop, split.train, progress)
    model = workshop.fit(split.train, blend, progress)
    return blend, summary(Evaluator(model, split).ranks())


def _tuned(workshop: Workshop, interactions: Interactions, progress: Progress) -> Blend:
    progress("tuning the blend")
    validation = split_by_time(interactions, 1 - NEWEST)
    model = workshop.fit(validation.train, Blend.untaught(), progress)
    return tune(model, validation)


def _new_events(interactions: Interactions, current: Embeddings) -> Split:
    """The last `LATER` of the rows that `current` has not seen test; by their order, since many may share a second."""
    until = current.card.trained_until
    since = datetime.fromisoformat(until).timestamp() if until else -np.inf
    order = np.argsort(interactions.at, kind="stable")
    new = order[interactions.at[order] > since]
    testing = np.zeros(len(interactions), dtype=bool)
    testing[new[int(len(new) * (1 - LATER)) :]] = True
    return split_rows(interactions, testing)


def _verdict(new: HeldOutRanks, old: HeldOutRanks, seed: int) -> tuple[bool, str]:
    """Whether the candidate is worse, and the sentence that says so."""
    ours, theirs = ndcg_at(new, AT), ndcg_at(old, AT)
    comparison = compare(ours, theirs, seed)
    figures = (
        f"NDCG@{AT} {ours.mean():.4f} against {theirs.mean():.4f} on the newest likes and purchases of {len(new)} "
        f"people (difference {comparison.difference:+.4f}, 95%: {comparison.low:+.4f} to {comparison.high:+.4f})"
    )
    worse = comparison.difference < -MOST_LOSS
    return worse, f"{'Kept the serving model' if worse else 'Promoted'}: {figures}."


def _now(clock: Callable[[], datetime] | None) -> datetime:
    return clock() if clock else datetime.now(UTC)

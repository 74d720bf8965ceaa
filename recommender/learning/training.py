"""Interactions and texts → the arrays that serve."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.learning.evaluation import Blend
from recommender.learning.interactions import Interactions
from recommender.learning.popularity import popularity
from recommender.learning.texts import Texts
from recommender.model.embeddings import Embeddings, ModelCard
from recommender.model.hybrid import HybridParameters, Progress, fit_hybrid
from recommender.model.neighbours import Links, NeighbourParameters, fit_neighbours
from recommender.model.sequence import Histories, SequenceModel, SequenceParameters, fit_sequences
from recommender.types import EVIDENCE


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model is made; `parts` are of EVIDENCE."""

    hybrid: HybridParameters = field(default_factory=HybridParameters)
    neighbours: NeighbourParameters = field(default_factory=NeighbourParameters)
    sequence: SequenceParameters = field(default_factory=SequenceParameters)
    parts: tuple[str, ...] = EVIDENCE


def fit(
    interactions: Interactions,
    texts: Texts,
    recipe: Recipe,
    blend: Blend,
    progress: Progress | None = None,
) -> Embeddings:
    """Trains on all of `interactions`; those with items outside `texts` are left out.

    Returns:
        Arrays in the order of `texts`, with a card that has no version yet.

    Raises:
        ModelError: the training diverged.
    """
    known = interactions.restrict(texts.item_ids)
    known = known.restrict(texts.item_ids, known.active_persons())
    factors = fit_hybrid(known.matrix(), texts.vectors, recipe.hybrid, progress)
    start, items, bought = known.histories()
    liked = _in_order(start, items, len(texts.item_ids))
    until = datetime.fromtimestamp(int(known.at.max()), UTC).isoformat() if len(known) else ""
    return Embeddings(
        item_ids=np.array(texts.item_ids, dtype=np.str_),
        item_vectors=factors.item_vectors,
        warm=factors.warm,
        popularity=popularity(known, None),
        trend=popularity(known, blend.weights.half_life),
        text_vectors=texts.vectors,
        text_mean=texts.mean,
        text_map=factors.text_map,
        person_ids=np.array(known.persons, dtype=np.str_),
        person_vectors=factors.person_vectors,
        mean_person=factors.mean_person,
        history_start=start,
        history_items=items,
        history_bought=bought,
        neighbours=_neighbours(liked, texts, recipe, progress),
        sequence=_sequence(start, items, texts, recipe, progress),
        ranker=blend.ranker,
        card=ModelCard(
            trained_until=until,
            interactions=len(known),
            people=len(known.persons),
            items=len(texts.item_ids),
            dimensions=recipe.hybrid.dimensions,
            seed=recipe.hybrid.seed,
            encoder=texts.encoder,
            parts=recipe.parts,
            weights=replace(blend.weights, fold_in=factors.fold_in),
        ),
    )


def _in_order(start: NDArray[np.int64], newest_first: NDArray[np.int32], items: int) -> sp.coo_matrix:
    """(people × items) 1 for what each person liked, in their order, oldest first."""
    person = np.repeat(np.arange(len(start) - 1), np.diff(start))[::-1]
    ones = np.ones(len(newest_first), dtype=np.float32)
    return sp.coo_matrix((ones, (person, newest_first[::-1])), shape=(len(start) - 1, items))


def _neighbours(liked: sp.coo_matrix, texts: Texts, recipe: Recipe, progress: Progress | None) -> Links:
    if "neighbours" not in recipe.parts:
        return Links.none(len(texts.item_ids))
    if progress:
        progress("linking neighbours")
    return fit_neighbours(liked, texts.vectors, recipe.neighbours)


def _sequence(
    start: NDArray[np.int64],
    newest_first: NDArray[np.int32],
    texts: Texts,
    recipe: Recipe,
    progress: Progress | None,
) -> SequenceModel | None:
    if "sequence" not in recipe.parts or not (np.diff(start) > 1).any():
        return None  # an order takes two
    if progress:
        progress("reading sequences")
    person = np.repeat(np.arange(len(start) - 1), np.diff(start))
    oldest_first = np.lexsort((-np.arange(len(newest_first)), person))
    return fit_sequences(Histories(start, newest_first[oldest_first]), texts.vectors, recipe.sequence, progress)

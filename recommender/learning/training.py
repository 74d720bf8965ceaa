"""Interactions and texts → the arrays that serve."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from recommender.learning.interactions import DAY, Interactions
from recommender.learning.texts import Texts
from recommender.model.embeddings import BlendWeights, Embeddings, ModelCard
from recommender.model.features import Floats
from recommender.model.hybrid import HybridParameters, Progress, fit_hybrid


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model is made. `half_life` days halve an interaction's share of popularity."""

    hybrid: HybridParameters = field(default_factory=HybridParameters)
    half_life: float = 30.0


def fit(
    interactions: Interactions,
    texts: Texts,
    recipe: Recipe,
    weights: BlendWeights,
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
    start, items, bought = _histories(known)
    until = datetime.fromtimestamp(int(known.at.max()), UTC).isoformat() if len(known) else ""
    return Embeddings(
        item_ids=np.array(texts.item_ids, dtype=np.str_),
        item_vectors=factors.item_vectors,
        warm=factors.warm,
        popularity=popularity(known, recipe.half_life),
        text_vectors=texts.vectors,
        text_mean=texts.mean,
        text_map=factors.text_map,
        person_ids=np.array(known.persons, dtype=np.str_),
        person_vectors=factors.person_vectors,
        mean_person=factors.mean_person,
        history_start=start,
        history_items=items,
        history_bought=bought,
        card=ModelCard(
            trained_until=until,
            interactions=len(known),
            people=len(known.persons),
            items=len(texts.item_ids),
            dimensions=recipe.hybrid.dimensions,
            seed=recipe.hybrid.seed,
            encoder=texts.encoder,
            weights=replace(weights, fold_in=factors.fold_in),
        ),
    )


def popularity(interactions: Interactions, half_life: float) -> Floats:
    """(items,) float32 confidence that each item gathered; a row `half_life` days before the newest counts half."""
    if not len(interactions):
        return np.zeros(len(interactions.items), dtype=np.float32)
    age = (interactions.at.max() - interactions.at) / DAY
    decayed = interactions.weight * 0.5 ** (age / half_life)
    return np.bincount(interactions.item, weights=decayed, minlength=len(interactions.items)).astype(np.float32)


def _histories(known: Interactions) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.bool_]]:
    """What each person liked or bought, newest first, as CSR; and which of it was bought."""
    number = {item: row for row, item in enumerate(known.items)}
    items: list[int] = []
    bought: list[bool] = []
    start = [0]
    for person in known.persons:
        purchases = set(known.history(person, ("purchase",)))
        newest_first = known.history(person)[::-1]
        items += [number[item] for item in newest_first]
        bought += [item in purchases for item in newest_first]
        start.append(len(items))
    return np.array(start, dtype=np.int64), np.array(items, dtype=np.int32), np.array(bought, dtype=bool)

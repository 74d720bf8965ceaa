"""Pairs to fine-tune the encoder on, from a shop's own feedback and past interactions."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from recommender.catalogue.items import load_catalogue
from recommender.encoders.feedback_pairs import LIKED, NEAR, asked_pairs, co_liked_pairs, item_text
from recommender.encoders.pairs import Pair
from recommender.errors import FeedbackError
from recommender.feedback.store import FeedbackStore
from recommender.language.detect import detect
from recommender.learning.interactions import KINDS, Interactions
from recommender.settings import Settings
from recommender.types import Item


def shop_pairs(settings: Settings) -> tuple[Pair, ...]:
    """What was asked and then liked, and what the same people like within a week, in each language of the catalogue.

    Raises:
        ParleyError: the catalogue or the feedback cannot be read, or nobody has liked anything yet.
    """
    catalogue = load_catalogue(settings.catalogue, settings.currency, settings.schema_file)
    items = {item.id: item for item in catalogue}
    with FeedbackStore.open(settings.feedback_url) as store:
        events = list(store.events())
        asked = asked_pairs(events, store.impressions, items, detect)
    interactions = Interactions.from_events(events)
    if settings.interactions is not None:
        interactions = Interactions.read_csv(settings.interactions).merge(interactions)
    liked = list(_liked(interactions))
    together = [
        pair
        for language in sorted({language for item in items.values() for language in item.titles})
        for pair in co_liked_pairs(liked, _texts(items, language), NEAR.total_seconds())
    ]
    if not asked and not together:
        raise FeedbackError(
            "Nobody has liked or bought two things of this catalogue yet, so there is nothing to learn from: name a "
            "file of pairs with --pairs, or come back with more feedback."
        )
    return (*asked, *together)


def _texts(items: dict[str, Item], language: str) -> dict[str, str]:
    return {name: item_text(item, language) for name, item in items.items() if language in item.titles}


def _liked(interactions: Interactions) -> Iterator[tuple[str, str, float]]:
    chosen = np.isin(interactions.kind, [KINDS.index(kind) for kind in LIKED])
    rows = zip(interactions.person[chosen], interactions.item[chosen], interactions.at[chosen], strict=True)
    for person, item, at in rows:
        yield interactions.persons[person], interactions.items[item], float(at)

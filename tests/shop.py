"""A real recommender over tiny shops: real SQLite, real filters and ranking, hand-made vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from recommender.api import Recommender
from recommender.feedback.store import FeedbackStore
from recommender.language.vocabulary import Vocabulary
from recommender.learning.evaluation import Blend
from recommender.model.embeddings import Embeddings, ModelCard
from recommender.model.neighbours import Links
from recommender.model.registry import Registry
from recommender.serving.index import CatalogueIndex
from recommender.serving.live import LiveModel, Snapshot
from recommender.types import EVIDENCE, Item
from tests.cinema import FILMS

PRICES = [450.0, 399.0, 350.0, 299.0, 199.0, 150.0, 99.0]


class FlatEncoder:
    dimension = 2
    fingerprint = "flat"

    def encode(self, texts: Sequence[str], kind: str = "query", batch_size: int = 32) -> np.ndarray:
        return np.tile(np.array([1.0, 0.0], dtype=np.float32), (len(texts), 1))


VOCABULARY = {
    "format": 1,
    "currency": "CNY",
    "attributes": {
        "category": {
            "labels": {"en": ["category"], "zh": ["类别"]},
            "values": {"dress": {"en": ["dress"], "zh": ["连衣裙"]}, "boots": {"en": ["boots"], "zh": ["靴子"]}},
        },
        "colour": {
            "labels": {"en": ["colour"], "zh": ["颜色"]},
            "values": {"red": {"en": ["red"], "zh": ["红色"]}, "blue": {"en": ["blue"], "zh": ["蓝色"]}},
        },
    },
}


def small_recommender(folder: Path) -> Recommender:
    """Seven red dresses from ¥450 down to ¥99, one blue dress at ¥120 and red boots at ¥800."""
    goods = [(f"red-{n}", "dress", "red", price) for n, price in enumerate(PRICES, start=1)]
    goods += [("blue-1", "dress", "blue", 120.0), ("boots-1", "boots", "red", 800.0)]
    items = [
        Item(
            id=id_,
            titles={"en": f"{colour} {kind} {id_}", "zh": f"{colour}{kind}{id_}"},
            descriptions={"en": "Fine.", "zh": "很好。"},
            attributes={"category": (kind,), "colour": (colour,)},
            price=price,
            stock=2,
            image=f"/media/{id_}.png",
        )
        for id_, kind, colour, price in goods
    ]
    return recommender_of(folder, items, VOCABULARY)


def recommender_of(
    folder: Path, items: Sequence[Item], vocabulary: Mapping[str, Any], text: np.ndarray | None = None
) -> Recommender:
    """A recommender of any items, the first the most popular; `text` (n, 2) are directions of their texts."""
    angles = np.linspace(0, 2, len(items))
    if text is None:
        text = np.column_stack([np.cos(angles), np.sin(angles)]).astype(np.float32)
    arrays = Embeddings(
        item_ids=np.array([item.id for item in items]),
        item_vectors=np.column_stack([text, np.zeros(len(items))]).astype(np.float32),
        warm=np.ones(len(items), dtype=bool),
        popularity=np.arange(len(items), 0, -1).astype(np.float32),
        trend=np.arange(len(items), 0, -1).astype(np.float32),
        text_vectors=text,
        text_mean=np.zeros(2, dtype=np.float32),
        text_map=np.zeros((3, 3), dtype=np.float32),
        person_ids=np.array(["somebody"]),
        person_vectors=np.array([[0, 0, 1]], dtype=np.float32),
        mean_person=np.array([0, 0, 1], dtype=np.float32),
        history_start=np.array([0, 0]),
        history_items=np.array([], dtype=np.int32),
        history_bought=np.array([], dtype=bool),
        neighbours=Links.none(len(items)),
        sequence=None,
        ranker=Blend.untaught().ranker,
        card=ModelCard(version="tiny", encoder="flat", parts=EVIDENCE),
    )
    registry = Registry(folder / "models")
    registry.promote(registry.add(arrays))
    index, encoder = CatalogueIndex.build(items), FlatEncoder()
    return Recommender(
        live=LiveModel(registry, lambda model: Snapshot.build(index, model, encoder)),
        encoder=encoder,  # type: ignore[arg-type]
        vocabulary=Vocabulary.from_mapping(vocabulary),
        store=FeedbackStore.open(f"sqlite:///{folder / 'feedback.db'}"),
        currency="CNY",
    )


def small_cinema(folder: Path) -> Recommender:
    """Twenty-four films without prices: four genres in turn, from 80 minutes up in steps of 5, one a year from 1990."""
    genres = ("comedy", "war", "romance", "horror")
    films = [
        Item(
            id=f"film-{n}",
            titles={"en": f"The {genre} number {n}", "zh": f"{genre}{n}号"},
            descriptions={"en": "A story with subtitles. Shot in Oslo.", "zh": "有字幕。"},
            attributes={"genre": (genre,)},
            price=None,
            url=f"https://cinema.example/{n}",
            numbers={"runtime": 75.0 + 5 * n, "year": 1989.0 + n},
        )
        for n, genre in ((n, genres[n % 4]) for n in range(1, 25))
    ]
    return recommender_of(folder, films, FILMS)

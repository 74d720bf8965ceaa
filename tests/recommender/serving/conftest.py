"""A shop so small that anyone can see what should be recommended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
import scipy.sparse as sp

from recommender.learning.evaluation import Blend
from recommender.model.embeddings import BlendWeights, Embeddings, ModelCard
from recommender.model.neighbours import Links
from recommender.serving.index import CatalogueIndex
from recommender.serving.live import Snapshot
from recommender.types import EVIDENCE, Item

#          id           category  colour   material  price  stock  text direction
SHELF = [
    ("dress-1", "dress", "red", "linen", 399.0, 3, (1.0, 0.0, 0.0)),
    ("dress-2", "dress", "red", "silk", 899.0, 3, (0.9, 0.1, 0.0)),
    ("dress-3", "dress", "blue", "linen", 199.0, 3, (0.8, 0.2, 0.0)),
    ("dress-4", "dress", "red", "cotton", 150.0, 0, (0.9, 0.0, 0.1)),
    ("boots-1", "boots", "black", "leather", 699.0, 3, (0.0, 1.0, 0.0)),
    ("boots-2", "boots", "brown", "suede", 499.0, 3, (0.0, 0.9, 0.1)),
    ("hat-1", "hat", "red", "wool", 99.0, None, (0.0, 0.0, 1.0)),
    ("hat-2", "hat", "grey", "wool", 129.0, 3, (0.1, 0.0, 0.9)),
]


class DirectionEncoder:
    """Encodes words of the tiny shop as directions; the length of a text vector is 3."""

    dimension = 3
    fingerprint = "directions"

    def encode(self, texts: Sequence[str], kind: str = "query", batch_size: int = 32) -> np.ndarray:
        words = {"dress": (1, 0, 0), "boots": (0, 1, 0), "hat": (0, 0, 1)}
        rows = [np.sum([words[w] for w in words if w in text] or [(0.1, 0.1, 0.1)], axis=0) for text in texts]
        vectors = np.array(rows, dtype=np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def unit(rows: Sequence[Sequence[float]]) -> np.ndarray:
    vectors = np.array(rows, dtype=np.float32)
    vectors = vectors - vectors.mean(axis=0)
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def links(*pairs: tuple[str, str, float]) -> Links:
    """Links both ways between items of the shelf."""
    place = {row[0]: number for number, row in enumerate(SHELF)}
    weights = sp.lil_matrix((len(SHELF), len(SHELF)), dtype=np.float32)
    for one, other, weight in pairs:
        weights[place[one], place[other]] = weights[place[other], place[one]] = weight
    return Links.of(weights.tocsr())


@pytest.fixture
def encoder() -> DirectionEncoder:
    return DirectionEncoder()


@pytest.fixture
def items() -> list[Item]:
    return [
        Item(
            id=id_,
            titles={"en": f"{colour} {material} {category}", "zh": id_},
            descriptions={"en": ""},
            attributes={"category": (category,), "colour": (colour,), "material": (material,)},
            price=price,
            stock=stock,
            added=date(2026, 10, 20) if id_ == "hat-2" else date(2026, 1, 1),
        )
        for id_, category, colour, material, price, stock, _ in SHELF
    ]


@pytest.fixture
def index(items: list[Item]) -> CatalogueIndex:
    return CatalogueIndex.build(items)


@pytest.fixture
def embeddings() -> Embeddings:
    """Latent vectors equal the text's directions; ann liked dress-1 and bought boots-1, newest first.

    People who like dress-1 like dress-2, and of late hat-1 is what everybody takes.
    """
    latent = unit([row[-1] for row in SHELF])
    people = np.array([[0.8, 0.4, -0.4, 1.0], [0.0, 0.0, 0.0, 1.0]], dtype=np.float32)
    return Embeddings(
        item_ids=np.array([row[0] for row in SHELF]),
        item_vectors=np.column_stack([latent, np.zeros(len(SHELF))]).astype(np.float32),
        warm=np.ones(len(SHELF), dtype=bool),
        popularity=np.array([5, 1, 2, 1, 9, 1, 3, 0], dtype=np.float32),
        trend=np.array([1, 1, 1, 1, 1, 1, 7, 0], dtype=np.float32),
        text_vectors=latent,
        text_mean=np.zeros(3, dtype=np.float32),
        text_map=np.vstack([np.eye(3, 4), np.zeros(4)]).astype(np.float32),
        person_ids=np.array(["ann", "bob"]),
        person_vectors=people,
        mean_person=np.array([0, 0, 0, 1], dtype=np.float32),
        history_start=np.array([0, 2, 2], dtype=np.int64),
        history_items=np.array([4, 0], dtype=np.int32),
        history_bought=np.array([True, False]),
        neighbours=links(("dress-1", "dress-2", 0.5), ("boots-1", "boots-2", 0.5), ("boots-1", "hat-2", 0.3)),
        sequence=None,
        ranker=Blend.untaught().ranker,
        card=ModelCard(version="tiny", encoder="directions", parts=EVIDENCE, weights=BlendWeights(fold_in=1.0)),
    )


@pytest.fixture
def snapshot(index: CatalogueIndex, embeddings: Embeddings, encoder: DirectionEncoder) -> Snapshot:
    return Snapshot.build(index, embeddings, encoder)

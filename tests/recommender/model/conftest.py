"""A model of two items and one person, with every part."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.model.embeddings import BlendWeights, Embeddings, ModelCard
from recommender.model.neighbours import Links
from recommender.model.ranker import Ranker
from recommender.model.sequence import SequenceModel


@pytest.fixture
def tiny() -> Embeddings:
    return Embeddings(
        item_ids=np.array(["a", "b"]),
        item_vectors=np.eye(2, 3, dtype=np.float32),
        warm=np.array([True, False]),
        popularity=np.array([1, 0], dtype=np.float32),
        trend=np.array([0.5, 0], dtype=np.float32),
        text_vectors=np.eye(2, 4, dtype=np.float32),
        text_mean=np.zeros(4, dtype=np.float32),
        text_map=np.zeros((5, 3), dtype=np.float32),
        person_ids=np.array(["阿明"]),
        person_vectors=np.ones((1, 3), dtype=np.float32),
        mean_person=np.ones(3, dtype=np.float32),
        history_start=np.array([0, 1]),
        history_items=np.array([0], dtype=np.int32),
        history_bought=np.array([True]),
        neighbours=Links(np.array([0, 1, 1]), np.array([1], dtype=np.int32), np.array([0.5], dtype=np.float32)),
        sequence=SequenceModel(
            item_vectors=np.full((2, 3), 0.25, dtype=np.float32),
            text_map=np.ones((5, 3), dtype=np.float32),
            warm=np.array([True, False]),
            network=b"\x00a network\xff",
        ),
        ranker=Ranker.linear({"text": 0.7}, ("text", "text of new"), 3),
        card=ModelCard(
            version="v1",
            parts=("text", "sequence"),
            metrics={"ndcg@10": 0.2},
            weights=BlendWeights(anchor=0.5, spread=2.0),
        ),
    )

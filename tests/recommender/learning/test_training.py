from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from recommender.learning.interactions import DAY, Interactions
from recommender.learning.texts import Texts, encode_catalogue
from recommender.learning.training import Recipe, fit, popularity
from recommender.model.embeddings import BlendWeights
from recommender.model.hybrid import HybridParameters
from recommender.types import Item

TEXTS = Texts.of(["a", "b", "c", "d"], np.eye(4, 6, dtype=np.float32), "e5")
RECIPE = Recipe(HybridParameters(dimensions=4, epochs=5))


def log(*rows: tuple[str, str, str, int]) -> Interactions:
    return Interactions.of(rows)


def test_arrays_stand_in_the_order_of_the_catalogue_and_unknown_items_are_left_out() -> None:
    model = fit(log(("ann", "c", "like", 10), ("ann", "gone", "like", 11)), TEXTS, RECIPE, BlendWeights())
    assert list(model.item_ids) == ["a", "b", "c", "d"]
    assert list(model.warm) == [False, False, True, False]
    assert model.card.interactions == 1


def test_people_who_only_dislike_have_no_vector() -> None:
    model = fit(log(("ann", "a", "like", 1), ("bob", "a", "dislike", 2)), TEXTS, RECIPE, BlendWeights())
    assert list(model.person_ids) == ["ann"]


def test_histories_are_newest_first_and_mark_what_was_bought() -> None:
    rows = log(
        ("ann", "a", "like", 1),
        ("ann", "b", "purchase", 2),
        ("ann", "c", "view", 3),
        ("ann", "d", "like", 4),
        ("ann", "a", "dislike", 5),
    )
    model = fit(rows, TEXTS, RECIPE, BlendWeights())
    assert [TEXTS.item_ids[i] for i in model.history(0)] == ["d", "b"]
    assert [TEXTS.item_ids[i] for i in model.bought(0)] == ["b"]


def test_popularity_halves_with_every_half_life() -> None:
    rows = log(("ann", "a", "purchase", 0), ("ann", "b", "purchase", 30 * DAY), ("ann", "c", "view", 30 * DAY))
    np.testing.assert_allclose(popularity(rows.restrict(TEXTS.item_ids), 30.0), [0.5, 1.0, 0.3, 0.0], rtol=1e-6)


def test_a_catalogue_without_any_interaction_still_gives_a_model() -> None:
    model = fit(log(), TEXTS, RECIPE, BlendWeights())
    assert model.card.trained_until == ""
    assert len(model.person_ids) == 0
    assert not model.popularity.any()


class CountingEncoder:
    dimension = 2
    fingerprint = "counting"

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode(self, texts: list[str], kind: str = "query", batch_size: int = 32) -> np.ndarray:
        self.texts += texts
        return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)


@pytest.fixture
def items() -> list[Item]:
    return [Item(f"i{n}", {"en": "x" * (n + 1), "zh": "红"}, {}, {}, 1.0) for n in range(3)]


def test_only_changed_texts_are_encoded_again(tmp_path: Path, items: list[Item]) -> None:
    encoder, memory = CountingEncoder(), tmp_path / "deep" / "texts.npz"
    first = encode_catalogue(items, encoder, memory)
    assert len(encoder.texts) == 6
    again = encode_catalogue(items, encoder, memory)
    assert len(encoder.texts) == 6
    np.testing.assert_array_equal(first.vectors, again.vectors)
    renamed = [Item("i0", {"en": "new words"}, {}, {}, 1.0), *items[1:]]
    encode_catalogue(renamed, encoder, memory)
    assert encoder.texts[6:] == ["new words."]


def test_a_damaged_memory_costs_time_and_nothing_else(tmp_path: Path, items: list[Item]) -> None:
    memory = tmp_path / "texts.npz"
    memory.write_bytes(b"damaged")
    assert encode_catalogue(items, CountingEncoder(), memory).vectors.shape == (3, 2)

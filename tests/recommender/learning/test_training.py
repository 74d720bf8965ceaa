from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.learning import training
from recommender.learning.evaluation import Blend
from recommender.learning.interactions import DAY, Interactions
from recommender.learning.popularity import popularity
from recommender.learning.texts import Texts, encode_catalogue
from recommender.learning.training import Recipe, fit
from recommender.model.embeddings import BlendWeights
from recommender.model.hybrid import HybridParameters
from recommender.model.neighbours import NeighbourParameters
from recommender.model.sequence import Histories, SequenceParameters
from recommender.types import EVIDENCE, Item

TEXTS = Texts.of(["a", "b", "c", "d"], np.eye(4, 6, dtype=np.float32), "e5")
RECIPE = Recipe(HybridParameters(dimensions=4, epochs=5), parts=())


def log(*rows: tuple[str, str, str, int]) -> Interactions:
    return Interactions.of(rows)


def test_arrays_stand_in_the_order_of_the_catalogue_and_unknown_items_are_left_out() -> None:
    model = fit(log(("ann", "c", "like", 10), ("ann", "gone", "like", 11)), TEXTS, RECIPE, Blend.untaught())
    assert list(model.item_ids) == ["a", "b", "c", "d"]
    assert list(model.warm) == [False, False, True, False]
    assert model.card.interactions == 1


def test_people_who_only_dislike_have_no_vector() -> None:
    model = fit(log(("ann", "a", "like", 1), ("bob", "a", "dislike", 2)), TEXTS, RECIPE, Blend.untaught())
    assert list(model.person_ids) == ["ann"]


def test_histories_are_newest_first_and_mark_what_was_bought() -> None:
    rows = log(
        ("ann", "a", "like", 1),
        ("ann", "b", "purchase", 2),
        ("ann", "c", "view", 3),
        ("ann", "d", "like", 4),
        ("ann", "a", "dislike", 5),
    )
    model = fit(rows, TEXTS, RECIPE, Blend.untaught())
    assert [TEXTS.item_ids[i] for i in model.history(0)] == ["d", "b"]
    assert [TEXTS.item_ids[i] for i in model.bought(0)] == ["b"]


def test_popularity_halves_with_every_half_life() -> None:
    rows = log(("ann", "a", "purchase", 0), ("ann", "b", "purchase", 30 * DAY), ("ann", "c", "view", 30 * DAY))
    np.testing.assert_allclose(popularity(rows.restrict(TEXTS.item_ids), 30.0), [0.5, 1.0, 0.3, 0.0], rtol=1e-6)
    np.testing.assert_allclose(popularity(rows.restrict(TEXTS.item_ids), None), [1.0, 1.0, 0.3, 0.0], rtol=1e-6)


def test_the_trend_forgets_and_popularity_does_not() -> None:
    rows = log(("ann", "a", "like", 0), ("bob", "a", "like", 0), ("ann", "b", "like", 60 * DAY))
    model = fit(rows, TEXTS, RECIPE, Blend.untaught())
    assert model.popularity[0] > model.popularity[1]
    assert model.trend[0] < model.trend[1]


PAIRS = log(*((person, item, "like", at) for person in ("ann", "bob", "cid") for at, item in enumerate("abc")))
SMALL = replace(
    RECIPE,
    neighbours=NeighbourParameters(penalty=1.0, text=1.0),
    sequence=SequenceParameters(dimensions=4, epochs=2, seconds=None),
)


def test_a_part_that_is_not_wanted_is_not_trained() -> None:
    model = fit(PAIRS, TEXTS, RECIPE, Blend.untaught())
    assert model.card.parts == ()
    assert not len(model.neighbours.items)
    assert model.sequence is None


def test_neighbours_are_learnt_from_who_likes_what() -> None:
    model = fit(PAIRS, TEXTS, replace(SMALL, parts=("neighbours",)), Blend.untaught())
    evidence = model.neighbours.evidence(np.array([0]), np.ones(1, dtype=np.float32))
    assert evidence[1] > 0 > evidence[3], "nobody took d, and its text is unlike a's"


def test_the_sequence_model_reads_each_history_from_its_oldest_item(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[list[str]] = []

    def spy(histories: Histories, *rest: object) -> None:
        read.extend(
            [TEXTS.item_ids[item] for item in histories.items[histories.start[row] : histories.start[row + 1]]]
            for row in range(len(histories))
        )

    monkeypatch.setattr(training, "fit_sequences", spy)
    rows = log(("ann", "b", "like", 1), ("ann", "a", "like", 2), ("bob", "c", "like", 1), ("bob", "d", "like", 5))
    fit(rows, TEXTS, replace(SMALL, parts=("sequence",)), Blend.untaught())
    assert read == [["b", "a"], ["c", "d"]]


def test_a_model_with_every_part_says_so_and_knows_every_item() -> None:
    model = fit(PAIRS, TEXTS, replace(SMALL, parts=EVIDENCE), Blend.untaught())
    assert model.card.parts == EVIDENCE
    assert model.sequence is not None
    assert model.sequence.item_vectors.shape == (4, 5)
    assert list(model.sequence.warm) == list(model.warm) == [True, True, True, False]


def test_nobody_with_two_likes_leaves_no_order_to_learn() -> None:
    rows = log(("ann", "a", "like", 1), ("bob", "b", "like", 1))
    assert fit(rows, TEXTS, replace(SMALL, parts=("sequence",)), Blend.untaught()).sequence is None


def test_the_blend_that_is_handed_in_is_the_one_that_serves() -> None:
    blend = Blend(Blend.untaught().ranker, BlendWeights(query=2.0, fold_in=99.0, spread=3.0))
    model = fit(PAIRS, TEXTS, RECIPE, blend)
    assert model.ranker is blend.ranker
    assert (model.card.weights.query, model.card.weights.spread) == (2.0, 3.0)
    assert model.card.weights.fold_in != 99.0, "is the factors' own"


def test_a_catalogue_without_any_interaction_still_gives_a_model() -> None:
    model = fit(log(), TEXTS, RECIPE, Blend.untaught())
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


def test_equal_words_have_one_vector_before_and_after_they_are_remembered(tmp_path: Path, items: list[Item]) -> None:
    class Rounding(CountingEncoder):
        """As int8 does, whose vectors depend on what else is in the batch."""

        def encode(self, texts: list[str], kind: str = "query", batch_size: int = 32) -> np.ndarray:
            return super().encode(texts, kind, batch_size) + 0.01 * np.arange(len(texts))[:, None]

    twin = Item("twin", items[0].titles, items[0].descriptions, {}, 2.0)
    both, memory = [*items, twin], tmp_path / "texts.npz"
    first = encode_catalogue(both, Rounding(), memory)
    np.testing.assert_array_equal(first.vectors[0], first.vectors[-1])
    np.testing.assert_array_equal(first.vectors, encode_catalogue(both, Rounding(), memory).vectors)


def test_a_damaged_memory_costs_time_and_nothing_else(tmp_path: Path, items: list[Item]) -> None:
    memory = tmp_path / "texts.npz"
    memory.write_bytes(b"damaged")
    assert encode_catalogue(items, CountingEncoder(), memory).vectors.shape == (3, 2)

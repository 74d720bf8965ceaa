from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from recommender.errors import ModelError
from recommender.model.sequence import Histories, SequenceModel, SequenceParameters, fit_sequences
from recommender.serving.sequence import SequenceEncoder

PARAMETERS = SequenceParameters(
    dimensions=16,
    length=8,
    epochs=40,
    patience=40,
    learning_rate=0.01,
    dropout=0.1,
    ahead=1,
    ridge=0.01,
    seed=3,
    seconds=None,
)
CIRCLE = 30  # 0 → 1 → … → 29 → 0
TWIN_OF_3, TWIN_OF_7 = 30, 31  # have the texts of 3 and 7, but nobody touched them


def histories_of(*people: list[int]) -> Histories:
    start = np.cumsum([0, *(len(items) for items in people)])
    return Histories(start, np.array([item for items in people for item in items], dtype=np.int32))


@pytest.fixture(scope="module")
def circle() -> tuple[Histories, np.ndarray]:
    """People go round in a circle of equally popular items, from anywhere, so that the order alone tells more."""
    people = [[(first + step) % CIRCLE for step in range(7)] for first in range(CIRCLE) for _ in range(4)]
    texts = np.random.default_rng(0).normal(size=(CIRCLE + 2, 40)).astype(np.float32)
    texts[TWIN_OF_3], texts[TWIN_OF_7] = texts[3], texts[7]
    texts -= texts.mean(axis=0)
    return histories_of(*people), texts / np.linalg.norm(texts, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def model(circle: tuple[Histories, np.ndarray]) -> SequenceModel:
    return fit_sequences(*circle, PARAMETERS)


def scores_after(model: SequenceModel, history: list[int]) -> np.ndarray:
    state = SequenceEncoder(model.network).states([model.item_vectors[np.array(history, dtype=np.intp), :-1]])[0]
    scores = np.asarray(model.item_vectors @ state)
    scores[history] = -np.inf
    return scores


@pytest.mark.parametrize("newest", range(0, CIRCLE, 3))
def test_what_comes_next_in_the_circle_comes_first(model: SequenceModel, newest: int) -> None:
    history = [(newest - 2) % CIRCLE, (newest - 1) % CIRCLE, newest]
    assert np.argmax(scores_after(model, history)[:CIRCLE]) == (newest + 1) % CIRCLE


def test_the_same_items_in_another_order_foresee_another_item(model: SequenceModel) -> None:
    assert np.argmax(scores_after(model, [3, 10, 20])[:CIRCLE]) == 21
    assert np.argmax(scores_after(model, [20, 10, 3])[:CIRCLE]) == 4


def test_an_untouched_item_is_recommended_where_the_item_with_its_text_is(model: SequenceModel) -> None:
    assert list(np.flatnonzero(~model.warm)) == [TWIN_OF_3, TWIN_OF_7]
    after_two = scores_after(model, [0, 1, 2])
    after_six = scores_after(model, [4, 5, 6])
    assert after_two[TWIN_OF_3] > after_two[TWIN_OF_7]
    assert after_six[TWIN_OF_7] > after_six[TWIN_OF_3]


def test_an_untouched_item_in_a_history_speaks_like_the_item_with_its_text(model: SequenceModel) -> None:
    assert np.argmax(scores_after(model, [1, 2, TWIN_OF_3])[:CIRCLE]) == 4
    assert np.argmax(scores_after(model, [5, 6, TWIN_OF_7])[:CIRCLE]) == 8


def test_the_same_seed_gives_the_same_bits(circle: tuple[Histories, np.ndarray]) -> None:
    short = dataclasses.replace(PARAMETERS, epochs=3)
    first, second = fit_sequences(*circle, short), fit_sequences(*circle, short)
    np.testing.assert_array_equal(first.item_vectors, second.item_vectors)
    assert first.network == second.network


def test_without_histories_items_are_where_their_texts_are(circle: tuple[Histories, np.ndarray]) -> None:
    model = fit_sequences(histories_of([], []), circle[1], PARAMETERS)
    assert not model.warm.any()
    np.testing.assert_allclose(model.item_vectors[3], model.item_vectors[TWIN_OF_3], atol=1e-5)
    assert np.isfinite(scores_after(model, [])).all()


def test_progress_tells_of_epochs(circle: tuple[Histories, np.ndarray]) -> None:
    said: list[str] = []
    fit_sequences(*circle, dataclasses.replace(PARAMETERS, epochs=2), said.append)
    assert said[1].startswith("epoch 2 of 2")


def test_items_beyond_the_texts_are_refused(circle: tuple[Histories, np.ndarray]) -> None:
    with pytest.raises(ModelError, match="32 text vectors"):
        fit_sequences(histories_of([0, 32]), circle[1], PARAMETERS)

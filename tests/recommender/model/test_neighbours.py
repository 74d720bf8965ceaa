from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.errors import ModelError
from recommender.model.neighbours import Links, NeighbourParameters, fit_neighbours

PARAMETERS = NeighbourParameters(penalty=3.0, text=2.0, kept=1000)
COSINES = replace(PARAMETERS, dense_up_to=0, shrinkage=0.0)


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def dense(links: Links) -> np.ndarray:
    """(n, n) by the slow way: what one item alone says of all."""
    one = np.ones(1, dtype=np.float32)
    return np.vstack([links.evidence(np.array([row]), one) for row in range(len(links))])


def world(seed: int, people: int = 12, items: int = 7, dimensions: int = 4) -> tuple[sp.coo_matrix, np.ndarray]:
    """Random interactions, of which the last item has none, and random texts."""
    rng = np.random.default_rng(seed)
    touched = (rng.random((people, items)) < 0.4).astype(np.float32)
    touched[0, 0], touched[:, -1] = 1.0, 0.0
    return sp.coo_matrix(touched), unit(rng.normal(size=(items, dimensions)))


def slow_regression(matrix: np.ndarray, text: np.ndarray, parameters: NeighbourParameters) -> np.ndarray:
    """Each column from all others, by ridge regression on people and, below them, weighted text dimensions."""
    stacked = np.vstack([matrix, np.sqrt(parameters.text) * text.T]).astype(np.float64)
    items = stacked.shape[1]
    weights = np.zeros((items, items))
    for target in range(items):
        others = [item for item in range(items) if item != target]
        features = stacked[:, others]
        gram = features.T @ features + parameters.penalty * np.eye(len(others))
        weights[others, target] = np.linalg.solve(gram, features.T @ stacked[:, target])
    return weights


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), penalty=st.floats(0.5, 50), text=st.floats(0, 20))
def test_links_are_the_ridge_regression_of_each_item_on_all_others(seed: int, penalty: float, text: float) -> None:
    matrix, texts = world(seed)
    parameters = replace(PARAMETERS, penalty=penalty, text=text)
    found = dense(fit_neighbours(matrix, texts, parameters))
    np.testing.assert_allclose(found, slow_regression(matrix.toarray(), texts, parameters), atol=2e-4)


def test_who_likes_one_likes_the_other() -> None:
    liked = sp.coo_matrix(np.repeat(np.array([[1, 1, 0, 0], [0, 0, 1, 1]], dtype=np.float32), 20, axis=0))
    found = dense(fit_neighbours(liked, np.zeros((4, 2), dtype=np.float32), PARAMETERS))
    assert found.argmax(axis=1).tolist() == [1, 0, 3, 2]
    assert found[0, 1] > 0.5
    assert not np.diag(found).any(), "an item says nothing of itself"


def test_the_text_links_items_that_nobody_has_touched() -> None:
    matrix, texts = world(1)
    texts[-1] = texts[0]  # the untouched item reads like the first
    without = dense(fit_neighbours(matrix, texts, replace(PARAMETERS, text=0.0)))
    assert not without[:, -1].any()
    assert not without[-1].any()
    read = dense(fit_neighbours(matrix, texts, PARAMETERS))
    assert read[:, -1].argmax() == 0
    assert read[-1].argmax() == 0


@pytest.mark.parametrize("kept", [1, 3, 6])
def test_the_strongest_links_of_each_item_are_kept_unchanged(kept: int) -> None:
    matrix, texts = world(2)
    whole = dense(fit_neighbours(matrix, texts, PARAMETERS))
    links = fit_neighbours(matrix, texts, replace(PARAMETERS, kept=kept))
    assert np.diff(links.start).tolist() == [kept] * len(links)
    for row in range(len(links)):
        strongest = np.sort(np.argsort(-np.abs(whole[row]))[:kept])
        window = slice(links.start[row], links.start[row + 1])
        assert links.items[window].tolist() == strongest.tolist()
        np.testing.assert_array_equal(links.weights[window], whole[row, strongest])


def test_more_than_all_cannot_be_kept() -> None:
    matrix, texts = world(2)
    assert np.diff(fit_neighbours(matrix, texts, PARAMETERS).start).tolist() == [6] * 7


def test_a_single_item_has_no_neighbour() -> None:
    alone = fit_neighbours(sp.coo_matrix(np.ones((3, 1), dtype=np.float32)), np.ones((1, 2), np.float32), PARAMETERS)
    assert len(alone) == 1
    assert not len(alone.items)


def slow_cosines(matrix: np.ndarray, shrinkage: float) -> np.ndarray:
    items = matrix.shape[1]
    found = np.zeros((items, items))
    for one in range(items):
        for other in range(items):
            product = float(matrix[:, one] @ matrix[:, other])
            if one != other and product:
                norms = np.linalg.norm(matrix[:, one]) * np.linalg.norm(matrix[:, other])
                found[one, other] = product / (norms + shrinkage)
    return found


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), shrinkage=st.floats(0, 20))
def test_large_catalogues_have_shrunk_cosines(seed: int, shrinkage: float) -> None:
    matrix, texts = world(seed)
    links = fit_neighbours(matrix, texts, replace(COSINES, shrinkage=shrinkage))
    np.testing.assert_allclose(dense(links), slow_cosines(matrix.toarray(), shrinkage), atol=1e-5)


def test_cosines_across_blocks_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix, texts = world(3, items=11)
    whole = dense(fit_neighbours(matrix, texts, COSINES))
    monkeypatch.setattr("recommender.model.neighbours._BLOCK", 4)
    np.testing.assert_array_equal(dense(fit_neighbours(matrix, texts, COSINES)), whole)
    regression = fit_neighbours(matrix, texts, replace(PARAMETERS, kept=3))
    monkeypatch.undo()
    np.testing.assert_array_equal(dense(regression), dense(fit_neighbours(matrix, texts, replace(PARAMETERS, kept=3))))


def test_of_cosines_too_only_the_largest_are_kept() -> None:
    matrix, texts = world(4, people=40)
    whole = slow_cosines(matrix.toarray(), 0.0)
    links = fit_neighbours(matrix, texts, replace(COSINES, kept=2))
    for row in range(6):
        kept = links.weights[links.start[row] : links.start[row + 1]]
        np.testing.assert_allclose(np.sort(kept), np.sort(whole[row])[-2:], atol=1e-5)


def test_of_a_long_history_the_newest_items_count() -> None:
    """One person took 0, 1, 2, 3 in this order, another 3, 2, 1, 0."""
    person, item = np.repeat([0, 1], 4), np.array([0, 1, 2, 3, 3, 2, 1, 0])
    matrix = sp.coo_matrix((np.ones(8, dtype=np.float32), (person, item)), shape=(2, 4))
    links = fit_neighbours(matrix, np.zeros((4, 1), dtype=np.float32), replace(COSINES, newest=2))
    found = dense(links)
    assert found[2, 3] == found[0, 1] == 1.0
    assert not found[:2, 2:].any()


def test_the_order_of_people_in_the_log_does_not_matter_to_what_is_newest() -> None:
    person, item = np.array([0, 1, 0, 1, 0, 1]), np.array([0, 3, 1, 4, 2, 5])
    matrix = sp.coo_matrix((np.ones(6, dtype=np.float32), (person, item)), shape=(2, 6))
    found = dense(fit_neighbours(matrix, np.zeros((6, 1), dtype=np.float32), replace(COSINES, newest=2)))
    assert set(zip(*(axis.tolist() for axis in found.nonzero()), strict=True)) == {(1, 2), (2, 1), (4, 5), (5, 4)}


@pytest.mark.parametrize("parameters", [PARAMETERS, COSINES])
def test_without_any_interaction_there_is_nothing_to_say(parameters: NeighbourParameters) -> None:
    links = fit_neighbours(sp.coo_matrix((3, 7), dtype=np.float32), world(0)[1], parameters)
    assert len(links) == 7
    assert not dense(links).any()


def test_evidence_is_the_sum_over_what_is_liked() -> None:
    links = fit_neighbours(*world(5), PARAMETERS)
    rows, strengths = np.array([0, 3, 3, 5]), np.array([1.0, 0.5, 2.0, -1.5], dtype=np.float32)
    expected = strengths @ dense(links)[rows]
    np.testing.assert_allclose(links.evidence(rows, strengths), expected, atol=1e-6)
    assert not links.evidence(np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float32)).any()


def test_moved_links_follow_their_items_and_new_items_have_none() -> None:
    links = fit_neighbours(*world(6), PARAMETERS)
    before = dense(links)
    source = np.array([4, -1, 0, 2, -1])  # 1, 3, 5 and 6 have left
    after = dense(links.moved(source))
    for row, was in enumerate(source):
        for column, came in enumerate(source):
            assert after[row, column] == (before[was, came] if was >= 0 and came >= 0 else 0.0)


def test_links_that_move_nowhere_stay_as_they_are() -> None:
    links = fit_neighbours(*world(7), PARAMETERS)
    moved = links.moved(np.arange(7))
    for name in ("start", "items", "weights"):
        np.testing.assert_array_equal(getattr(moved, name), getattr(links, name))
        assert getattr(moved, name).dtype == getattr(links, name).dtype


def test_a_whole_new_catalogue_has_no_links() -> None:
    assert not dense(Links.none(3).moved(np.full(4, -1))).any()


def test_a_matrix_that_does_not_fit_the_texts_is_refused() -> None:
    matrix, texts = world(0)
    with pytest.raises(ModelError, match="7 columns of interactions do not fit 3 text vectors"):
        fit_neighbours(matrix, texts[:3], PARAMETERS)


def test_too_small_a_penalty_is_said_to_be_so() -> None:
    twins = sp.coo_matrix(np.ones((5, 2), dtype=np.float32))
    with pytest.raises(ModelError, match="penalty is too small"):
        fit_neighbours(twins, np.zeros((2, 1), dtype=np.float32), replace(PARAMETERS, penalty=0.0))

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp

from recommender.errors import ModelError
from recommender.model.hybrid import HybridParameters, fit_hybrid, map_text, start_from_text

PARAMETERS = HybridParameters(dimensions=8, epochs=40, learning_rate=0.05, seed=3)


@pytest.fixture(scope="module")
def world() -> tuple[sp.coo_matrix, np.ndarray]:
    """Forty people who like one of two kinds of items; texts tell the kinds apart; the last two items are untouched."""
    rng = np.random.default_rng(0)
    kinds = np.array([0, 1] * 11)
    text = np.eye(2, 6, dtype=np.float32)[kinds] + rng.normal(scale=0.2, size=(22, 6)).astype(np.float32)
    text -= text.mean(axis=0)
    text /= np.linalg.norm(text, axis=1, keepdims=True)
    dense = np.zeros((40, 22), dtype=np.float32)
    for person in range(40):
        own = np.flatnonzero(kinds[:20] == person % 2)
        dense[person, rng.choice(own, 5, replace=False)] = 1.0
    return sp.coo_matrix(dense), text.astype(np.float32)


def test_people_rank_their_own_kind_first(world: tuple[sp.coo_matrix, np.ndarray]) -> None:
    factors = fit_hybrid(*world, PARAMETERS)
    scores = factors.person_vectors @ factors.item_vectors[:20].T
    assert scores[0, 0::2].mean() > scores[0, 1::2].mean()
    assert scores[1, 1::2].mean() > scores[1, 0::2].mean()


def test_untouched_items_get_their_kind_from_their_text(world: tuple[sp.coo_matrix, np.ndarray]) -> None:
    factors = fit_hybrid(*world, PARAMETERS)
    assert list(np.flatnonzero(~factors.warm)) == [20, 21]
    scores = factors.person_vectors @ factors.item_vectors.T
    assert scores[0, 20] > scores[0, 21]
    assert scores[1, 21] > scores[1, 20]


def test_the_same_seed_gives_the_same_bits(world: tuple[sp.coo_matrix, np.ndarray]) -> None:
    first, second = fit_hybrid(*world, PARAMETERS), fit_hybrid(*world, PARAMETERS)
    np.testing.assert_array_equal(first.item_vectors, second.item_vectors)
    np.testing.assert_array_equal(first.person_vectors, second.person_vectors)


def test_fold_in_points_towards_the_taste(world: tuple[sp.coo_matrix, np.ndarray]) -> None:
    factors = fit_hybrid(*world, PARAMETERS)
    assert factors.fold_in > 0


def test_the_start_has_the_asked_spread_and_keeps_the_directions_of_the_text(
    world: tuple[sp.coo_matrix, np.ndarray],
) -> None:
    text = world[1]
    start = start_from_text(text, PARAMETERS)
    assert start.shape == (22, 8)
    np.testing.assert_allclose(start[:, :6].std(), 3.0 / 8, rtol=1e-4)
    centred = text - text.mean(axis=0)
    np.testing.assert_allclose(
        np.corrcoef((start[:, :6] @ start[:, :6].T).ravel(), (centred @ centred.T).ravel())[0, 1], 1.0, atol=1e-3
    )


def test_the_start_can_be_noise_for_comparison(world: tuple[sp.coo_matrix, np.ndarray]) -> None:
    text = world[1]
    noise = replace(PARAMETERS, from_text=False)
    start = start_from_text(text, noise)
    np.testing.assert_array_equal(start, start_from_text(text[::-1], noise))
    np.testing.assert_allclose(start.std(), 3.0 / 8, rtol=0.2)
    assert np.abs(start - start_from_text(text, PARAMETERS)).max() > 0.1


def test_the_less_is_known_of_an_item_the_nearer_it_is_to_what_its_text_says(
    world: tuple[sp.coo_matrix, np.ndarray],
) -> None:
    """With k interactions, k / (k + shrinkage) of what they taught remains."""
    matrix, text = world
    learnt = fit_hybrid(matrix, text, replace(PARAMETERS, shrinkage=0.0))
    shrunk = fit_hybrid(matrix, text, replace(PARAMETERS, shrinkage=5.0))
    np.testing.assert_array_equal(learnt.text_map, shrunk.text_map)
    said = map_text(text, learnt.text_map)
    known = np.bincount(matrix.col, minlength=22)
    for item in np.flatnonzero(learnt.warm):
        expected = said[item] + known[item] / (known[item] + 5.0) * (learnt.item_vectors[item] - said[item])
        np.testing.assert_allclose(shrunk.item_vectors[item], expected, atol=1e-5)
    np.testing.assert_allclose(shrunk.item_vectors[~shrunk.warm], said[~shrunk.warm], atol=1e-6)


def test_without_any_interaction_items_stand_where_their_texts_do(world: tuple[sp.coo_matrix, np.ndarray]) -> None:
    text = world[1]
    factors = fit_hybrid(sp.coo_matrix((0, 22), dtype=np.float32), text, PARAMETERS)
    assert not factors.warm.any()
    assert factors.item_vectors.shape == (22, 9)
    assert map_text(text, factors.text_map).shape == (22, 9)


def test_a_matrix_that_does_not_fit_the_texts_is_refused(world: tuple[sp.coo_matrix, np.ndarray]) -> None:
    with pytest.raises(ModelError, match="22"):
        fit_hybrid(world[0], world[1][:5], PARAMETERS)

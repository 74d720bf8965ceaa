from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from recommender.serving import nearest as module
from recommender.serving.approximate import ApproximateIndex
from recommender.serving.nearest import Moments, best, make_index, nearest, stored_index
from recommender.serving.rank import standardise

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

SHELF = np.array([[1, 0], [3, 0], [0, 9], [2, 0], [3, 0]], dtype=np.float32)
EAST = np.array([1, 0], dtype=np.float32)


def oracle(scores: Floats, k: int, mask: Mask | None = None) -> list[int]:
    allowed = [row for row in range(len(scores)) if mask is None or mask[row]]
    return sorted(allowed, key=lambda row: (-scores[row], row))[:k]


def crowd(rows: int, seed: int = 1) -> tuple[Floats, Floats]:
    """Clustered items with a bias column, and people with a 1 there."""
    generator = np.random.default_rng(seed)
    tastes = generator.normal(size=(20, 8))
    items = tastes[generator.integers(20, size=rows)] + 0.3 * generator.normal(size=(rows, 8))
    people = tastes + 0.3 * generator.normal(size=(20, 8))
    bias = 0.2 * generator.zipf(2.0, size=rows).clip(max=20)
    return (
        np.column_stack([items, bias]).astype(np.float32),
        np.column_stack([people, np.ones(20)]).astype(np.float32),
    )


def test_the_largest_inner_products_come_first_and_the_lower_of_equal_rows() -> None:
    assert nearest(SHELF, EAST, 3).tolist() == [1, 4, 3]


def test_what_the_mask_forbids_never_comes_and_few_rows_give_a_short_list() -> None:
    assert nearest(SHELF, EAST, 3, np.array([True, False, True, False, True])).tolist() == [4, 0, 2]
    assert nearest(SHELF, EAST, 3, np.zeros(5, dtype=bool)).tolist() == []
    assert nearest(SHELF, EAST, 0).tolist() == []
    assert nearest(SHELF[:0], EAST, 3).tolist() == []


@given(st.lists(st.integers(-3, 3), max_size=400), st.integers(0, 12))
def test_the_best_of_many_ties_are_those_of_a_full_sort(values: list[int], k: int) -> None:
    scores = np.array(values, dtype=np.float32)
    assert best(scores, k).tolist() == oracle(scores, k)


@given(st.integers(0, 2**32 - 1), st.integers(1, 20), st.integers(2_000, 9_000))
def test_the_best_of_long_rows_are_those_of_a_full_sort(seed: int, k: int, length: int) -> None:
    scores = np.random.default_rng(seed).normal(size=length).astype(np.float32).round(2)
    assert best(scores, k).tolist() == oracle(scores, k)


@given(st.integers(0, 2**32 - 1), st.sampled_from([0.0, 0.01, 0.1, 0.2, 0.3, 0.9, 1.0]), st.integers(1, 300))
def test_exact_search_under_any_mask_is_a_sort_of_what_it_allows(seed: int, share: float, k: int) -> None:
    items, people = crowd(1_000)
    mask = np.random.default_rng(seed).random(1_000) < share
    scores = items @ people[0]
    found = nearest(items, people[0], k, mask)
    assert mask[found].all()
    # Gathered rows may add up in another order, so that only scores are compared.
    assert np.allclose(scores[found], scores[oracle(scores, k, mask)], atol=1e-5)


@pytest.fixture(scope="module")
def large() -> tuple[Floats, Floats, ApproximateIndex]:
    items, people = crowd(6_000)
    return items, people, ApproximateIndex.build(items, seed=1, queries=people)


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "APPROXIMATE_ABOVE", 300)


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("share", [1.0, 0.5, 0.1, 0.06, 0.04, 0.001])
def test_with_an_index_lists_are_full_allowed_and_nearly_as_good(
    large: tuple[Floats, Floats, ApproximateIndex], share: float
) -> None:
    items, people, index = large
    mask = np.random.default_rng(3).random(len(items)) < share
    hits = wanted = 0
    for person in people:
        scores = items @ person
        found, expected = nearest(items, person, 10, mask, index), oracle(scores, 10, mask)
        assert mask[found].all()
        assert len(found) == len(set(found.tolist())) == len(expected)
        assert np.all(np.diff(scores[found]) <= 1e-5)
        hits += len(set(found.tolist()) & set(expected))
        wanted += len(expected)
    assert hits >= 0.95 * wanted


@pytest.mark.usefixtures("eager")
def test_a_rare_wish_is_searched_exactly(
    large: tuple[Floats, Floats, ApproximateIndex], monkeypatch: pytest.MonkeyPatch
) -> None:
    items, people, index = large
    monkeypatch.setattr(ApproximateIndex, "search", lambda *_: pytest.fail("asked the index"))
    mask = np.zeros(len(items), dtype=bool)
    mask[5:305] = True
    scores = items @ people[0]
    assert scores[nearest(items, people[0], 7, mask, index)] == pytest.approx(scores[oracle(scores, 7, mask)], abs=1e-5)


@pytest.mark.usefixtures("eager")
def test_an_index_that_finds_too_few_is_not_the_last_word(
    large: tuple[Floats, Floats, ApproximateIndex], monkeypatch: pytest.MonkeyPatch
) -> None:
    items, people, index = large
    monkeypatch.setattr(ApproximateIndex, "search", lambda *_: (np.array([2, 3]), np.zeros(2)))
    assert nearest(items, people[0], 10, None, index).tolist() == oracle(items @ people[0], 10)


@pytest.mark.usefixtures("eager")
def test_only_a_large_catalogue_gets_an_index() -> None:
    items, _ = crowd(301)
    assert make_index(items[:300], seed=1) is None
    assert make_index(items, seed=1) is not None


@pytest.mark.usefixtures("eager")
def test_a_stored_index_serves_while_it_fits_and_is_made_anew_when_items_came_or_left(
    large: tuple[Floats, Floats, ApproximateIndex], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    items, people, index = large
    file = tmp_path / "index.npz"
    index.save(file)
    fewer = stored_index(file, items[1:], seed=1)
    assert fewer is not None
    assert len(fewer.vectors) == len(items) - 1
    assert stored_index(tmp_path / "absent.npz", items, seed=1) is not None
    assert stored_index(file, items[:300], seed=1) is None
    monkeypatch.setattr(ApproximateIndex, "build", lambda *_: pytest.fail("built anew"))
    same = stored_index(file, items, seed=1)
    assert same is not None
    assert np.array_equal(same.search(people[0], 10)[0], index.search(people[0], 10)[0])


@given(st.integers(0, 2**32 - 1))
def test_scores_are_standardised_as_if_all_had_been_made(seed: int) -> None:
    items, people = crowd(500, seed)
    everything = standardise(items @ people[0])
    some = np.array([3, 99, 404])
    found = Moments.of(items).standardise(items[some] @ people[0], people[0])
    assert found == pytest.approx(everything[some], abs=1e-3)
    assert found.dtype == np.float32


def test_scores_that_do_not_vary_say_nothing() -> None:
    same = np.ones((50, 3), dtype=np.float32)
    query = np.array([1, 2, 3], dtype=np.float32)
    assert Moments.of(same).standardise(same[:4] @ query, query).tolist() == [0, 0, 0, 0]

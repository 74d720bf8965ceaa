from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from recommender.learning import metrics
from recommender.learning.metrics import (
    HeldOutRanks,
    coverage,
    hit_rate_at,
    ndcg_at,
    percentile_rank,
    rank_held_out,
    rank_in_batches,
    recall_at,
    reciprocal_rank,
    top_items,
)


def sparse(rows: object) -> sp.csr_matrix:
    return sp.csr_matrix(np.array(rows, dtype=bool))


# Two people, five items. Ann: held out at places 1 and 3. Bob has seen item 0, so his item 3 stands second of four.
SCORES = np.array([[0.9, 0.8, 0.7, 0.6, 0.5], [0.9, 0.1, 0.8, 0.7, 0.2]], dtype=np.float32)
RELEVANT = sparse([[1, 0, 1, 0, 0], [0, 0, 0, 1, 0]])
SEEN = sparse([[0, 0, 0, 0, 0], [1, 0, 0, 0, 0]])
RANKS = rank_held_out(SCORES, RELEVANT, SEEN)


def test_seen_items_do_not_compete() -> None:
    assert RANKS.persons.tolist() == [0, 1]
    assert RANKS.ranks.tolist() == [1, 3, 2]
    assert RANKS.start.tolist() == [0, 2, 3]
    assert RANKS.candidates.tolist() == [5, 4]


def test_metrics_of_two_people_are_as_worked_out_by_hand() -> None:
    np.testing.assert_allclose(ndcg_at(RANKS, 2), [1 / (1 + 1 / math.log2(3)), 1 / math.log2(3)])
    np.testing.assert_allclose(ndcg_at(RANKS, 3), [1.5 / (1 + 1 / math.log2(3)), 1 / math.log2(3)])
    np.testing.assert_allclose(recall_at(RANKS, 1), [0.5, 0])
    np.testing.assert_allclose(recall_at(RANKS, 3), [1, 1])
    np.testing.assert_allclose(hit_rate_at(RANKS, 1), [1, 0])
    np.testing.assert_allclose(reciprocal_rank(RANKS), [1, 0.5])
    np.testing.assert_allclose(percentile_rank(RANKS), [(0 + 2 / 4) / 2, 1 / 3])


def test_people_without_held_out_items_are_not_counted() -> None:
    ranks = rank_held_out(SCORES, sparse([[0, 0, 0, 0, 0], [0, 1, 0, 0, 0]]), SEEN)
    assert ranks.persons.tolist() == [1]
    assert ranks.ranks.tolist() == [4]


def test_a_held_out_item_that_was_seen_is_no_discovery() -> None:
    ranks = rank_held_out(SCORES, sparse([[0, 0, 0, 0, 0], [1, 0, 0, 0, 1]]), SEEN)
    assert ranks.ranks.tolist() == [3]


def test_a_model_that_cannot_tell_items_apart_gains_nothing() -> None:
    ranks = rank_held_out(np.zeros((1, 6)), sparse([[1, 0, 0, 1, 0, 0]]))
    assert ranks.ranks.tolist() == [5, 6]
    assert ndcg_at(ranks, 4).tolist() == [0]


def test_nobody_to_measure_gives_empty_values() -> None:
    ranks = rank_held_out(SCORES, sparse(np.zeros((2, 5))))
    assert len(ranks) == 0
    for values in (ndcg_at(ranks, 3), recall_at(ranks, 3), hit_rate_at(ranks, 3), reciprocal_rank(ranks)):
        assert values.shape == (0,)
    assert percentile_rank(ranks).shape == (0,)
    assert len(HeldOutRanks.none()) == 0


def test_scores_that_cannot_be_ranked_are_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        rank_held_out(np.array([[1.0, np.nan]]), sparse([[1, 0]]))
    with pytest.raises(ValueError, match="differ in shape"):
        rank_held_out(np.zeros((1, 3)), sparse([[1, 0]]))


def test_scores_stay_as_they_were() -> None:
    before = SCORES.copy()
    rank_held_out(SCORES, RELEVANT, SEEN)
    top_items(SCORES, 2, SEEN)
    np.testing.assert_array_equal(SCORES, before)


def test_top_items_are_the_best_unseen_and_end_where_none_is_left() -> None:
    assert top_items(SCORES, 2, SEEN).tolist() == [[0, 1], [2, 3]]
    assert top_items(np.array([[1.0, 1.0, 2.0]]), 3, sparse([[1, 0, 0]])).tolist() == [[2, 1, -1]]


def test_coverage_is_the_share_of_items_that_anybody_is_shown() -> None:
    assert coverage(top_items(SCORES, 2, SEEN), items=5) == 4 / 5
    assert coverage(np.array([[-1, -1]], dtype=np.int32), items=5) == 0
    assert coverage(np.empty((0, 0), dtype=np.int32), items=0) == 0


@dataclass(frozen=True)
class Case:
    scores: NDArray[np.float64]
    relevant: NDArray[np.bool_]
    seen: NDArray[np.bool_]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    people, items = draw(st.integers(1, 5)), draw(st.integers(1, 8))
    shape = (people, items)

    def table(cell: st.SearchStrategy[float]) -> NDArray[np.float64]:
        return np.array(draw(st.lists(cell, min_size=people * items, max_size=people * items))).reshape(shape)

    few_values = table(st.sampled_from([-1.0, 0.0, 0.5, 2.0]))  # ties are frequent
    return Case(
        few_values, table(st.sampled_from([0, 0, 1])).astype(bool), table(st.sampled_from([0, 0, 1])).astype(bool)
    )


def slow_ranks(case: Case, person: int) -> tuple[list[int], int]:
    """Places of the held-out items in one person's sorted list, and its length; the irrelevant go first in a tie."""
    unseen = [item for item in range(case.scores.shape[1]) if not case.seen[person, item]]
    ranking = sorted(unseen, key=lambda item: (-case.scores[person, item], case.relevant[person, item]))
    return [place for place, item in enumerate(ranking, start=1) if case.relevant[person, item]], len(unseen)


@given(cases(), st.integers(1, 9))
def test_every_metric_is_what_a_slow_reading_of_sorted_lists_gives(case: Case, k: int) -> None:
    ranks = rank_held_out(case.scores, sparse(case.relevant), sparse(case.seen))
    expected = [(person, *slow_ranks(case, person)) for person in range(len(case.scores))]
    expected = [row for row in expected if row[1]]
    assert ranks.persons.tolist() == [person for person, _, _ in expected]
    for number, (_, places, length) in enumerate(expected):
        assert sorted(ranks.ranks[ranks.start[number] : ranks.start[number + 1]].tolist()) == places
        gains = [1 / math.log2(place + 1) if place in places else 0 for place in range(1, k + 1)]
        ideal = [1 / math.log2(place + 1) for place in range(1, min(k, len(places)) + 1)]
        assert ndcg_at(ranks, k)[number] == pytest.approx(sum(gains) / sum(ideal))
        assert recall_at(ranks, k)[number] == pytest.approx(sum(place <= k for place in places) / len(places))
        assert hit_rate_at(ranks, k)[number] == any(place <= k for place in places)
        assert reciprocal_rank(ranks)[number] == pytest.approx(1 / places[0])
        shares = [(place - 1) / (length - 1) if length > 1 else 0 for place in places]
        assert percentile_rank(ranks)[number] == pytest.approx(sum(shares) / len(shares))


@given(cases())
def test_top_items_are_what_a_slow_reading_of_sorted_lists_gives(case: Case) -> None:
    for person, row in enumerate(top_items(case.scores, 3, sparse(case.seen))):
        unseen = [item for item in range(case.scores.shape[1]) if not case.seen[person, item]]
        ranking = sorted(unseen, key=lambda item: (-case.scores[person, item], item))[:3]
        assert [item for item in row if item >= 0] == ranking


@given(cases(), st.integers(1, 3), st.integers(1, 20))
def test_batches_and_blocks_of_any_size_give_the_same_ranks(case: Case, batch: int, cells: int) -> None:
    whole = rank_held_out(case.scores, sparse(case.relevant), sparse(case.seen))
    before = metrics._CELLS
    metrics._CELLS = cells
    try:
        parts = rank_in_batches(lambda rows: case.scores[rows], sparse(case.relevant), sparse(case.seen), batch=batch)
    finally:
        metrics._CELLS = before
    for name in ("persons", "start", "ranks", "candidates"):
        np.testing.assert_array_equal(getattr(parts, name), getattr(whole, name))


@given(cases())
def test_only_the_order_of_scores_counts(case: Case) -> None:
    relevant, seen = sparse(case.relevant), sparse(case.seen)
    stretched = rank_held_out(np.exp(case.scores) * 7 - 3, relevant, seen)
    np.testing.assert_array_equal(stretched.ranks, rank_held_out(case.scores, relevant, seen).ranks)


def test_novelty_and_diversity_of_two_lists_are_as_worked_out_by_hand() -> None:
    top = np.array([[0, 1], [2, -1]], dtype=np.int32)
    assert metrics.novelty(top, np.array([8.0, 2.0, 0.0]), 8).tolist() == [1.0, 3.0]  # bits: 0 and 2; 3, as if one did
    across = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
    assert metrics.intra_list_diversity(top, across).tolist() == [1.0, 0.0]


@given(st.integers(0, 10_000), st.integers(1, 6), st.integers(1, 5))
def test_novelty_and_diversity_are_what_a_slow_reading_of_the_lists_gives(seed: int, people: int, k: int) -> None:
    generator = np.random.default_rng(seed)
    items = 8
    top = np.array([generator.permutation(items)[:k] for _ in range(people)], dtype=np.int32)
    top[generator.random(top.shape) < 0.2] = -1
    likes = generator.integers(0, 20, items).astype(float)
    vectors = generator.normal(size=(items, 4))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    novelty, diversity = metrics.novelty(top, likes, 20), metrics.intra_list_diversity(top, vectors)
    for person in range(people):
        shown = [int(item) for item in top[person] if item >= 0]
        bits = [-math.log2(max(likes[item], 1) / 20) for item in shown]
        assert novelty[person] == pytest.approx(sum(bits) / len(bits) if bits else 0.0)
        far = [1 - float(vectors[a] @ vectors[b]) for a in shown for b in shown if a != b]
        assert diversity[person] == pytest.approx(sum(far) / len(far) if far else 0.0, abs=1e-9)


def test_a_large_catalogue_is_scored_for_few_people_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "_SCORES", 25)
    relevant = sp.csr_matrix(np.eye(7, 10, dtype=np.float32))
    asked: list[int] = []

    def score(rows: np.ndarray) -> np.ndarray:
        asked.append(len(rows))
        return np.tile(np.arange(10, dtype=np.float32), (len(rows), 1))

    ranks = metrics.rank_in_batches(score, relevant)
    assert asked == [2, 2, 2, 1]
    assert ranks.ranks.tolist() == [10, 9, 8, 7, 6, 5, 4]

from __future__ import annotations

import numpy as np

from recommender.serving.diversify import diversify

VECTORS = np.array([[1, 0], [1, 0], [0, 1], [0, 1]], dtype=np.float32)
SCORES = np.array([1.0, 0.9, 0.8, -5.0], dtype=np.float32)
ALL = np.arange(4)


def test_a_copy_of_a_chosen_item_gives_way_to_something_different() -> None:
    assert diversify(ALL, SCORES, VECTORS, 3) == [0, 2, 1]


def test_without_strength_the_list_is_the_ranking() -> None:
    assert diversify(ALL, SCORES, VECTORS, 4, strength=0.0) == [0, 1, 2, 3]


def test_difference_does_not_lift_what_does_not_fit() -> None:
    assert diversify(ALL, SCORES, VECTORS, 3)[-1] != 3


def test_fewer_candidates_than_wanted_give_a_short_list() -> None:
    assert diversify(np.array([2]), SCORES, VECTORS, 5) == [2]
    assert diversify(np.array([], dtype=int), SCORES, VECTORS, 5) == []


def test_where_no_kind_is_named_several_are_shown() -> None:
    scores = np.array([1.0, 0.95, 0.9, 0.3], dtype=np.float32)
    kinds = np.array([0, 0, 0, 1], dtype=np.int32)
    apart = np.eye(4, dtype=np.float32)
    assert diversify(ALL, scores, apart, 3) == [0, 1, 2]
    assert diversify(ALL, scores, apart, 3, kinds=kinds) == [0, 1, 3]


def test_a_kind_whose_best_ranks_far_behind_is_still_looked_at() -> None:
    scores = -np.arange(60, dtype=np.float32) / 1000
    kinds = np.array([0] * 59 + [1], dtype=np.int32)
    assert 59 in diversify(np.arange(60), scores, np.eye(60, dtype=np.float32), 2, kinds=kinds)

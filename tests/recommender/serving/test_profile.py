from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from recommender.model.embeddings import Embeddings
from recommender.serving.profile import DISLIKE, EXPLICIT, HISTORY, RECENCY, build_profile


def test_likes_come_newest_first_and_before_the_history(embeddings: Embeddings) -> None:
    """Ann's history is boots-1 and, before that, dress-1."""
    profile = build_profile(embeddings, 0, (2, 7), (5, 6))
    assert profile.evidence.tolist() == [7, 2, 4, 0, 6, 5]
    assert profile.strengths.tolist() == [EXPLICIT] * 2 + [1.0] * 2 + [-EXPLICIT * DISLIKE] * 2
    assert profile.ages.tolist() == [0, 1, 2, 3, 0, 1]
    assert (profile.liked, profile.past, profile.known) == (frozenset({2, 7}), (4, 0), True)


@pytest.mark.parametrize("factor", [0.5, 0.95, 1.0])
def test_evidence_loses_a_factor_with_every_step_back(embeddings: Embeddings, factor: float) -> None:
    profile = build_profile(embeddings, 0, (2,), (5,))
    expected = [EXPLICIT, factor, factor**2, -EXPLICIT * DISLIKE]
    np.testing.assert_allclose(profile.decayed(factor), expected, rtol=1e-6)
    assert profile.decayed(factor).dtype == np.float32


def test_a_lasting_taste_forgets_slowly(embeddings: Embeddings) -> None:
    profile = build_profile(embeddings, 0, (2,), ())
    np.testing.assert_array_equal(profile.weights, profile.decayed(RECENCY))


def test_of_a_stranger_nothing_is_known(embeddings: Embeddings) -> None:
    profile = build_profile(embeddings, None, (), ())
    assert not len(profile.evidence)
    assert not len(profile.decayed(0.5))
    assert not profile.known
    np.testing.assert_array_equal(profile.vector, embeddings.mean_person)


def test_of_a_long_history_the_newest_items_are_evidence(embeddings: Embeddings) -> None:
    long = np.arange(HISTORY + 30, dtype=np.int32) % 8
    busy = replace(
        embeddings,
        history_start=np.array([0, len(long), len(long)]),
        history_items=long,
        history_bought=np.zeros(len(long), dtype=bool),
    )
    profile = build_profile(busy, 0, (3,), ())
    assert profile.evidence.tolist() == [3, *long[:HISTORY].tolist()]


def test_a_like_moves_the_vector_towards_the_item_and_a_dislike_away(embeddings: Embeddings) -> None:
    hat = embeddings.item_vectors[6]

    def agreement(liked: tuple[int, ...], disliked: tuple[int, ...]) -> float:
        return float(build_profile(embeddings, 0, liked, disliked).vector @ hat)

    assert agreement((6,), ()) > agreement((), ()) > agreement((), (6,))

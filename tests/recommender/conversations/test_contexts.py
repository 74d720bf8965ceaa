from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.conversations.comention import NamedAnswers, together
from recommender.conversations.contexts import K1, B, Neighbours, TextIndex, matrix_of, spread, terms


def slow_bm25(query: str, texts: list[str]) -> list[float]:
    counts = [Counter(terms(text)) for text in texts]
    average = sum(sum(c.values()) for c in counts) / len(texts) or 1.0
    scores = []
    for count in counts:
        score = 0.0
        for term in set(terms(query)):
            have = sum(term in c for c in counts)
            idf = math.log(1 + (len(texts) - have + 0.5) / (have + 0.5))
            norm = K1 * (1 - B + B * sum(count.values()) / average)
            score += idf * count[term] * (K1 + 1) / (count[term] + norm)
        scores.append(score)
    return scores


WORDS = st.lists(st.sampled_from(["red", "film", "space", "like", "银翼", "a"]), max_size=6).map(" ".join)


@given(query=WORDS, texts=st.lists(WORDS, min_size=1, max_size=5))
def test_scores_are_bm25(query: str, texts: list[str]) -> None:
    assert TextIndex.build(texts).scores(query) == pytest.approx(slow_bm25(query, texts), abs=1e-4)


def test_the_nearest_contexts_vote_for_what_answered_them() -> None:
    answers = matrix_of([(0,), (1, 2), (2,)], 4)
    past = Neighbours.build(["a space film", "a love story", "a story of love and war"], answers)
    found = past.evidence("tell me a love story", nearest=2)
    assert found[2] > found[1] > 0
    assert found[0] == found[3] == 0


def test_only_positive_and_nearest_scores_are_spread_as_shares_of_the_largest() -> None:
    answers = matrix_of([(0,), (1,), (1,), (2,)], 3)
    scores = np.array([4.0, 2.0, 1.0, -1.0], dtype=np.float32)
    assert spread(scores, answers, 4).tolist() == [1.0, 0.75, 0.0]
    assert spread(scores, answers, 2).tolist() == [1.0, 0.5, 0.0]
    assert spread(np.zeros(4, dtype=np.float32), answers, 2).tolist() == [0.0, 0.0, 0.0]


def test_a_name_answers_in_proportion_to_how_often_it_did_with_less_trust_in_few() -> None:
    named = NamedAnswers.build([[("scott",)], [("scott",)], [("weaver",)]], [[0], [0, 1], [2]], items=3)
    out = np.zeros(3, dtype=np.float32)
    named.add(out, ("scott",), 1.0)
    named.add(out, ("nobody",), 1.0)
    assert out == pytest.approx([2 / 5, 1 / 5, 0])


def test_items_of_one_conversation_belong_together_and_none_with_itself() -> None:
    near = together([(0, 1), (0, 1), (0, 2)], items=4).toarray()
    assert (near == near.T).all()
    assert near[0, 1] > near[0, 2] > 0
    assert np.diag(near).sum() == near[3].sum() == 0
    assert near[0, 1] == pytest.approx(2 / math.sqrt(3 * 2) * 2 / 5)

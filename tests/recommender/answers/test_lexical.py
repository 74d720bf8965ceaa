"""Shared rare words count more than shared frequent ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.answers.lexical import Lexical, terms

TEXTS = ["How can I pay?", "How can I return it?", "How can I contact you?", "可以货到付款吗", "可以退货吗"]


def test_the_text_with_the_rare_word_wins() -> None:
    scores = Lexical.build(TEXTS).scores("can I return this")
    assert scores.argmax() == 1


def test_chinese_is_matched_by_characters_and_their_pairs() -> None:
    scores = Lexical.build(TEXTS).scores("怎么退货")
    assert scores.argmax() == 4
    assert terms("退货") == {"退": pytest.approx(0.25), "货": pytest.approx(0.25), "退货": 1.0}


def test_endings_and_slips_cost_little() -> None:
    index = Lexical.build(TEXTS)
    assert index.scores("returning").argmax() == 1
    assert index.scores("retrun").argmax() == 1


def test_a_text_without_words_matches_nothing() -> None:
    assert not Lexical.build(TEXTS).scores("?!").any()
    assert Lexical.build([]).scores("pay").shape == (0,)


@given(st.lists(st.text(max_size=20), min_size=1, max_size=6))
def test_scores_are_cosines_and_a_text_is_most_like_itself(texts: list[str]) -> None:
    index = Lexical.build(texts)
    for row, text in enumerate(texts):
        scores = index.scores(text)
        assert (scores >= 0).all()
        assert (scores <= 1 + 1e-5).all()
        assert scores[row] == pytest.approx(1.0 if terms(text) else 0.0, abs=1e-5)

"""Thresholds, margins and confidences on data whose right values anyone can see."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.answers.confidence import Confidence
from recommender.answers.fitting import Fitted, best_threshold, prior, smallest_margin, write_prior
from recommender.answers.judged import Judged, auroc
from recommender.answers.outside import Outside

YES, NO = True, False


def test_the_threshold_takes_all_that_is_right_and_stops_before_what_is_wrong() -> None:
    chance = np.array([0.9, 0.8, 0.7, 0.3, 0.2])
    served = np.array([YES, YES, YES, NO, NO])
    assert best_threshold(chance, served, served) == pytest.approx(0.5)


def test_a_wrong_reply_is_put_up_with_while_precision_lasts() -> None:
    chance = np.linspace(1, 0.01, 20)
    served = np.array([YES] * 10 + [NO] + [YES] * 9)
    threshold = best_threshold(chance, served, np.ones(20, dtype=bool))
    assert (chance >= threshold).sum() == 20  # 19 of 20 are right


def test_where_no_threshold_is_precise_enough_the_most_precise_one_is_taken() -> None:
    chance = np.array([0.9, 0.8, 0.1])
    served = np.array([NO, YES, NO])
    assert best_threshold(chance, served, served) == pytest.approx(0.45)


def test_without_any_right_reply_there_is_a_threshold_all_the_same() -> None:
    assert best_threshold(np.array([0.9]), np.array([NO]), np.array([NO])) == 0.5


def test_equal_confidences_stay_together() -> None:
    chance = np.array([0.9, 0.9, 0.9])
    assert best_threshold(chance, np.array([YES, NO, NO]), np.array([YES, NO, NO])) < 0.9


def judged(right: list[list[bool]], behind: list[list[float]]) -> Judged:
    count = len(right)
    known = np.ones(count, dtype=bool)
    return Judged(np.zeros((count, 6)), known, np.array(right), np.array(behind), ~known)


def test_close_answers_are_offered_only_where_the_first_is_often_wrong() -> None:
    far, near = [0.0, 0.5, 0.6], [0.0, 0.01, 0.6]
    sure = judged([[YES, NO, NO]] * 10, [far] * 10)
    torn = judged([[YES, NO, NO]] * 9 + [[NO, YES, NO]], [far] * 9 + [near])
    assert smallest_margin(sure) == 0.0
    margin = smallest_margin(torn)
    assert not torn.several(0.0).any()
    assert margin >= 0.01
    with_it = torn.shown(margin + 1e-9)
    assert with_it[9].tolist() == [YES, YES, NO]
    assert torn.served(margin + 1e-9).all()


def oracle(positive: list[float], negative: list[float]) -> float:
    won = [1.0 if p > n else 0.5 if p == n else 0.0 for p in positive for n in negative]
    return sum(won) / len(won)


@given(*[st.lists(st.integers(0, 5).map(float), min_size=1, max_size=8)] * 2)
def test_auroc_is_the_share_of_pairs_in_the_right_order(positive: list[float], negative: list[float]) -> None:
    assert auroc(np.array(positive), np.array(negative)) == pytest.approx(oracle(positive, negative))


def test_auroc_of_nothing_is_no_number() -> None:
    assert math.isnan(auroc(np.array([]), np.array([1.0])))


def test_confidence_is_calibrated_where_features_say_nothing() -> None:
    features = np.zeros((100, 2))
    fitted = Confidence.fit(features, np.arange(100) < 30)
    assert fitted.of(features)[0] == pytest.approx(0.3, abs=0.01)


def test_confidence_of_separable_data_stays_finite_and_in_order() -> None:
    features = np.linspace(-1, 1, 40)[:, None]
    fitted = Confidence.fit(features, features[:, 0] > 0)
    chances = fitted.of(features)
    assert np.isfinite(fitted.weights).all()
    assert (np.diff(chances) > 0).all()
    assert chances[0] < 0.1 < 0.9 < chances[-1]


def test_what_is_kept_of_a_fit_is_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    confidence = Confidence.fit(np.linspace(-1, 1, 10)[:, None], np.arange(10) > 4)
    write_prior(Fitted(confidence, 0.61, 0.1, 10, 5, 1.0, 1.0, 1.0), tmp_path / "prior.json")
    monkeypatch.setattr("recommender.answers.fitting.PRIOR", tmp_path / "prior.json")
    read, threshold, margin = prior()
    assert (threshold, margin) == (0.61, 0.1)
    assert read.of(np.array([0.3])) == pytest.approx(confidence.of(np.array([0.3])), abs=1e-4)


def test_a_left_out_score_is_that_of_a_fit_without_the_text() -> None:
    generator = np.random.default_rng(0)
    inside, outside = (generator.normal(size=(count, 4)).astype(np.float32) for count in (6, 5))
    fitted = Outside.fit(inside, outside)
    without = Outside.fit(np.delete(inside, 2, axis=0), outside)
    assert fitted.left_out[2] == pytest.approx(without.of(inside[2]), abs=1e-5)
    without = Outside.fit(inside, np.delete(outside, 1, axis=0))
    assert fitted.left_out[6 + 1] == pytest.approx(without.of(outside[1]), abs=1e-5)

import numpy as np
import pytest
from evaluation.measures import auroc, calibration_error, confusions, f1, reliability, share
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score


def test_a_share_has_an_interval_that_stays_honest_at_the_edge() -> None:
    every = share(20, 20)
    assert every.value == 1
    assert 0.8 < every.low < 0.9
    assert every.high == pytest.approx(1)
    half = share(50, 100)
    assert (round(half.low, 3), round(half.high, 3)) == (0.404, 0.596)  # Wilson's own example of the method


def test_an_empty_set_has_no_share() -> None:
    assert np.isnan(share(0, 0).value)


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=40))
def test_the_area_is_that_of_scikit_learn(pairs: list[tuple[int, bool]]) -> None:
    scores, positive = np.array([float(s) for s, _ in pairs]), np.array([p for _, p in pairs])
    if positive.all() or not positive.any():
        assert np.isnan(auroc(scores, positive))
    else:
        assert auroc(scores, positive) == pytest.approx(roc_auc_score(positive, scores))


def test_confidence_that_is_right_as_often_as_it_says_has_no_error() -> None:
    confidence = np.array([0.75] * 4 + [0.25] * 4)
    right = np.array([True, True, True, False, True, False, False, False])
    bins = reliability(confidence, right)
    assert [(one.count, one.confidence, one.accuracy) for one in bins] == [(4, 0.25, 0.25), (4, 0.75, 0.75)]
    assert calibration_error(bins) == 0


def test_overconfidence_is_an_error_of_its_size() -> None:
    bins = reliability(np.array([0.9] * 10), np.array([True] * 6 + [False] * 4))
    assert calibration_error(bins) == pytest.approx(0.3)


def test_things_found_count_once_in_each_message() -> None:
    found = [frozenset({"red", "dress"}), frozenset({"blue"}), frozenset()]
    wanted = [frozenset({"red"}), frozenset({"blue"}), frozenset({"silk"})]
    precision, recall, both = f1(found, wanted)
    assert (precision, recall, both) == (pytest.approx(2 / 3),) * 3


def test_confusions_come_most_frequent_first() -> None:
    wanted, found = ["a", "a", "b", "c"], ["b", "b", "a", "c"]
    assert confusions(wanted, found) == [("a", "b", 2), ("b", "a", 1)]

from __future__ import annotations

import numpy as np
import pytest

from recommender.learning.uncertainty import bootstrap_interval, compare, compare_ratio


def test_an_interval_holds_its_mean_and_repeats_with_its_seed() -> None:
    values = np.random.default_rng(0).random(200)
    interval = bootstrap_interval(values, seed=1)
    assert interval.low < interval.mean < interval.high
    assert interval.mean == pytest.approx(values.mean())
    assert bootstrap_interval(values, seed=1) == interval
    assert bootstrap_interval(values, seed=2) != interval


def test_the_bounds_are_near_those_of_the_normal_approximation() -> None:
    values = np.random.default_rng(0).normal(size=400)
    interval = bootstrap_interval(values, seed=1)
    half = 1.96 * values.std() / 20
    assert interval.low == pytest.approx(values.mean() - half, abs=0.02)
    assert interval.high == pytest.approx(values.mean() + half, abs=0.02)


def test_about_95_of_100_intervals_hold_the_truth() -> None:
    generator = np.random.default_rng(0)
    held = 0
    for seed in range(200):
        interval = bootstrap_interval(generator.random(60), seed=seed, samples=300)
        held += interval.low <= 0.5 <= interval.high
    assert 180 <= held <= 199


def test_more_confidence_asks_for_wider_bounds() -> None:
    values = np.random.default_rng(0).random(50)
    wide, narrow = (bootstrap_interval(values, seed=1, confidence=c) for c in (0.99, 0.8))
    assert wide.low < narrow.low < narrow.high < wide.high


def test_a_small_gain_of_everybody_is_certain_however_much_people_differ() -> None:
    hardness = np.random.default_rng(0).random(300)
    comparison = compare(hardness + 0.001, hardness, seed=1)
    assert comparison.difference == pytest.approx(0.001)
    assert comparison.low > 0


def test_a_gain_of_few_is_not_certain() -> None:
    old = np.random.default_rng(0).random(100)
    new = old.copy()
    new[0] += 0.5
    comparison = compare(new, old, seed=1)
    assert comparison.low <= 0 < comparison.high


def test_a_model_is_not_better_than_itself() -> None:
    values = np.random.default_rng(0).random(30)
    comparison = compare(values, values, seed=1)
    assert (comparison.difference, comparison.low, comparison.high) == (0, 0, 0)


def test_comparisons_without_common_people_are_refused() -> None:
    with pytest.raises(ValueError, match="same people"):
        compare(np.zeros(3), np.zeros(4), seed=1)
    with pytest.raises(ValueError, match="Nobody has a held-out item"):
        compare(np.zeros(0), np.zeros(0), seed=1)


def test_a_ratio_that_holds_for_everybody_is_certain_however_much_people_differ() -> None:
    b = np.random.default_rng(0).random(60)
    found = compare_ratio(1.3 * b, b, seed=1)
    assert [found.mean, found.low, found.high] == pytest.approx([1.3] * 3)


def test_the_interval_of_a_ratio_is_what_resampled_means_give() -> None:
    generator = np.random.default_rng(2)
    a, b = generator.random(30), generator.random(30) + 0.2
    found = compare_ratio(a, b, seed=5, samples=300)
    again = np.random.default_rng(5)
    ratios = []
    for _ in range(300):
        people = again.integers(30, size=30)
        ratios.append(sum(a[p] for p in people) / sum(b[p] for p in people))
    assert found.mean == pytest.approx(a.mean() / b.mean())
    assert [found.low, found.high] == pytest.approx(np.quantile(ratios, [0.025, 0.975], method="nearest"))


def test_against_nothing_every_gain_is_infinite_and_nothing_is_equal() -> None:
    assert compare_ratio(np.ones(3), np.zeros(3), seed=1).mean == float("inf")
    assert compare_ratio(np.zeros(3), np.zeros(3), seed=1).mean == 1.0


def test_ratios_without_common_people_are_refused() -> None:
    with pytest.raises(ValueError, match="same people"):
        compare_ratio(np.ones(3), np.ones(2), seed=1)
    with pytest.raises(ValueError, match="Nobody"):
        compare_ratio(np.ones(0), np.ones(0), seed=1)

"""How sure a mean over people is, and whether one model is better than another: the bootstrap (Efron 1979)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over people and the bounds between which it lies with the confidence asked for."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Mean of a - b over the same people and its bounds; a is better for sure when `low` is above 0."""

    difference: float
    low: float
    high: float


def bootstrap_interval(values: Floats, seed: int, confidence: float = 0.95, samples: int = SAMPLES) -> Interval:
    """The mean of `values` and its percentile interval under resampling of people.

    Args:
        values: (people,) one metric value per person.
        seed: of the resampling.
        confidence: share of resampled means between the bounds.
        samples: how often people are resampled.

    Raises:
        ValueError: there are no people; evaluate on a longer time.
    """
    if not len(values):
        raise ValueError("Nobody has a held-out item, so there is nothing to measure. Hold out a longer time.")
    generator = np.random.default_rng(seed)
    size = len(values)
    means = np.fromiter((values[generator.integers(size, size=size)].mean() for _ in range(samples)), float, samples)
    tail = (1 - confidence) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return Interval(float(values.mean()), float(low), float(high))


def compare(a: Floats, b: Floats, seed: int, confidence: float = 0.95, samples: int = SAMPLES) -> Comparison:
    """How much better `a` is than `b`, person by person: what both find easy or hard cancels out.

    Args:
        a: (people,) values of the one model, for example a new one.
        b: (people,) values of the other for the same people in the same order.
        seed: of the resampling.
        confidence: share of resampled differences between the bounds.
        samples: how often people are resampled.

    Raises:
        ValueError: there are no people, or not the same number in both.
    """
    if a.shape != b.shape:
        raise ValueError(f"{a.shape} and {b.shape} values do not belong to the same people.")
    interval = bootstrap_interval(a - b, seed, confidence, samples)
    return Comparison(interval.mean, interval.low, interval.high)


def compare_ratio(a: Floats, b: Floats, seed: int, confidence: float = 0.95, samples: int = SAMPLES) -> Interval:
    """The ratio of the means of `a` and `b` and its percentile interval, people resampled in pairs.

    Args:
        a: (people,) values of the one model.
        b: (people,) values of the other for the same people in the same order.
        seed: of the resampling.
        confidence: share of resampled ratios between the bounds.
        samples: how often people are resampled.

    Returns:
        Infinite where `b` is 0 throughout and `a` is not, 1 where both are.

    Raises:
        ValueError: there are no people, or not the same number in both.
    """
    if a.shape != b.shape:
        raise ValueError(f"{a.shape} and {b.shape} values do not belong to the same people.")
    if not len(a):
        raise ValueError("Nobody has a held-out item, so there is nothing to measure. Hold out a longer time.")
    bounds = [(1 - confidence) / 2, (1 + confidence) / 2]
    low, high = np.quantile(ratio_samples(a, b, seed, samples), bounds, method="nearest")  # ratios may be infinite
    return Interval(_ratio(float(a.mean()), float(b.mean())), float(low), float(high))


def ratio_samples(a: Floats, b: Floats, seed: int, samples: int = SAMPLES) -> Floats:
    """(samples,) ratios of the means of `a` and `b` over resampled people, as in `compare_ratio`."""
    means = resampled_means(np.column_stack([a, b]), seed, samples)
    return np.array([_ratio(float(above), float(below)) for above, below in means])


def resampled_means(values: Floats, seed: int, samples: int = SAMPLES) -> Floats:
    """(samples, c) means of (people, c) values over resampled people, the same people for every column.

    Columns stay comparable person by person, and many of them cost little more than one.
    """
    generator = np.random.default_rng(seed)
    people = len(values)
    found = np.empty((samples, values.shape[1]))
    for sample in range(samples):
        times = np.bincount(generator.integers(people, size=people), minlength=people)
        found[sample] = times @ values / people
    return found


def _ratio(a: float, b: float) -> float:
    if b > 0:
        return a / b
    return 1.0 if a == b else float("inf")

"""Figures of understanding: accuracy with its interval, F1, AUROC, calibration. Knows nothing of Rasa."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Z = 1.96
"""Standard deviations that a 95% interval reaches."""
BINS = 10

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Share:
    """A share of `count` and its 95% interval (Wilson 1927), which is honest near 0 and 1."""

    value: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Messages of about one confidence: how many, their mean confidence, the share that was right."""

    count: int
    confidence: float
    accuracy: float


def share(hits: int, count: int) -> Share:
    """`hits` of `count`; an empty set gives nan."""
    if not count:
        return Share(float("nan"), float("nan"), float("nan"), 0)
    rate, spread = hits / count, Z**2 / count
    middle = (rate + spread / 2) / (1 + spread)
    reach = Z * float(np.sqrt(rate * (1 - rate) / count + spread / (4 * count))) / (1 + spread)
    return Share(rate, middle - reach, middle + reach, count)


def auroc(scores: Floats, positive: Bools) -> float:
    """Chance that a positive scores above a negative one, ties counted half (Mann & Whitney 1947); nan without both."""
    wins, losses = int(positive.sum()), int((~positive).sum())
    if not wins or not losses:
        return float("nan")
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    values, place = np.unique(scores, return_inverse=True)
    mean_rank = np.bincount(place, ranks) / np.bincount(place, minlength=len(values))
    return float((mean_rank[place][positive].sum() - wins * (wins + 1) / 2) / (wins * losses))


def reliability(confidence: Floats, right: Bools) -> tuple[Bin, ...]:
    """Messages in `BINS` bins of equal width by confidence, lowest first; empty bins are left out."""
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return tuple(
        Bin(int(chosen.sum()), float(confidence[chosen].mean()), float(right[chosen].mean()))
        for number in range(BINS)
        if (chosen := bins == number).any()
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error (Naeini et al. 2015): how far confidence is from what is right, on average."""
    return sum(one.count * abs(one.confidence - one.accuracy) for one in bins) / max(1, sum(one.count for one in bins))


def f1(found: Sequence[frozenset[object]], wanted: Sequence[frozenset[object]]) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean over things in messages, counted once each; nan where undefined."""
    both = sum(len(ours & theirs) for ours, theirs in zip(found, wanted, strict=True))
    ours, theirs = sum(map(len, found)), sum(map(len, wanted))
    precision, recall = (both / count if count else float("nan") for count in (ours, theirs))
    return precision, recall, 2 * both / (ours + theirs) if ours + theirs else float("nan")


def confusions(wanted: Sequence[str], found: Sequence[str]) -> list[tuple[str, str, int]]:
    """(wanted, found instead, messages), most frequent first."""
    counts = Counter((right, wrong) for right, wrong in zip(wanted, found, strict=True) if right != wrong)
    return [(right, wrong, count) for (right, wrong), count in counts.most_common()]

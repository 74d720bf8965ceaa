"""How sure a ratio of medians is, and the least that a share of successes may be."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

SAMPLES = 10_000
Z95 = 1.959963984540054


def ratio_of_medians(ours: Sequence[float], theirs: Sequence[float], seed: int = 7) -> tuple[float, float, float]:
    """Median of `ours` over that of `theirs` and its bootstrap 95% interval; the same wish is drawn for both."""
    a, b = np.asarray(ours, dtype=float), np.asarray(theirs, dtype=float)
    rng = np.random.default_rng(seed)
    ratios = []
    for _ in range(SAMPLES // 100):
        drawn = rng.integers(0, len(a), (100, len(a)))
        ratios.append(np.median(a[drawn], axis=1) / np.median(b[drawn], axis=1))
    low, high = np.quantile(np.concatenate(ratios), [0.025, 0.975])
    return float(np.median(a) / np.median(b)), float(low), float(high)


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """95% interval of a share (Wilson, 1927)."""
    if not trials:
        return 0.0, 1.0
    share, z = successes / trials, Z95**2 / trials
    middle = (share + z / 2) / (1 + z)
    half = Z95 * math.sqrt(share * (1 - share) / trials + z / (4 * trials)) / (1 + z)
    return middle - half, middle + half

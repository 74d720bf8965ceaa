"""The lines of one task, and how sure their means and ratios are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from recommender.benchmark.measure import METRICS, Line
from recommender.learning.uncertainty import Floats, Interval, resampled_means

BOUNDS = (0.025, 0.975)


@dataclass(frozen=True)
class Result:
    """The lines of one task; `absent` says who took no part, and why."""

    set_name: str
    protocol: str
    notes: tuple[str, ...]
    lines: tuple[Line, ...]
    absent: tuple[tuple[str, str], ...] = ()
    _samples: dict[tuple[str, int], Floats] = field(default_factory=dict, compare=False, repr=False)

    def line(self, name: str) -> Line | None:
        """The line of that name."""
        return next((line for line in self.lines if line.name == name), None)

    def best(self, kinds: Sequence[str], view: str, metric: str) -> Line | None:
        """The line of those kinds with the highest mean: the hardest to beat, known only afterwards."""
        found = [line for line in self.lines if line.kind in kinds]
        return max(found, key=lambda line: float(line.values[view][metric].mean())) if found else None

    def interval(self, line: Line, view: str, metric: str, seed: int) -> Interval:
        """The mean of one of METRICS over people and its 95% interval."""
        low, high = np.quantile(self._resampled(line, view, metric, seed), BOUNDS)
        return Interval(float(line.values[view][metric].mean()), float(low), float(high))

    def ratio(self, line: Line, other: Line, view: str, metric: str, seed: int) -> Interval:
        """The ratio of two lines' means and its 95% interval, people resampled in pairs; infinite against nothing."""
        above, below = (self._resampled(one, view, metric, seed) for one in (line, other))
        with np.errstate(divide="ignore", invalid="ignore"):
            samples = np.where(above == below, 1.0, above / below)
            mean = line.values[view][metric].mean() / other.values[view][metric].mean()
        low, high = np.quantile(samples, BOUNDS, method="nearest")
        return Interval(1.0 if np.isnan(mean) else float(mean), float(low), float(high))

    def _resampled(self, line: Line, view: str, metric: str, seed: int) -> Floats:
        if (view, seed) not in self._samples:
            columns = [one.values[view][name] for one in self.lines for name in METRICS]
            self._samples[view, seed] = resampled_means(np.column_stack(columns), seed)
        place = next(number for number, one in enumerate(self.lines) if one is line)
        return self._samples[view, seed][:, place * len(METRICS) + METRICS.index(metric)]

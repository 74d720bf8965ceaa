"""How sure it is that the best answer is right: logistic regression over a ranking's features."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]

RIDGE = 1.0
STEPS = 50


@dataclass(frozen=True)
class Confidence:
    """Weights (f,) of standardised features, with their mean and spread (f,), and a bias."""

    mean: Doubles
    spread: Doubles
    weights: Doubles
    bias: float

    @classmethod
    def fit(cls, features: Doubles, right: NDArray[np.bool_], ridge: float = RIDGE) -> Confidence:
        """Newton's method on the penalised likelihood (McCullagh and Nelder 1989, 4.4).

        Args:
            features: (n, f) at least one row.
            right: (n,) whether the answer was right.
            ridge: pulls weights to zero, so that separable data cannot send them off to infinity.
        """
        mean, spread = features.mean(axis=0), np.maximum(features.std(axis=0), 1e-6)
        columns = np.column_stack([(features - mean) / spread, np.ones(len(features))])
        penalty = np.diag([*[ridge] * features.shape[1], 1e-3])
        beta = np.zeros(columns.shape[1])
        for _ in range(STEPS):
            chance = _logistic(columns @ beta)
            slope = columns.T @ (right - chance) - penalty @ beta
            curve = (columns * (chance * (1 - chance))[:, None]).T @ columns + penalty
            step = np.linalg.solve(curve, slope)
            beta += step
            if np.abs(step).max() < 1e-8:
                break
        return cls(mean, spread, beta[:-1], float(beta[-1]))

    def numbers(self) -> dict[str, list[float] | float]:
        """What `Confidence.of_numbers` takes, for a JSON file."""
        arrays = {"mean": self.mean, "spread": self.spread, "weights": self.weights}
        return {**{name: array.round(6).tolist() for name, array in arrays.items()}, "bias": round(self.bias, 6)}

    @classmethod
    def of_numbers(cls, numbers: Mapping[str, Any]) -> Confidence:
        """The confidence whose `numbers` these are."""
        mean, spread, weights = (np.array(numbers[name], np.float64) for name in ("mean", "spread", "weights"))
        return cls(mean, spread, weights, float(numbers["bias"]))

    def of(self, features: Doubles) -> Doubles:
        """Probabilities of rows (…, f)."""
        return _logistic(((features - self.mean) / self.spread) @ self.weights + self.bias)


def _logistic(value: Doubles) -> Doubles:
    scaled: Doubles = 1 / (1 + np.exp(-np.clip(value, -40, 40)))
    return scaled

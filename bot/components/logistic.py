"""A multinomial logistic head: scikit-learn fits it, numpy evaluates it, an .npz file keeps it. Knows nothing of Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Head:
    """Probabilities of `labels` from features.

    mean, scale (features,) float32; weights (features, labels) float32; bias (labels,) float32.
    """

    labels: tuple[str, ...]
    mean: Floats
    scale: Floats
    weights: Floats
    bias: Floats

    def probabilities(self, features: Floats) -> Floats:
        """(n, features) → (n, labels), rows sum to one."""
        scores = (features - self.mean) / self.scale @ self.weights + self.bias
        exponents = np.exp(scores - scores.max(axis=1, keepdims=True))
        result: Floats = exponents / exponents.sum(axis=1, keepdims=True)
        return result

    def save(self, path: Path) -> None:
        """Write the arrays; nothing is pickled."""
        np.savez(
            path,
            labels=np.array(self.labels),
            mean=self.mean,
            scale=self.scale,
            weights=self.weights,
            bias=self.bias,
        )

    @classmethod
    def load(cls, path: Path) -> Head:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(
                tuple(str(label) for label in arrays["labels"]),
                *(arrays[name] for name in ("mean", "scale", "weights", "bias")),
            )


def fit(features: Floats, labels: Sequence[str], strength: float, groups: Sequence[int], seed: int = 7) -> Head:
    """A head by regularised maximum likelihood, classes weighted alike; the same input gives the same head.

    Each group of columns is centred and divided by the root mean square of its length: sentence vectors lie in a narrow
    cone away from the origin, and groups of different width should speak equally loud.

    Args:
        features: (n, features) float32.
        labels: n names.
        strength: inverse of the penalty, scikit-learn's C.
        groups: widths of the groups of columns; they add up to `features`.
        seed: for the solver.

    Raises:
        ValueError: there are fewer than two different labels.
    """
    from sklearn.linear_model import LogisticRegression  # only training needs it

    if len(set(labels)) < 2:
        raise ValueError(f"Only {len(set(labels))} intent in the training data; at least two are needed.")
    mean = features.mean(axis=0)
    centred = features - mean
    scale = np.ones_like(mean)
    start = 0
    for width in groups:
        part = slice(start, start + width)
        scale[part] = np.sqrt((centred[:, part] ** 2).sum(axis=1).mean()) or 1.0
        start += width
    model = LogisticRegression(C=strength, class_weight="balanced", max_iter=2000, random_state=seed)
    model.fit(centred / scale, list(labels))
    return Head(
        tuple(str(label) for label in model.classes_),
        mean.astype(np.float32),
        scale.astype(np.float32),
        np.ascontiguousarray(_per_class(model.coef_).T, dtype=np.float32),
        _per_class(model.intercept_).astype(np.float32),
    )


def _per_class(parameters: NDArray[np.float64]) -> NDArray[np.float64]:
    # Of two classes scikit-learn keeps the second one's parameters alone.
    return np.concatenate([np.zeros_like(parameters), parameters]) if len(parameters) == 1 else parameters

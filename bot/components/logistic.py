"""A multinomial logistic head: scikit-learn fits it, numpy evaluates it, .npz keeps it. Knows nothing of Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from components.grams import GramTable

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Head:
    """Probabilities of `labels` from dense features and from the n-grams of a text.

    mean, scale (features,); weights (features, labels); gram_weights (n-grams, labels); bias (labels,); all float32.
    """

    labels: tuple[str, ...]
    table: GramTable
    mean: Floats
    scale: Floats
    weights: Floats
    gram_weights: Floats
    bias: Floats

    def probabilities(self, dense: Floats, text: str) -> Floats:
        """(features,) and a text → (labels,), which sum to one."""
        columns, values = self.table.row(text)
        scores = (dense - self.mean) / self.scale @ self.weights + values @ self.gram_weights[columns] + self.bias
        exponents: Floats = np.exp(scores - scores.max())
        return exponents / exponents.sum()

    def save(self, path: Path) -> None:
        """Write the arrays; nothing is pickled."""
        np.savez(
            path,
            labels=np.array(self.labels),
            grams=np.array(self.table.names),
            idf=self.table.idf,
            mean=self.mean,
            scale=self.scale,
            weights=self.weights,
            gram_weights=self.gram_weights,
            bias=self.bias,
        )

    @classmethod
    def load(cls, path: Path) -> Head:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            table = GramTable(tuple(arrays["grams"].tolist()), arrays["idf"])
            rest = (arrays[name] for name in ("mean", "scale", "weights", "gram_weights", "bias"))
            return cls(tuple(arrays["labels"].tolist()), table, *rest)


@dataclass(frozen=True)
class Options:
    """How to fit: `strength` is the inverse of the penalty (scikit-learn's C), `grams` the length of a row of n-grams.

    `groups` are the widths of the groups of dense columns; they add up to all of them.
    """

    groups: tuple[int, ...]
    strength: float
    grams: float
    seed: int


def fit(dense: Floats, texts: Sequence[str], labels: Sequence[str], options: Options) -> Head:
    """A head by regularised maximum likelihood, labels weighted alike; the same input gives the same head.

    Each group of dense columns is centred and divided by its root mean square length: sentence vectors lie in a narrow
    cone away from the origin, and groups of different width should speak equally loud.

    Args:
        dense: (n, features) float32.
        texts: n texts for n-grams.
        labels: n names.
        options: see there.

    Raises:
        ValueError: there are fewer than two different labels.
    """
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression  # only training needs it

    if len(set(labels)) < 2:
        raise ValueError("Training needs examples of at least two intents in bot/data/nlu.")
    mean = dense.mean(axis=0)
    scale = _scale(dense - mean, options.groups)
    table = GramTable.fit(texts)
    grams = _matrix(table, texts) * np.float32(options.grams)
    features = sparse.hstack([sparse.csr_matrix((dense - mean) / scale), grams], format="csr")
    model = LogisticRegression(
        C=options.strength, class_weight="balanced", max_iter=2000, tol=1e-3, random_state=options.seed
    )
    model.fit(features, list(labels))
    coefficients = np.ascontiguousarray(_per_label(model.coef_).T, dtype=np.float32)
    return Head(
        labels=tuple(str(label) for label in model.classes_),
        table=table,
        mean=mean,
        scale=scale,
        weights=coefficients[: dense.shape[1]],
        gram_weights=coefficients[dense.shape[1] :] * np.float32(options.grams),
        bias=_per_label(model.intercept_).astype(np.float32),
    )


def _scale(centred: Floats, groups: tuple[int, ...]) -> Floats:
    scale = np.ones(centred.shape[1], dtype=np.float32)
    for end, width in zip(np.cumsum(groups), groups, strict=True):
        part = slice(end - width, end)
        scale[part] = np.sqrt((centred[:, part] ** 2).sum(axis=1).mean()) or 1.0
    return scale


def _matrix(table: GramTable, texts: Sequence[str]) -> object:
    from scipy import sparse

    rows = [table.row(text) for text in texts]
    starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    columns = np.concatenate([columns for columns, _ in rows])
    values = np.concatenate([values for _, values in rows])
    return sparse.csr_matrix((values, columns, starts), shape=(len(texts), len(table.names)))


def _per_label(parameters: NDArray[np.float64]) -> NDArray[np.float64]:
    # Of two labels scikit-learn keeps the second one's parameters alone.
    return np.concatenate([np.zeros_like(parameters), parameters]) if len(parameters) == 1 else parameters

"""A multinomial logistic head: `components.fitting` fits it, numpy evaluates it, .npz keeps it. Without Rasa."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from components.grams import GramTable

Floats = NDArray[np.float32]
_ARRAYS = ("mean", "scale", "weights", "gram_weights", "bias")


@dataclass(frozen=True, eq=False)
class Head:
    """Probabilities of `labels` from dense features and from the n-grams of a text.

    mean, scale (features,); weights (features, labels); gram_weights (n-grams of all tables, labels); bias (labels,);
    all float32.
    """

    labels: tuple[str, ...]
    tables: tuple[GramTable, ...]
    mean: Floats
    scale: Floats
    weights: Floats
    gram_weights: Floats
    bias: Floats

    def scores(self, dense: Floats, text: str) -> Floats:
        """(features,) and a text → (labels,) float32 before the softmax."""
        found: Floats = (dense - self.mean) / self.scale @ self.weights + self.bias
        before = 0
        for table in self.tables:
            columns, values = table.row(text)
            found = found + values @ self.gram_weights[before + columns]
            before += len(table.names)
        return found

    def probabilities(self, dense: Floats, text: str) -> Floats:
        """(features,) and a text → (labels,) float32, which sum to one."""
        return softmax(self.scores(dense, text))

    def cooled(self, temperature: float) -> Head:
        """The same order of labels, with all scores divided by `temperature`: above 1 it is less sure."""
        parts = {name: getattr(self, name) / np.float32(temperature) for name in ("weights", "gram_weights", "bias")}
        return replace(self, **parts)

    def save(self, path: Path) -> None:
        """Write the arrays; nothing is pickled."""
        arrays = {name: getattr(self, name) for name in _ARRAYS}
        for number, table in enumerate(self.tables):
            arrays |= {f"names{number}": np.array(table.names), f"idf{number}": table.idf}
        kinds = np.array([table.kind for table in self.tables], dtype=str)
        np.savez(path, labels=np.array(self.labels), kinds=kinds, **arrays)

    @classmethod
    def load(cls, path: Path) -> Head:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            tables = tuple(
                GramTable(kind, tuple(arrays[f"names{number}"].tolist()), arrays[f"idf{number}"])
                for number, kind in enumerate(arrays["kinds"].tolist())
            )
            return cls(tuple(arrays["labels"].tolist()), tables, *(arrays[name] for name in _ARRAYS))


def softmax(scores: Floats) -> Floats:
    """(…, labels) → the same shape, of which the last axis sums to one."""
    exponents: Floats = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exponents / exponents.sum(axis=-1, keepdims=True)

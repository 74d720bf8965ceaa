"""A direction in the space of sentence vectors that leads from what the answers are about to everything else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

RIDGE = 2.0


@dataclass(frozen=True)
class Outside:
    """Ridge regression of 1 for texts outside and 0 for texts inside (Hoerl and Kennard 1970).

    `weights` (d,) and `bias`; `left_out` (n,) is what each text of the fit scores if the fit had gone without it.
    """

    weights: Doubles
    bias: float
    left_out: Doubles

    @classmethod
    def fit(cls, inside: Floats, outside: Floats, ridge: float = RIDGE) -> Outside:
        """The fit on unit vectors inside (p, d) and outside (b, d), which together are in the order of `left_out`."""
        vectors = np.concatenate([inside, outside]).astype(np.float64)
        target = np.repeat([0.0, 1.0], [len(inside), len(outside)])
        columns = np.column_stack([vectors, np.ones(len(vectors))])
        penalty = np.diag([*[ridge] * vectors.shape[1], 1e-6])
        inverse = np.linalg.inv(columns.T @ columns + penalty)
        beta = inverse @ (columns.T @ target)
        leverage = np.einsum("nd,de,ne->n", columns, inverse, columns)
        fitted = columns @ beta
        left_out = (fitted - leverage * target) / np.maximum(1 - leverage, 1e-6)
        return cls(beta[:-1], float(beta[-1]), left_out)

    def of(self, vector: Floats) -> float:
        """How far outside a unit vector (d,) is: about 0 inside, about 1 outside."""
        return float(vector @ self.weights) + self.bias

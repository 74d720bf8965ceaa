"""One score out of many columns of evidence: a small network whose weights depend on what is being asked.

score(x, q) = w·x + (Ux)·(Vq + v) + o·relu(B relu(Ax + Cq + a) + b)

x is an item's evidence, q the context of the query. The second term lets the question weigh the evidence ("who
directed it?" turns to the film that was named, "what else did she direct?" away from it); the third finds combinations.
With U and o at zero it is a linear ranker: `Ranker.linear` makes one for a catalogue that has no conversations yet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

CLIP = 5.0  # standard deviations: a column that is nearly always 0 has huge values elsewhere


@dataclass(frozen=True, eq=False)
class Ranker:
    """f columns, g context values, r factors, h hidden units.

    names (f,); mean and scale (f,) standardise columns, context_mean and context_scale (g,) the context;
    weights (f,); factors U (f, r), query_factors V (g, r), query_bias v (r,); inner A (f, h), query_inner C (g, h),
    inner_bias a (h,), outer B (h, h), outer_bias b (h,), out o (h,).
    """

    names: tuple[str, ...]
    mean: Floats
    scale: Floats
    context_mean: Floats
    context_scale: Floats
    weights: Floats
    factors: Floats
    query_factors: Floats
    query_bias: Floats
    inner: Floats
    query_inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats
    out: Floats

    @classmethod
    def linear(cls, weights: Mapping[str, float], names: Sequence[str], context: int = 0) -> Ranker:
        """Σ weights[name] × column, without standardisation; columns that are not in `weights` count nothing."""
        f = len(names)
        none = np.zeros(0, dtype=np.float32)
        return cls(
            names=tuple(names),
            mean=np.zeros(f, dtype=np.float32),
            scale=np.ones(f, dtype=np.float32),
            context_mean=np.zeros(context, dtype=np.float32),
            context_scale=np.ones(context, dtype=np.float32),
            weights=np.array([weights.get(name, 0.0) for name in names], dtype=np.float32),
            factors=np.zeros((f, 0), dtype=np.float32),
            query_factors=np.zeros((context, 0), dtype=np.float32),
            query_bias=none,
            inner=np.zeros((f, 0), dtype=np.float32),
            query_inner=np.zeros((context, 0), dtype=np.float32),
            inner_bias=none,
            outer=np.zeros((0, 0), dtype=np.float32),
            outer_bias=none,
            out=none,
        )

    @classmethod
    def mean_of(cls, rankers: Sequence[Ranker]) -> Ranker:
        """The ranker whose scores are the mean of those of `rankers`, which learned from the same lists."""
        first, count = rankers[0], len(rankers)
        if count == 1:
            return first

        def beside(name: str) -> Floats:
            joined: Floats = np.concatenate([getattr(ranker, name) for ranker in rankers], axis=-1)
            return joined

        width = len(first.out)
        outer = np.zeros((width * count, width * count), dtype=np.float32)
        for n, ranker in enumerate(rankers):
            outer[n * width : (n + 1) * width, n * width : (n + 1) * width] = ranker.outer
        return replace(
            first,
            weights=np.mean([ranker.weights for ranker in rankers], axis=0),
            factors=beside("factors"),
            query_factors=beside("query_factors") / np.float32(count),
            query_bias=beside("query_bias") / np.float32(count),
            inner=beside("inner"),
            query_inner=beside("query_inner"),
            inner_bias=beside("inner_bias"),
            outer=outer,
            outer_bias=beside("outer_bias"),
            out=beside("out") / np.float32(count),
        )

    def score(self, columns: Floats, context: Floats) -> Floats:
        """(n,) float32 scores of evidence (n, f) in the context (g,).

        Raises:
            ValueError: another number of columns or context values than the ranker learned from.
        """
        if columns.shape[1] != len(self.names) or context.shape != self.context_mean.shape:
            raise ValueError(
                f"The ranker knows {len(self.names)} columns and {len(self.context_mean)} context values, not "
                f"{columns.shape[1]} and {len(context)}: fit it again on this evidence."
            )
        x = np.clip((columns - self.mean) / self.scale, -CLIP, CLIP)
        q = np.clip((context - self.context_mean) / self.context_scale, -CLIP, CLIP)
        # What the question makes of each column is one vector, so that the bilinear part costs no more than the linear.
        weights = self.weights + self.factors @ (q @ self.query_factors + self.query_bias)
        scores = x @ weights
        if len(self.out):
            hidden = np.maximum(x @ self.inner + (q @ self.query_inner + self.inner_bias), 0)
            scores = scores + np.maximum(hidden @ self.outer + self.outer_bias, 0) @ self.out
        return np.asarray(scores, dtype=np.float32)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """What `of_arrays` takes, for an .npz file."""
        return {f.name: np.asarray(getattr(self, f.name)) for f in fields(self)}

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Ranker:
        """The ranker of `arrays`.

        Raises:
            KeyError: one is missing.
        """
        values = {f.name: arrays[f.name] for f in fields(cls)}
        values["names"] = tuple(str(name) for name in arrays["names"])  # type: ignore[assignment]
        return cls(**values)  # type: ignore[arg-type]

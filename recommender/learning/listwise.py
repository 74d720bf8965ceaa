"""Fits `recommender.model.ranker.Ranker` to lists: the softmax over one should fall on what was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from recommender.model.ranker import CLIP, Ranker

if TYPE_CHECKING:
    import torch

Floats = NDArray[np.float32]


LEAST_STEPS = 200


@dataclass(frozen=True, eq=False)
class Group:
    """One list: columns (c, f) float32 of its candidates, context (g,), chosen (c,) bool, at least one True.

    stands_for (c,) float32: log of how many items a candidate stands for, where a few of many were sampled (the
    correction of sampled softmax, Jean et al. 2015); None: each stands for itself.
    """

    columns: Floats
    context: Floats
    chosen: NDArray[np.bool_]
    stands_for: Floats | None = None


@dataclass(frozen=True, slots=True)
class ListwiseParameters:
    """How a ranker is fitted (AdamW, one learning-rate cycle); 0 factors and 0 hidden units leave a linear one.

    `members` networks with seeds of their own are averaged in what they say.
    """

    factors: int = 8
    hidden: int = 32
    epochs: int = 12
    learning_rate: float = 4e-3
    weight_decay: float = 1e-2
    dropout: float = 0.1
    batch: int = 32
    seed: int = 0
    members: int = 1


SHAPES = (
    ListwiseParameters(factors=0, hidden=0, epochs=6, learning_rate=1e-2),
    ListwiseParameters(factors=4, hidden=0, epochs=8, weight_decay=5e-2),
    ListwiseParameters(factors=4, hidden=8, epochs=8, weight_decay=5e-2, dropout=0.2),
    ListwiseParameters(),
)
"""From few lists to many."""


def hit_rate(ranker: Ranker, groups: Sequence[Group], depths: Sequence[int] = (1, 10)) -> float:
    """Mean share of the chosen ones of `groups` among the first 1 and the first 10; a tie counts against them."""
    shares = []
    for group in groups:
        scores = ranker.score(group.columns, group.context)
        ranks = [(scores >= scores[row]).sum() for row in np.flatnonzero(group.chosen)]
        shares += [np.mean([rank <= depth for depth in depths]) for rank in ranks]
    return float(np.mean(shares)) if shares else 0.0


def fit_ranker(groups: Sequence[Group], names: Sequence[str], parameters: ListwiseParameters) -> Ranker:
    """The ranker that puts the chosen ones of `groups` first (Cao et al. 2007, listwise softmax cross-entropy).

    Args:
        groups: lists; those in which nothing or everything is chosen teach nothing and are left out.
        names: of the columns.
        parameters: how.

    Raises:
        ValueError: no list teaches anything.
    """
    useful = [group for group in groups if 0 < group.chosen.sum() < len(group.chosen)]
    if not useful:
        raise ValueError("No list has both chosen and other candidates, so there is nothing to learn from.")
    return Ranker.mean_of(
        [_fit_one(useful, names, replace(parameters, seed=parameters.seed + n)) for n in range(parameters.members)]
    )


def _fit_one(useful: Sequence[Group], names: Sequence[str], parameters: ListwiseParameters) -> Ranker:
    import torch

    network = _Network(useful, parameters)
    generator = np.random.default_rng(parameters.seed)
    batches = -(-len(useful) // parameters.batch)
    epochs = max(parameters.epochs, -(-LEAST_STEPS // batches))  # few lists are few steps an epoch
    steps = epochs * batches
    optimiser = torch.optim.AdamW(network.weights(), lr=parameters.learning_rate, weight_decay=parameters.weight_decay)
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimiser, parameters.learning_rate, total_steps=steps + 1)
    for _ in range(epochs):
        order = generator.permutation(len(useful))
        for start in range(0, len(order), parameters.batch):
            loss = network.loss([useful[i] for i in order[start : start + parameters.batch]])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            cycle.step()
    return network.ranker(names)


class _Network:
    """The formula of `Ranker`, in torch."""

    def __init__(self, groups: Sequence[Group], parameters: ListwiseParameters) -> None:
        import torch

        columns = np.concatenate([group.columns for group in groups])
        contexts = np.stack([group.context for group in groups])
        self.mean, self.scale = columns.mean(axis=0), columns.std(axis=0)
        self.scale[self.scale < 1e-6] = 1.0
        self.context_mean, self.context_scale = contexts.mean(axis=0), contexts.std(axis=0)
        self.context_scale[self.context_scale < 1e-6] = 1.0
        self.dropout = parameters.dropout
        self._random = torch.Generator().manual_seed(parameters.seed)
        f, g, r, h = columns.shape[1], contexts.shape[1], parameters.factors, parameters.hidden
        self.w = self._start(f, 1, f)
        self.u, self.v, self.vb = self._start(f, r, f), self._start(g, r, g), self._start(1, r, g)
        self.a, self.c, self.ab = self._start(f, h, f), self._start(g, h, g), self._start(1, h, f)
        self.b, self.bb, self.o = self._start(h, h, h), self._start(1, h, h), self._start(h, 1, h)

    def _start(self, rows: int, columns: int, fan_in: int) -> torch.Tensor:
        import torch

        bound = 1 / np.sqrt(max(fan_in, 1))
        values = (torch.rand(rows, columns, generator=self._random) * 2 - 1) * bound
        start: torch.Tensor = values.requires_grad_()
        return start

    def weights(self) -> list[torch.Tensor]:
        return [self.w, self.u, self.v, self.vb, self.a, self.c, self.ab, self.b, self.bb, self.o]

    def loss(self, groups: Sequence[Group]) -> torch.Tensor:
        import torch

        longest = max(len(group.chosen) for group in groups)
        x = torch.zeros(len(groups), longest, len(self.mean))
        chosen = torch.zeros(len(groups), longest)
        absent = torch.full((len(groups), longest), -1e9)
        for row, group in enumerate(groups):
            size = len(group.chosen)
            x[row, :size] = torch.from_numpy(self._standard(group.columns, self.mean, self.scale))
            chosen[row, :size] = torch.from_numpy(group.chosen.astype(np.float32))
            absent[row, :size] = 0.0 if group.stands_for is None else torch.from_numpy(group.stands_for)
        contexts = np.stack([group.context for group in groups])
        q = torch.from_numpy(self._standard(contexts, self.context_mean, self.context_scale))
        shares = torch.log_softmax(self._scores(x, q) + absent, dim=1)
        return -((shares * chosen).sum(dim=1) / chosen.sum(dim=1)).mean()

    def _scores(self, x: torch.Tensor, q: torch.Tensor) -> torch.Tensor:
        import torch

        linear = (x @ self.w)[..., 0] + ((x @ self.u) * (q @ self.v + self.vb)[:, None]).sum(dim=-1)
        hidden = self._drop(torch.relu(x @ self.a + (q @ self.c + self.ab)[:, None]))
        scores: torch.Tensor = linear + (self._drop(torch.relu(hidden @ self.b + self.bb)) @ self.o)[..., 0]
        return scores

    def _drop(self, hidden: torch.Tensor) -> torch.Tensor:
        import torch

        if not self.dropout:
            return hidden
        kept = torch.rand(hidden.shape, generator=self._random) >= self.dropout
        return hidden * kept / (1 - self.dropout)

    @staticmethod
    def _standard(values: Floats, mean: Floats, scale: Floats) -> Floats:
        standard: Floats = np.clip((values - mean) / scale, -CLIP, CLIP).astype(np.float32)
        return standard

    def ranker(self, names: Sequence[str]) -> Ranker:
        def numbers(tensor: torch.Tensor) -> Any:
            return tensor.detach().numpy().astype(np.float32)

        return Ranker(
            names=tuple(names),
            mean=self.mean.astype(np.float32),
            scale=self.scale.astype(np.float32),
            context_mean=self.context_mean.astype(np.float32),
            context_scale=self.context_scale.astype(np.float32),
            weights=numbers(self.w)[:, 0],
            factors=numbers(self.u),
            query_factors=numbers(self.v),
            query_bias=numbers(self.vb)[0],
            inner=numbers(self.a),
            query_inner=numbers(self.c),
            inner_bias=numbers(self.ab)[0],
            outer=numbers(self.b),
            outer_bias=numbers(self.bb)[0],
            out=numbers(self.o)[:, 0],
        )

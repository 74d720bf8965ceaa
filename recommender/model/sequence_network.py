"""The causal transformer of the sequence model, in torch; `recommender.model.sequence_graph` is its ONNX form."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch.nn import functional

SHARPNESS = 8.0  # the length of states at the start


class Block(torch.nn.Module):
    """A pre-norm transformer block; attention has a learnt bias per head and distance, newest 0 (Shaw et al. 2018).

    Distances, unlike positions, mean the same at every step of a history, all of which train at once.
    """

    def __init__(self, dimensions: int, heads: int, length: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.dropout = dropout
        self.before = torch.nn.LayerNorm(dimensions)
        self.project = torch.nn.Linear(dimensions, 3 * dimensions)
        self.merge = torch.nn.Linear(dimensions, dimensions)
        self.between = torch.nn.LayerNorm(dimensions)
        self.widen = torch.nn.Linear(dimensions, 2 * dimensions)
        self.narrow = torch.nn.Linear(2 * dimensions, dimensions)
        self.distance = torch.nn.Parameter(torch.zeros(length, heads))

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """(b, l, d) → (b, l, d): each place sees itself and those before it."""
        batch, length, width = states.shape
        parts = self.project(self.before(states)).reshape(batch, length, 3, self.heads, width // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)
        query = query * (width // self.heads) ** -0.5
        weights = torch.softmax(query @ key.transpose(-1, -2) + self.bias(length), dim=-1)
        mixed = (self._drop(weights) @ value).transpose(1, 2).reshape(batch, length, width)
        states = states + self._drop(self.merge(mixed))
        wide = functional.gelu(self.widen(self.between(states)), approximate="tanh")
        return states + self._drop(self.narrow(self._drop(wide)))

    def bias(self, length: int) -> torch.Tensor:
        """(heads, length, length) what is added to a query's (row's) weight of a key (column): -inf for newer keys."""
        place = torch.arange(length)
        distance = place[:, None] - place[None, :]
        bias = self.distance[distance.clamp(min=0)].permute(2, 0, 1)
        return bias.masked_fill(distance < 0, -torch.inf)

    def _drop(self, values: torch.Tensor) -> torch.Tensor:
        return functional.dropout(values, self.dropout, self.training)


class SequenceNetwork(torch.nn.Module):
    """Item vectors of histories, oldest first and padded behind → a state after each item, all of one learnt length.

    With item vectors of length 1, scores are cosines times that length, and popularity has the biases alone to live in:
    validation NDCG@10 on amazon-office .061 instead of .059 with free lengths, and less lost by training too long.
    """

    def __init__(self, dimensions: int, layers: int, heads: int, length: int, dropout: float) -> None:
        super().__init__()
        self.dimensions = dimensions
        self.length = length
        self.dropout = dropout
        self.blocks: Iterable[Block] = torch.nn.ModuleList(  # type: ignore[assignment]
            Block(dimensions, heads, length, dropout) for _ in range(layers)
        )
        self.enter = torch.nn.LayerNorm(dimensions)
        self.leave = torch.nn.LayerNorm(dimensions)
        self.sharpness = torch.nn.Parameter(torch.tensor(SHARPNESS).log())
        for module in self.modules():
            if isinstance(module, torch.nn.Linear):
                torch.nn.init.normal_(module.weight, std=0.02)
                torch.nn.init.zeros_(module.bias)

    def forward(self, vectors: torch.Tensor) -> torch.Tensor:
        """(b, l, d) float32 → (b, l, d): the state at a place knows that place and those before it."""
        states = functional.dropout(self.enter(vectors), self.dropout, self.training)
        for block in self.blocks:
            states = block(states)
        return functional.normalize(self.leave(states), dim=-1) * self.scale()

    def scale(self) -> torch.Tensor:
        """() the length of every state."""
        return self.sharpness.exp()

"""An encoder in two halves: what frozen lower layers say of each text is computed once, the upper ones learn.

With 4 of 12 layers learning, a step takes a third of the time that it takes through all of them.
"""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from recommender.encoders.graph import SentenceModel
from recommender.encoders.lora import layers_of
from recommender.encoders.precision import Arithmetic
from recommender.encoders.rows import TokenRows
from recommender.encoders.source import Pooling

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Ticker = Any
"""Wraps an iterable to show how far it is, as tqdm does."""


class _AsGiven(torch.nn.Module):
    """Stands for the embeddings of the upper half: hidden states pass."""

    def forward(self, inputs_embeds: torch.Tensor, **_: object) -> torch.Tensor:
        return inputs_embeds


def _part(model: Any, layers: slice, embeddings: torch.nn.Module) -> Any:
    """A model that shares some layers with `model`; masks and attention stay the business of transformers."""
    part, encoder = copy.copy(model), copy.copy(model.encoder)
    part._modules, encoder._modules = dict(model._modules), dict(model.encoder._modules)
    encoder.layer = torch.nn.ModuleList(list(layers_of(model))[layers])
    part.embeddings, part.encoder, part.pooler = embeddings, encoder, None
    return part


class _Upper(torch.nn.Module):
    """Takes hidden states where `SentenceModel` gives ids."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> Any:
        return self.model(inputs_embeds=input_ids, attention_mask=attention_mask)


class SplitEncoder:
    """Vectors of a fixed set of texts by a model whose upper layers may change meanwhile."""

    def __init__(
        self, model: Any, pooling: Pooling, texts: TokenRows, layers: int, chunk: int, arithmetic: Arithmetic
    ) -> None:
        """Prepares; `cache` must be called before anything else.

        Args:
            model: BERT-like; its parameters are shared, not copied.
            pooling: of token vectors.
            texts: what will be encoded.
            layers: upper layers that change.
            chunk: texts that run together.
            arithmetic: device and precision.
        """
        split = len(layers_of(model)) - layers
        self._lower = _part(model, slice(0, split), model.embeddings)
        self._upper = SentenceModel(_Upper(_part(model, slice(split, None), _AsGiven())), pooling)
        self._pad = int(model.config.pad_token_id or 0)
        self._width = int(model.config.hidden_size)
        self._texts, self._chunk, self._arithmetic = texts, chunk, arithmetic
        self._hidden: NDArray[np.float16] = np.empty((0, self._width), dtype=np.float16)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._width

    def cache(self, folder: Path, megabytes: int, tick: Ticker = iter) -> None:
        """Runs the lower layers over all texts; float16, 2 × width bytes a token.

        Args:
            folder: where a file without a name holds what exceeds `megabytes`; it goes with this object.
            megabytes: of memory.
            tick: shows the progress.
        """
        shape = (len(self._texts.ids), self._width)
        if shape[0] * shape[1] * 2 > megabytes * 1_000_000:
            self._hidden = np.memmap(tempfile.TemporaryFile(dir=folder), np.float16, "w+", shape=shape)  # noqa: SIM115
        else:
            self._hidden = np.empty(shape, dtype=np.float16)
        for rows in tick(list(self._chunks(np.arange(len(self._texts))))):
            ids, mask = self._texts.padded(rows, self._pad)
            with torch.no_grad(), self._arithmetic.autocast():
                given = [torch.from_numpy(values).to(self._arithmetic.device) for values in (ids, mask)]
                states = self._lower(input_ids=given[0], attention_mask=given[1]).last_hidden_state
            states = states.float().cpu().numpy().astype(np.float16)
            for place, row in enumerate(rows):
                first, last = self._texts.start[row], self._texts.start[row + 1]
                self._hidden[first:last] = states[place, : last - first]

    def vectors(self, rows: Ints) -> torch.Tensor:
        """(len(rows), d) float32 unit vectors, with gradients if they are on; similar lengths run together."""
        order = sorted(range(len(rows)), key=lambda place: (self._texts.lengths[rows[place]], place))
        parts = [self._run(rows[order[at : at + self._chunk]]) for at in range(0, len(order), self._chunk)]
        back = np.empty(len(order), dtype=np.int64)
        back[order] = np.arange(len(order))
        return torch.cat(parts)[torch.from_numpy(back).to(self._arithmetic.device)]

    def encode(self, rows: Ints, out: Floats, tick: Ticker = iter) -> None:
        """Writes the vectors of the texts `rows` to the same rows of `out`, without gradients."""
        with torch.no_grad():
            for part in tick(list(self._chunks(rows))):
                out[part] = self._run(part).cpu().numpy()

    def _chunks(self, rows: Ints) -> Iterator[Ints]:
        order = rows[np.argsort(self._texts.lengths[rows], kind="stable")]
        return (order[at : at + self._chunk] for at in range(0, len(order), self._chunk))

    def _run(self, rows: Iterable[int]) -> torch.Tensor:
        rows = np.asarray(rows, dtype=np.int64)
        lengths = self._texts.lengths[rows]
        states = np.zeros((len(rows), int(lengths.max()), self._width), dtype=np.float16)
        for place, row in enumerate(rows):
            states[place, : lengths[place]] = self._hidden[self._texts.start[row] : self._texts.start[row + 1]]
        mask = (np.arange(states.shape[1]) < lengths[:, None]).astype(np.int64)
        device = self._arithmetic.device
        with self._arithmetic.autocast():
            given = torch.from_numpy(states).to(device).float(), torch.from_numpy(mask).to(device)
            sentence: torch.Tensor = self._upper(*given)[1]
        return sentence.float()

"""What you liked just now, in this order: a small self-attentive model over text-started item vectors.

SASRec (Kang and McAuley 2018): a causal transformer reads a history and says what comes next. Item vectors are both its
input and its output and start, like LightFM's (`recommender.model.hybrid`), from a PCA of the transformer's text
vectors. Items without interactions get their vectors from a ridge map, text → vector, so that they can stand in a
history and be recommended. Only training needs torch; `recommender.serving.sequence` runs what comes out of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.errors import ModelError
from recommender.model.hybrid import HybridParameters, fit_text_map, map_text, start_from_text

Floats = NDArray[np.float32]
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class SequenceParameters:
    """Training settings.

    `length` is the number of newest items that count. Every place foresees the `ahead` next items, each weighing
    `decay` times the one before, among `sampled` shared negatives where the catalogue has more than four times as many,
    else among all items. `start_spread` / dimensions is the standard deviation of the starting vectors. `epochs` is the
    most; training stops `patience` looks after the best one on held-out people, or after `seconds` of the process's CPU
    time (None: never), which alone makes results depend on the machine.
    """

    dimensions: int = 128
    layers: int = 1
    heads: int = 2
    length: int = 50
    epochs: int = 60
    patience: int = 5
    learning_rate: float = 0.002
    ahead: int = 3
    decay: float = 0.7
    sampled: int = 1024
    dropout: float = 0.3
    start_spread: float = 6.0
    ridge: float = 1.0
    seed: int = 7
    threads: int = 1
    seconds: float | None = 180.0


@dataclass(frozen=True)
class Histories:
    """m people's liked items, each person's oldest first.

    start (m+1,) int64 into items, (nnz,) int32 rows of the catalogue.
    """

    start: NDArray[np.int64]
    items: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.start) - 1


@dataclass(frozen=True)
class SequenceModel:
    """n items, d dimensions, texts of t dimensions; the score of all items is item_vectors @ state.

    item_vectors (n, d+1), the last column the items' biases; text_map (t+1, d+1), which made those that are not in
    warm (n,); network: an ONNX model, vectors (b, length, d) float32 and lengths (b,) int64 → state (b, d) float32.
    """

    item_vectors: Floats
    text_map: Floats
    warm: NDArray[np.bool_]
    network: bytes


def fit_sequences(
    histories: Histories,
    text_vectors: Floats,
    parameters: SequenceParameters,
    progress: Progress | None = None,
) -> SequenceModel:
    """Learns item vectors and the network from histories and text.

    Args:
        histories: people's liked items, oldest first.
        text_vectors: (n, t) float32, centred and L2-normalised.
        parameters: training settings.
        progress: is told about the epochs.

    Raises:
        ModelError: histories and text vectors do not fit, or the training diverged.
    """
    from recommender.model.sequence_training import train  # torch takes seconds to import and is needed only here

    items = len(text_vectors)
    if len(histories.items) and not 0 <= int(histories.items.min()) <= int(histories.items.max()) < items:
        raise ModelError(f"Histories name items beyond the {items} text vectors. Rebuild both from one catalogue.")
    warm = np.zeros(items, dtype=bool)
    warm[histories.items] = True
    start = start_from_text(
        text_vectors,
        HybridParameters(dimensions=parameters.dimensions, start_spread=parameters.start_spread, seed=parameters.seed),
    )
    # Cold items stay out of training: they would only ever be negatives, and learn to be that.
    rows = np.flatnonzero(warm) if warm.any() else np.arange(items)
    column = np.full(items, -1, dtype=np.int32)
    column[rows] = np.arange(len(rows), dtype=np.int32)
    learnt, network = train(Histories(histories.start, column[histories.items]), start[rows], parameters, progress)
    if not np.isfinite(learnt).all():
        raise ModelError("Training the sequence model diverged. Try a smaller learning rate.")
    text_map = fit_text_map(text_vectors[rows], learnt, parameters.ridge)
    item_vectors = map_text(text_vectors, text_map)
    item_vectors[warm] = learnt[: warm.sum()]  # none, not all, where nobody has a history
    return SequenceModel(item_vectors, text_map, warm, network)

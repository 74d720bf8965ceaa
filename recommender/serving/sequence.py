"""Runs the sequence model that `recommender.model.sequence` trained: a history's item vectors → the person's state."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from recommender.errors import ModelError

Floats = NDArray[np.float32]

_BATCH = 256  # histories run at a time: their attention weights stay in the cache


class SequenceEncoder:
    """Histories → states on one thread; thread-safe.

    `length` newest items of a history count. A state is right for `item_vectors @ state` with biases as last column.
    """

    def __init__(self, network: bytes) -> None:
        """Loads the network.

        Raises:
            ModelError: it is damaged.
        """
        options = onnxruntime.SessionOptions()
        # One history is too little work to share among threads.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        try:
            self._session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
            vectors = self._session.get_inputs()[0]
            self.dimensions = int(vectors.shape[2])
            self.length = int(self._session.get_modelmeta().custom_metadata_map["length"])
        except Exception as error:  # onnxruntime's own errors have no common base
            raise ModelError(f"The sequence network cannot be read ({error}): train the model anew.") from error

    def states(self, histories: Sequence[Floats]) -> Floats:
        """(p, d+1) float32 states after each of p histories, the last column 1; only biases count without a history.

        Args:
            histories: an (items of the person, d) float32 array of item vectors per person, oldest first.
        """
        found = np.zeros((len(histories), self.dimensions + 1), dtype=np.float32)
        found[:, -1] = 1.0
        lengths = np.array([min(len(history), self.length) for history in histories], dtype=np.int64)
        # Histories of like length together: padding costs as much as items.
        order = np.argsort(lengths, kind="stable")
        order = order[lengths[order] > 0]
        for first in range(0, len(order), _BATCH):
            rows = order[first : first + _BATCH]
            padded = np.zeros((len(rows), lengths[rows[-1]], self.dimensions), dtype=np.float32)
            for place, row in enumerate(rows):
                padded[place, : lengths[row]] = histories[row][-lengths[row] :]
            found[rows, :-1] = self._session.run(None, {"vectors": padded, "lengths": lengths[rows]})[0]
        return found

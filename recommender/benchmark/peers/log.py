"""What a peer learns from and whom it is asked about, as they come from the benchmark's own process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Histories:
    """What p people liked, oldest first: person k has item[start[k] : start[k + 1]].

    row (p,) int64 the person's row of training, -1 for someone new; start (p+1,) int64; item (h,) int32.
    """

    row: NDArray[np.int64]
    start: NDArray[np.int64]
    item: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.row)

    @classmethod
    def load(cls, path: Path) -> Histories:
        """From an .npz file with the arrays row, start and item."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(arrays["row"], arrays["start"], arrays["item"])

    @classmethod
    def of(cls, row: NDArray[np.int64], likes: Sequence[NDArray[np.int32]]) -> Histories:
        """From one array of likes for each person."""
        start = np.append(0, np.cumsum([len(liked) for liked in likes])).astype(np.int64)
        item = np.concatenate([np.empty(0, dtype=np.int32), *likes]).astype(np.int32)
        return cls(row, start, item)

    def of_person(self, place: int) -> NDArray[np.int32]:
        """(h,) int32 what the person at that place likes, oldest first."""
        return self.item[self.start[place] : self.start[place + 1]]

    def take(self, places: NDArray[np.intp]) -> Histories:
        """Those of the people at these places."""
        return Histories.of(self.row[places], [self.of_person(int(place)) for place in places])

    def matrix(self, items: int, decay: float = 1.0) -> sp.csr_matrix:
        """(p × items) float32: `decay` to the power of the likes that came after, 1 for the newest."""
        length = np.diff(self.start)
        later = np.repeat(self.start[1:], length) - 1 - np.arange(len(self.item))
        weights = np.power(decay, later, dtype=np.float32)
        # Copies, because scipy sorts the columns of a row in place, and the order of likes would be lost.
        return sp.csr_matrix((weights, self.item.copy(), self.start.copy()), shape=(len(self), items))


@dataclass(frozen=True)
class Log:
    """The likes of m people over n items, each pair once.

    start (m+1,) and item (r,) are the people's histories, oldest first; at (r,) int64 seconds, or places in the
    history where there is no clock; attributes (n × a) float32, 1 where an item has an attribute's value;
    texts (n, t) float32 text vectors, centred and of unit length.
    """

    items: int
    start: NDArray[np.int64]
    item: NDArray[np.int32]
    at: NDArray[np.int64]
    attributes: sp.csr_matrix
    texts: Floats

    @classmethod
    def load(cls, path: Path) -> Log:
        """From an .npz file as `arrays` makes it."""
        with np.load(path, allow_pickle=False) as arrays:
            rows, values = arrays["attribute_row"], arrays["attribute_value"]
            shape = (int(arrays["items"]), int(arrays["attributes"]))
            attributes = sp.csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, values)), shape=shape)
            return cls(shape[0], arrays["start"], arrays["item"], arrays["at"], attributes, arrays["texts"])

    def arrays(self) -> dict[str, Any]:
        """What `load` reads, for `np.savez`."""
        attributes = self.attributes.tocoo()
        return {
            "items": np.array(self.items),
            "start": self.start,
            "item": self.item,
            "at": self.at,
            "attributes": np.array(attributes.shape[1]),
            "attribute_row": attributes.row,
            "attribute_value": attributes.col,
            "texts": self.texts,
        }

    @property
    def people(self) -> int:
        """How many people there are, those without a like included."""
        return len(self.start) - 1

    @property
    def person(self) -> NDArray[np.int64]:
        """(r,) int64 whose like each is."""
        return np.repeat(np.arange(self.people), np.diff(self.start))

    def matrix(self) -> sp.csr_matrix:
        """(m × n) float32, 1 where a person likes an item."""
        return self.histories().matrix(self.items)

    def histories(self) -> Histories:
        """Everybody in training."""
        return Histories(np.arange(self.people), self.start, self.item)

    def popularity(self) -> Floats:
        """(n,) float32 likes of each item."""
        return np.bincount(self.item, minlength=self.items).astype(np.float32)

"""Named rows of evidence, filled one by one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

DECAY = 0.6  # of what was named, per turn back


class Columns:
    """Rows of evidence for n items; each has a name, whose first part is its family."""

    def __init__(self, items: int) -> None:
        self.items = items
        self.names: list[str] = []
        self.rows: list[Floats] = []

    def add(self, name: str, values: Floats | None = None) -> Floats:
        """A new row (n,), to be filled in place: zeros, unless it is known already."""
        row = np.zeros(self.items, dtype=np.float32) if values is None else values
        self.names.append(name)
        self.rows.append(row)
        return row

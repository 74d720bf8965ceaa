"""What every reader of a foreign format hands on: rows under Parley's own column names, cells as they were written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from recommender.catalogue.tables import Row


@dataclass(frozen=True)
class Draft:
    """Columns by Parley's names and the rows, once through; a reader drops what has no form at all by itself."""

    header: tuple[str, ...]
    rows: Iterable[Row]

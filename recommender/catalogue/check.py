"""`parley catalogue check`: every fault of a catalogue file, not only the first."""

from __future__ import annotations

from pathlib import Path

from recommender.catalogue.faults import Fault, errors
from recommender.catalogue.items import read_catalogue

__all__ = ["Fault", "check_catalogue", "errors"]


def check_catalogue(path: Path, schema: Path | None = None) -> tuple[Fault, ...]:
    """Everything that is wrong with the catalogue at `path` (CSV, JSONL or Parquet), in the order of rows.

    An empty tuple means that it is faultless; `errors` picks the faults that forbid loading.

    Args:
        path: the file.
        schema: as `load_catalogue` takes it.

    Raises:
        CatalogueError: the schema cannot be used; the text says why.
    """
    return read_catalogue(path, schema=schema)[1]

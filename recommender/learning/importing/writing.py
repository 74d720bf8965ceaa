"""Write interactions as Parley's CSV file, in the order of time."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recommender.errors import FeedbackError
from recommender.learning.importing.reading import Imported
from recommender.learning.interactions import KINDS

ROWS = 1 << 18  # that are texts at the same time


def write_interactions(imported: Imported, path: Path) -> None:
    """Write person, item, event, timestamp (ISO, UTC), and part where there is one; rows stand in the order of time.

    Where times are only an order they are written as seconds after 1970-01-01. The file appears whole or not at all.

    Raises:
        FeedbackError: the place cannot be written to.
    """
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(imported, partial)
        partial.replace(path)
    except OSError as error:
        raise FeedbackError(f"{path} cannot be written ({error.strerror}); check that the folder is yours.") from error
    finally:
        partial.unlink(missing_ok=True)


def _write(imported: Imported, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.csv as pc

    past = imported.interactions
    persons, items, kinds = pa.array(past.persons, pa.string()), pa.array(past.items, pa.string()), pa.array(KINDS)
    order = np.argsort(past.at, kind="stable")
    names = ["person", "item", "event", "timestamp", *(["part"] if imported.part is not None else [])]
    schema = pa.schema([(name, pa.string()) for name in names])
    with pc.CSVWriter(path, schema, write_options=pc.WriteOptions(quoting_style="needed")) as writer:
        for first in range(0, len(order), ROWS):
            rows: NDArray[np.intp] = order[first : first + ROWS]
            columns = [
                persons.take(pa.array(past.person[rows])),
                items.take(pa.array(past.item[rows])),
                kinds.take(pa.array(past.kind[rows])),
                pa.array(np.datetime_as_string(past.at[rows].astype("datetime64[s]")).astype(object), pa.string()),
            ]
            if imported.part is not None:
                columns.append(pa.array(imported.part[rows].astype(object), pa.string()))
            writer.write_table(pa.table(columns, schema=schema))

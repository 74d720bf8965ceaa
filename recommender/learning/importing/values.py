"""Columns of texts → numbers, with a mask of those that could be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from recommender.learning.importing.ratings import seconds

if TYPE_CHECKING:
    import pyarrow as pa

_NUMBER = r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$"


def read_numbers(column: pa.Array) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """(n,) float64 and (n,) whether the text is a finite number; 0 where it is none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    fits = pc.match_substring_regex(column, _NUMBER)
    texts = pc.if_else(fits, column, "0")
    values = np.array(texts.cast(pa.float64()), dtype=np.float64)
    good = np.asarray(fits) & np.isfinite(values)
    return np.where(good, values, 0.0), good


def read_times(column: pa.Array) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """(n,) int64 seconds and (n,) whether the text is a time: a number or ISO 8601, UTC where it names no zone."""
    numbers, good = read_numbers(column)
    at = seconds(numbers)
    if good.all():
        return at, good
    import pandas as pd

    rest = np.flatnonzero(~good)
    texts = column.take(rest).to_pandas()
    times = pd.to_datetime(texts, format="ISO8601", utc=True, errors="coerce")
    found = times.notna().to_numpy()
    whole = times.dt.tz_localize(None).to_numpy().astype("datetime64[s]").astype(np.int64)
    at[rest[found]] = whole[found]
    good = good.copy()
    good[rest[found]] = True
    return at, good


def read_words(column: pa.Array, meanings: dict[str, int]) -> NDArray[np.int8]:
    """(n,) int8 the meaning of each text in small letters, -1 of an unknown one."""
    encoded = column.dictionary_encode()
    codes = [meanings.get(text.lower(), -1) for text in encoded.dictionary.to_pylist()]
    words: NDArray[np.int8] = np.array(codes, dtype=np.int8)[np.asarray(encoded.indices)]
    return words

"""A log as RecTools wants it."""

from __future__ import annotations

from typing import Any

from recommender.benchmark.peers.log import Histories, Log


def rectools_dataset(log: Log) -> Any:
    """A `rectools.dataset.Dataset` of the whole log, whose external ids are row and column numbers."""
    return _dataset(log.histories(), log.at)


def rectools_histories(people: Histories) -> Any:
    """The same of people to be scored, numbered from 0; only the order of their likes counts."""
    import numpy as np

    return _dataset(people, np.arange(len(people.item)))


def _dataset(people: Histories, at: Any) -> Any:
    import numpy as np
    import pandas as pd
    from rectools import Columns
    from rectools.dataset import Dataset

    person = np.repeat(np.arange(len(people)), np.diff(people.start))
    return Dataset.construct(
        pd.DataFrame(
            {
                Columns.User: person,
                Columns.Item: people.item.astype(np.int64),
                Columns.Weight: 1.0,
                Columns.Datetime: pd.to_datetime(at, unit="s"),
            }
        )
    )

"""The sets that are measured: folders given on the command line, or the demo shop."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from recommender.catalogue.items import load_catalogue
from recommender.errors import CatalogueError
from recommender.learning.datasets import Dataset, load_dataset
from recommender.learning.interactions import Interactions
from recommender.settings import Settings


def find_sets(folders: Sequence[Path]) -> tuple[Path, ...]:
    """The sets in `folders`, each of which is one, or holds several.

    Raises:
        CatalogueError: a folder is missing or empty.
    """
    found: list[Path] = []
    for folder in folders:
        if not folder.is_dir():
            raise CatalogueError(f"{folder} is no folder. Give --data a set's folder, or one that holds sets.")
        files = [path for path in folder.iterdir() if path.is_file()]
        inside = sorted(path for path in folder.iterdir() if path.is_dir())
        if not files and not inside:
            raise CatalogueError(f"{folder} is empty. Give --data a set's folder, or one that holds sets.")
        found += [folder] if files else inside
    return tuple(found)


def demo_shop(settings: Settings) -> Dataset:
    """The demo catalogue and its log.

    Raises:
        CatalogueError: no log is set.
    """
    if settings.interactions is None:
        raise CatalogueError("PARLEY_INTERACTIONS is empty: there is no log to measure on. Set it or give --data.")
    items = tuple(load_catalogue(settings.catalogue, settings.currency, settings.schema_file).items)
    log = Interactions.read_csv(settings.interactions).restrict([item.id for item in items])
    return Dataset("demo", items, log.rows(np.argsort(log.at, kind="stable")), clock=True, part=None)


def load_sets(folders: Sequence[Path], settings: Settings) -> tuple[Dataset, ...]:
    """Those of `folders`, or the demo shop where there are none."""
    if not folders:
        return (demo_shop(settings),)
    return tuple(load_dataset(folder) for folder in find_sets(folders))

"""A published set of items and interactions, from the folder it came in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recommender.catalogue.importing.importer import import_catalogue
from recommender.catalogue.importing.sources import FORMATS, recognise
from recommender.errors import CatalogueError
from recommender.learning.importing.ratings import Reading
from recommender.learning.importing.reading import import_interactions
from recommender.learning.interactions import Interactions
from recommender.types import Item

CURRENCY = "USD"
"""Of the sets' prices that name none: they are American shops'."""


@dataclass(frozen=True)
class Dataset:
    """Items and what people did with them.

    `interactions.items` are the ids of `items`, in their order; rows stand as in the file. `clock`: whether `at` are
    clock times (seconds since 1970 UTC), or only an order within a person. `part` (n,) is the published split
    ("train", "valid" or "test") of each row, where the file has one. `bare` items have interactions and no metadata:
    their title is their id. `notes` say what became of the files' rows.
    """

    name: str
    items: tuple[Item, ...]
    interactions: Interactions
    clock: bool
    part: NDArray[np.str_] | None
    bare: int = 0
    notes: tuple[str, ...] = ()


def load_dataset(folder: Path, reading: Reading | None = None) -> Dataset:
    """Read a folder that holds items and interactions, in any format of `FORMATS`.

    Args:
        folder: the set; its name becomes the dataset's.
        reading: what ratings mean; default: 4 and more is a like, 2 and less a dislike.

    Raises:
        ParleyError: the format is unknown or half of it is missing; the text names what.
    """
    source = recognise(folder)
    if source.items is None or source.interactions is None or source.items == source.interactions:
        half = "items" if source.items is None else "interactions"
        raise CatalogueError(f"{folder} has no {half}; {source.kind} is {FORMATS[source.kind]}.")
    # A category guessed from the title would hand the text, in disguise, to models that are to do without it.
    catalogue, items_tally, _ = import_catalogue(source, CURRENCY, guess=False)
    imported = import_interactions(source, reading)
    known = {item.id for item in catalogue}
    bare = tuple(_bare(item_id) for item_id in imported.interactions.items if item_id not in known)
    items = (*catalogue.items, *bare)
    return Dataset(
        name=folder.resolve().name,
        items=items,
        interactions=imported.interactions.restrict([item.id for item in items]),
        clock=imported.clock,
        part=imported.part,
        bare=len(bare),
        notes=(f"items: {items_tally}", f"interactions: {imported.tally}", f"items without metadata: {len(bare):,}"),
    )


def _bare(item_id: str) -> Item:
    return Item(id=item_id, titles={"en": item_id}, descriptions={}, attributes={}, price=0.0, currency=CURRENCY)

"""What the recommender's benchmark asks: logs, their splits, and the people and items that are looked at apart."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.catalogue.items import load_catalogue
from recommender.language.encoder import Encoder
from recommender.learning.interactions import Interactions
from recommender.learning.retrain import NEWEST
from recommender.learning.split import Split, split_by_time, split_rows
from recommender.learning.texts import Texts, encode_catalogue
from recommender.settings import Settings
from recommender.types import Item

TOLD = 3  # opinions after which a new person is asked about


@dataclass(frozen=True)
class View:
    """What counts in one column: the held-out pairs `relevant` (persons × items), given what `split.train` holds."""

    name: str
    split: Split
    relevant: sp.csr_matrix


@dataclass(frozen=True)
class Task:
    """Choices are made on `validation`; then everything before the test trains, and `views` are asked."""

    name: str
    texts: Texts
    validation: Split
    test: Split
    views: tuple[View, ...]


def demo(settings: Settings) -> Task:
    """The demo catalogue's log: the newest tenth tests, the newest tenth of the rest decides."""
    if settings.interactions is None:
        raise FileNotFoundError("PARLEY_INTERACTIONS is empty: there is no log to learn from.")
    items = load_catalogue(settings.catalogue, settings.currency).items
    encoder = Encoder.load(settings.encoder_dir)
    texts = encode_catalogue(items, encoder, settings.var / "text-vectors.npz")
    log = Interactions.read_csv(settings.interactions).restrict(texts.item_ids)
    test = split_by_time(log, 1 - NEWEST)
    testing = log.at >= test.test.at.min()
    return Task("demo", texts, split_by_time(test.train, 1 - NEWEST), test, _views(log, testing))


def published(folder: Path, settings: Settings) -> Task:
    """A log with its own split, in the columns user, item, ts and split, and items.jsonl with item and text.

    `ts` is an order within a person and no clock, so that age says nothing here; every row counts as a like.
    """
    encoder = Encoder.load(settings.encoder_dir)
    with (folder / "items.jsonl").open(encoding="utf-8") as lines:
        items = [_bare_item(json.loads(line)) for line in lines]
    texts = encode_catalogue(items, encoder, settings.var / "benchmarks" / f"{folder.name}-text-vectors.npz")
    with (folder / "interactions.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    log = Interactions.of((row["user"], row["item"], "like", int(row["ts"])) for row in rows).restrict(texts.item_ids)
    if len(log) != len(rows):
        raise ValueError(f"{folder / 'items.jsonl'} lacks {len(rows) - len(log)} of the items that people touched.")
    part = np.array([row["split"] for row in rows])
    testing = part == "test"
    validation = split_rows(log.rows(~testing), part[~testing] == "valid")
    return Task(folder.name, texts, validation, split_rows(log, testing), _views(log, testing))


def _bare_item(row: dict[str, object]) -> Item:
    return Item(str(row["item"]), {"en": str(row["text"])}, {}, {}, 0.0)


def _views(log: Interactions, testing: NDArray[np.bool_]) -> tuple[View, ...]:
    test = split_rows(log, testing)
    relevant = test.relevant()
    known = _among(log.persons, test.warm_persons)
    touched = np.zeros(len(log.items), dtype=bool)
    touched[test.train.item] = True
    told = _told(log, testing, test.cold_persons)
    views = (
        View("all", test, relevant),
        View("known people", test, _only(relevant, rows=known)),
        View("new people", test, _only(relevant, rows=~known)),
        View(f"new people, {TOLD} likes told", told, _only(told.relevant(), rows=~known)),
        View("new items", test, _only(relevant, columns=~touched)),
    )
    return tuple(view for view in views if view.relevant.nnz)


def _told(log: Interactions, testing: NDArray[np.bool_], new_people: tuple[str, ...]) -> Split:
    """The split with what new people did up to their first TOLD liked items moved before the cut, to be folded in."""
    testing = testing.copy()
    for person in new_people:
        liked: set[int] = set()
        for row in log.rows_of(person):
            if len(liked) == TOLD:
                break
            testing[row] = False
            if log.weight[row] >= 0.5:  # a like or a purchase
                liked.add(int(log.item[row]))
    return split_rows(log, testing)


def _among(names: tuple[str, ...], chosen: tuple[str, ...]) -> NDArray[np.bool_]:
    wanted = set(chosen)
    return np.array([name in wanted for name in names], dtype=bool)


def _only(
    matrix: sp.csr_matrix, rows: NDArray[np.bool_] | None = None, columns: NDArray[np.bool_] | None = None
) -> sp.csr_matrix:
    kept = matrix.tocoo()
    mask = np.ones(kept.nnz, dtype=bool)
    if rows is not None:
        mask &= rows[kept.row]
    if columns is not None:
        mask &= columns[kept.col]
    return sp.csr_matrix((kept.data[mask], (kept.row[mask], kept.col[mask])), shape=kept.shape)

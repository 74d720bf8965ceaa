"""Any source of interactions → columns, a block at a time: no row is ever a Python object of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from recommender.catalogue.faults import Fault
from recommender.catalogue.importing.ledger import LISTED, Ledger, Tally
from recommender.catalogue.importing.sources import Source
from recommender.learning.importing.chunks import Chunk
from recommender.learning.importing.layouts import lay_out
from recommender.learning.importing.ratings import CLOCK, EVENTS, Reading
from recommender.learning.importing.values import read_numbers, read_times, read_words
from recommender.learning.interactions import KINDS, Interactions

if TYPE_CHECKING:
    import pyarrow as pa

PARTS: Mapping[str, str] = {
    **dict.fromkeys(("train", "training"), "train"),
    **dict.fromkeys(("valid", "val", "validation", "dev"), "valid"),
    "test": "test",
}
Number = TypeVar("Number", np.int64, np.int8)
_PART_NAMES = ("train", "valid", "test")


@dataclass(frozen=True)
class Imported:
    """Interactions of a source, and what became of its rows.

    `clock`: whether `interactions.at` are seconds since 1970 UTC, or only an order within a person. `part` (n,) is
    the published split, "train", "valid" or "test", of a source that has one. `used` is meaning → column.
    """

    interactions: Interactions
    clock: bool
    part: NDArray[np.str_] | None
    tally: Tally
    used: Mapping[str, str]


def import_interactions(
    source: Source, reading: Reading | None = None, named: Mapping[str, str] | None = None, listed: int = LISTED
) -> Imported:
    """Read the interactions of `source`; persons and items are numbered by the alphabet, rows keep their order.

    Args:
        source: as `recognise` found it.
        reading: what ratings mean.
        named: for tables, meaning (person, item, event, rating, timestamp, part) → column; others are guessed.
        listed: rows that the tally names for each reason.

    Raises:
        ParleyError: the source has no interactions, cannot be read, or lacks a needed column.
    """
    ledger = Ledger(listed)
    layout = lay_out(source, named or {}, ledger)
    gathered = _Gathered(layout.used, reading or Reading(), ledger)
    for chunk in layout.chunks:
        gathered.take(chunk)
    return gathered.close()


@dataclass(slots=True)
class _Ids:
    """Numbers for texts, in the order of their first appearance."""

    numbers: dict[str, int] = field(default_factory=dict)
    rows: list[NDArray[np.int32]] = field(default_factory=list)

    def add(self, column: pa.Array) -> None:
        encoded = column.dictionary_encode()
        texts = encoded.dictionary.to_pylist()
        numbers = [self.numbers.setdefault(text, len(self.numbers)) for text in texts]
        self.rows.append(np.array(numbers, dtype=np.int32)[np.asarray(encoded.indices)])

    def close(self) -> tuple[tuple[str, ...], NDArray[np.int32]]:
        """Ids by the alphabet, and the number of each row."""
        ids = sorted(self.numbers)
        ranks = np.empty(len(ids), dtype=np.int32)
        ranks[[self.numbers[text] for text in ids]] = np.arange(len(ids), dtype=np.int32)
        rows = np.concatenate(self.rows) if self.rows else np.empty(0, dtype=np.int32)
        self.rows.clear()
        return tuple(ids), ranks[rows]


@dataclass(slots=True)
class _Gathered:
    """Everything read so far."""

    used: Mapping[str, str]
    reading: Reading
    ledger: Ledger
    persons: _Ids = field(default_factory=_Ids)
    items: _Ids = field(default_factory=_Ids)
    at: list[NDArray[np.int64]] = field(default_factory=list)
    kind: list[NDArray[np.int8]] = field(default_factory=list)
    part: list[NDArray[np.int8]] = field(default_factory=list)

    def take(self, chunk: Chunk) -> None:
        import pyarrow as pa
        import pyarrow.compute as pc

        check = _Check(chunk, self.used, self.ledger)
        for meaning in ("person", "item"):
            filled = np.asarray(pc.not_equal(check.column(meaning), ""))
            check.only(filled, meaning, "empty", "fill it in, or remove the row")
        kind, at, part = self._kinds(check), self._times(check), self._parts(check)
        mask = pa.array(check.keep)
        self.persons.add(check.column("person").filter(mask))
        self.items.add(check.column("item").filter(mask))
        self.kind.append(kind[check.keep])
        self.at.append(at[check.keep])
        self.part.append(part[check.keep])
        self.ledger.read += len(chunk.numbers)
        self.ledger.kept += int(check.keep.sum())

    def _kinds(self, check: _Check) -> NDArray[np.int8]:
        if "event" in self.used:
            codes = {word: KINDS.index(kind) for word, kind in EVENTS.items()}
            kind = read_words(check.column("event"), codes)
            check.only(kind >= 0, "event", "“{}” is unknown", f"use one of {', '.join(KINDS)}")
            return kind
        if "rating" in self.used:
            ratings, good = read_numbers(check.column("rating"))
            check.only(good, "rating", "“{}” is not a number", "write a number such as 4 or 3.5")
            return self.reading.kinds(ratings)
        return np.full(len(check.keep), KINDS.index(self.reading.event), dtype=np.int8)

    def _times(self, check: _Check) -> NDArray[np.int64]:
        if "timestamp" not in self.used:
            return check.chunk.numbers  # the order of the rows
        at, good = read_times(check.column("timestamp"))
        check.only(good, "timestamp", "“{}” is no time", "write seconds since 1970, or a time like 2026-03-31T18:05")
        return at

    def _parts(self, check: _Check) -> NDArray[np.int8]:
        if "part" not in self.used:
            return np.zeros(len(check.keep), dtype=np.int8)
        part = read_words(check.column("part"), {word: _PART_NAMES.index(name) for word, name in PARTS.items()})
        check.only(part >= 0, "part", "“{}” is no part of a split", "use train, valid or test")
        return part

    def close(self) -> Imported:
        tally = self.ledger.close()
        persons, person = self.persons.close()
        items, item = self.items.close()
        at = _joined(self.at, np.int64)
        part = np.array(_PART_NAMES)[_joined(self.part, np.int8)] if "part" in self.used else None
        interactions = Interactions(persons, items, person, item, at, _joined(self.kind, np.int8))
        clock = "timestamp" in self.used and len(at) > 0 and bool(np.median(at) >= CLOCK)
        return Imported(interactions, clock, part, tally, self.used)


class _Check:
    """Which rows of a chunk can be kept, and the first reason against each of the others."""

    def __init__(self, chunk: Chunk, used: Mapping[str, str], ledger: Ledger) -> None:
        self.chunk, self.used, self.ledger = chunk, used, ledger
        self.keep: NDArray[np.bool_] = np.ones(len(chunk.numbers), dtype=bool)

    def column(self, meaning: str) -> pa.Array:
        """The column's texts; empty ones where a block of JSON lines has none."""
        import pyarrow as pa

        found = self.chunk.columns.get(self.used[meaning])
        return pa.array([""] * len(self.keep), pa.string()) if found is None else found

    def only(self, good: NDArray[np.bool_], meaning: str, problem: str, remedy: str) -> None:
        """Leave out rows that are not `good`; `problem` may hold {} for the cell."""
        wrong = np.flatnonzero(self.keep & ~good)
        if not len(wrong):
            return
        self.keep[wrong] = False
        listed = max(self.ledger.listed, 1)
        numbers, column = self.chunk.numbers[wrong], self.column(meaning)
        faults = [
            Fault(int(number), self.used[meaning], problem.format(column[int(row)].as_py()), remedy)
            for number, row in zip(numbers[:listed], wrong[:listed], strict=True)
        ]
        self.ledger.drop_rows(len(wrong), faults)


def _joined(parts: list[NDArray[Number]], dtype: type[Number]) -> NDArray[Number]:
    joined = np.concatenate(parts) if parts else np.empty(0, dtype=dtype)
    parts.clear()
    return joined

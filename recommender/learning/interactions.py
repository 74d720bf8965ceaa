"""Who touched what, when and how: events and past interactions → columns, and from there a matrix of confidences."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Literal, cast

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.learning.interactions_file import read_rows
from recommender.types import Event

Kind = Literal["view", "like", "purchase", "dislike"]

KINDS: tuple[Kind, ...] = ("view", "like", "purchase", "dislike")
POSITIVE: tuple[Kind, ...] = ("view", "like", "purchase")
# Confidences stay at 1 and below: LightFM multiplies its learning rate by them, and larger ones make it diverge.
CONFIDENCE: Mapping[Kind, float] = {"view": 0.3, "like": 0.8, "purchase": 1.0, "dislike": 0.0}
DAY = 86_400

_CODES = {kind: code for code, kind in enumerate(KINDS)}
_WEIGHTS = np.array([CONFIDENCE[kind] for kind in KINDS], dtype=np.float32)
_DISLIKE, _PURCHASE, _VIEW = _CODES["dislike"], _CODES["purchase"], _CODES["view"]


@dataclass(frozen=True, eq=False)
class Interactions:
    """n interactions as columns; ids stand once, in `persons` and `items`, which may name more than the rows touch.

    person (n,) int32 into persons; item (n,) int32 into items; at (n,) int64 seconds since 1970 UTC; kind (n,) int8
    into KINDS. Comments are not interactions: whether they praise or complain is not known here.
    """

    persons: tuple[str, ...]
    items: tuple[str, ...]
    person: NDArray[np.int32]
    item: NDArray[np.int32]
    at: NDArray[np.int64]
    kind: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.at)

    @property
    def weight(self) -> NDArray[np.float32]:
        """(n,) float32 confidence of each row by its kind, 0 for a dislike."""
        return _WEIGHTS[self.kind]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, str, int]]) -> Interactions:
        """From (person, item, kind, seconds) rows; ids are numbered in the order of the alphabet."""
        # One row at a time into typed arrays: ten million rows as tuples would take gigabytes.
        persons, items = dict[str, int](), dict[str, int]()
        person, item, kind, at = array("i"), array("i"), array("b"), array("q")
        for who, what, how, when in rows:
            person.append(persons.setdefault(who, len(persons)))
            item.append(items.setdefault(what, len(items)))
            kind.append(_CODES[cast("Kind", how)])
            at.append(when)
        return cls(
            tuple(sorted(persons)),
            tuple(sorted(items)),
            _sorted_numbers(persons)[np.array(person, dtype=np.int32)],
            _sorted_numbers(items)[np.array(item, dtype=np.int32)],
            np.array(at, dtype=np.int64),
            np.array(kind, dtype=np.int8),
        )

    @classmethod
    def from_events(cls, events: Iterable[Event]) -> Interactions:
        """From feedback; comments are left out."""
        return cls.of(
            (event.person, event.item, event.kind, int(event.at.timestamp() // 1))
            for event in events
            if event.kind in _CODES
        )

    @classmethod
    def read_csv(cls, path: Path) -> Interactions:
        """From a UTF-8 CSV file with the columns person, item, event and timestamp (ISO; UTC where no zone is given).

        Raises:
            FeedbackError: the file cannot be read, or rows are wrong; the text names rows, faults and remedies.
        """
        return cls.of(read_rows(path, KINDS))

    def merge(self, other: Interactions) -> Interactions:
        """Rows of both, first these; ids are numbered anew."""
        persons = tuple(sorted({*self.persons, *other.persons}))
        items = tuple(sorted({*self.items, *other.items}))
        return Interactions(
            persons,
            items,
            np.concatenate([_renumbering(part.persons, persons)[part.person] for part in (self, other)]),
            np.concatenate([_renumbering(part.items, items)[part.item] for part in (self, other)]),
            np.concatenate([self.at, other.at]),
            np.concatenate([self.kind, other.kind]),
        )

    def rows(self, chosen: NDArray[np.bool_] | NDArray[np.intp]) -> Interactions:
        """The rows that a mask or an index array chooses; persons and items keep their numbers."""
        return replace(
            self, person=self.person[chosen], item=self.item[chosen], at=self.at[chosen], kind=self.kind[chosen]
        )

    def between(self, start: datetime | None = None, end: datetime | None = None) -> Interactions:
        """Rows from `start` on and before `end`; None is without bound; persons and items keep their numbers."""
        chosen = np.ones(len(self), dtype=bool)
        if start is not None:
            chosen &= self.at >= start.timestamp()
        if end is not None:
            chosen &= self.at < end.timestamp()
        return self.rows(chosen)

    def restrict(self, item_ids: Sequence[str], persons: Sequence[str] | None = None) -> Interactions:
        """Only rows of these items and persons, whose order becomes that of `items` and `persons`.

        With the ids of a catalogue, column i of the matrix is item i of the catalogue, touched or not.
        `persons` None keeps all of them with their numbers.
        """
        item = _renumbering(self.items, item_ids)[self.item]
        kept = tuple(persons) if persons is not None else self.persons
        person = self.person if persons is None else _renumbering(self.persons, kept)[self.person]
        moved = replace(self, persons=kept, items=tuple(item_ids), person=person, item=item)
        return moved.rows((item >= 0) & (person >= 0))

    def matrix(self, half_life_days: float | None = None, now: datetime | None = None) -> sp.coo_matrix:
        """(persons × items) float32 confidences, each pair once with its strongest row, without disliked pairs.

        A view is no opinion: a pair is disliked when its newest like, purchase or dislike is a dislike.

        Args:
            half_life_days: a row of that age counts half, of twice that age a quarter; None: age does not count.
            now: the age's end; default the newest row.
        """
        liked = self.rows(~self._refused)
        weight = liked.weight.astype(np.float64)
        if half_life_days is not None and len(self):
            age = (now.timestamp() if now else float(self.at.max())) - liked.at
            weight *= 0.5 ** (np.maximum(age, 0) / (half_life_days * DAY))
        order = np.argsort(liked._pair, kind="stable")
        pairs = liked._pair[order]
        first = np.flatnonzero(np.diff(pairs, prepend=-1))
        strongest = np.maximum.reduceat(weight[order], first) if len(first) else weight
        return self._pairs_matrix(pairs[first], strongest.astype(np.float32))

    def dislikes(self) -> sp.coo_matrix:
        """(persons × items) float32, 1 for each pair whose newest opinion is a dislike."""
        pairs = np.unique(self._pair[self._refused])
        return self._pairs_matrix(pairs, np.ones(len(pairs), dtype=np.float32))

    def rows_of(self, person: str) -> NDArray[np.intp]:
        """Numbers of the rows of `person`, oldest first; none of someone unknown."""
        number = self._person_numbers.get(person)
        if number is None:
            return np.empty(0, dtype=np.intp)
        return self._by_person[self._person_starts[number] : self._person_starts[number + 1]]

    def history(self, person: str, kinds: Sequence[Kind] = ("like", "purchase")) -> tuple[str, ...]:
        """Ids of the items that `person` touched in one of these ways, each at its newest touch, oldest first.

        Items whose newest opinion is a dislike are left out.
        """
        codes = [_CODES[kind] for kind in kinds]
        newest: dict[int, None] = {}
        for row in self.rows_of(person):
            if self.kind[row] in codes and not self._refused[row]:
                newest.pop(int(self.item[row]), None)
                newest[int(self.item[row])] = None
        return tuple(self.items[item] for item in newest)

    def histories(
        self, kinds: Sequence[Kind] = ("like", "purchase")
    ) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.bool_]]:
        """The `history` of everybody at once, but newest first, as CSR.

        Returns:
            start (persons+1,) int64; items (nnz,) int32 numbers of items; bought (nnz,) bool: with a purchase in the
            history of purchases alone.
        """
        rows = np.flatnonzero(np.isin(self.kind, [_CODES[kind] for kind in kinds]) & ~self._refused)
        newest_first = rows[np.lexsort((-rows, -self.at[rows], self.person[rows]))]
        first = np.unique(self._pair[newest_first], return_index=True)[1]
        kept = np.sort(first)  # the newest row of each pair; people still stand in their order
        chosen = newest_first[kept]
        start = np.searchsorted(self.person[chosen], np.arange(len(self.persons) + 1))
        purchases = np.unique(self._pair[rows[self.kind[rows] == _PURCHASE]])
        return start.astype(np.int64), self.item[chosen], np.isin(self._pair[chosen], purchases)

    def active_persons(self) -> tuple[str, ...]:
        """Ids of the persons with a row in the matrix, in their order."""
        touched = np.zeros(len(self.persons), dtype=bool)
        touched[self.person[~self._refused]] = True
        return tuple(self.persons[number] for number in np.flatnonzero(touched))

    @property
    def _pair(self) -> NDArray[np.int64]:
        return self.person.astype(np.int64) * max(len(self.items), 1) + self.item

    def _pairs_matrix(self, pairs: NDArray[np.int64], values: NDArray[np.float32]) -> sp.coo_matrix:
        person, item = np.divmod(pairs, max(len(self.items), 1))
        shape = (len(self.persons), len(self.items))
        return sp.coo_matrix((values, (person.astype(np.int32), item.astype(np.int32))), shape=shape)

    @cached_property
    def _refused(self) -> NDArray[np.bool_]:
        """(n,) whether the newest opinion of that person about that item is a dislike; of equal times the later row."""
        opinions = np.flatnonzero(self.kind != _VIEW)
        newest_first = opinions[np.argsort(self.at[opinions], kind="stable")][::-1]
        pairs, first = np.unique(self._pair[newest_first], return_index=True)
        refused: NDArray[np.bool_] = np.isin(self._pair, pairs[self.kind[newest_first[first]] == _DISLIKE])
        return refused

    @cached_property
    def _person_numbers(self) -> dict[str, int]:
        return {person: number for number, person in enumerate(self.persons)}

    @cached_property
    def _by_person(self) -> NDArray[np.intp]:
        return np.lexsort((self.at, self.person))

    @cached_property
    def _person_starts(self) -> NDArray[np.intp]:
        return np.searchsorted(self.person[self._by_person], np.arange(len(self.persons) + 1))


def _sorted_numbers(first_seen: Mapping[str, int]) -> NDArray[np.int32]:
    """(ids,) the place in the alphabet of each id by the number that it got when it was first seen."""
    order = np.fromiter((first_seen[name] for name in sorted(first_seen)), dtype=np.int32, count=len(first_seen))
    places = np.empty(len(order), dtype=np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    return places


def _renumbering(old: Sequence[str], new: Sequence[str]) -> NDArray[np.int32]:
    """(len(old),) the number in `new` of each id of `old`, -1 where it is missing."""
    numbers = {name: number for number, name in enumerate(new)}
    return np.fromiter((numbers.get(name, -1) for name in old), dtype=np.int32, count=len(old))

"""What every contender gets: a log to learn from, people to rank items for, and what counts as a right answer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.benchmark.peers.log import Histories
from recommender.learning.interactions import KINDS, Interactions
from recommender.learning.texts import Texts
from recommender.types import Item

MANY_LIKES = 100_000
"""Above which everybody is measured with one seed and chooses among every other option."""
LIKED = tuple(KINDS.index(kind) for kind in ("like", "purchase"))


@dataclass(frozen=True)
class TrainingData:
    """What may be learnt from: the likes of a part of a set, the same for everybody.

    `log` holds likes and purchases alone, in the columns of `items` and `texts`; its persons may have no row.
    `clock`: whether `log.at` are times or only an order within a person.
    """

    items: tuple[Item, ...]
    texts: Texts
    log: Interactions
    clock: bool

    @property
    def many(self) -> bool:
        """Whether there are more than MANY_LIKES."""
        return len(self.log) > MANY_LIKES

    @cached_property
    def warm(self) -> NDArray[np.bool_]:
        """(items,) whether anybody likes the item."""
        found = np.zeros(len(self.items), dtype=bool)
        found[self.log.item] = True
        return found

    @cached_property
    def histories(self) -> Histories:
        """Of everybody in training, in the order of `log.persons`."""
        return histories_of(self.log, np.arange(len(self.log.persons)), known=True)

    @cached_property
    def fingerprint(self) -> str:
        """Changes with the likes, their order, and what is said of the items."""
        found = hashlib.sha256(self.texts.encoder.encode())
        for column in (self.log.person, self.log.item, self.log.at, self.log.kind, self.texts.vectors):
            found.update(np.ascontiguousarray(column).tobytes())
        found.update(repr([sorted(item.attributes.items()) for item in self.items]).encode())
        return found.hexdigest()[:24]


@dataclass(frozen=True)
class View:
    """One column of a table: for p people, what they came to like and which items do not compete.

    relevant and excluded are (p × items) bool; items that are both do not count. `competing` (items,) bool: where
    only some items compete for anybody.
    """

    name: str
    people: Histories
    relevant: sp.csr_matrix
    excluded: sp.csr_matrix
    competing: NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return len(self.people)


@dataclass(frozen=True)
class Exam:
    """Learn from `data`, then answer each of `views`."""

    data: TrainingData
    views: tuple[View, ...]

    @cached_property
    def fingerprint(self) -> str:
        """Changes with the data and with what is asked."""
        found = hashlib.sha256(self.data.fingerprint.encode())
        for view in self.views:
            found.update(view.name.encode())
            for part in (view.people.row, view.people.start, view.people.item):
                found.update(np.ascontiguousarray(part).tobytes())
            for matrix in (view.relevant, view.excluded):
                found.update(matrix.indptr.tobytes() + matrix.indices.tobytes())
            found.update(b"" if view.competing is None else view.competing.tobytes())
        return found.hexdigest()[:24]


@dataclass(frozen=True)
class Task:
    """One set under one protocol: options are chosen by the mean NDCG@10 of the validation's views, `test` counts.

    `notes` say what was held out.
    """

    set_name: str
    protocol: str
    validation: Exam
    test: Exam
    notes: tuple[str, ...] = field(default=())


def histories_of(log: Interactions, persons: NDArray[np.integer], known: bool) -> Histories:
    """The liked items of `persons`, oldest first, each at its newest touch; `known`: they are in training."""
    order = np.lexsort((np.arange(len(log)), log.at, log.person))
    pair = log.person.astype(np.int64) * max(len(log.items), 1) + log.item
    newest = len(order) - 1 - np.unique(pair[order][::-1], return_index=True)[1]
    kept = order[np.sort(newest)]
    person, item = log.person[kept], log.item[kept]
    first, last = np.searchsorted(person, persons), np.searchsorted(person, persons, side="right")
    row = persons if known else np.full(len(persons), -1)
    return Histories.of(
        np.asarray(row, dtype=np.int64), [item[a:b].astype(np.int32) for a, b in zip(first, last, strict=True)]
    )


def likes(log: Interactions) -> Interactions:
    """The rows that say that somebody likes something."""
    return log.rows(np.isin(log.kind, LIKED))


def pairs(log: Interactions, persons: NDArray[np.integer]) -> sp.csr_matrix:
    """(persons × items) bool: which of the items each of `persons` has a row with."""
    shape = (len(log.persons), len(log.items))
    whole = sp.csr_matrix((np.ones(len(log), dtype=bool), (log.person, log.item)), shape=shape, dtype=bool)
    return whole[persons]


def without(matrix: sp.csr_matrix, other: sp.csr_matrix) -> sp.csr_matrix:
    """Those entries of a bool matrix that `other` does not have."""
    return (matrix > other).tocsr()


def columns(matrix: sp.csr_matrix, chosen: NDArray[np.bool_]) -> sp.csr_matrix:
    """Only the entries in `chosen` columns."""
    found = matrix.tocoo()
    kept = chosen[found.col]
    data = np.ones(int(kept.sum()), dtype=bool)
    return sp.csr_matrix((data, (found.row[kept], found.col[kept])), shape=matrix.shape, dtype=bool)


def row_sample(size: int, most: int, seed: int) -> NDArray[np.intp]:
    """Numbers of at most `most` of `size` rows, ascending."""
    if size <= most:
        return np.arange(size)
    return np.sort(np.random.default_rng(seed).choice(size, most, replace=False))

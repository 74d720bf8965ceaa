"""What a model may learn from, and what it is then asked to foresee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.learning.interactions import KINDS, Interactions, Kind


@dataclass(frozen=True)
class Split:
    """Two parts of one log, whose persons and items keep their numbers, and who is known at the cut.

    warm_persons have rows in both parts, cold_persons in the test part only; cold_items likewise have their first
    interaction in the test part. All are ids, in the order of their numbers.
    """

    train: Interactions
    test: Interactions
    warm_persons: tuple[str, ...]
    cold_persons: tuple[str, ...]
    cold_items: tuple[str, ...]

    def relevant(self, kinds: Sequence[Kind] = ("like", "purchase")) -> sp.csr_matrix:
        """(persons × items) bool: what a person did in one of these ways in the test part and never touched before.

        Items whose newest opinion in the test part is a dislike are not relevant.
        """
        wanted = np.isin(self.test.kind, [KINDS.index(kind) for kind in (*kinds, "dislike")])
        touched = self.test.rows(wanted).matrix().tocsr() > 0
        return (touched > self.seen()).tocsr()

    def seen(self) -> sp.csr_matrix:
        """(persons × items) bool: every pair of the training part, dislikes included."""
        pairs = (np.ones(len(self.train), dtype=bool), (self.train.person, self.train.item))
        return sp.csr_matrix(pairs, shape=(len(self.train.persons), len(self.train.items)), dtype=bool)


def split_rows(interactions: Interactions, testing: NDArray[np.bool_]) -> Split:
    """The rows of the mask `testing` test, the others train."""
    train, test = interactions.rows(~testing), interactions.rows(testing)
    known, asked = np.unique(train.person), np.unique(test.person)
    return Split(
        train=train,
        test=test,
        warm_persons=_ids(interactions.persons, np.intersect1d(asked, known)),
        cold_persons=_ids(interactions.persons, np.setdiff1d(asked, known)),
        cold_items=_ids(interactions.items, np.setdiff1d(test.item, train.item)),
    )


def split_by_time(interactions: Interactions, quantile: float = 0.9) -> Split:
    """Everything before one moment trains, everything from it on tests: how a model meets the world.

    The moment is the time of the row at `quantile` of all rows in time order, so that about that share of them trains
    (fewer when many share the moment; none when all do). Decide promotions by this split.

    Raises:
        ValueError: `quantile` is not between 0 and 1.
    """
    if not 0 < quantile < 1:
        raise ValueError(f"A quantile lies between 0 and 1; got {quantile}.")
    if not len(interactions):
        return split_rows(interactions, np.empty(0, dtype=bool))
    cut = np.sort(interactions.at)[int(len(interactions) * quantile)]
    return split_rows(interactions, interactions.at >= cut)


def leave_last(interactions: Interactions, n: int = 1) -> Split:
    """The `n` items that each person touched last test, with every row of that person and item; the rest trains.

    People with `n` items or fewer only train. Of equal times, the later row is the later touch. Other people's later
    rows stay in training, so this split flatters whatever follows fashions: compare models by `split_by_time`.

    Raises:
        ValueError: `n` is below 1.
    """
    if n < 1:
        raise ValueError(f"At least one item per person has to be left out; got {n}.")
    pair, newest, place, counts = _by_recency(interactions)
    held_out = (place < n) & (counts > n)
    return split_rows(interactions, np.isin(pair, pair[newest[held_out]]))


def split_last_share(interactions: Interactions, share: float = 0.2, least: int = 3) -> Split:
    """The last `share` of the items that each person touched tests, with every row of that person and item.

    For logs whose times are only an order within a person. At least one item of each person tests; people with fewer
    than `least` items only train. As `leave_last`, this split flatters whatever follows fashions where there are any.

    Raises:
        ValueError: `share` is not between 0 and 1, or `least` is below 2.
    """
    if not 0 < share < 1:
        raise ValueError(f"A share lies between 0 and 1; got {share}.")
    if least < 2:
        raise ValueError(f"People need an item to learn from and one to test: at least 2; got {least}.")
    pair, newest, place, counts = _by_recency(interactions)
    # A product such as 10 × 0.3 falls just below its integer.
    wanted = np.maximum((counts * share + 1e-9).astype(np.int64), 1)
    held_out = (place < wanted) & (counts >= least)
    return split_rows(interactions, np.isin(pair, pair[newest[held_out]]))


def hold_out_items(interactions: Interactions, share: float, seed: int) -> NDArray[np.bool_]:
    """(items,) bool: a random `share` of the items that anybody touched, to be new to whoever learns from the rest.

    Raises:
        ValueError: `share` is not between 0 and 1.
    """
    return _sample(len(interactions.items), np.unique(interactions.item), share, None, seed)


def hold_out_persons(
    interactions: Interactions, share: float, seed: int, most: int | None = None, least: int = 2
) -> NDArray[np.bool_]:
    """(persons,) bool: a random `share`, `most` at most, of those who touched `least` items or more.

    Raises:
        ValueError: `share` is not between 0 and 1.
    """
    pairs = np.unique(np.column_stack([interactions.person, interactions.item]), axis=0)
    persons, counts = np.unique(pairs[:, 0], return_counts=True)
    return _sample(len(interactions.persons), persons[counts >= least], share, most, seed)


def _sample(size: int, candidates: NDArray[np.integer], share: float, most: int | None, seed: int) -> NDArray[np.bool_]:
    if not 0 < share < 1:
        raise ValueError(f"A share lies between 0 and 1; got {share}.")
    wanted = round(len(candidates) * share)
    chosen = np.random.default_rng(seed).permutation(candidates)[: wanted if most is None else min(wanted, most)]
    mask = np.zeros(size, dtype=bool)
    mask[chosen] = True
    return mask


def _by_recency(
    interactions: Interactions,
) -> tuple[NDArray[np.int64], NDArray[np.intp], NDArray[np.int64], NDArray[np.int64]]:
    """(n,) each row's pair; then of each pair (p,): its newest row, its place from a person's end, that person's pairs.

    Of equal times the later row is the later touch.
    """
    order = np.lexsort((np.arange(len(interactions)), interactions.at, interactions.person))[::-1]
    pair = interactions.person.astype(np.int64) * max(len(interactions.items), 1) + interactions.item
    newest = order[np.sort(np.unique(pair[order], return_index=True)[1])]  # persons together, newest first
    first, counts = np.unique(-interactions.person[newest], return_index=True, return_counts=True)[1:]
    return pair, newest, np.arange(len(newest)) - np.repeat(first, counts), np.repeat(counts, counts)


def _ids(names: Sequence[str], numbers: NDArray[np.integer]) -> tuple[str, ...]:
    return tuple(names[number] for number in numbers)

"""A set of items and interactions → what is learnt from and what is asked: warm, new items, new people.

All items that a person has not touched compete. Likes and purchases are positives for everybody; other rows, low
ratings above all, only take an item out of the candidates. Every validation is split off the training part in the way
in which the test was split off the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from recommender.benchmark.exams import (
    Exam,
    Task,
    TrainingData,
    View,
    columns,
    histories_of,
    likes,
    pairs,
    row_sample,
    without,
)
from recommender.benchmark.peers.log import Histories
from recommender.learning.datasets import Dataset
from recommender.learning.interactions import Interactions
from recommender.learning.split import (
    Split,
    hold_out_items,
    hold_out_persons,
    split_by_time,
    split_last_share,
    split_rows,
)
from recommender.learning.texts import Texts

WARM, PER_PERSON, ITEMS, PERSONS = "warm", "warm, per person", "new items", "new people"
NEWEST = 0.2  # of the rows, or of a person's items, that test
COLD_ITEMS = 0.15
COLD_PERSONS = 0.2
AMONG_NEW, AMONG_ALL, TOGETHER = "among new items", "new items among all", "old and new items count"
TOLD = (1, 3, 5)  # likes of a new person
VALIDATION_PERSONS = 2_000  # who decide about options; the same for everybody


@dataclass(frozen=True)
class Limits:
    """At most `persons` people are asked in a test, `new_persons` of them new; `seed` of every sample."""

    persons: int = 10_000
    new_persons: int = 2_000
    seed: int = 7


def tasks(dataset: Dataset, texts: Texts, limits: Limits) -> tuple[Task, ...]:
    """Everything that is asked about one set; those with clock times are also split per person."""
    found = [warm_task(dataset, texts, limits)]
    if dataset.clock and dataset.part is None:
        found.append(warm_task(dataset, texts, limits, per_person=True))
    found += [items_task(dataset, texts, limits), persons_task(dataset, texts, limits)]
    return tuple(found)


def warm_task(dataset: Dataset, texts: Texts, limits: Limits, per_person: bool = False) -> Task:
    """What known people like next: the published split, else the newest part by the clock, else each one's last."""
    test, validation, how = _time_splits(dataset, per_person)
    view = _later(test, "all", limits.persons, limits)
    exams = (
        Exam(_data(dataset, texts, validation.train), (_later(validation, "all", VALIDATION_PERSONS, limits),)),
        Exam(_data(dataset, texts, test.train), (view,)),
    )
    return Task(dataset.name, PER_PERSON if per_person else WARM, *exams, (how, _told(view, test.train)))


def items_task(dataset: Dataset, texts: Texts, limits: Limits) -> Task:
    """New items: a random part of all items is kept from training, with all its rows; the time split is as in warm.

    Views: the new items alone; new ones among all, where only they count; and all that people came to like, old and
    new, which is what options are chosen by: whoever simply puts new items first, loses there.
    """
    test, validation, _ = _time_splits(dataset, False)
    cold = hold_out_items(dataset.interactions, COLD_ITEMS, limits.seed)
    final = _without_items(dataset.interactions, test, cold)
    # The validation knows nothing of the test's new items: others play their part.
    before = _without_rows(test.train, cold)
    earlier = replace(
        validation, train=_without_rows(validation.train, cold), test=_without_rows(validation.test, cold)
    )
    inner = hold_out_items(before, COLD_ITEMS, limits.seed + 1)
    trial = _without_items(before, earlier, inner)
    exams = (
        Exam(_data(dataset, texts, trial.train), _item_views(trial, inner, VALIDATION_PERSONS, limits)[-1:]),
        Exam(_data(dataset, texts, final.train), _item_views(final, cold, limits.persons, limits)),
    )
    note = f"{int(cold.sum()):,} of {len(dataset.items):,} items are new"
    return Task(dataset.name, ITEMS, *exams, (note, _told(exams[1].views[1], final.train)))


def persons_task(dataset: Dataset, texts: Texts, limits: Limits) -> Task:
    """New people: some are wholly kept from training; after their first 1, 3 or 5 likes the others are asked for."""
    liked = likes(dataset.interactions)
    away = hold_out_persons(liked, COLD_PERSONS, limits.seed, limits.new_persons)
    kept = _without_persons(dataset.interactions, away)
    inner = hold_out_persons(likes(kept), COLD_PERSONS, limits.seed + 1, limits.new_persons)
    exams = (
        Exam(_data(dataset, texts, _without_persons(kept, inner)), _person_views(kept, inner)),
        Exam(_data(dataset, texts, kept), _person_views(dataset.interactions, away)),
    )
    note = f"{int(away.sum()):,} of {len(np.unique(liked.person)):,} people are new"
    return Task(dataset.name, PERSONS, *exams, (note,))


def _time_splits(dataset: Dataset, per_person: bool) -> tuple[Split, Split, str]:
    """Test, validation, and how they came about."""
    log, part = dataset.interactions, dataset.part
    if part is not None and not per_person:
        testing = part == "test"
        inner = part[~testing] == "valid"
        test = split_rows(log, testing)
        validation = split_rows(test.train, inner) if inner.any() else _split(test.train, dataset.clock)
        return test, validation, "the published split"
    clock = dataset.clock and not per_person
    test = _split(log, clock)
    how = "the newest fifth of all rows tests" if clock else "each person's last fifth tests"
    return test, _split(test.train, clock), how


def _split(log: Interactions, clock: bool) -> Split:
    return split_by_time(log, 1 - NEWEST) if clock else split_last_share(log, NEWEST)


def _data(dataset: Dataset, texts: Texts, train: Interactions) -> TrainingData:
    return TrainingData(dataset.items, texts, likes(train), dataset.clock)


def _later(split: Split, name: str, most: int, limits: Limits) -> View:
    """Known people with a later like, at most so many."""
    return _view(name, split.train, likes(split.test), most, limits)


def _view(name: str, train: Interactions, later: Interactions, most: int, limits: Limits) -> View:
    history = likes(train)
    everybody = np.arange(len(train.persons))
    seen = pairs(train, everybody)
    relevant = without(pairs(later, everybody), seen)
    asked = np.flatnonzero((np.diff(relevant.indptr) > 0) & (np.bincount(history.person, minlength=len(everybody)) > 0))
    asked = asked[row_sample(len(asked), most, limits.seed)]
    return View(name, histories_of(history, asked, known=True), relevant[asked], seen[asked])


def _without_rows(log: Interactions, cold: NDArray[np.bool_]) -> Interactions:
    return log.rows(~cold[log.item])


def _without_items(whole: Interactions, split: Split, cold: NDArray[np.bool_]) -> Split:
    """Training loses the cold items' rows; the test gains all of them, whenever they were."""
    train = _without_rows(split.train, cold)
    warm = _without_rows(split.test, cold)
    chosen = whole.rows(cold[whole.item])
    both = replace(
        warm,
        person=np.concatenate([warm.person, chosen.person]),
        item=np.concatenate([warm.item, chosen.item]),
        at=np.concatenate([warm.at, chosen.at]),
        kind=np.concatenate([warm.kind, chosen.kind]),
    )
    return Split(train, both, (), (), ())


def _item_views(split: Split, cold: NDArray[np.bool_], most: int, limits: Limits) -> tuple[View, ...]:
    """The new items alone, the new items among all, and old and new ones among all."""
    both = _view(TOGETHER, split.train, likes(split.test), most, limits)
    fresh = columns(both.relevant, cold)
    some = np.flatnonzero(np.diff(fresh.indptr) > 0)
    people = both.people.take(some)
    only = View(AMONG_NEW, people, fresh[some], both.excluded[some], cold)
    mixed = View(AMONG_ALL, people, fresh[some], both.excluded[some])
    return only, mixed, both


def _without_persons(log: Interactions, away: NDArray[np.bool_]) -> Interactions:
    return log.rows(~away[log.person])


def _person_views(log: Interactions, away: NDArray[np.bool_]) -> tuple[View, ...]:
    """After the first 1, 3 and 5 likes; people with as few likes are not asked."""
    liked = likes(log)
    persons = np.flatnonzero(away)
    whole = histories_of(liked, persons, known=False)
    length = np.diff(whole.start)
    found = []
    for told in TOLD:
        rows = np.flatnonzero(length > told)
        first = [whole.item[whole.start[row] : whole.start[row] + told] for row in rows]
        later = [whole.item[whole.start[row] + told : whole.start[row + 1]] for row in rows]
        people = Histories.of(whole.row[rows], first)
        excluded = people.matrix(len(log.items)) > 0
        relevant = without(Histories.of(whole.row[rows], later).matrix(len(log.items)) > 0, excluded)
        found.append(View(told_name(told), people, relevant, excluded))
    return tuple(view for view in found if len(view))


def told_name(told: int) -> str:
    """The view of people of whom so many likes are known."""
    return f"after {told} like{'s' if told > 1 else ''}"


def _told(view: View, train: Interactions) -> str:
    return (
        f"{len(likes(train)):,} likes train, {view.relevant.nnz:,} later ones of {len(view):,} people test, "
        f"{len(train.items):,} items compete"
    )

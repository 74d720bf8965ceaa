from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.benchmark.exams import TrainingData, View, histories_of, likes
from recommender.benchmark.protocols import (
    AMONG_ALL,
    AMONG_NEW,
    TOGETHER,
    Limits,
    items_task,
    persons_task,
    tasks,
    told_name,
    warm_task,
)
from recommender.learning.datasets import Dataset
from recommender.learning.interactions import Interactions
from tests.recommender.benchmark.conftest import Row, dataset_of, texts_of

THINGS = tuple("abcdefgh")
LIMITS = Limits(persons=100, new_persons=100, seed=3)


def busy(people: int, seed: int = 0) -> list[Row]:
    generator = np.random.default_rng(seed)
    rows = []
    for person in range(people):
        for place, item in enumerate(generator.permutation(list(THINGS))[: 3 + person % 6]):
            kind = "view" if (person + place) % 7 == 0 else "like"
            rows.append((f"p{person:02}", str(item), kind, 10 * place + person))
    return rows


def answers(view: View) -> dict[int, set[str]]:
    return {place: {THINGS[i] for i in view.relevant[place].indices} for place in range(len(view))}


def gone(view: View, place: int) -> set[str]:
    return {THINGS[i] for i in view.excluded[place].indices}


def known(view: View, place: int) -> list[str]:
    return [THINGS[i] for i in view.people.of_person(place)]


def log_rows(log: Interactions) -> set[tuple[str, str]]:
    return {(log.persons[p], log.items[i]) for p, i in zip(log.person, log.item, strict=True)}


def person_of(data: TrainingData, view: View, place: int) -> str:
    return data.log.persons[int(view.people.row[place])]


def test_the_published_split_is_kept() -> None:
    rows: list[Row] = [
        ("ann", "a", "like", 0),
        ("ann", "b", "like", 1),
        ("ann", "c", "like", 2),
        ("bob", "d", "like", 0),
    ]
    found = dataset_of(rows, THINGS, clock=False, part=("train", "valid", "test", "test"))
    task = warm_task(found, texts_of(THINGS), LIMITS)
    assert log_rows(task.validation.data.log) == {("ann", "a")}
    assert answers(task.validation.views[0]) == {0: {"b"}}
    assert log_rows(task.test.data.log) == {("ann", "a"), ("ann", "b")}
    assert answers(task.test.views[0]) == {0: {"c"}}  # nothing is known of bob
    assert known(task.test.views[0], 0) == ["a", "b"]


def test_the_newest_fifth_of_all_rows_tests_where_there_is_a_clock() -> None:
    rows: list[Row] = [("ann", item, "like", at) for at, item in enumerate("abcde")]
    rows += [("bob", item, "like", at) for at, item in enumerate("fghab")]
    task = warm_task(dataset_of(rows, THINGS), texts_of(THINGS), LIMITS)
    assert answers(task.test.views[0]) == {0: {"e"}, 1: {"b"}}
    assert len(task.test.data.log) == 8


def test_each_persons_last_fifth_tests_where_there_is_none() -> None:
    rows: list[Row] = [("ann", item, "like", at) for at, item in enumerate("abcdefgh")]
    rows += [("bob", item, "like", at) for at, item in enumerate("abc")]
    rows += [("cem", item, "like", at) for at, item in enumerate("ab")]
    task = warm_task(dataset_of(rows, THINGS, clock=False), texts_of(THINGS), LIMITS)
    assert answers(task.test.views[0]) == {0: {"h"}, 1: {"c"}}
    assert answers(task.validation.views[0]) == {0: {"g"}}  # bob has two items left, which is too few


def test_low_ratings_teach_nothing_and_are_no_candidates() -> None:
    rows: list[Row] = [
        ("ann", "a", "dislike", 0),
        ("ann", "b", "view", 1),
        ("ann", "c", "like", 2),
        ("ann", "d", "like", 3),
    ]
    rows += [("ann", "e", "dislike", 9), ("ann", "f", "like", 9)]
    task = warm_task(dataset_of(rows, THINGS, part=("train",) * 4 + ("test",) * 2), texts_of(THINGS), LIMITS)
    assert log_rows(task.test.data.log) == {("ann", "c"), ("ann", "d")}
    assert gone(task.test.views[0], 0) == {"a", "b", "c", "d"}
    assert answers(task.test.views[0]) == {0: {"f"}}


def test_both_ways_to_split_are_asked_only_where_there_is_a_clock() -> None:
    names = [
        [task.protocol for task in tasks(dataset_of(busy(12), THINGS, clock), texts_of(THINGS), LIMITS)]
        for clock in (True, False)
    ]
    assert names[0] == ["warm", "warm, per person", "new items", "new people"]
    assert names[1] == ["warm", "new items", "new people"]


@pytest.mark.parametrize("clock", [True, False])
def test_new_items_stand_nowhere_in_training_and_all_their_likes_are_asked_for(clock: bool) -> None:
    found = dataset_of(busy(30), THINGS, clock)
    task = items_task(found, texts_of(THINGS), LIMITS)
    only, mixed, both = task.test.views
    assert [only.name, mixed.name, both.name] == [AMONG_NEW, AMONG_ALL, TOGETHER]
    new = {THINGS[i] for i in np.flatnonzero(~task.test.data.warm)}
    assert len(new) == 1  # 15% of eight
    assert not new & {item for _, item in log_rows(task.test.data.log)}
    everything = log_rows(likes(found.interactions))
    for place in range(len(mixed)):
        person = person_of(task.test.data, mixed, place)
        assert answers(mixed)[place] == {item for owner, item in everything if owner == person and item in new}
        assert answers(only)[place] == answers(mixed)[place]
        assert not gone(mixed, place) & new
    assert only.competing is not None
    assert {THINGS[i] for i in np.flatnonzero(only.competing)} == new
    assert {place for place, items in answers(both).items() if items & new}
    assert any(items - new for items in answers(both).values())


def test_the_validation_of_new_items_has_new_items_of_its_own() -> None:
    task = items_task(dataset_of(busy(40), THINGS, False), texts_of(THINGS), LIMITS)
    tested = {THINGS[i] for i in np.flatnonzero(~task.test.data.warm)}
    (view,) = task.validation.views
    asked = set().union(*answers(view).values())
    assert not asked & tested
    assert asked & {THINGS[i] for i in np.flatnonzero(~task.validation.data.warm)}


def test_of_new_people_the_first_likes_are_told_and_the_others_asked_for() -> None:
    found = dataset_of(busy(40), THINGS, False)
    task = persons_task(found, texts_of(THINGS), LIMITS)
    trained = {person for person, _ in log_rows(task.test.data.log)}
    strangers = [p for p in found.interactions.persons if p not in trained]
    assert len(strangers) == 8  # a fifth of forty
    histories = {p: [i for i in found.interactions.history(p)] for p in strangers}
    for told, view in zip((1, 3, 5), task.test.views, strict=True):
        assert view.name == told_name(told)
        expected = [h for p, h in sorted(histories.items()) if len(h) > told]
        assert (view.people.row == -1).all()
        assert [known(view, place) for place in range(len(view))] == [h[:told] for h in expected]
        assert [answers(view)[place] for place in range(len(view))] == [set(h[told:]) for h in expected]


def test_at_most_so_many_are_asked() -> None:
    task = warm_task(dataset_of(busy(40), THINGS, False), texts_of(THINGS), Limits(persons=5, seed=3))
    assert len(task.test.views[0]) == 5


rows_of_anything = st.lists(
    st.tuples(
        st.sampled_from(["ann", "bob", "cem"]),
        st.sampled_from(THINGS),
        st.sampled_from(["like", "view"]),
        st.integers(0, 9),
    ),
    min_size=1,
    max_size=40,
)


@given(rows=rows_of_anything, clock=st.booleans())
@settings(max_examples=40, deadline=None)
def test_nobody_is_asked_about_what_stands_in_training(rows: list[Row], clock: bool) -> None:
    found: Dataset = dataset_of(rows, THINGS, clock)
    task = warm_task(found, texts_of(THINGS), LIMITS)
    view, trained = task.test.views[0], log_rows(task.test.data.log)
    for place, items in answers(view).items():
        person = person_of(task.test.data, view, place)
        assert items
        assert not items & gone(view, place)
        assert known(view, place)
        assert {item for owner, item in trained if owner == person} == set(known(view, place)) <= gone(view, place)


def test_histories_have_each_item_at_its_newest_touch() -> None:
    log = dataset_of(
        [("ann", "a", "like", 0), ("ann", "b", "like", 1), ("ann", "a", "purchase", 2)], THINGS
    ).interactions
    assert [THINGS[i] for i in histories_of(log, np.array([0]), known=True).of_person(0)] == ["b", "a"]

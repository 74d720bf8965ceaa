from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.learning.interactions import KINDS, Interactions
from recommender.learning.split import (
    Split,
    hold_out_items,
    hold_out_persons,
    leave_last,
    split_by_time,
    split_last_share,
)

Row = tuple[str, str, str, int]
logs = st.lists(
    st.tuples(
        st.sampled_from(["ann", "bob", "cem", "dan"]),
        st.sampled_from("uvwxyz"),
        st.sampled_from(KINDS),
        st.integers(0, 20),
    ),
    max_size=40,
)

LOG = Interactions.of(
    [
        ("ann", "old", "like", 1),
        ("bob", "old", "view", 2),
        ("bob", "hat", "purchase", 3),
        ("ann", "hat", "view", 4),
        ("ann", "new", "like", 8),
        ("ann", "old", "purchase", 9),
        ("cem", "hat", "purchase", 9),
        ("cem", "new", "dislike", 9),
    ]
)


def listed(interactions: Interactions) -> list[Row]:
    return [
        (interactions.persons[p], interactions.items[i], KINDS[k], int(at))
        for p, i, k, at in zip(interactions.person, interactions.item, interactions.kind, interactions.at, strict=True)
    ]


def pairs(matrix: object, log: Interactions) -> set[tuple[str, str]]:
    rows, columns = np.asarray(matrix.todense()).nonzero()  # type: ignore[attr-defined]
    return {(log.persons[p], log.items[i]) for p, i in zip(rows, columns, strict=True)}


def test_one_moment_parts_the_log() -> None:
    split = split_by_time(LOG, quantile=0.5)
    assert [row[3] for row in listed(split.train)] == [1, 2, 3, 4]
    assert [row[3] for row in listed(split.test)] == [8, 9, 9, 9]


def test_people_and_items_that_first_come_after_the_cut_are_cold() -> None:
    split = split_by_time(LOG, quantile=0.5)
    assert split.warm_persons == ("ann",)
    assert split.cold_persons == ("cem",)
    assert split.cold_items == ("new",)


def test_relevant_is_what_is_new_to_a_person_and_liked() -> None:
    split = split_by_time(LOG, quantile=0.5)
    assert pairs(split.relevant(), LOG) == {("ann", "new"), ("cem", "hat")}  # ann knew "old"; cem disliked "new"
    assert pairs(split.relevant(("purchase",)), LOG) == {("cem", "hat")}
    assert pairs(split.seen(), LOG) == {("ann", "old"), ("bob", "old"), ("bob", "hat"), ("ann", "hat")}


def test_the_last_item_of_each_person_is_left_out_with_all_its_rows() -> None:
    split = leave_last(LOG)
    assert listed(split.test) == [
        ("ann", "old", "like", 1),
        ("bob", "hat", "purchase", 3),
        ("ann", "old", "purchase", 9),
        ("cem", "new", "dislike", 9),
    ]
    assert split.warm_persons == ("ann", "bob", "cem")


def test_people_with_too_few_items_only_train() -> None:
    assert {row[0] for row in listed(leave_last(LOG, n=2).test)} == {"ann"}
    assert len(leave_last(LOG, n=3).test) == 0


def test_a_moment_that_all_rows_share_leaves_nothing_to_train_on() -> None:
    split = split_by_time(Interactions.of([("ann", "x", "like", 5), ("bob", "x", "like", 5)]))
    assert len(split.train) == 0
    assert split.cold_persons == ("ann", "bob")


def test_senseless_splits_are_refused() -> None:
    for quantile in (0.0, 1.0, float("nan")):
        with pytest.raises(ValueError, match="between 0 and 1"):
            split_by_time(LOG, quantile)
    with pytest.raises(ValueError, match="At least one item"):
        leave_last(LOG, n=0)


def check_parts(split: Split, log: Interactions, rows: list[Row]) -> None:
    train, test = listed(split.train), listed(split.test)
    assert sorted(train + test) == sorted(rows)
    assert split.train.persons == split.test.persons == log.persons
    trained, tested = {row[0] for row in train}, {row[0] for row in test}
    assert set(split.warm_persons) == trained & tested
    assert set(split.cold_persons) == tested - trained
    assert set(split.cold_items) == {row[1] for row in test} - {row[1] for row in train}
    assert pairs(split.seen(), log) == {row[:2] for row in train}
    assert not pairs(split.relevant(), log) & pairs(split.seen(), log)
    assert pairs(split.relevant(), log) <= {row[:2] for row in test if row[2] in ("like", "purchase")}


@given(logs, st.floats(0.01, 0.99))
def test_no_row_in_training_is_as_late_as_any_in_the_test(rows: list[Row], quantile: float) -> None:
    log = Interactions.of(rows)
    split = split_by_time(log, quantile)
    check_parts(split, log, rows)
    assert max((row[3] for row in listed(split.train)), default=-1) < min(
        (row[3] for row in listed(split.test)), default=99
    )
    assert len(split.train) <= len(log) * quantile


@given(logs, st.integers(1, 4))
def test_no_pair_stands_on_both_sides_and_each_person_gives_the_last_n(rows: list[Row], n: int) -> None:
    log = Interactions.of(rows)
    split = leave_last(log, n)
    check_parts(split, log, rows)
    assert not {row[:2] for row in listed(split.train)} & {row[:2] for row in listed(split.test)}
    newest_last: dict[str, list[str]] = defaultdict(list)
    for person, item, _, _ in sorted(rows, key=lambda row: row[3]):
        newest_last[person] = [other for other in newest_last[person] if other != item] + [item]
    expected = {(person, item) for person, items in newest_last.items() if len(items) > n for item in items[-n:]}
    assert {row[:2] for row in listed(split.test)} == expected
    assert split.cold_persons == ()


def test_the_last_fifth_of_each_persons_items_is_left_out() -> None:
    rows = [("ann", item, "like", at) for at, item in enumerate("abcdefghij")] + [
        ("bob", item, "like", at) for at, item in enumerate("abc")
    ]
    rows += [("cem", item, "like", at) for at, item in enumerate("ab")]
    split = split_last_share(Interactions.of(rows), 0.2)
    assert {row[:2] for row in listed(split.test)} == {("ann", "i"), ("ann", "j"), ("bob", "c")}


@given(logs, st.floats(0.05, 0.95), st.integers(2, 4))
def test_each_person_gives_the_last_share_of_items_and_keeps_one(rows: list[Row], share: float, least: int) -> None:
    log = Interactions.of(rows)
    split = split_last_share(log, share, least)
    check_parts(split, log, rows)
    newest_last: dict[str, list[str]] = defaultdict(list)
    for person, item, _, _ in sorted(rows, key=lambda row: row[3]):
        newest_last[person] = [other for other in newest_last[person] if other != item] + [item]
    expected = set()
    for person, items in newest_last.items():
        if len(items) >= least:
            wanted = max(1, int(len(items) * share + 1e-9))
            expected |= {(person, item) for item in items[-wanted:]}
    assert {row[:2] for row in listed(split.test)} == expected
    assert split.cold_persons == ()


@given(logs, st.floats(0.05, 0.95), st.integers(0, 9))
def test_items_and_people_that_are_held_out_are_a_share_of_those_that_were_touched(
    rows: list[Row], share: float, seed: int
) -> None:
    log = Interactions.of(rows)
    items = hold_out_items(log, share, seed)
    assert items.sum() == round(len({row[1] for row in rows}) * share)
    assert set(np.flatnonzero(items)) <= set(log.item.tolist())
    persons = hold_out_persons(log, share, seed, most=2, least=2)
    touched: dict[str, set[str]] = defaultdict(set)
    for person, item, _, _ in rows:
        touched[person].add(item)
    enough = {log.persons.index(person) for person, items_of in touched.items() if len(items_of) >= 2}
    assert persons.sum() == min(round(len(enough) * share), 2)
    assert set(np.flatnonzero(persons)) <= enough
    assert (items == hold_out_items(log, share, seed)).all()


def test_another_seed_holds_out_others() -> None:
    log = Interactions.of([("ann", f"i{n}", "like", n) for n in range(100)])
    assert (hold_out_items(log, 0.2, 1) != hold_out_items(log, 0.2, 2)).any()


def test_senseless_shares_are_refused() -> None:
    for share in (0.0, 1.0):
        with pytest.raises(ValueError, match="between 0 and 1"):
            split_last_share(LOG, share)
        with pytest.raises(ValueError, match="between 0 and 1"):
            hold_out_items(LOG, share, 1)
    with pytest.raises(ValueError, match="at least 2"):
        split_last_share(LOG, 0.2, least=1)

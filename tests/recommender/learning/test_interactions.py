from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.errors import FeedbackError
from recommender.learning.interactions import CONFIDENCE, DAY, KINDS, Interactions
from recommender.types import Event

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECONDS = int(NOON.timestamp())

Row = tuple[str, str, str, int]
rows = st.lists(
    st.tuples(
        st.sampled_from(["ann", "bob", "cem"]), st.sampled_from("wxyz"), st.sampled_from(KINDS), st.integers(0, 9)
    )
)


def listed(interactions: Interactions) -> list[Row]:
    return [
        (interactions.persons[p], interactions.items[i], KINDS[k], int(at))
        for p, i, k, at in zip(interactions.person, interactions.item, interactions.kind, interactions.at, strict=True)
    ]


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(("person,item,event,timestamp", *lines)), encoding="utf-8")
    return path


def test_ids_are_numbered_by_the_alphabet_and_rows_keep_their_order() -> None:
    found = Interactions.of([("bob", "y", "like", 2), ("ann", "x", "view", 1)])
    assert found.persons == ("ann", "bob")
    assert found.items == ("x", "y")
    assert listed(found) == [("bob", "y", "like", 2), ("ann", "x", "view", 1)]
    assert [column.dtype for column in (found.person, found.item, found.at, found.kind, found.weight)] == [
        np.int32,
        np.int32,
        np.int64,
        np.int8,
        np.float32,
    ]


def test_nothing_is_a_valid_log() -> None:
    nothing = Interactions.of([])
    assert len(nothing) == 0
    assert nothing.matrix(half_life_days=30).shape == (0, 0)
    assert nothing.history("ann") == ()
    assert nothing.active_persons() == ()
    assert len(nothing.merge(nothing)) == 0


def test_events_become_rows_and_comments_do_not() -> None:
    events = [
        Event("like", "ann", "x", "s", NOON + timedelta(microseconds=999_999)),
        Event("comment", "ann", "y", "s", NOON, text="too long"),
    ]
    assert listed(Interactions.from_events(events)) == [("ann", "x", "like", SECONDS)]


def test_a_file_is_read_with_its_zones_and_without_its_decoration(tmp_path: Path) -> None:
    path = tmp_path / "interactions.csv"
    path.write_text(
        "\ufeffItem,Person,timestamp,event,note\r\n"
        "x,安娜,2026-11-24T12:00,view,kept\r\n"
        '"x",安娜,2026-11-24T20:00+08:00, Like ,\r\n'
        "y,bob,2026-11-24 12:00:00Z,purchase,\r\n"
        "\r\n",
        encoding="utf-8",
    )
    assert listed(Interactions.read_csv(path)) == [
        ("安娜", "x", "view", SECONDS),
        ("安娜", "x", "like", SECONDS),
        ("bob", "y", "purchase", SECONDS),
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("ann,x,adore,2026-11-24", "row 3: event 'adore' is unknown; use one of view, like, purchase, dislike"),
        ("ann,x,like,yesterday", "row 3: timestamp 'yesterday' is no ISO time; write it like 2026-03-31T18:05"),
        (" ,x,like,2026-11-24", "row 3: person is empty; fill it in or remove the row"),
        ("ann,,like,2026-11-24", "row 3: item is empty; fill it in or remove the row"),
        ("ann,x,like", "row 3: 3 cells instead of 4; complete it or remove it"),
    ],
)
def test_a_faulty_row_is_named_with_its_remedy(tmp_path: Path, line: str, fault: str) -> None:
    path = write(tmp_path / "interactions.csv", "ann,x,like,2026-11-24", line)
    with pytest.raises(FeedbackError, match=re.escape(f"{path} has 1 faulty rows: {fault}.")):
        Interactions.read_csv(path)


def test_many_faulty_rows_are_counted_and_the_first_told(tmp_path: Path) -> None:
    path = write(tmp_path / "interactions.csv", *["ann,x,adore,2026-11-24"] * 8)
    with pytest.raises(FeedbackError, match=r"has 8 faulty rows: row 2: .*; row 6: [^;]*; [^;]* and 3 more\.$"):
        Interactions.read_csv(path)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "interactions.csv"
    path.write_text("user,item,event\n")
    with pytest.raises(FeedbackError, match="has no column person, timestamp"):
        Interactions.read_csv(path)
    path.write_text("")
    with pytest.raises(FeedbackError, match="has no column person, item, event, timestamp"):
        Interactions.read_csv(path)


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(FeedbackError, match=r"No such file.*PARLEY_INTERACTIONS"):
        Interactions.read_csv(tmp_path / "absent.csv")
    binary = tmp_path / "interactions.csv"
    binary.write_bytes(b"\xff\xfe\x00p")
    with pytest.raises(FeedbackError, match="is not a UTF-8 CSV file"):
        Interactions.read_csv(binary)


@given(rows, rows)
def test_merging_keeps_every_row_of_both(first: list[Row], second: list[Row]) -> None:
    merged = Interactions.of(first).merge(Interactions.of(second))
    assert listed(merged) == first + second
    assert merged.persons == tuple(sorted({row[0] for row in first + second}))


def test_a_time_window_includes_its_start_and_excludes_its_end() -> None:
    log = Interactions.of([("ann", "x", "view", SECONDS + s) for s in range(5)])
    window = log.between(NOON + timedelta(seconds=1), NOON + timedelta(seconds=3))
    assert [int(at) - SECONDS for at in window.at] == [1, 2]
    assert window.items == log.items
    assert len(log.between()) == 5


@given(rows, st.permutations(["w", "x", "q"]), st.permutations(["cem", "ann", "new"]))
def test_restricting_keeps_rows_of_the_named_and_takes_their_order(
    given_rows: list[Row], items: list[str], persons: list[str]
) -> None:
    found = Interactions.of(given_rows).restrict(items, persons)
    assert found.items == tuple(items)
    assert found.persons == tuple(persons)
    assert listed(found) == [row for row in given_rows if row[1] in items and row[0] in persons]
    assert found.matrix().shape == (3, 3)


def test_the_strongest_kind_of_a_pair_counts_once() -> None:
    log = Interactions.of(
        [("ann", "x", "like", 5), ("ann", "x", "view", 9), ("ann", "x", "like", 6), ("ann", "y", "view", 0)]
    )
    matrix = log.matrix()
    assert matrix.nnz == 2
    np.testing.assert_allclose(matrix.toarray(), [[CONFIDENCE["like"], CONFIDENCE["view"]]])


def test_the_newest_opinion_decides_and_a_view_is_none() -> None:
    log = Interactions.of(
        [
            ("ann", "changed-to-dislike", "like", 1),
            ("ann", "changed-to-dislike", "dislike", 2),
            ("ann", "changed-to-dislike", "view", 3),
            ("ann", "changed-to-like", "like", 2),
            ("ann", "changed-to-like", "dislike", 1),
            ("bob", "changed-to-dislike", "purchase", 1),
        ]
    )
    assert log.items == ("changed-to-dislike", "changed-to-like")
    np.testing.assert_allclose(log.matrix().toarray(), [[0.0, 0.8], [1.0, 0.0]])
    np.testing.assert_array_equal(log.dislikes().toarray(), [[1, 0], [0, 0]])
    assert log.history("ann") == ("changed-to-like",)


def test_of_two_opinions_in_the_same_second_the_later_row_decides() -> None:
    assert Interactions.of([("ann", "x", "dislike", 1), ("ann", "x", "like", 1)]).matrix().nnz == 1
    assert Interactions.of([("ann", "x", "like", 1), ("ann", "x", "dislike", 1)]).matrix().nnz == 0


def test_confidence_halves_with_each_half_life() -> None:
    log = Interactions.of(
        [("ann", "x", "purchase", 0), ("ann", "y", "purchase", 10 * DAY), ("ann", "z", "purchase", 20 * DAY)]
    )
    np.testing.assert_allclose(log.matrix(half_life_days=10).toarray(), [[0.25, 0.5, 1.0]])
    month_later = datetime.fromtimestamp(30 * DAY, UTC)
    np.testing.assert_allclose(log.matrix(half_life_days=10, now=month_later).toarray(), [[0.125, 0.25, 0.5]])


def test_with_decay_a_fresh_view_can_outweigh_an_old_purchase() -> None:
    log = Interactions.of([("ann", "x", "purchase", 0), ("ann", "x", "view", 40 * DAY)])
    np.testing.assert_allclose(log.matrix(half_life_days=10).toarray(), [[0.3]])


def plain_matrix(given_rows: list[Row]) -> tuple[dict[tuple[str, str], float], set[tuple[str, str]]]:
    opinion: dict[tuple[str, str], str] = {}
    strongest: dict[tuple[str, str], float] = {}
    for person, item, kind, _ in sorted(given_rows, key=lambda row: row[3]):
        if kind != "view":
            opinion[person, item] = kind
        if kind != "dislike":
            weight = {"view": 0.3, "like": 0.8, "purchase": 1.0}[kind]
            strongest[person, item] = max(weight, strongest.get((person, item), 0))
    refused = {pair for pair, kind in opinion.items() if kind == "dislike"}
    return {pair: weight for pair, weight in strongest.items() if pair not in refused}, refused


@given(rows)
def test_the_matrix_is_what_a_slow_reading_of_the_log_gives(given_rows: list[Row]) -> None:
    log = Interactions.of(given_rows)
    weights, refused = plain_matrix(given_rows)
    matrix, dislikes = log.matrix(), log.dislikes()
    found = {
        (log.persons[p], log.items[i]): float(w) for p, i, w in zip(matrix.row, matrix.col, matrix.data, strict=True)
    }
    assert found == pytest.approx(weights)
    assert {(log.persons[p], log.items[i]) for p, i in zip(dislikes.row, dislikes.col, strict=True)} == refused
    assert set(log.active_persons()) == {person for person, _ in weights}


@given(rows)
def test_a_history_is_what_a_slow_reading_of_the_log_gives(given_rows: list[Row]) -> None:
    log = Interactions.of(given_rows)
    refused = plain_matrix(given_rows)[1]
    for person in (*log.persons, "stranger"):
        expected: list[str] = []
        for name, item, kind, _ in sorted(given_rows, key=lambda row: row[3]):
            if name == person and kind in ("like", "purchase") and (name, item) not in refused:
                expected = [other for other in expected if other != item] + [item]
        assert log.history(person) == tuple(expected)


def test_the_demo_interactions_can_be_read() -> None:
    path = Path(__file__).resolve().parents[3] / "data" / "interactions.csv"
    log = Interactions.read_csv(path)
    assert len(log) > 10_000
    assert set(KINDS) == {KINDS[code] for code in np.unique(log.kind)}
    assert log.matrix().nnz > len(log) / 4


def test_everybodys_histories_are_newest_first_and_know_what_was_bought() -> None:
    log = Interactions.of(
        [("bob", "x", "like", 1), ("bob", "y", "purchase", 2), ("bob", "x", "like", 3), ("cem", "y", "view", 4)]
    )
    start, items, bought = log.histories()
    assert start.tolist() == [0, 2, 2]
    assert [log.items[item] for item in items] == ["x", "y"]
    assert bought.tolist() == [False, True]


@given(rows)
def test_everybodys_histories_are_those_of_each(listing: list[Row]) -> None:
    log = Interactions.of(listing)
    start, items, bought = log.histories()
    for number, person in enumerate(log.persons):
        window = slice(start[number], start[number + 1])
        mine = [log.items[item] for item in items[window]]
        assert mine == list(log.history(person))[::-1]
        purchases = set(log.history(person, ("purchase",)))
        assert [item in purchases for item in mine] == bought[window].tolist()


@given(rows)
def test_the_active_are_those_with_a_row_in_the_matrix(listing: list[Row]) -> None:
    log = Interactions.of(listing)
    assert log.active_persons() == tuple(log.persons[number] for number in np.unique(log.matrix().row))

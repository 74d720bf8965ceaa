from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommender.catalogue.importing.sources import recognise
from recommender.errors import FeedbackError
from recommender.learning.importing import chunks
from recommender.learning.importing.ratings import Reading
from recommender.learning.importing.reading import Imported, import_interactions
from recommender.learning.interactions import KINDS

Told = tuple[str, str, str, int]


def rows(imported: Imported) -> list[Told]:
    past = imported.interactions
    columns = zip(past.person, past.item, past.kind, past.at, strict=True)
    return [(past.persons[p], past.items[i], KINDS[k], int(at)) for p, i, k, at in columns]


def dropped_rows(imported: Imported) -> list[int | None]:
    return [fault.row for fault in imported.tally.faults if fault.severity == "error"]


def read(path: Path, reading: Reading | None = None, **named: str) -> Imported:
    return import_interactions(recognise(path), reading, named)


EXPECTED: list[Told] = [
    ("7", "10", "like", 900_000_000),
    ("7", "11", "view", 900_000_060),
    ("8", "10", "dislike", 900_000_120),
]


def test_every_movielens_layout_says_the_same(tmp_path: Path) -> None:
    ratings = [(7, 10, 4, 900_000_000), (7, 11, 3, 900_000_060), (8, 10, 2, 900_000_120)]
    layouts = {"u.data": "\t", "ratings.dat": "::", "ratings.csv": ","}
    for name, separator in layouts.items():
        folder = tmp_path / name.replace(".", "-")
        folder.mkdir()
        lines = [separator.join(map(str, row)) for row in ratings]
        header = ["userId,movieId,rating,timestamp"] if name.endswith("csv") else []
        (folder / name).write_text("\r\n".join([*header, *lines]) + "\r\n")
        imported = read(folder)
        assert rows(imported) == EXPECTED
        assert imported.clock
        assert imported.part is None


def test_thresholds_can_be_moved_but_not_crossed(tmp_path: Path) -> None:
    (tmp_path / "u.data").write_text("7\t10\t4\t900000000\n7\t11\t3\t900000000\n")
    assert [row[2] for row in rows(read(tmp_path, Reading(like=5, dislike=3)))] == ["view", "dislike"]
    with pytest.raises(FeedbackError, match="swap them"):
        Reading(like=2, dislike=4)


def test_sequences_have_an_order_and_a_split_but_no_clock(tmp_path: Path) -> None:
    (tmp_path / "items.jsonl").write_text("")
    (tmp_path / "interactions.csv").write_text(
        "user,item,ts,split\n0,5,0,train\n0,6,1,validation\n0,7,2,test\n0,8,3,?\n"
    )
    imported = read(tmp_path)
    assert rows(imported) == [("0", "5", "purchase", 0), ("0", "6", "purchase", 1), ("0", "7", "purchase", 2)]
    assert not imported.clock
    assert imported.part is not None
    assert imported.part.tolist() == ["train", "valid", "test"]
    assert dropped_rows(imported) == [5]


def test_reviews_of_both_generations_say_the_same(tmp_path: Path) -> None:
    old = [{"reviewerID": "A", "asin": "P", "overall": 5.0, "unixReviewTime": 1_400_000_000, "reviewText": "x"}]
    new = [{"user_id": "A", "parent_asin": "P", "asin": "Q", "rating": 5.0, "timestamp": 1_400_000_000_123}]
    for number, records in enumerate((old, new)):
        path = tmp_path / f"{number}.json.gz"
        with gzip.open(path, "wt") as file:
            file.write("\n".join(map(json.dumps, records)) + "\nnot json\n")
        imported = read(path)
        assert rows(imported) == [("A", "P", "like", 1_400_000_000)]
        assert dropped_rows(imported) == [2]


FAULTY = """user_id,product,event_type,when
u1,a,view,2026-03-01T10:00
u1,b,Purchase,2026-03-01T10:00:30+01:00
u1,c

,d,view,2026-03-01
u2,,view,2026-03-01
u2,e,teleported,2026-03-01
u2,f,cart,yesterday
u2,g,cart,1772359200,surplus
u2,h,cart,1772359200
"""


def test_rows_that_say_nothing_are_dropped_with_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(FAULTY)
    imported = read(path, timestamp="When")
    at = int(np.datetime64("2026-03-01T10:00").astype("datetime64[s]").astype(int))
    assert rows(imported) == [
        ("u1", "a", "view", at),
        ("u1", "b", "purchase", at - 3570),
        ("u2", "h", "like", 1772359200),
    ]
    assert dropped_rows(imported) == [4, 6, 7, 8, 9, 10]
    assert (imported.tally.read, imported.tally.kept) == (9, 3)
    problems = {fault.row: fault.problem for fault in imported.tally.faults}
    assert problems[8] == "“teleported” is unknown"
    assert problems[9] == "“yesterday” is no time"


def test_row_numbers_hold_across_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "BLOCK", 4096)
    lines = ["user,item,rating,ts"]
    wrong = []
    for number in range(2, 3000):
        kind = {0: "a,b", 1: "a,b,x,5", 2: ""}.get(number % 97, f"u{number % 7},i{number % 11},4,{number}")
        lines.append(kind)
        wrong += [number] if number % 97 in (0, 1) else []
    path = tmp_path / "log.csv"
    path.write_text("\n".join(lines) + "\n")
    imported = import_interactions(recognise(path), listed=1000)
    assert dropped_rows(imported) == wrong
    assert [row[3] for row in rows(imported)] == [n for n in range(2, 3000) if n % 97 > 2]


def test_jsonl_and_parquet_tables_say_the_same_as_csv(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    records = [
        {"person": 7, "item": "10", "rating": 4.0, "timestamp": 900_000_000},
        {"person": 7, "item": "11", "rating": 3.0, "timestamp": 900_000_060},
        {"person": 8, "item": "10", "rating": 2.0, "timestamp": 900_000_120},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)))
    pq.write_table(pa.Table.from_pylist(records), tmp_path / "a.parquet")
    assert rows(read(tmp_path / "a.jsonl")) == rows(read(tmp_path / "a.parquet")) == EXPECTED


def test_without_times_the_order_of_rows_counts(tmp_path: Path) -> None:
    path = tmp_path / "log.tsv"
    path.write_text("customer_id\tsku\nu\ta\nu\tb\n")
    imported = read(path, Reading(event="view"))
    assert rows(imported) == [("u", "a", "view", 2), ("u", "b", "view", 3)]
    assert not imported.clock


def test_a_needed_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("who,what\nu,a\n")
    with pytest.raises(
        FeedbackError, match=r"hold the person; name it with --column person=NAME. Its columns: who, what"
    ):
        read(path)
    assert rows(read(path, person="who", item="what")) == [("u", "a", "purchase", 2)]
    with pytest.raises(FeedbackError, match="“price” is nothing that an interaction has"):
        read(path, price="what")


def test_lines_that_an_open_quotation_mark_takes_in_are_told(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text('user,item,ts\n"a ""b""",x,1\n"two\nlines",x,2\n')
    imported = read(path)
    assert [row[0] for row in rows(imported)] == ['a "b"', "two\nlines"]
    assert ["1 line breaks" in fault.problem for fault in imported.tally.faults] == [True]
    path.write_text('user,item,ts\na,x,1\na,"y,2\na,z,3\na,w,4\n')
    imported = read(path)
    assert [row[1] for row in rows(imported)] == ["x"]
    assert any("close it" in fault.remedy for fault in imported.tally.faults)


@pytest.mark.parametrize("content", ["", "\n", "user,item\n"])
def test_a_file_without_rows_is_said_to_be_so(tmp_path: Path, content: str) -> None:
    path = tmp_path / "log.csv"
    path.write_text(content)
    with pytest.raises(FeedbackError, match=r"no rows|no header"):
        read(path)


CELL = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(st.lists(st.tuples(CELL, CELL, CELL, CELL), min_size=1, max_size=20))
def test_whatever_stands_there_every_row_is_kept_or_dropped(tmp_path: Path, cells: list[tuple[str, ...]]) -> None:
    import csv

    path = tmp_path / "log.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("user", "item", "rating", "ts"), *cells])
    filled = [row for row in cells if any(cell.strip() for cell in row)]
    if not filled:
        return
    imported = read(path)
    assert imported.tally.read == len(filled)
    assert imported.tally.kept == len(imported.interactions)

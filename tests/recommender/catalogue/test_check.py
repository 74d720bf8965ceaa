"""Every fault of a catalogue is found, with its row, its column and a remedy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.catalogue.check import Fault, check_catalogue, errors
from recommender.catalogue.tables import read_table

HEADER = "id,title,category,price,stock,added,image,url,currency,colour"
GOOD = {
    "id": "a1", "title": "Red dress", "category": "dress", "price": "399", "stock": "3", "added": "2026-03-01",
    "image": "/media/a1.png", "url": "https://example.org/a1", "currency": "CNY", "colour": "red",
}  # fmt: skip


def check(tmp_path: Path, text: str | bytes, name: str = "c.csv") -> tuple[Fault, ...]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return check_catalogue(path)


def one_row(**changes: str) -> str:
    cells = [(GOOD | changes)[column] for column in HEADER.split(",")]
    return HEADER + "\n" + ",".join(f'"{cell}"' for cell in cells) + "\n"


def test_a_good_catalogue_has_no_faults(tmp_path):
    assert check(tmp_path, one_row()) == ()


@pytest.mark.parametrize(
    ("column", "cell", "problem", "remedy"),
    [
        ("id", "", "empty", "id of its own"),
        ("id", "x" * 101, "cannot be an id", "100"),
        ("title", " ", "no title", "write one"),
        ("category", "", "empty", "what kind"),
        ("price", "free", "not a number", "digits"),
        ("price", "¥1,299", "not a number", "e.g. 1299"),
        ("price", "12,50", "not a number", "e.g. 12.50"),
        ("price", "-5", "cannot be a price", "from 0"),
        ("price", "nan", "not a number", "digits"),
        ("price", "1e300", "cannot be a price", "from 0"),
        ("stock", "-1", "negative", "sold out"),
        ("stock", "2.5", "not a count", "whole number"),
        ("stock", "many", "not a number", "digits"),
        ("added", "yesterday", "not a day", "2026-03-01"),
        ("added", "2026-02-30", "not a day", "2026-03-01"),
        ("added", "01/03/2026", "not a day", "2026-03-01"),
        ("image", "C:\\pictures\\a.png", "not an address", "/media/"),
        ("image", "a.png", "not an address", "/media/"),
        ("url", "javascript:alert(1)", "not an address", "https://"),
        ("currency", "yuan", "not a currency", "three letters"),
        ("colour", "r\ued00ed", "nobody can type", "remove"),
    ],
)
def test_each_error_names_row_column_and_remedy(tmp_path, column, cell, problem, remedy):
    (fault,) = check(tmp_path, one_row(**{column: cell}))
    assert (fault.row, fault.column, fault.severity) == (2, column, "error")
    assert problem in fault.problem
    assert remedy in fault.remedy


@pytest.mark.parametrize(
    ("column", "cell", "remedy"),
    [
        ("colour", "Red", "“red”"),
        ("colour", " red |Dark  Blue", "“red|dark blue”"),
        ("colour", "red, blue", "“red|blue”"),
        ("colour", "红色、蓝色", "“红色|蓝色”"),
        ("price", "", "399"),
        ("price", "0", "free"),
        ("image", "/media/a.pdf", "usually end"),
    ],
)
def test_what_can_be_read_after_all_is_a_warning(tmp_path, column, cell, remedy):
    (fault,) = check(tmp_path, one_row(**{column: cell}))
    assert (fault.row, fault.column, fault.severity) == (2, column, "warning")
    assert remedy in fault.remedy
    assert errors((fault,)) == ()


def test_all_faults_are_found_not_the_first_alone(tmp_path):
    text = "id,title,category,price\na,,x,1\na,T,,cheap\n,T,x,-1\n"
    found = [(fault.row, fault.column) for fault in check(tmp_path, text)]
    assert sorted(found) == [(2, "title"), (3, "category"), (3, "id"), (3, "price"), (4, "id"), (4, "price")]
    assert [row for row, _ in found] == [2, 3, 3, 3, 4, 4]


def test_the_same_warning_in_many_rows_is_said_once(tmp_path):
    rows = "".join(f"a{n},T,x,1,{'Red' if n % 2 else 'Blue'}\n" for n in range(10))
    faults = check(tmp_path, "id,title,category,price,colour\n" + rows)
    assert [(fault.row, "and in 4 more rows" in fault.problem) for fault in faults] == [(2, True), (3, True)]


def test_missing_columns_are_named_once_with_what_might_be_meant(tmp_path):
    faults = check(tmp_path, "sku,name,category,cost\na,T,x,1\nb,T,x,2\n")
    assert {fault.column for fault in errors(faults)} == {"id", "title"}  # a shop may have no prices
    assert {fault.column: fault.remedy.split()[3] for fault in faults if fault.row is None} == {
        "id": "sku",
        "title": "name",
        "price": "cost",
    }


def test_a_repeated_id_names_the_row_of_the_first(tmp_path):
    (fault,) = check(tmp_path, "id,title,category,price\na,T,x,1\nb,T,x,1\na,T,x,1\n")
    assert (fault.row, fault.column) == (4, "id")
    assert "row 2" in fault.problem


def test_a_second_currency_is_a_warning(tmp_path):
    (fault,) = check(tmp_path, "id,title,category,price,currency\na,T,x,1,CNY\nb,T,x,1,CNY\nc,T,x,1,USD\n")
    assert (fault.row, fault.column, fault.severity) == (4, "currency", "warning")


def test_columns_that_would_confuse_the_dialogue_or_stand_twice_are_errors(tmp_path):
    faults = check(
        tmp_path, "id,title,category,price,language,2nd,colour,Colour,size,sizes\na,T,x,1,en,y,red,red,s,s\n"
    )
    assert {fault.column for fault in faults} == {"language", "2nd", "colour", "sizes"}


def test_a_ragged_row_is_named(tmp_path):
    faults = check(tmp_path, "id,title,category,price\na,A dress, red,dress,399\nb,T,x\nc,T,x,1\n")
    assert {fault.row for fault in faults} == {2, 3}
    assert any("5 cells where the header has 4" in fault.problem for fault in faults)


def test_an_unclosed_quotation_mark_is_explained(tmp_path):
    faults = check(tmp_path, 'id,title,category,price\na,"T,x,1\nb,T,x,1\n')
    assert any("quotation mark" in fault.remedy for fault in errors(faults))


def test_an_unknown_encoding_names_the_line(tmp_path):
    (fault,) = check(tmp_path, "id,title,category,price\na,Café noir,x,1\n".encode("cp1252"))
    assert "line 2" in fault.problem
    assert "CSV UTF-8" in fault.remedy


def test_gb2312_is_read_with_a_warning(tmp_path):
    (fault,) = check(tmp_path, "id,title,category,price\na,红色连衣裙,裙,1\n".encode("gb2312"))
    assert fault.severity == "warning"


def test_malformed_json_lines_are_named_and_the_others_still_checked(tmp_path):
    lines = [
        '{"id": "a", "title": "T", "category": "x", "price": 1}',
        '{"id": ',
        "[1]",
        '{"id": "b", "price": {"eur": 1}}',
    ]
    found = [(fault.row, fault.column) for fault in check(tmp_path, "\n".join(lines), "c.jsonl")]
    assert (2, None) in found
    assert (3, None) in found
    assert {(4, "price"), (4, "category"), (4, "title")} <= set(found)


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 5000 + "]" * 5000, "[[1]]", "[" * 900 + "]" * 900])
def test_values_that_no_cell_can_hold_are_faults_of_their_row(tmp_path, value):
    line = f'{{"id": "a", "title": "T", "category": "x", "price": 1, "watts": {value}}}'
    assert {fault.row for fault in errors(check(tmp_path, line, "c.jsonl"))} == {1}


def test_a_key_that_stands_twice_in_a_json_line_is_a_fault(tmp_path):
    line = '{"id": "a", "title": "T", "category": "x", "price": 1, "price": 2}'
    (fault,) = check(tmp_path, line, "c.jsonl")
    assert (fault.row, fault.column) == (1, "price")


@pytest.mark.parametrize("name", ["c.csv", "c.jsonl", "c.parquet", "c.xlsx"])
def test_an_empty_or_foreign_file_is_one_fault_of_the_whole_file(tmp_path, name):
    (fault,) = check(tmp_path, b"", name)
    assert (fault.row, fault.column, fault.severity) == (None, None, "error")


def test_a_header_without_rows_is_a_fault(tmp_path):
    (fault,) = check(tmp_path, "id,title,category,price\n")
    assert "no items" in fault.problem


def test_a_fault_reads_as_one_line(tmp_path):
    (fault,) = check(tmp_path, one_row(price="free"))
    assert str(fault) == "row 2, column price: “free” is not a number → write digits only, e.g. 399"


@given(st.binary(max_size=300), st.sampled_from(["c.csv", "c.jsonl", "c.parquet"]))
def test_no_bytes_make_the_check_fail(tmp_path_factory, raw, name):
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(raw)
    assert errors(check_catalogue(path)) or read_table(path).rows


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(HEADER.split(",")) | st.text(max_size=6), json_values, max_size=8))
def test_no_json_object_makes_the_check_fail(tmp_path_factory, record):
    path = tmp_path_factory.mktemp("json") / "c.jsonl"
    path.write_text(json.dumps(record), encoding="utf-8")
    check_catalogue(path)

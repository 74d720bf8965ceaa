"""A catalogue is read once at the door, whatever its columns."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recommender.catalogue.items import load_catalogue
from recommender.errors import CatalogueError, UnknownItemError


@pytest.fixture
def write(tmp_path: Path):
    def _write(text: str | bytes, name: str = "catalogue.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return _write


SMALL = "id,title,category,price\nlamp-1,Desk lamp,lamp,129\nlamp-2,落地灯,lamp,299.5\n"


def test_four_columns_are_enough(write):
    catalogue = load_catalogue(write(SMALL))
    lamp = catalogue["lamp-1"]
    assert (lamp.price, lamp.currency, lamp.stock, lamp.image, lamp.added) == (129.0, "CNY", None, None, None)
    assert lamp.attributes == {"category": ("lamp",)}
    assert len(catalogue) == 2
    assert catalogue.index["lamp-2"] == 1


def test_a_plain_title_counts_for_the_language_that_it_is_written_in(write):
    catalogue = load_catalogue(write(SMALL))
    assert catalogue["lamp-1"].titles == {"en": "Desk lamp"}
    assert catalogue["lamp-2"].titles == {"zh": "落地灯"}


def test_a_named_title_goes_before_a_plain_one(write):
    path = write("id,title,title_en,category,price\na,Plain,Named,lamp,1\nb,Plain,,lamp,1\n")
    assert [item.title("en") for item in load_catalogue(path)] == ["Named", "Plain"]


def test_every_other_column_is_an_attribute_in_the_order_of_the_file(write):
    path = write("id,title,watts,category,price,Socket Type,sizes\na,Lamp,40,lamp,1,e27|e14,s|m\n")
    catalogue = load_catalogue(path)
    assert catalogue.attributes == ("watts", "category", "socket_type", "size")
    assert catalogue["a"].attributes["socket_type"] == ("e27", "e14")
    assert catalogue["a"].attributes["size"] == ("s", "m")


def test_the_default_currency_fills_empty_cells(write):
    path = write("id,title,category,price,currency\na,A,x,1,\nb,B,x,1,usd\n")
    assert [item.currency for item in load_catalogue(path, currency="EUR")] == ["EUR", "USD"]


def test_jsonl_and_parquet_have_lists_and_numbers_of_their_own(write, tmp_path):
    record = {
        "id": "a",
        "title_en": "A",
        "category": "x",
        "price": 9.5,
        "colour": ["red", "blue"],
        "stock": 3,
        "url": None,
    }
    jsonl = load_catalogue(write(json.dumps(record), "c.jsonl"))
    pq.write_table(pa.Table.from_pylist([record | {"added": date(2026, 3, 1)}]), tmp_path / "c.parquet")
    parquet = load_catalogue(tmp_path / "c.parquet")
    for catalogue in (jsonl, parquet):
        assert catalogue["a"].attributes["colour"] == ("red", "blue")
        assert (catalogue["a"].price, catalogue["a"].stock, catalogue["a"].url) == (9.5, 3, None)
    assert parquet["a"].added == date(2026, 3, 1)


EXCEL = "id;title_zh;category;price;added;stock;;\r\na;红裙;dress;399;2026/3/1;12;;\r\n;;;;;;;\r\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb2312"])
def test_what_excel_saves_is_understood(write, encoding):
    item = load_catalogue(write(EXCEL.encode(encoding)))["a"]
    assert (item.title("zh"), item.price, item.added, item.stock) == ("红裙", 399.0, date(2026, 3, 1), 12)


def test_an_error_names_the_first_faults_and_how_to_see_all(write):
    rows = "".join(f"i{n},T,x,free\n" for n in range(9))
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(write("id,title,category,price\n" + rows))
    text = str(caught.value)
    assert "9 errors" in text
    assert "row 2, column price: “free” is not a number" in text
    assert "row 6" in text
    assert "row 7" not in text
    assert "parley catalogue check" in text


def test_a_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(CatalogueError, match="parley demo"):
        load_catalogue(tmp_path / "nowhere.csv")


def test_asking_for_an_unknown_item_names_it(write):
    with pytest.raises(UnknownItemError, match="lamp-9"):
        load_catalogue(write(SMALL))["lamp-9"]


def test_values_are_counted_most_frequent_first(write):
    path = write("id,title,category,price,colour\na,A,x,1,red\nb,B,x,1,blue|red\n")
    assert list(load_catalogue(path).values("colour").items()) == [("red", 2), ("blue", 1)]

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommender.catalogue.importing.columns import ColumnMap
from recommender.catalogue.importing.importer import import_catalogue
from recommender.catalogue.importing.ledger import Tally
from recommender.catalogue.importing.sources import recognise
from recommender.catalogue.items import Catalogue, load_catalogue
from recommender.catalogue.writing import save_catalogue
from recommender.errors import CatalogueError

MESSY = """Product_ID,Product_Name,Product_Brand,Gender,Price,Primary_Color,Image,Heel-Height
1,Red <b>Dress</b>,ACME,Women,"₹1,299", Red,/media/1.png,
2,Boys Blue Jeans,ACME,Boys,499,Blue/Gray,nonsense,5 cm
2,Twice,ACME,Men,5,,,
3,No Price Shirt,ACME,Men,,,,
4,Bad Price Shirt,ACME,Men,call us,,,
,No id Shirt,ACME,Men,5,,,
6,,ACME,Men,5,,,
7,Short row
8,Minus,ACME,Men,-3,,,
9,Black Thing,n/a,Unisex Kids,5,,,
"""


def imported(path: Path, chosen: ColumnMap | None = None) -> tuple[Catalogue, Tally, dict[str, str]]:
    catalogue, tally, used = import_catalogue(recognise(path), "CNY", chosen)
    return catalogue, tally, dict(used)


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    path = tmp_path / "messy.csv"
    path.write_text(MESSY, encoding="utf-8")
    return path


def test_columns_are_known_by_their_names_and_others_are_attributes(messy: Path) -> None:
    catalogue, _, used = imported(messy)
    assert used == {
        "product_id": "id", "product_name": "title", "product_brand": "brand", "gender": "audience", "price": "price",
        "primary_color": "colour", "image": "image", "heel_height": "heel_height",
    }  # fmt: skip
    dress, jeans = catalogue["1"], catalogue["2"]
    assert dress.title("en") == "Red Dress"
    assert (dress.price, dress.currency) == (1299.0, "INR")
    assert dress.attributes == {"brand": ("acme",), "audience": ("women",), "colour": ("red",), "category": ("dress",)}
    assert jeans.attributes["colour"] == ("blue", "grey")
    assert jeans.attributes["audience"] == ("boys", "kids")
    assert jeans.attributes["heel_height"] == ("5 cm",)
    assert jeans.image is None
    assert "brand" not in catalogue["9"].attributes


def test_good_rows_stay_and_every_other_row_is_accounted_for(messy: Path) -> None:
    catalogue, tally, _ = imported(messy)
    assert [item.id for item in catalogue] == ["1", "2", "3", "9"]
    assert (tally.read, tally.kept, sum(tally.dropped.values())) == (10, 4, 6)
    dropped = {fault.row: fault.column for fault in tally.faults if fault.severity == "error"}
    assert dropped == {4: "id", 6: "price", 7: "id", 8: "title", 9: None, 10: "price"}
    assert tally.mended["image: … is not an address"] == 1
    assert tally.mended["price: empty"] == 1


def test_what_was_imported_is_a_valid_catalogue(messy: Path, tmp_path: Path) -> None:
    catalogue, _, _ = imported(messy)
    for name in ("out.csv", "out.jsonl", "out.parquet"):
        save_catalogue(catalogue, tmp_path / name)
        assert load_catalogue(tmp_path / name).items == catalogue.items


def test_a_map_wins_over_names_and_columns_can_be_dropped(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    records = [{"ref": 1, "label": "A lamp", "name": "wrong", "cost": 5, "junk": "x", "tags": ["Blue", "Big"]}]
    path.write_text("\n".join(map(json.dumps, records)))
    catalogue, _, used = imported(path, ColumnMap({"id": "ref", "title": "Label"}, ("junk",)))
    assert used == {"ref": "id", "label": "title", "name": "name", "cost": "price", "tags": "tags"}
    assert catalogue["1"].attributes == {"name": ("wrong",), "tags": ("blue", "big"), "category": ("lamp",)}
    _, _, only = imported(path, ColumnMap({"id": "ref", "title": "label"}, only_named=True))
    assert only == {"ref": "id", "label": "title"}


def test_an_attribute_never_gets_a_name_that_cannot_be(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("id,title,price,language,2nd colour!\n1,A lamp,5,French,Red\n")
    catalogue, _, used = imported(path)
    assert (used["language"], used["2nd_colour!"]) == ("item_language", "item_2nd_colour")
    assert catalogue["1"].attributes["item_language"] == ("french",)


def test_a_column_that_is_needed_and_not_found_is_named_with_the_columns_there(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("ref,title\n1,A lamp\n")
    with pytest.raises(CatalogueError, match=r"hold the id; name it with --column id=NAME. Its columns: ref, title"):
        imported(path)
    with pytest.raises(CatalogueError, match="no column “nothing”; its columns: ref, title"):
        imported(path, ColumnMap({"id": "nothing"}))


def test_malformed_lines_of_json_are_dropped_with_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('{"id": 1, "title": "A lamp", "price": 5}\n{oops\n[1]\n{"id": 2, "title": {"a": 1}, "price": 5}\n')
    catalogue, tally, _ = imported(path)
    assert len(catalogue) == 1
    assert {fault.row for fault in tally.faults if fault.severity == "error"} == {2, 3, 4}
    assert tally.read == 4


def test_an_open_quotation_mark_costs_its_own_row_only(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('id,title,price\n1,"A lamp,5\n2,"A ""red"" lamp",5\n3,"A" lamp,5\n4,"A\nlamp",5\n5,A lamp,5\n')
    catalogue, tally, _ = imported(path)
    assert [item.id for item in catalogue] == ["2", "4", "5"]
    assert [fault.row for fault in tally.faults if fault.severity == "error"] == [2, 4]
    assert tally.read == 5


def test_of_several_pictures_the_first_is_taken_and_size_stands_once(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('id,title,price,image,size,sizes\n1,A lamp,5,"[""http://x/a.jpg"", ""http://x/b.jpg""]",S,S|M\n')
    catalogue, tally, used = imported(path)
    assert catalogue["1"].image == "http://x/a.jpg"
    assert used["sizes"] == "item_sizes"
    assert catalogue["1"].attributes["size"] == ("s",)
    assert tally.mended["image: … is not one address"] == 1
    save_catalogue(catalogue, tmp_path / "out.csv")
    assert load_catalogue(tmp_path / "out.csv").items == catalogue.items


WORD = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(
    rows=st.dictionaries(WORD, st.tuples(WORD, st.integers(1, 10**6), WORD.map(str.lower)), min_size=1, max_size=8),
    shuffle=st.permutations(["Ref No", "What, exactly", "Cost", "Hue"]),
)
def test_any_table_comes_back_through_its_column_map(
    tmp_path: Path, rows: dict[str, tuple[str, int, str]], shuffle: list[str]
) -> None:
    path = tmp_path / "table.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, shuffle)
        writer.writeheader()
        for key, (title, price, hue) in rows.items():
            writer.writerow({"Ref No": key, "What, exactly": title, "Cost": price, "Hue": hue})
    named = {"id": "Ref No", "title": "What, exactly", "price": "Cost", "shade": "Hue"}
    catalogue, tally, _ = imported(path, ColumnMap(named))
    assert tally.read == tally.kept == len(rows)
    assert {item.id: (item.title("en"), item.price) for item in catalogue} == {
        key: (title, float(price)) for key, (title, price, _) in rows.items()
    }
    target = tmp_path / "back.csv"
    save_catalogue(catalogue, target)
    assert load_catalogue(target).items == catalogue.items

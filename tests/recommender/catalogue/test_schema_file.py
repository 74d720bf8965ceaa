from __future__ import annotations

from pathlib import Path

import pytest

from recommender.catalogue.check import check_catalogue
from recommender.catalogue.items import load_catalogue
from recommender.catalogue.schema_file import known, read_schema
from recommender.errors import CatalogueError

FILMS = """
things: {en: [film, movie], zh: 电影}
attributes:
  genre: {type: tags, ask: true, values: {Sci-Fi: {en: science fiction, zh: [科幻]}}}
  runtime:
    unit: minutes
    more: {en: [longer], zh: [长一点]}
  spoken: {column: Language}
  plot: {type: text}
  year: {type: number, unit: year}
"""
ROWS = "id,title,genre,runtime,language,plot,year\na,A,sci-fi|drama,117,french,A man waits.,1999\nb,B,drama,,french,,\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "schema.yaml").write_text(FILMS, encoding="utf-8")
    (tmp_path / "catalogue.csv").write_text(ROWS, encoding="utf-8")
    return tmp_path


def test_a_schema_says_kinds_columns_words_and_units(folder: Path) -> None:
    schema = read_schema(folder / "schema.yaml")
    assert {name: attribute.kind for name, attribute in schema.attributes.items()} == {
        "genre": "tags",
        "runtime": "number",
        "spoken": "choice",
        "plot": "text",
        "year": "number",
    }
    assert schema.things == {"en": ("film", "movie"), "zh": ("电影",)}
    assert schema.attributes["genre"].ask
    assert schema.attributes["genre"].values["sci-fi"] == {"en": ("science fiction",), "zh": ("科幻",)}
    assert schema.attributes["spoken"].column == "language"
    assert [(unit.factor, unit.words["en"][0]) for unit in schema.attributes["runtime"].units] == [
        (1.0, "minutes"),
        (60.0, "hours"),
    ]
    assert schema.attributes["year"].calendar
    assert schema.attributes["year"].units == ()


def test_a_schema_beside_the_catalogue_is_taken_up(folder: Path) -> None:
    catalogue = load_catalogue(folder / "catalogue.csv")
    item = catalogue["a"]
    assert dict(item.attributes) == {"genre": ("sci-fi", "drama"), "spoken": ("french",)}
    assert dict(item.numbers) == {"runtime": 117.0, "year": 1999.0}
    assert item.description("en") == "A man waits."
    assert item.price is None
    assert dict(catalogue["b"].numbers) == {}
    assert (catalogue.attributes, catalogue.numbers) == (("genre", "spoken"), ("runtime", "year"))


def test_a_shop_that_says_what_it_sells_needs_no_category_and_no_price(folder: Path) -> None:
    assert check_catalogue(folder / "catalogue.csv") == ()
    (folder / "schema.yaml").unlink()
    (fault,) = [fault for fault in check_catalogue(folder / "catalogue.csv") if fault.column == "category"]
    assert "things:" in fault.remedy


def test_a_schema_elsewhere_goes_before_the_one_beside(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("things: {en: film}\nattributes: {runtime: {type: choice}, spoken: {column: language}}")
    assert load_catalogue(folder / "catalogue.csv", schema=other)["a"].attributes["runtime"] == ("117",)


def test_a_declared_column_that_is_missing_is_a_warning(folder: Path) -> None:
    with (folder / "schema.yaml").open("a", encoding="utf-8") as file:
        file.write("  director: {names: {en: director}}\n")
    (fault,) = check_catalogue(folder / "catalogue.csv")
    assert (fault.column, fault.severity) == ("director", "warning")


def test_a_number_that_is_none_is_an_error(folder: Path) -> None:
    (folder / "catalogue.csv").write_text(ROWS.replace("117", "117 min"), encoding="utf-8")
    (fault,) = check_catalogue(folder / "catalogue.csv")
    assert (fault.row, fault.column, fault.severity) == (2, "runtime", "error")
    assert "e.g. 117" in fault.remedy


@pytest.mark.parametrize(
    ("text", "place", "remedy"),
    [
        ("attributes: {runtime: {type: numbr}}", "attributes.runtime.type", "choice, tags, number or text"),
        ("attributes: {runtime: {unit: parsecs}}", "attributes.runtime.unit", "minutes"),
        ("attributes: {runtime: {unit: days, units: []}}", "attributes.runtime", "keep one"),
        ("attributes: {price: {type: number}}", "attributes.price", "take it out"),
        ("attributes: {reference: {}}", "attributes.reference", "item_reference"),
        ("attributes: {Heel Height: {}}", "attributes.Heel Height", "small letters"),
        ("attributes: {genre: {type: tags, more: {en: x}}}", "attributes.genre.more", "type: number"),
        ("attributes: {runtime: {type: number, values: {a: {}}}}", "attributes.runtime.values", "type: choice"),
        ("attributes: {genre: {ask: maybe}}", "attributes.genre.ask", "true"),
        ("attributes: {genre: {names: {en: [no]}}}", "attributes.genre.names.en", "in quotes"),
        ("attributes: {genre: {values: {yes: {en: yes it is}}}}", "attributes.genre.values.True", "in quotes"),
        ("attributes: {genre: {names: {fr: [genre]}}}", "attributes.genre.names, fr", "en, zh"),
        ("attributes: {genre: [a, b]}", "attributes.genre", "below it"),
        ("attributes: {a: {column: x}, b: {column: x}}", "attributes.b", "another column"),
        ("attributes: {a: {units: [{factor: 60, en: [hours]}]}}", "attributes.a.units.1", "leave its factor out"),
        ("attributes: {a: {units: [{en: [m]}, {factor: 0, en: [km]}]}}", "attributes.a.units.2.factor", "how many"),
        ("attributes: {a: {units: [{factor: 1}]}}", "attributes.a.units.1", "min"),
        ("currency: yuan", "currency", "ISO 4217"),
        ("attribute: {}", "attribute", "attributes"),
        ("- genre", "the file", "things:"),
    ],
)
def test_each_fault_names_its_place_and_a_remedy(tmp_path: Path, text: str, place: str, remedy: str) -> None:
    file = tmp_path / "schema.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        read_schema(file)
    (line,) = [line for line in str(caught.value).splitlines() if place in line]
    assert remedy in line.split("→")[1]
    assert str(file) in str(caught.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "schema.yaml"
    file.write_text("attributes: {a: {type: x}, b: {type: y}}")
    with pytest.raises(CatalogueError, match=r"(?s)attributes\.a\.type.*attributes\.b\.type"):
        read_schema(file)


@pytest.mark.parametrize("content", [b"a: [", b"\xff\xfe\xfa"])
def test_what_is_no_yaml_is_said(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "schema.yaml"
    file.write_bytes(content)
    with pytest.raises(CatalogueError, match="not YAML"):
        read_schema(file)
    with pytest.raises(CatalogueError, match="PARLEY_SCHEMA"):
        read_schema(tmp_path / "nowhere.yaml")


def test_what_parley_knows_by_itself_is_a_schema_without_faults() -> None:
    assert known().schema.attributes["year"].calendar
    assert known().things["film"]["zh"][0] == "电影"

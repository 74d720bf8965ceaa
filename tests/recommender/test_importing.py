"""The import commands as people use them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from recommender.catalogue.items import load_catalogue
from recommender.cli import parley
from recommender.errors import CatalogueError, FeedbackError
from recommender.learning.interactions import Interactions


def run(*arguments: object) -> Result:
    return CliRunner().invoke(parley, [str(argument) for argument in arguments])


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "shop.csv"
    path.write_text("Ref,Product_Name,Cost,Hue,Junk\n1,Red dress,10,Red,x\n2,Blue dress,call us,Blue,y\n")
    return path


def test_a_catalogue_is_imported_told_about_and_ready_to_load(table: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    arguments = ("--column", "id=Ref", "--column", "colour=Hue", "--drop", "junk", "--currency", "eur")
    result = run("catalogue", "import", table, "--to", target, *arguments)
    assert result.exit_code == 0, result.output
    assert "Columns: ref → id, product_name → title, cost → price, hue → colour." in result.output
    assert "dropped: row 3, column price: “call us” is not a price" in result.output
    assert "2 rows read = 1 kept + 1 dropped." in result.output
    item = load_catalogue(target)["1"]
    assert (item.price, item.currency, item.attributes["colour"]) == (10.0, "EUR", ("red",))
    assert "junk" not in item.attributes


def test_a_map_can_stand_in_a_file(table: Path, tmp_path: Path) -> None:
    columns = tmp_path / "map.yaml"
    columns.write_text("id: Ref\nshade: Hue\n")
    result = run("catalogue", "import", table, "--to", tmp_path / "out.csv", "--columns", columns, "--drop", "Junk")
    assert result.exit_code == 0, result.output
    assert "hue → shade" in result.output
    columns.write_text("- id\n")
    result = run("catalogue", "import", table, "--to", tmp_path / "new.csv", "--columns", columns)
    assert isinstance(result.exception, CatalogueError)
    assert "has to hold lines such as" in str(result.exception)


def test_a_file_is_replaced_only_when_told_to(table: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("mine")
    result = run("catalogue", "import", table, "--to", target, "--column", "id=ref")
    assert isinstance(result.exception, CatalogueError)
    assert "is there already" in str(result.exception)
    assert target.read_text() == "mine"
    assert run("catalogue", "import", table, "--to", target, "--column", "id=ref", "--force").exit_code == 0
    assert len(load_catalogue(target)) == 1


def test_it_fails_only_where_nothing_can_be_kept(table: Path, tmp_path: Path) -> None:
    table.write_text("id,title,price\n1,Lamp,call us\n")
    target = tmp_path / "out.csv"
    result = run("catalogue", "import", table, "--to", target)
    assert isinstance(result.exception, CatalogueError)
    assert "1 rows read = 0 kept + 1 dropped." in result.output
    assert not target.exists()


def test_interactions_are_imported_and_an_order_is_called_an_order(tmp_path: Path) -> None:
    log, target = tmp_path / "log.csv", tmp_path / "out.csv"
    log.write_text("user,item,rating,ts\na,x,5,1\na,y,2.5,0\na,z,bad,2\n")
    result = run("interactions", "import", log, "--to", target, "--dislike", "3")
    assert result.exit_code == 0, result.output
    assert "dropped: row 4, column rating: “bad” is not a number" in result.output
    assert "Their times are only an order" in result.output
    past = Interactions.read_csv(target)
    assert [past.items[i] for i in past.item] == ["y", "x"]
    assert past.history("a", ("like",)) == ("x",)


def test_a_wrong_pair_or_event_is_told_before_anything_is_read(tmp_path: Path) -> None:
    result = run("interactions", "import", tmp_path, "--to", tmp_path / "o.csv", "--column", "person")
    assert "write --column price=Price" in str(result.exception)
    result = run("interactions", "import", tmp_path, "--to", tmp_path / "o.csv", "--event", "wave")
    assert isinstance(result.exception, FeedbackError)

from __future__ import annotations

import gzip
import json
from pathlib import Path

from recommender.catalogue.importing.amazon import parse_attributes, split_text
from recommender.catalogue.importing.importer import import_catalogue
from recommender.catalogue.importing.sources import recognise


def test_attributes_are_known_by_their_prefix() -> None:
    written = ("b:HP", "c:Ink", "c:ink", "loose", "9:5 job")
    assert parse_attributes(written) == {"brand": ("hp",), "department": ("ink",), "tag": ("loose", "9:5 job")}


def test_title_and_rest_make_the_text_again() -> None:
    text = "HP 74 Black. HP HP 74 Black. Works with everything."
    assert split_text(text, "hp") == ("HP 74 Black", "HP HP 74 Black. Works with everything.")
    assert ". ".join(split_text(text, "hp")) == text
    assert split_text("Sgt. Peppers Calendar", "") == ("Sgt. Peppers Calendar", "")


def test_items_of_sequences_keep_their_text_and_brand(tmp_path: Path) -> None:
    records = [
        {"item": 0, "text": "HP 74 Ink. HP Black.", "attributes": ["b:HP"]},
        {"item": 1, "text": "Red &amp; shiny", "attributes": []},
    ]
    (tmp_path / "items.jsonl").write_text("\n".join(map(json.dumps, records)) + "\nnot json\n" + '{"item": 2}\n')
    catalogue, tally, _ = import_catalogue(recognise(tmp_path), "USD")
    assert [item.id for item in catalogue] == ["0", "1"]
    assert catalogue["0"].attributes["brand"] == ("hp",)
    assert catalogue["1"].title("en") == "Red & shiny"
    assert dict(tally.dropped) == {"not a JSON object": 1, "title: the item has no title": 1}


def test_metadata_of_every_generation_reads_alike(tmp_path: Path) -> None:
    old = (
        "{'asin': 'A1', 'title': 'Red pen', 'price': 1.5,"
        " 'imUrl': 'http://x/a.jpg', 'brand': 'Bic', 'categories': [['Office', 'Pens']]}"
    )
    middle = {
        "asin": "A2",
        "title": "Blue pen",
        "price": "$1,002.99",
        "brand": "Bic",
        "category": ["Office", "Pens", "x" * 60],
        "imageURL": ["http://x/b.jpg"],
    }
    new = {
        "parent_asin": "A3",
        "title": "Pen",
        "price": None,
        "store": "Bic",
        "main_category": "Office",
        "categories": [],
        "features": ["Thin."],
        "description": ["Long", "lasting."],
        "images": [{"large": "http://x/c.jpg"}],
        "details": {"Color": "Gray"},
    }
    with gzip.open(tmp_path / "meta.json.gz", "wt") as file:
        file.write("\n".join([old, json.dumps(middle), json.dumps(new)]))
    catalogue, tally, _ = import_catalogue(recognise(tmp_path), "USD")
    assert [item.price for item in catalogue] == [1.5, 1002.99, None]
    assert [item.attributes["category"] for item in catalogue] == [("pens",), ("pens",), ("office",)]
    assert [item.image for item in catalogue] == ["http://x/a.jpg", "http://x/b.jpg", "http://x/c.jpg"]
    assert {item.attributes["brand"] for item in catalogue} == {("bic",)}
    assert catalogue["A3"].description("en") == "Long lasting. Thin."
    assert catalogue["A3"].attributes["colour"] == ("grey",)
    assert tally.mended["price: empty"] == 1

"""The real catalogue that a shop would bring."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from recommender.catalogue.check import check_catalogue
from recommender.catalogue.importing.importer import import_catalogue
from recommender.catalogue.importing.sources import recognise
from recommender.catalogue.items import load_catalogue
from recommender.catalogue.writing import save_catalogue

SHARED = Path(os.environ.get("PARLEY_SHARED_DATA", Path(__file__).parents[4].parent / "shared" / "data"))
FILE = SHARED / "catalogues" / "myntra_products_catalog.csv"


@pytest.mark.skipif(not FILE.is_file(), reason="PARLEY_SHARED_DATA names no folder with catalogues/myntra_…")
def test_myntras_products_become_a_catalogue_without_a_fault(tmp_path: Path) -> None:
    catalogue, tally, _ = import_catalogue(recognise(FILE), "INR")
    with FILE.open(encoding="utf-8", newline="") as file:
        raw = {record["Product_ID"]: record for record in csv.DictReader(file)}
    assert (tally.read, tally.kept, dict(tally.dropped)) == (12_491, 12_491, {})
    audiences = {"unisex kids": ("kids",), "boys": ("boys", "kids"), "girls": ("girls", "kids")}
    for item in catalogue:
        written = raw[item.id]
        assert item.price == float(written["Price"])
        assert item.attributes["brand"] == (" ".join(written["Product_Brand"].lower().split()),)
        assert item.attributes.get("colour", ("",)) == (written["Primary_Color"].strip().lower(),)
        gender = written["Gender"].lower()
        assert item.attributes["audience"] == audiences.get(gender, (gender,))
    kinds = catalogue.values("category")
    assert kinds["other"] < 0.03 * len(catalogue)
    target = tmp_path / "catalogue.csv"
    save_catalogue(catalogue, target)
    assert check_catalogue(target) == ()
    assert load_catalogue(target).items == catalogue.items

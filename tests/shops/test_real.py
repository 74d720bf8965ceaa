"""Real files that a shop would bring, imported and understood without a schema."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from recommender.catalogue.importing.importer import import_catalogue
from recommender.catalogue.importing.sources import recognise
from recommender.catalogue.items import load_catalogue
from recommender.catalogue.vocabulary import export_vocabulary
from recommender.catalogue.writing import save_catalogue
from recommender.language.understand import understand
from recommender.language.vocabulary import Vocabulary
from tests.shops.test_shops import short

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("PARLEY_SHARED_DATA", ROOT.parent / "shared" / "data"))
SOURCES = {
    "films": SHARED / "interactions" / "ml-latest-small",
    "clothes": SHARED / "catalogues" / "myntra_products_catalog.csv",
}


@pytest.fixture(scope="module")
def vocabularies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Vocabulary]:
    """Of each source that is here: imported, written, read again."""
    folder, found = tmp_path_factory.mktemp("real"), {}
    for name, source in SOURCES.items():
        if source.exists():
            target = folder / name / "catalogue.csv"
            save_catalogue(import_catalogue(recognise(source), "INR")[0], target)
            export_vocabulary(load_catalogue(target, "INR"), ROOT / "data" / "synonyms.csv", folder / f"{name}.json")
            found[name] = Vocabulary.load(folder / f"{name}.json")
    return found


@pytest.mark.parametrize(
    ("name", "message", "expected"),
    [
        ("films", "a comedy from the 90s", "genre=comedy year:1990..1999"),
        ("films", "sci-fi after 2010", "genre=sci-fi year:2011.."),
        ("films", "no horror please, something newer", "-genre=horror year:more"),
        ("films", "something with time travel", "tag=time_travel"),
        ("films", "90年代的科幻片", "genre=sci-fi year:1990..1999"),
        ("films", "2015年以后的动画片", "genre=animation year:2015.."),
        ("films", "不要恐怖片，老一点的", "-genre=horror year:less"),
        ("clothes", "red dress under 2000", "category=dress colour=red price:..2000"),
        ("clothes", "a blue kurta for women", "audience=women category=kurta colour=blue"),
        ("clothes", "not nike", "-brand=nike"),
        ("clothes", "红色的连衣裙，2000以内", "category=dress colour=red price:..2000"),
    ],
)
def test_a_real_catalogue_is_understood_without_a_schema(
    vocabularies: dict[str, Vocabulary], name: str, message: str, expected: str
) -> None:
    if name not in vocabularies:
        pytest.skip(f"{SOURCES[name]} is not here; PARLEY_SHARED_DATA may name the folder that has it")
    assert short(understand(message, vocabularies[name])) == expected

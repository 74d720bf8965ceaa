from __future__ import annotations

from pathlib import Path

import pytest

from recommender.catalogue.importing.sources import FORMATS, recognise
from recommender.errors import CatalogueError


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("movielens-100k", ("u.item", "u.data")),
        ("movielens-1m", ("movies.dat", "ratings.dat")),
        ("movielens-25m", ("movies.csv", "ratings.csv")),
        ("movielens-25m", ("movies.csv", "ratings_clean.csv")),
        ("amazon-sequences", ("items.jsonl", "interactions.csv")),
        ("parley", ("catalogue.csv", "interactions.csv")),
    ],
)
def test_a_folder_is_known_by_its_files(tmp_path: Path, kind: str, names: tuple[str, str]) -> None:
    for name in names:
        (tmp_path / name).write_text("")
    source = recognise(tmp_path)
    assert source.kind == kind
    assert (source.items, source.interactions) == tuple(tmp_path / name for name in names)


def test_reviews_and_metadata_are_known_by_their_keys(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"user_id": "u", "parent_asin": "p", "rating": 5, "timestamp": 1}\n')
    (tmp_path / "b.jsonl").write_text('{"parent_asin": "p", "title": "t", "main_category": "m"}\n')
    source = recognise(tmp_path)
    assert (source.kind, source.items, source.interactions) == (
        "amazon-reviews",
        tmp_path / "b.jsonl",
        tmp_path / "a.jsonl",
    )


def test_one_table_is_a_table_unless_told_otherwise(tmp_path: Path) -> None:
    file = tmp_path / "things.csv"
    file.write_text("sku,name\n")
    assert recognise(file).kind == recognise(tmp_path).kind == "table"
    with pytest.raises(CatalogueError, match=r"not in the format movielens-1m, which is a folder with movies\.dat"):
        recognise(file, "movielens-1m")


def test_where_nothing_fits_all_formats_are_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as raised:
        recognise(tmp_path)
    assert all(name in str(raised.value) for name in FORMATS)
    with pytest.raises(CatalogueError, match="“netflix” is no format"):
        recognise(tmp_path, "netflix")
    with pytest.raises(CatalogueError, match="is not there"):
        recognise(tmp_path / "nothing")

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from recommender.errors import ParleyError
from recommender.learning.datasets import Dataset, load_dataset
from recommender.learning.interactions import KINDS

SHARED = Path(os.environ.get("PARLEY_SHARED_DATA", Path(__file__).parents[3].parent / "shared" / "data"))


def shared(name: str) -> Dataset:
    folder = SHARED / "interactions" / name
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there; PARLEY_SHARED_DATA names the folder of the evaluation data")
    return load_dataset(folder)


def test_interactions_are_numbered_as_the_items_stand(tmp_path: Path) -> None:
    (tmp_path / "items.jsonl").write_text(
        "\n".join(json.dumps({"item": item, "text": f"Thing {item}", "attributes": ["b:HP"]}) for item in (3, 1, 2))
    )
    (tmp_path / "interactions.csv").write_text("user,item,ts\n0,1,0\n0,9,1\n1,3,0\n")
    dataset = load_dataset(tmp_path)
    assert [item.id for item in dataset.items] == ["3", "1", "2", "9"]
    assert dataset.interactions.items == tuple(item.id for item in dataset.items)
    assert dataset.interactions.item.tolist() == [1, 3, 0]
    assert dataset.items[0].attributes["brand"] == ("hp",)
    assert dataset.items[0].attributes["category"] == ("other",)
    assert (dataset.items[3].title("en"), dataset.bare) == ("9", 1)
    assert dataset.name == tmp_path.name


def test_a_folder_with_one_half_names_the_other(tmp_path: Path) -> None:
    (tmp_path / "movies.csv").write_text("movieId,title,genres\n")
    with pytest.raises(ParleyError, match=r"has no interactions; movielens-25m is a folder with movies\.csv and"):
        load_dataset(tmp_path)


def test_parleys_own_files_are_a_dataset() -> None:
    dataset = load_dataset(Path(__file__).parents[3] / "data")
    assert (len(dataset.items), len(dataset.interactions), dataset.clock) == (1200, 61_525, True)
    assert {"en", "zh"} == set(dataset.items[0].titles)


@pytest.mark.parametrize(
    ("name", "items", "rows", "persons", "clock"),
    [
        ("ml-100k", 1_682, 100_000, 943, True),
        ("ml-latest-small", 9_125, 100_004, 671, True),
        ("amazon-beauty", 12_101, 198_502, 22_363, False),
        ("amazon-office", 3_317, 21_188, 3_231, False),
    ],
)
def test_the_shared_sets_come_out_whole(name: str, items: int, rows: int, persons: int, clock: bool) -> None:
    dataset = shared(name)
    assert (len(dataset.items), len(dataset.interactions), len(dataset.interactions.persons)) == (items, rows, persons)
    assert (dataset.clock, dataset.bare) == (clock, 0)
    assert dataset.interactions.items == tuple(item.id for item in dataset.items)
    assert (dataset.part is not None) == (name == "amazon-office")


def test_films_have_titles_years_and_genres() -> None:
    dataset = shared("ml-100k")
    film = dataset.items[180]
    assert (film.title("en"), film.attributes["year"]) == ("Return of the Jedi", ("1983",))
    assert film.description("en") == "Action, adventure, romance, sci-fi, war film of 1983."
    # u.data has 55,375 ratings of 4 and 5, 17,480 of 1 and 2.
    counts = np.bincount(dataset.interactions.kind, minlength=len(KINDS))
    assert (counts[KINDS.index("like")], counts[KINDS.index("dislike")]) == (55_375, 17_480)

from __future__ import annotations

import json
from pathlib import Path

import pytest

from recommender.benchmark.sets import demo_shop, find_sets, load_sets
from recommender.errors import CatalogueError
from recommender.settings import load_settings


def small_set(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "items.jsonl").write_text(
        "".join(json.dumps({"item": n, "text": f"thing {n}", "attributes": []}) + "\n" for n in range(3)), "utf-8"
    )
    (folder / "interactions.csv").write_text("user,item,ts\n0,0,0\n0,1,1\n1,2,0\n", "utf-8")
    return folder


def test_a_folder_is_a_set_or_holds_sets(tmp_path: Path) -> None:
    one, two = small_set(tmp_path / "sets" / "one"), small_set(tmp_path / "sets" / "two")
    assert find_sets([one]) == (one,)
    assert find_sets([tmp_path / "sets"]) == (one, two)


def test_sets_have_the_names_of_their_folders(tmp_path: Path) -> None:
    (found,) = load_sets([small_set(tmp_path / "shop")], load_settings())
    assert found.name == "shop"
    assert not found.clock
    assert len(found.interactions) == 3


def test_folders_that_hold_nothing_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="no folder"):
        find_sets([tmp_path / "nothing"])
    with pytest.raises(CatalogueError, match="empty"):
        find_sets([tmp_path])


def test_without_folders_the_demo_shop_is_measured() -> None:
    (found,) = load_sets([], load_settings())
    assert found.name == "demo"
    assert found.clock
    assert (found.interactions.at[1:] >= found.interactions.at[:-1]).all()
    assert found.interactions.items == tuple(item.id for item in found.items)


def test_a_shop_without_a_log_says_so() -> None:
    with pytest.raises(CatalogueError, match="PARLEY_INTERACTIONS is empty"):
        demo_shop(load_settings(interactions=None))

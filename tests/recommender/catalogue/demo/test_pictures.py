"""Every item gets a picture of its own colour, smooth and small."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from recommender.catalogue.demo.pictures import DRAWN, draw, draw_pictures
from recommender.catalogue.demo.pictures.colours import DYES
from recommender.catalogue.demo.pictures.prints import PATTERNS, cloth
from recommender.catalogue.items import Catalogue, load_catalogue
from recommender.types import Item

DATA = Path(__file__).resolve().parents[4] / "data"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(DATA / "catalogue.csv")


def thing(category: str = "dress", colour: str = "red", pattern: str = "plain", title: str = "A thing") -> Item:
    return Item("x-1", {"en": title}, {}, {"category": (category,), "colour": (colour,), "pattern": (pattern,)}, 1.0)


def pixels(item: Item) -> np.ndarray:
    return np.asarray(draw(item, 120).convert("RGB")).astype(int)


def share_near(picture: np.ndarray, colour: tuple[int, int, int]) -> float:
    return float((np.abs(picture - np.array(colour)).max(axis=2) < 24).mean())


def test_all_categories_colours_and_patterns_of_the_catalogue_can_be_drawn(catalogue):
    assert set(catalogue.values("category")) == set(DRAWN)
    assert set(catalogue.values("colour")) == set(DYES)
    assert set(catalogue.values("pattern")) <= {"plain", "graphic", *PATTERNS}


@pytest.mark.parametrize("category", sorted(set(DRAWN) - {"watch", "sunglasses"}))
@pytest.mark.parametrize("colour", ["red", "blue", "green", "yellow"])
def test_a_plain_garment_shows_its_colour(category, colour):
    assert share_near(pixels(thing(category, colour)), DYES[colour]) > 0.05


@pytest.mark.parametrize("category", ["watch", "sunglasses"])
def test_the_colour_of_small_things_is_there_too(category):
    assert share_near(pixels(thing(category, "red")), DYES["red"]) > 0.02


@pytest.mark.parametrize("pattern", sorted([*PATTERNS, "graphic"]))
def test_a_pattern_changes_the_picture(pattern):
    plain, patterned = pixels(thing("t-shirt")), pixels(thing("t-shirt", pattern=pattern))
    assert (np.abs(plain - patterned).max(axis=2) > 40).mean() > 0.02


@pytest.mark.parametrize("pattern", sorted(PATTERNS))
@pytest.mark.parametrize("colour", sorted(DYES))
def test_cloth_keeps_its_colour_under_every_pattern(colour, pattern):
    picture = np.asarray(cloth(100, DYES[colour], pattern)).reshape(-1, 3)
    assert len(np.unique(picture, axis=0)) > 1
    assert (np.abs(picture.astype(int) - np.array(DYES[colour])).max(axis=1) < 8).mean() > 0.1


def test_words_of_the_title_choose_the_cut():
    long, short = pixels(thing(title="Red Maxi Dress")), pixels(thing(title="Red Wrap Dress"))
    assert share_near(long[-12:], DYES["red"]) > share_near(short[-12:], DYES["red"])


def test_an_unknown_thing_is_a_parcel_not_an_error():
    assert draw(thing("piano", "ultraviolet", "fractal"), 64).size == (64, 64)
    assert draw(Item("x", {"zh": "钢琴"}, {}, {}, 1.0), 64).mode == "P"


def test_edges_are_smooth():
    tones = {tuple(tone) for tone in pixels(thing("hat", "black")).reshape(-1, 3).tolist()}
    assert len(tones) > 12


def test_files_are_small_named_by_the_item_and_counted(catalogue, tmp_path):
    some = Catalogue(catalogue.items[::60], catalogue.attributes)
    steps: list[tuple[int, int]] = []
    draw_pictures(some, tmp_path, lambda done, total: steps.append((done, total)))
    assert {file.name for file in tmp_path.iterdir()} == {f"{item.id}.png" for item in some}
    assert max(file.stat().st_size for file in tmp_path.iterdir()) <= 12_288
    assert steps[-1] == (len(some), len(some))
    with Image.open(tmp_path / f"{some.items[0].id}.png") as picture:
        assert (picture.size, picture.mode) == ((320, 320), "P")


def test_items_without_a_picture_or_with_one_elsewhere_are_left_alone(tmp_path):
    bare = Item("x", {"en": "X"}, {}, {"category": ("hat",)}, 1.0)
    draw_pictures(Catalogue((bare,), ("category",)), tmp_path)
    assert not list(tmp_path.iterdir())

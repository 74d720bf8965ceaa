"""The demo data is what its README says, and the same each time."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from recommender.catalogue.check import check_catalogue
from recommender.catalogue.demo import build_demo
from recommender.catalogue.items import Catalogue, load_catalogue
from recommender.settings import Settings

DATA = Path(__file__).resolve().parents[4] / "data"
CATEGORIES = """
    dress skirt shirt t-shirt sweater jacket coat jeans trousers shorts sneakers boots heels sandals bag hat scarf watch
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(DATA / "catalogue.csv")


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with (DATA / "interactions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_committed_files_are_what_the_generator_writes(tmp_path):
    build_demo(tmp_path, Settings.model_fields["seed"].default)
    for name in ("catalogue.csv", "interactions.csv"):
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes(), f"{name} is stale: run parley demo"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["catalogue.csv", "interactions.csv"]


def test_another_seed_makes_another_shop(tmp_path):
    build_demo(tmp_path, 8)
    assert (tmp_path / "catalogue.csv").read_bytes() != (DATA / "catalogue.csv").read_bytes()
    assert check_catalogue(tmp_path / "catalogue.csv") == ()


def test_the_catalogue_is_faultless_and_large_enough_to_shop_in(catalogue):
    assert check_catalogue(DATA / "catalogue.csv") == ()
    assert len(catalogue) == 1200
    counts = catalogue.values("category")
    assert set(CATEGORIES.split()) <= set(counts)
    assert min(counts.values()) >= 40


def test_every_item_is_written_in_both_languages_with_titles_of_its_own(catalogue):
    for language in ("en", "zh"):
        assert len({item.titles[language] for item in catalogue}) == len(catalogue)
        assert min(len(item.descriptions[language]) for item in catalogue) > (150 if language == "en" else 40)


def test_a_red_dress_under_500_can_be_had_many_times_and_sometimes_below_200(catalogue):
    prices = [
        item.price
        for item in catalogue
        if item.attributes["category"] == ("dress",) and item.attributes["colour"] == ("red",) and item.stock
    ]
    assert sum(price <= 500 for price in prices) >= 12
    assert sum(price < 200 for price in prices) >= 4
    assert max(prices) > 500


def test_texts_say_what_the_columns_say(catalogue):
    for item in catalogue:
        text = item.titles["en"] + item.descriptions["en"]
        assert item.attributes["colour"][0] in text.lower()
        assert item.attributes["brand"][0] in item.titles["en"].lower()


def test_what_is_made_for_children_is_not_for_the_office(catalogue):
    for item in catalogue:
        if "kids" in item.attributes["audience"]:
            assert not {"work", "formal", "date night"} & set(item.attributes["occasion"])
            assert item.attributes["category"][0] != "heels"


def test_the_interactions_stay_small_and_name_known_items_within_the_year(catalogue, rows):
    assert 55_000 <= len(rows) <= 65_000
    assert len({row["person"] for row in rows}) == 2000
    assert {row["item"] for row in rows} <= set(catalogue.index)
    times = [datetime.fromisoformat(row["timestamp"]) for row in rows]
    assert times == sorted(times)
    assert date(2025, 11, 1) <= times[0].date() < date(2025, 12, 1)
    assert date(2026, 10, 1) < times[-1].date() <= date(2026, 10, 31)


def test_nobody_sees_an_item_before_it_is_there(catalogue, rows):
    assert all(date.fromisoformat(row["timestamp"][:10]) >= catalogue[row["item"]].added for row in rows)


def test_likes_follow_views_and_purchases_follow_likes(rows):
    done: set[tuple[str, str, str]] = set()
    needed = {"like": "view", "dislike": "view", "purchase": "like"}
    for row in rows:
        before = needed.get(row["event"])
        assert before is None or (row["person"], row["item"], before) in done
        done.add((row["person"], row["item"], row["event"]))
    counts = Counter(row["event"] for row in rows)
    assert counts["view"] > counts["like"] > counts["purchase"] > counts["dislike"] > 2000


def test_some_people_and_items_come_late(catalogue, rows):
    first_seen: dict[str, str] = {}
    for row in rows:
        first_seen.setdefault(row["person"], row["timestamp"])
    assert sum(moment >= "2026-08" for moment in first_seen.values()) > 250
    assert 0.1 < sum(item.added >= date(2026, 8, 1) for item in catalogue) / len(catalogue) < 0.2

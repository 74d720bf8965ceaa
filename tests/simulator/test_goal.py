"""Wishes that can be met, and tastes that are neither trivial nor impossible."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.types import Constraint, Limit, Range
from tests.simulator.goal import FEWEST, sample_goal
from tests.simulator.taste import accepted
from tests.simulator.tiny import tiny_shop

SHOP = tiny_shop()
seeds = st.integers(0, 10_000)


@given(seeds)
def test_at_least_three_items_in_stock_fit_every_wish(seed: int) -> None:
    goal = sample_goal(SHOP, seed)
    assert 2 <= len(goal.wish) <= 4
    fitting = {SHOP.index.items[row].id for row in np.flatnonzero(SHOP.fitting(goal.wish))}
    assert len(fitting) >= FEWEST
    assert goal.utility.keys() == fitting
    assert "shirt-11" not in fitting


@given(seeds)
def test_a_person_takes_some_of_what_fits_and_not_most_of_it(seed: int) -> None:
    goal = sample_goal(SHOP, seed)
    assert goal.accepted
    assert goal.accepted <= goal.utility.keys()
    assert len(goal.accepted) <= max(1, round(len(goal.utility) / 5))


@given(seeds)
def test_a_wish_says_one_thing_of_an_attribute(seed: int) -> None:
    wish = sample_goal(SHOP, seed).wish
    assert len({part.attribute for part in wish}) == len(wish)


def test_a_seed_is_a_goal() -> None:
    assert sample_goal(SHOP, 5) == sample_goal(SHOP, 5)
    assert len({sample_goal(SHOP, seed).wish for seed in range(50)}) > 25


def test_all_kinds_of_constraints_and_tastes_come_up() -> None:
    goals = [sample_goal(SHOP, seed) for seed in range(200)]
    parts = [part for goal in goals for part in goal.wish]
    ranges = [part for part in parts if isinstance(part, Range)]
    assert {"price", "weight"} == {part.attribute for part in ranges}
    assert any(isinstance(part, Constraint) and part.exclude for part in parts)
    assert any(isinstance(part, Constraint) and len(part.values) == 2 for part in parts)
    assert {goal.taste.kind for goal in goals} == {"favourite", "low", "high", "like"}
    assert {goal.browsing for goal in goals} == {0, 1, 2, 3}


def test_nobody_asks_for_what_suits_everybody() -> None:
    parts = [part for seed in range(200) for part in sample_goal(SHOP, seed).wish if part.attribute == "audience"]
    assert parts
    assert all("unisex" not in part.values for part in parts if isinstance(part, Constraint))


def test_what_suits_everybody_suits_women() -> None:
    assert not SHOP.breaks("shirt-2", Constraint("audience", ("women",)))
    assert SHOP.breaks("shirt-1", Constraint("audience", ("women",)))


def test_a_limit_and_an_exclusion_are_met_or_broken() -> None:
    assert SHOP.breaks("boots-3", Range("price", Limit(maximum=200)))
    assert not SHOP.breaks("boots-3", Range("price", Limit(maximum=250)))
    assert SHOP.breaks("boots-3", Constraint("colour", ("red",), exclude=True))
    assert not SHOP.breaks("boots-3", Constraint("colour", ("blue",), exclude=True))
    assert SHOP.breaks("no such item", Range("price", Limit(maximum=1e9)))


def test_the_best_fifth_is_taken_and_never_nothing() -> None:
    assert accepted({"a": 0.1, "b": 0.9, "c": 0.5}) == {"b"}
    assert accepted({f"{n}": n for n in range(10)}) == {"9", "8"}


def test_a_shop_without_choices_has_no_wishes() -> None:
    class Uniform(type(SHOP)):  # type: ignore[misc]
        choices = ()
        numbers = ()

    with pytest.raises(ValueError, match="larger catalogue"):
        sample_goal(Uniform(SHOP.index, SHOP.vocabulary, "CNY"), 1)

from __future__ import annotations

from math import log2
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.serving.ask import LEAST_ITEMS, Asker, Choice, NextQuestion, round_bounds
from recommender.serving.index import CatalogueIndex
from recommender.types import Item, Limit


def item(number: int, price: float | None = None, runtime: float | None = None, **attributes: Any) -> Item:
    values = {name: (value,) if isinstance(value, str) else value for name, value in attributes.items()}
    numbers = {} if runtime is None else {"runtime": runtime}
    return Item(str(number), {"en": str(number)}, {}, values, price, numbers=numbers)


def ask(items: list[Item], attributes: tuple[str, ...], **options: Any) -> NextQuestion | None:
    index = CatalogueIndex.build(items)
    mask, rows = np.ones(len(items), dtype=bool), np.arange(len(items))
    scores = options.pop("scores", np.zeros(len(items), dtype=np.float32))
    return Asker(index).next_question(mask, rows, scores, attributes, **options)


def gain(items: list[Item], attribute: str, likely: list[float] | None = None) -> float:
    probabilities = np.array(likely or [1 / len(items)] * len(items))
    return Asker(CatalogueIndex.build(items)).gain(attribute, np.arange(len(items)), probabilities)


SHELF = [item(n, colour=("red", "blue", "green", "grey")[n % 4], pattern="plain" if n else "dotted") for n in range(20)]


def test_four_equally_likely_colours_are_worth_two_bits() -> None:
    assert gain(SHELF, "colour") == pytest.approx(2.0)


def test_what_all_have_tells_nothing() -> None:
    assert gain([item(n, colour="red") for n in range(9)], "colour") == pytest.approx(0.0)


def test_items_without_the_attribute_tell_nothing() -> None:
    half = [item(n, **({"colour": ("red", "blue")[n % 2]} if n < 8 else {})) for n in range(16)]
    assert gain(half, "colour") == pytest.approx(0.5)


def test_an_item_of_two_colours_answers_either_way_and_tells_less() -> None:
    both = [item(n, colour=("red", "blue")) for n in range(4)]
    assert gain(both, "colour") == pytest.approx(0.0)
    assert 0 < gain([*both, item(5, colour="red"), item(6, colour="blue")], "colour") < 1


def test_unlikely_items_hardly_count() -> None:
    two = [item(0, colour="red"), item(1, colour="blue")]
    assert gain(two, "colour", [0.99, 0.01]) == pytest.approx(-0.99 * log2(0.99) - 0.01 * log2(0.01))


def test_it_asks_what_tells_most_and_offers_values_that_exist_with_their_counts() -> None:
    question = ask(SHELF, ("pattern", "colour"))
    assert question is not None
    assert question.attribute == "colour"
    assert {(choice.value, choice.count) for choice in question.choices} == {
        ("red", 5),
        ("blue", 5),
        ("green", 5),
        ("grey", 5),
    }


def test_likely_answers_come_first_and_no_more_than_five() -> None:
    many = [item(n, colour=f"c{n % 8}") for n in range(24)]
    scores = np.array([3.0 if n % 8 == 6 else 0.0 for n in range(24)], dtype=np.float32)
    question = ask(many, ("colour",), scores=scores)
    assert question is not None
    assert question.choices[0] == Choice(3, "c6")
    assert len(question.choices) == 5


def test_what_tells_little_is_not_asked_unless_nothing_is_known() -> None:
    assert ask(SHELF, ("pattern",)) is None
    needed = ask(SHELF, ("pattern",), needed=True)
    assert needed is not None
    assert needed.attribute == "pattern"


def test_few_items_are_shown_rather_than_asked_about() -> None:
    few = SHELF[: LEAST_ITEMS - 1]
    assert ask(few, ("colour",)) is None


def test_a_single_value_is_no_question_even_where_one_is_needed() -> None:
    assert ask([item(n, colour="red") for n in range(20)], ("colour",), needed=True) is None


def test_prices_are_asked_about_in_round_ranges_that_hold_what_they_say() -> None:
    priced = [item(n, price=float(100 + 17 * n)) for n in range(40)]
    question = ask(priced, ("price",))
    assert question is not None
    bounds = [choice.limit for choice in question.choices]
    assert bounds[0].minimum is None
    assert bounds[-1].maximum is None
    for choice in question.choices:
        low = -1.0 if choice.limit.minimum is None else choice.limit.minimum
        high = 1e9 if choice.limit.maximum is None else choice.limit.maximum
        assert choice.count == sum(low <= float(each.price or 0) <= high for each in priced) > 0
    assert all((bound.maximum or 100) % 50 == 0 for bound in bounds)


def test_numbers_that_some_lack_are_counted_among_those_that_have_them() -> None:
    films = [item(n, runtime=float(80 + 5 * n) if n < 20 else None) for n in range(30)]
    question = ask(films, ("runtime",))
    assert question is not None
    assert all(choice.limit != Limit() for choice in question.choices)
    assert sum(choice.count for choice in question.choices) >= 20


def test_only_what_meets_the_wishes_is_counted() -> None:
    index = CatalogueIndex.build(SHELF)
    mask = np.array([n != 0 for n in range(20)])
    question = Asker(index).next_question(mask, np.flatnonzero(mask), np.zeros(19, dtype=np.float32), ("colour",))
    assert question is not None
    assert dict((choice.value, choice.count) for choice in question.choices)["red"] == 4


@given(
    st.lists(st.lists(st.sampled_from("abcd"), max_size=3, unique=True), min_size=1, max_size=20),
    st.integers(0, 1000),
)
def test_worth_lies_between_nothing_and_what_there_is_to_know(values: list[list[str]], seed: int) -> None:
    items = [item(n, **({"colour": tuple(found)} if found else {})) for n, found in enumerate(values)]
    weights = np.random.default_rng(seed).random(len(items)) + 1e-3
    likely = weights / weights.sum()
    worth = gain(items, "colour", list(likely))
    assert -1e-9 <= worth <= -(likely * np.log2(likely)).sum() + 1e-9
    assert worth == pytest.approx(slowly(values, likely), abs=1e-9)


def slowly(values: list[list[str]], likely: np.ndarray) -> float:
    """Mutual information of item and answer among items that have the attribute, times their probability."""
    known = [(found, p) for found, p in zip(values, likely, strict=True) if found]
    share = sum(p for _, p in known)
    worth = 0.0
    for value in "abcd":
        told = sum(p / share / len(found) for found, p in known if value in found)
        for found, p in known:
            if value in found:
                joint = p / share / len(found)
                worth += joint * log2(joint / (p / share * told))
    return share * worth


@given(st.lists(st.floats(0, 1e6), max_size=50))
def test_bounds_ascend_inside_the_numbers(numbers: list[float]) -> None:
    bounds = round_bounds(np.array(numbers))
    assert list(bounds) == sorted(set(bounds))
    assert len(bounds) <= 3
    assert all(min(numbers) < bound < max(numbers) for bound in bounds)

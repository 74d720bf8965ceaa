from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.language.understand import Understanding, understand
from recommender.language.vocabulary import Vocabulary

pytestmark = pytest.mark.filterwarnings("error")


def short(found: Understanding) -> set[str]:
    """What is understood, in a line's worth of words."""
    return {
        *(f"{'-' if m.exclude else ''}{m.attribute}={m.value}" for m in found.mentions),
        *(
            f"price {p.minimum:g}.." if p.maximum is None else f"price {p.minimum or 0:g}..{p.maximum:g}"
            for p in found.prices
        ),
        *(change.value for change in found.price_changes),
        *(f"#{reference.value}" for reference in found.references),
        *(f"drop {drop.attribute}" for drop in found.drops),
        *(f"another {another.attribute}" for another in found.another),
    }


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("I want a red dress under 500 yuan", {"colour=red", "category=dress", "price 0..500"}),
        ("我想买一件红色的连衣裙，价格不超过500元", {"colour=red", "category=dress", "price 0..500"}),
        ("something cheaper than the second", {"cheaper", "#2"}),
        ("cheaper than $40", {"price 0..40"}),
        ("更便宜的", {"cheaper"}),
        ("比300块便宜一点的", {"price 0..300"}),
        ("任何颜色都可以，但是要棉的", {"drop colour", "material=cotton"}),
        ("any colour but black", {"drop colour", "-colour=black"}),
        ("不限价格，换个牌子", {"drop price", "another brand"}),
        ("it doesn't have to be red", {"drop colour"}),
        ("不一定要红色", {"drop colour"}),
        ("like the first but in blue and under 300", {"#1", "colour=blue", "price 0..300"}),
        ("第二个有蓝色的吗", {"#2", "colour=blue"}),
        ("not red, max 200, size M", {"-colour=red", "price 0..200", "size=m"}),
        ("38码的高跟鞋三百以内", {"size=38", "category=heels", "price 0..300"}),
        (
            "a white shirt for the office, not too expensive",
            {"colour=white", "category=shirt", "occasion=work", "cheaper"},
        ),
        ("for a first date", {"occasion=date night"}),
        ("hello", set()),
        ("你好", set()),
        ("👍", set()),
    ],
)
def test_overlapping_readings_give_way_to_the_most_specific(
    vocabulary: Vocabulary, message: str, expected: set[str]
) -> None:
    assert short(understand(message, vocabulary)) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("I want a red dress under 500 yuan", {"colour=red", "category=dress", "price 0..500"}),
        ("我想买一件红色的连衣裙，价格不超过500元", {"colour=red", "category=dress", "price 0..500"}),
        ("不要印花的白色T恤", {"-pattern=floral", "colour=white", "category=t-shirt"}),
        ("navy linen shirt for men, between 200 and 400",
         {"colour=navy", "material=linen", "category=shirt", "audience=men", "price 200..400"}),
        ("夏天海边穿的碎花半身裙，两三百块",
         {"season=summer", "occasion=holiday", "pattern=floral", "category=skirt", "price 200..300"}),
        ("womens sneekers size 38 not white", {"audience=women", "category=sneakers", "size=38", "-colour=white"}),
    ],
)  # fmt: skip
def test_the_demo_catalogues_own_words_are_understood(
    demo_vocabulary: Vocabulary, message: str, expected: set[str]
) -> None:
    assert expected <= short(understand(message, demo_vocabulary))


def test_the_language_is_that_of_the_message_and_else_the_default(vocabulary: Vocabulary) -> None:
    assert understand("红色的", vocabulary).language == "zh"
    assert understand("a red one", vocabulary, default="zh").language == "en"
    assert understand("38", vocabulary, default="zh").language == "zh"


@given(text=st.text())
def test_any_text_gives_the_same_understanding_twice_without_overlaps(vocabulary: Vocabulary, text: str) -> None:
    check(text, vocabulary)


FRAGMENTS = str.split(
    "red 红色 不要 not under 500 三百 以内 cheaper 便宜 than the second 第二个 any colour 颜色 无所谓 换个 "
    "another brand , ， 。 的 和 or dress 裙子 size M 38 码 but 除了 以外 doesn't have to be price 价格 max ¥ forget"
)


@given(words=st.lists(st.sampled_from(FRAGMENTS), max_size=10), joint=st.sampled_from(["", " "]))
def test_any_mixture_of_what_shoppers_say_is_understood_without_overlaps(
    vocabulary: Vocabulary, words: list[str], joint: str
) -> None:
    check(joint.join(words), vocabulary)


def check(text: str, vocabulary: Vocabulary) -> None:
    found = understand(text, vocabulary)
    assert found == understand(text, vocabulary)
    kinds = (found.mentions, found.prices, found.price_changes, found.references, found.drops, found.another)
    places = sorted({(thing.start, thing.end) for kind in kinds for thing in kind})
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(before[1] <= after[0] for before, after in pairwise(places))


@pytest.mark.parametrize(
    "fragment", ["500到", "不要红色、", "don't ", "no more ", "不", "not red or ", "9", "九", " ", "第"]
)
def test_a_pasted_wall_of_text_does_not_stall_the_conversation(vocabulary: Vocabulary, fragment: str) -> None:
    start = time.perf_counter()
    understand(fragment * 50_000, vocabulary)
    assert time.perf_counter() - start < 2


def test_a_message_of_fifteen_words_is_understood_in_well_under_two_milliseconds(vocabulary: Vocabulary) -> None:
    message = "I want a red cotton dress for the office under 500 yuan with long sleeves please"
    understand(message, vocabulary)
    best = float("inf")
    for _ in range(20):
        start = time.perf_counter()
        understand(message, vocabulary)
        best = min(best, time.perf_counter() - start)
    assert best < 0.002  # 0.2 ms on an idle core; the margin is for busy machines

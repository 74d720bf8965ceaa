from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.language.changes import find_changes
from recommender.language.measures import find_ranges
from recommender.language.understand import understand
from recommender.language.vocabulary import Vocabulary

pytestmark = pytest.mark.filterwarnings("error")

HOURS = [
    {"factor": 1, "words": {"en": ["minutes", "min"], "zh": ["分钟"]}},
    {"factor": 60, "words": {"en": ["hours", "hour", "h"], "zh": ["小时", "个小时"]}},
]


def number(labels: str, zh: str, **more: object) -> dict[str, object]:
    return {"kind": "number", "ask": False, "labels": {"en": [labels], "zh": [zh]}, **more}


MIXED = {
    "format": 2,
    "currency": "USD",
    "things": {"en": ["gadget"], "zh": ["设备"]},
    "attributes": {
        "colour": {"kind": "choice", "ask": True, "labels": {}, "values": {"red": {"en": ["red"], "zh": ["红色"]}}},
        "battery": number(
            "battery life",
            "续航",
            units=HOURS,
            more={"en": ["longer lasting"], "zh": ["续航更久"]},
            less={},
            whole=True,
            range=[60, 900],
        ),
        "memory": number(
            "memory",
            "内存",
            units=[{"factor": 1, "words": {"en": ["GB", "gigs"], "zh": ["GB", "G"]}}],
            whole=True,
            range=[4, 64],
        ),
        "weight": number(
            "weight",
            "重量",
            units=[
                {"factor": 1, "words": {"en": ["kg"], "zh": ["公斤"]}},
                {"factor": 0.5, "words": {"zh": ["斤"]}},
            ],
            more={"en": ["heavier"], "zh": ["重一点"]},
            less={"en": ["lighter"], "zh": ["轻一点", "更轻"]},
            range=[0.5, 4],
        ),
        "grade": number("grade", "评级", whole=True, range=[1, 5]),
        "year": number(
            "year",
            "年份",
            calendar=True,
            more={"en": ["newer"], "zh": ["新一点"]},
            less={"en": ["older"], "zh": ["旧一点"]},
            range=[2005, 2024],
        ),
    },
}


@pytest.fixture(scope="module")
def gadgets() -> Vocabulary:
    """A shop with prices and five other numbers."""
    return Vocabulary.from_mapping(MIXED)


@pytest.mark.parametrize(
    ("message", "attribute", "minimum", "maximum"),
    [
        ("at least 8 GB", "memory", 8, None),
        ("at least 16 gigs of memory", "memory", 16, None),
        ("16GB or more", "memory", 16, None),
        ("内存不低于16G", "memory", 16, None),
        ("under 2 kg", "weight", None, 2),
        ("lighter than 2 kg", "weight", None, 2),
        ("no heavier than 1.5kg", "weight", None, 1.5),
        ("比两公斤轻的", "weight", None, 2),
        ("三斤以内", "weight", None, 1.5),
        ("10 hours or longer lasting", "battery", 600, None),
        ("battery life of at least ten hours", "battery", 600, None),
        ("续航八小时以上", "battery", 480, None),
        ("about 5 hours", "battery", 240, 360),
        ("5小时左右", "battery", 240, 360),
        ("between 3 and 5 hours", "battery", 180, 300),
        ("3到5个小时", "battery", 180, 300),
        ("2-3 hours", "battery", 120, 180),
        ("at least 3 but no more than 5 hours", "battery", 180, 300),
        ("an hour and a half at most", "battery", None, 90),
        ("1 hour 40 minutes or more", "battery", 100, None),
        ("两个半小时以内", "battery", None, 150),
        ("半小时以上", "battery", 30, None),
        ("超过两小时的不要", "battery", None, 120),
        ("grade 4 or more", "grade", 4, None),
        ("a grade of at least 3", "grade", 3, None),
        ("评级不低于4", "grade", 4, None),
        ("grade 3 or 4", "grade", 3, 4),
        ("grade 3", "grade", 3, 3),
        ("8 GB", "memory", 8, 8),
        ("2 kg", "weight", 1.8, 2.2),
        ("about 2 kg", "weight", 1.6, 2.4),
        ("90 minutes", "battery", 81, 99),
        ("after 2010", "year", 2011, None),
        ("since 2010", "year", 2010, None),
        ("from 2010 on", "year", 2010, None),
        ("2015年以后", "year", 2015, None),
        ("2015年之后的", "year", 2015, None),
        ("before 2015", "year", None, 2014),
        ("2015年以前", "year", None, 2014),
        ("not older than 2015", "year", 2015, None),
        ("nothing after 2015", "year", None, 2015),
        ("from 2012", "year", 2012, 2012),
        ("2012年的", "year", 2012, 2012),
        ("from the 90s", "year", 1990, 1999),
        ("the nineties", "year", 1990, 1999),
        ("90年代的", "year", 1990, 1999),
        ("九十年代的", "year", 1990, 1999),
        ("上世纪八十年代", "year", 1980, 1989),
        ("late 90s", "year", 1995, 1999),
        ("90年代初", "year", 1990, 1994),
        ("after the 90s", "year", 2000, None),
        ("between 2010 and 2015", "year", 2010, 2015),
        ("2010-2015", "year", 2010, 2015),
        ("2010年到2015年", "year", 2010, 2015),
        ("around 2012", "year", 2010, 2014),
        ("2012年前后", "year", 2010, 2014),
        ("1990s or 2000s", "year", 1990, 2009),
        ("二零一五年以后", "year", 2015, None),
        ("the last five years", "year", 2020, None),
        ("近三年的", "year", 2022, None),
    ],
)
def test_a_limit_belongs_to_its_attribute_in_the_catalogues_unit(
    gadgets: Vocabulary, message: str, attribute: str, minimum: float | None, maximum: float | None
) -> None:
    (found,) = find_ranges(message, gadgets)
    assert (found.attribute, found.minimum, found.maximum) == (attribute, minimum, maximum)


@pytest.mark.parametrize(
    "message",
    [
        "under 100",
        "size 38",
        "the 2nd",
        "2010",
        "a day bag",
        "iphone 2012 pro",
        "in 3 hours",
        "$2010",
        "1 or 2",
        "8",
        "两三百",
    ],
)
def test_a_number_that_counts_something_else_sets_no_limit(gadgets: Vocabulary, message: str) -> None:
    assert find_ranges(message, gadgets) == []


@pytest.mark.parametrize(
    ("message", "prices", "ranges"),
    [
        ("under 100", [(None, 100)], []),
        ("at least 16 GB under 900", [(None, 900)], [("memory", 16, None)]),
        ("under 900 with 16 GB or more", [(None, 900)], [("memory", 16, None)]),
        ("2公斤以内，500以内", [(None, 500)], [("weight", None, 2)]),
        ("between 300 and 500, at most 2 kg", [(300, 500)], [("weight", None, 2)]),
        ("after 2015 and under 800", [(None, 800)], [("year", 2016, None)]),
        ("under 2010", [(None, 2010)], []),
    ],
)
def test_prices_and_other_numbers_do_not_take_each_others(
    gadgets: Vocabulary, message: str, prices: list[object], ranges: list[object]
) -> None:
    found = understand(message, gadgets)
    assert [(price.minimum, price.maximum) for price in found.prices] == prices
    assert [(r.attribute, r.minimum, r.maximum) for r in found.ranges] == ranges


def test_nothing_is_left_over_of_a_limit(gadgets: Vocabulary) -> None:
    for message in ("battery life of at least ten hours", "评级不低于4", "10 hours or longer lasting"):
        assert understand(message, gadgets).residue == ""


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("lighter", "weight less"),
        ("a bit lighter please", "weight less"),
        ("too heavy", "weight less"),
        ("not so heavy", "weight less"),
        ("the lightest", "weight less"),
        ("something heavier", "weight more"),
        ("not heavy enough", "weight more"),
        ("轻一点", "weight less"),
        ("再轻一些的", "weight less"),
        ("太重了", "weight less"),
        ("别太重", "weight less"),
        ("最轻的", "weight less"),
        ("more memory", "memory more"),
        ("less memory", "memory less"),
        ("a higher grade", "grade more"),
        ("内存大一点", "memory more"),
        ("评级太低", "grade more"),
        ("更高评级的", "grade more"),
        ("something newer", "year more"),
        ("稍微新一点的", "year more"),
        ("newer than the second", "year more"),
        ("too old", "year more"),
        ("旧一点也行", "year less"),
        ("比第二个新的", "year more"),
        ("比这个轻一点", "weight less"),
    ],
)
def test_a_wish_for_more_or_less_is_understood_in_every_form(gadgets: Vocabulary, message: str, expected: str) -> None:
    (change,) = find_changes(message, gadgets)
    assert f"{change.attribute} {change.direction}" == expected


@pytest.mark.parametrize("message", ["red", "heavy", "a new one", "memory", "我想要新的", "how heavy is it", "轻音乐"])
def test_a_word_without_comparison_wishes_for_no_change(gadgets: Vocabulary, message: str) -> None:
    assert find_changes(message, gadgets) == []


def test_a_limit_goes_before_the_wish_within_it(gadgets: Vocabulary) -> None:
    found = understand("lighter than 2 kg", gadgets)
    assert (len(found.ranges), found.changes) == (1, ())


@given(
    text=st.text(alphabet=st.sampled_from("0123456789 .,-~到至个半小时年代以前后hkgGBouranda两三不超过"), max_size=60)
)
def test_any_text_is_read_without_a_fault_and_within_its_bounds(text: str) -> None:
    vocabulary = Vocabulary.from_mapping(MIXED)
    for found in (*find_ranges(text, vocabulary), *find_changes(text, vocabulary)):
        assert 0 <= found.start < found.end <= len(text)
    for limit in find_ranges(text, vocabulary):
        assert limit.minimum is not None or limit.maximum is not None


def test_a_long_message_takes_no_time(gadgets: Vocabulary) -> None:
    message = "at least 3 but no more than 5 hours, 2公斤以内, after 2010, lighter than that " * 25
    understand("warm", gadgets)
    started = time.perf_counter()
    understand(message, gadgets)
    assert time.perf_counter() - started < 2

from __future__ import annotations

from typing import Any

import pytest

from recommender.language.display import format_measure, format_price
from recommender.language.vocabulary import Vocabulary

SHOP: dict[str, Any] = {
    "format": 2,
    "currency": None,
    "things": {"en": ["film", "movie"], "zh": ["电影"]},
    "attributes": {
        "genre": {"kind": "tags", "ask": True, "labels": {"en": ["genre"]}, "values": {"drama": {}}},
        "plot": {"kind": "text", "ask": False, "labels": {}},
        "runtime": {
            "kind": "number",
            "ask": True,
            "labels": {"en": ["length"], "zh": ["片长"]},
            "units": [{"factor": 1, "words": {"en": ["minutes"], "zh": ["分钟"]}}],
            "more": {"en": ["longer"], "zh": ["长一点"]},
            "range": [61, 209],
        },
        "year": {"kind": "number", "ask": False, "labels": {"en": ["year"], "zh": ["年份"]}, "calendar": True},
        "risk": {"kind": "number", "ask": False, "labels": {"en": ["risk"], "zh": ["风险"]}},
    },
}


@pytest.fixture(scope="module")
def films() -> Vocabulary:
    return Vocabulary.from_mapping(SHOP)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (117, "minutes", "117 minutes"),
        (1, "minutes", "1 minute"),
        (117, "分钟", "117 分钟"),
        (0.5, "%", "0.5%"),
        (12500, "", "12,500"),
        (1.7, "L", "1.7 L"),
        (0.125, "kg", "0.12 kg"),
    ],
)
def test_a_number_is_written_with_its_unit(value: float, unit: str, expected: str) -> None:
    assert format_measure(value, unit) == expected


def test_a_price_is_written_with_its_sign() -> None:
    assert [format_price(399, "CNY"), format_price(19.9, "USD"), format_price(5, "CHF")] == ["¥399", "$19.90", "5 CHF"]


def test_numbers_are_said_in_either_language(films: Vocabulary) -> None:
    assert films.format_number("runtime", 117.0, "en") == "117 minutes"
    assert films.format_number("runtime", 117.0, "zh") == "117 分钟"
    assert films.format_number("year", 1999.0, "en") == "1999"
    assert films.format_number("year", 1999.0, "zh") == "1999年"
    assert films.format_number("risk", 3.0, "en") == "3"


def test_more_and_less_are_said_even_where_nobody_wrote_how(films: Vocabulary) -> None:
    assert films.change_label("runtime", "more", "en") == "longer"
    assert films.change_label("runtime", "less", "en") == "lower length"
    assert films.change_label("risk", "less", "zh") == "风险更低"


def test_a_vocabulary_tells_kinds_and_what_may_be_asked(films: Vocabulary) -> None:
    assert [films.kind(name) for name in (*films.attributes, "colour")] == [
        "tags",
        "text",
        "number",
        "number",
        "number",
        None,
    ]
    assert (films.askable, films.numbers) == (("genre", "runtime"), ("runtime", "year", "risk"))
    assert (films.things("en"), films.things("zh"), films.things("fr")) == (("film", "movie"), ("电影",), ())
    assert (films.unit("runtime", "zh"), films.unit("risk", "en"), films.unit("colour", "en")) == ("分钟", "", "")
    assert (films.range("runtime"), films.range("risk")) == ((61.0, 209.0), None)
    assert (films.is_year("year"), films.is_year("runtime"), films.is_year("colour")) == (True, False, False)


def test_the_first_format_is_still_read() -> None:
    old = Vocabulary.from_mapping({"format": 1, "attributes": {"colour": {"labels": {}, "values": {"red": {}}}}})
    assert (old.kind("colour"), old.askable, old.currency) == ("tags", ("colour",), None)

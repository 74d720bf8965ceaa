from __future__ import annotations

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.language.numerals import find_numbers


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1,299.50", 1299.5, 1299.5),
        ("1.5k", 1500, 1500),
        ("1k5", 1500, 1500),
        ("2 hundred", 200, 200),
        ("1千5", 1500, 1500),
        ("1.2万", 12000, 12000),
        ("2千3百", 2300, 2300),
        ("two hundred and fifty", 250, 250),
        ("twenty-five", 25, 25),
        ("fifteen hundred", 1500, 1500),
        ("two fifty", 250, 250),
        ("a thousand two hundred", 1200, 1200),
        ("a couple hundred", 200, 200),
        ("a few hundred", 200, 500),
        ("一千八", 1800, 1800),
        ("千八", 1800, 1800),
        ("百五", 150, 150),
        ("两百五", 250, 250),
        ("一万二", 12000, 12000),
        ("壹佰贰拾", 120, 120),
        ("两三百", 200, 300),
        ("三五百", 300, 500),
        ("十五六", 15, 16),
        ("三百五六", 350, 360),
        ("三百五六十", 350, 360),
        ("百八十", 80, 100),
        ("千八百", 800, 1000),
        ("几百", 200, 900),
        ("十几", 10, 19),
        ("三百多", 300, 400),
        ("二百五十多", 250, 260),
        ("千把", 1000, 1000),
    ],
)
def test_a_number_is_read_as_people_mean_it(text: str, low: float, high: float) -> None:
    (number,) = find_numbers(text)
    assert (number.low, number.high) == (low, high)
    assert (number.start, number.end) == (0, len(text))


@pytest.mark.parametrize(
    "text", ["千万别买", "万一不行", "9" * 400, "九" * 400, "h2o", "airmax90", "often", "红色的", ""]
)
def test_words_with_numerals_in_them_are_no_numbers(text: str) -> None:
    assert find_numbers(text) == []


@given(st.integers(min_value=10, max_value=9_999_999))
def test_a_chinese_numeral_is_read_back(value: int) -> None:
    (number,) = find_numbers(cn2an.an2cn(value))
    assert (number.low, number.high) == (value, value)


@given(st.integers(min_value=0, max_value=10**9), st.sampled_from(["{}", "{:,}", "价格{}", "({})"]))
def test_digits_are_read_back_with_or_without_commas(value: int, template: str) -> None:
    assert [number.low for number in find_numbers(template.format(value))] == [value]


@given(st.text(alphabet="零一二两三四五六七八九十百千万几把来多1290.,k- ", max_size=12))
def test_any_mixture_of_numerals_gives_sound_numbers_in_order(text: str) -> None:
    end = 0
    for number in find_numbers(text):
        assert end <= number.start < number.end <= len(text)
        assert 0 <= number.low <= number.high
        end = number.end

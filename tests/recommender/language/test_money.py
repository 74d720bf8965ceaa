from __future__ import annotations

import csv
from pathlib import Path

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.language.money import AROUND, PriceMention, find_prices

HERE = Path(__file__).parent
ONES = str.split(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
TENS = str.split("zero ten twenty thirty forty fifty sixty seventy eighty ninety")

amounts = st.integers(min_value=10, max_value=99_999)


def prices() -> list[dict[str, str]]:
    with (HERE / "prices.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def english(number: int) -> str:
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    if number < 1000:
        rest = number % 100
        return f"{ONES[number // 100]} hundred" + (f" and {english(rest)}" if rest else "")
    rest = number % 1000
    link = " and " if 0 < rest < 100 else " "
    return f"{english(number // 1000)} thousand" + (f"{link}{english(rest)}" if rest else "")


@pytest.mark.parametrize("row", prices(), ids=lambda row: row["message"])
def test_a_price_limit_is_found_with_its_bounds_and_its_words(row: dict[str, str]) -> None:
    found = find_prices(row["message"])
    assert len(found) == 1
    price = found[0]
    assert price.minimum == (pytest.approx(float(row["minimum"])) if row["minimum"] else None)
    assert price.maximum == (pytest.approx(float(row["maximum"])) if row["maximum"] else None)
    assert price.currency == (row["currency"] or None)
    assert row["message"][price.start : price.end] == row["words"]


@pytest.mark.parametrize("message", (HERE / "no_prices.txt").read_text(encoding="utf-8").splitlines())
def test_numbers_that_are_no_money_are_no_price(message: str) -> None:
    assert find_prices(message) == []


def test_several_limits_keep_their_order() -> None:
    found = find_prices("a bag over 300 and shoes under $80")
    assert [(price.minimum, price.maximum, price.currency) for price in found] == [(300, None, None), (None, 80, "USD")]


def test_a_floor_above_the_ceiling_is_not_merged_with_it() -> None:
    assert [(p.minimum, p.maximum) for p in find_prices("over 900, under 500")] == [(900, None), (None, 500)]


@pytest.mark.parametrize(
    ("message", "maximum"), [("超过1000的不要", 1000), ("over 500 is too much", 500), ("一千以上的不考虑", 1000)]
)
def test_a_floor_that_is_refused_is_a_ceiling(message: str, maximum: float) -> None:
    assert [(p.minimum, p.maximum) for p in find_prices(message)] == [(None, maximum)]


@pytest.mark.parametrize(
    "template", ["under {}", "no more than {} yuan", "{} or less", "不超过{}元", "{}块以内", "最多{}"]
)
@given(amount=amounts)
def test_a_ceiling_in_digits_is_read_as_it_was_written(template: str, amount: int) -> None:
    message = template.format(amount)
    assert [(p.minimum, p.maximum) for p in find_prices(message)] == [(None, amount)]


@pytest.mark.parametrize("template", ["under {} yuan", "{} dollars at most", "don't spend more than {}", "up to {}"])
@given(amount=amounts)
def test_a_ceiling_in_english_words_is_read_as_it_was_said(template: str, amount: int) -> None:
    assert [(p.minimum, p.maximum) for p in find_prices(template.format(english(amount)))] == [(None, amount)]


@pytest.mark.parametrize("template", ["不超过{}元", "{}块钱以下", "预算{}", "别高于{}", "比{}便宜"])
@given(amount=amounts)
def test_a_ceiling_in_chinese_numerals_is_read_as_it_was_said(template: str, amount: int) -> None:
    assert [(p.minimum, p.maximum) for p in find_prices(template.format(cn2an.an2cn(amount)))] == [(None, amount)]


@pytest.mark.parametrize("template", ["over {}", "at least {} yuan", "{}以上", "至少{}块", "不低于{}元"])
@given(amount=amounts)
def test_a_floor_is_read_as_it_was_written(template: str, amount: int) -> None:
    assert [(p.minimum, p.maximum) for p in find_prices(template.format(amount))] == [(amount, None)]


@pytest.mark.parametrize("template", ["between {} and {}", "{}-{}元", "从{}到{}块", "${} to ${}", "{}～{}之间"])
@given(low=amounts, more=st.integers(min_value=1, max_value=5000))
def test_a_range_is_read_as_it_was_written(template: str, low: int, more: int) -> None:
    message = template.format(low, low + more)
    assert [(p.minimum, p.maximum) for p in find_prices(message)] == [(low, low + more)]


@pytest.mark.parametrize("template", ["around {} yuan", "about ${}", "{}元左右", "大概{}块"])
@given(amount=amounts)
def test_around_admits_a_fifth_to_either_side(template: str, amount: int) -> None:
    (price,) = find_prices(template.format(amount))
    assert price.minimum == pytest.approx(amount * (1 - AROUND), abs=0.01)
    assert price.maximum == pytest.approx(amount * (1 + AROUND), abs=0.01)


@given(hundreds=st.integers(1, 9), tens=st.integers(1, 9))
def test_the_last_unit_may_go_unsaid_in_chinese(hundreds: int, tens: int) -> None:
    digits = "零一二三四五六七八九"
    for message in (f"{digits[hundreds]}百{digits[tens]}以内", f"{hundreds}百{tens}以内"):
        assert [p.maximum for p in find_prices(message)] == [100 * hundreds + 10 * tens]


@given(amount=st.decimals(min_value=1, max_value=9999, places=2))
def test_cents_are_kept(amount: object) -> None:
    assert [(p.maximum, p.currency) for p in find_prices(f"under ${amount}")] == [
        (pytest.approx(float(str(amount))), "USD")
    ]


@given(st.text())
def test_any_text_gives_prices_in_order_within_it(text: str) -> None:
    check(text, find_prices(text))


@given(
    st.lists(
        st.sampled_from(
            str.split("under 不超过 500 三百 两 - 到 ~ 至少 块 $ ¥ k 千 万 几 多 左右 and 比 便宜 max . , 的 第 百 八")
        )
    )
)
def test_any_mixture_of_price_words_gives_sound_bounds(words: list[str]) -> None:
    for text in ("".join(words), " ".join(words)):
        check(text, find_prices(text))


def check(text: str, found: list[PriceMention]) -> None:
    end = 0
    for price in found:
        assert end <= price.start < price.end <= len(text)
        assert price.minimum is not None or price.maximum is not None
        if price.minimum is not None and price.maximum is not None:
            assert price.minimum <= price.maximum
        end = price.end

"""Personal data are taken out of what is kept; what is asked stays."""

from __future__ import annotations

import pytest

from recommender.answers.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("write to jo.doe+x@mail.example.org please", "write to [email] please"),
        ("我的邮箱是li_wei@qq.com，发我", "我的邮箱是[email]，发我"),
        ("call 13812345678", "call [phone]"),
        ("打我电话138 1234 5678", "打我电话[phone]"),
        ("+86 138-1234-5678 is mine", "[phone] is mine"),
        ("ring 010-62345678", "ring [phone]"),
        ("my number is (020) 7946 0958", "my number is [phone]"),
        ("where is AB-123456?", "where is [number]?"),
        ("快递单号SF1234567890123到哪了", "快递单号[number]到哪了"),
        ("order 20391 is late", "order [number] is late"),
        ("order no. 771 is late", "order no. [number] is late"),
        ("订单号：8812 没收到", "订单号：[number] 没收到"),
        ("身份证11010119900307123X", "身份证[number]"),
        ("see https://shop.example/o?id=7 there", "see [link] there"),
        ("my name is Mary Smith, hello", "my name is [name], hello"),
        ("我叫王小明，想退货", "我叫[name]，想退货"),
    ],
)
def test_it_is_replaced_by_what_it_was(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "is delivery free above ¥199?",
        "a dress under 1,299.50 in size 38",
        "满1000减100能用吗",
        "is the collection of 2026 out",
        "我穿170/88A，能换吗",
        "t-shirt XXL or 42",
        "do you sell Levi's 501",
    ],
)
def test_amounts_sizes_and_years_stay(text: str) -> None:
    assert mask(text) == text


def test_masking_twice_changes_nothing() -> None:
    once = mask("order AB-123456, mail a@b.example, 13812345678")
    assert mask(once) == once

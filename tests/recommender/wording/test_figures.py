from __future__ import annotations

import pytest

from recommender.language.tokens import fold
from recommender.wording.figures import find_figures


def said(text: str) -> list[tuple[str, float, bool]]:
    return [(figure.kind, figure.high, figure.limit) for figure in find_figures(fold(text))]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("It costs ¥579.", [("money", 579, False)]),
        ("under your ¥600", [("money", 600, True)]),
        ("一共五百七十九元", [("money", 579, False)]),
        ("600元以内", [("money", 600, True)]),
        ("¥300–¥500 之内", [("money", 300, True), ("money", 500, True)]),
        ("about ¥579", [("money", 579, True)]),
        ("two dresses", [("number", 2, False)]),
        ("这两款十分好看", [("number", 2, False)]),
        ("this one, that one, which one", []),
        ("just one of them", [("number", 1, False)]),
        ("看一下这一款", []),
        ("20% less", [("percent", 20, False)]),
        ("八折", [("percent", 8, False)]),
        ("x3 and 12:30", [("number", 3, False), ("number", 12, False), ("number", 30, False)]),
    ],
)
def test_a_number_has_a_kind_and_may_be_a_limit(text: str, figures: list[tuple[str, float, bool]]) -> None:
    assert said(text) == figures


def test_a_price_without_its_currency_stands_for_the_price_but_a_count_does_not() -> None:
    price = find_figures("¥579")[0]
    assert find_figures("579")[0].stands_for(price)
    assert not find_figures("579 items")[0].stands_for(price)
    assert not find_figures("$579")[0].stands_for(price)
    assert not find_figures("under ¥579")[0].stands_for(price)

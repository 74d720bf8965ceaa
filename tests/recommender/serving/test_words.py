from __future__ import annotations

import pytest

from recommender.serving.words import reason_text
from recommender.types import Item, Language, Reason

WORDS = {"red": "红色", "dress": "连衣裙", "linen": "亚麻", "shirt": "衬衫"}


class Labels:
    def label(self, attribute: str, value: str, language: str) -> str:
        return WORDS[value] if language == "zh" else value

    def attribute_label(self, attribute: str, language: str) -> str:
        return attribute

    def format_number(self, attribute: str, value: float, language: str) -> str:
        return f"{value:.0f} {'分钟' if language == 'zh' else 'minutes'}"


SHIRT = Item("s1", {"en": "Shirt"}, {}, {"category": ("shirt",), "material": ("linen",)}, 100.0)


@pytest.mark.parametrize(
    ("reason", "language", "text"),
    [
        (
            Reason("matches", {"colour": "red", "category": "dress", "price": 399.0, "maximum": 500.0}),
            "en",
            "red · dress · ¥399, under your ¥500",
        ),
        (
            Reason("matches", {"colour": "red", "category": "dress", "price": 399.0, "maximum": 500.0}),
            "zh",
            "红色 · 连衣裙 · ¥399，低于您的预算 ¥500",
        ),
        (Reason("matches", {"price": 500.0, "maximum": 500.0}), "en", "¥500, just your ¥500"),
        (Reason("matches", {"price": 500.0, "maximum": 500.0}), "zh", "¥500，正好是您的预算 ¥500"),
        (Reason("matches", {"price": 350.0, "minimum": 300.0, "maximum": 500.0}), "en", "¥350, within your ¥300–¥500"),
        (Reason("matches", {"price": 1200.0, "minimum": 1000.0}), "zh", "¥1,200，高于您要的 ¥1,000"),
        (Reason("matches", {"category": "dress", "runtime": 117.0}), "en", "dress · 117 minutes"),
        (Reason("matches", {"category": "dress", "runtime": 117.0}), "zh", "连衣裙 · 117 分钟"),
        (Reason("liked", {"item": "s1"}), "en", "like the linen shirt you liked"),
        (Reason("liked", {"item": "s1"}), "zh", "像您喜欢的亚麻衬衫"),
        (Reason("history", {"item": "s1"}), "en", "like the linen shirt you chose before"),
        (Reason("anchor", {"item": "gone"}), "en", "like the item you picked"),
        (Reason("taste", {"material": "linen"}), "zh", "您常选亚麻"),
        (Reason("text", {"text": "beach"}), "en", "fits “beach”"),
        (Reason("popular", {"rank": 3}), "en", "number 3 in popularity"),
        (Reason("new", {"added": "2026-10-20"}), "zh", "新品上架"),
    ],
)
def test_reasons_read_as_a_shop_assistant_would_say_them(reason: Reason, language: Language, text: str) -> None:
    assert reason_text(reason, language, "CNY", Labels(), {"s1": SHIRT}.get) == text

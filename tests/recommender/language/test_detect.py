from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.language.detect import detect


@pytest.mark.parametrize(
    "text",
    [
        "我要一件 t-shirt", "想要 Nike 的red连衣裙", "有 Nike Air Max 吗", "红色", "T恤", "show一下红色的", "买 dress",
        "Nordhaven 的 jacket 有吗", "我要 Levi's 501 original fit", "size M 的连衣裙", "ok 就这个", "價格不超過500元",
    ],
)  # fmt: skip
def test_a_decent_share_of_chinese_is_chinese(text: str) -> None:
    assert detect(text) == "zh"


@pytest.mark.parametrize(
    "text",
    [
        "I like the 旗袍 dress",
        "show me dresses",
        "do you have a 旗袍",
        "I want 旗袍",
        "red",
        "café dress",
        "t-shirt please",
    ],
)
def test_a_chinese_word_in_an_english_sentence_stays_english(text: str) -> None:
    assert detect(text, default="zh") == "en"


@pytest.mark.parametrize("text", ["", "   ", "500", "¥300-500", "👍", "?!", "XL", "ok", "M"])
def test_what_tells_nothing_is_in_the_default_language(text: str) -> None:
    assert detect(text, default="zh") == "zh"
    assert detect(text) == "en"


@given(st.text(), st.sampled_from(["en", "zh"]))
def test_every_text_has_one_of_the_two_languages(text: str, default: str) -> None:
    assert detect(text, default=default) in ("en", "zh")  # type: ignore[arg-type]


@given(st.text(alphabet="连衣裙红色的我想要便宜", min_size=1))
def test_pure_chinese_is_chinese_whatever_the_default(text: str) -> None:
    assert detect(text, default="en") == "zh"

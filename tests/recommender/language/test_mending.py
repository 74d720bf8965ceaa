from __future__ import annotations

import pytest

from recommender.language.mending import mend
from recommender.language.tokens import fold
from recommender.language.understand import understand
from recommender.language.vocabulary import Vocabulary
from tests.recommender.language.test_understand import short

pytestmark = pytest.mark.filterwarnings("error")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("under four hudred and fifty", "under four hundred and fifty"),
        ("wihtout stripes", "without stripes"),
        ("nohting in red", "nothing in red"),
        ("beteen two hundred and thre hundred", "between two hundred and three hundred"),
        ("牛仔库", "牛仔裤"),
        ("高根鞋，红涩", "高跟鞋，红色"),
        ("要黑涩得连衣群", "要黑色的连衣裙"),
        ("红色得不要", "红色的不要"),
        ("500一下的裙子", "500以下的裙子"),
        ("五百块已内", "五百块以内"),
        ("便易点的", "便宜点的"),
    ],
)
def test_slips_are_mended(typed: str, meant: str, vocabulary: Vocabulary) -> None:
    assert mend(fold(typed), vocabulary).text == fold(meant)


@pytest.mark.parametrize(
    "text",
    [
        "给我看一下",
        "我觉得值得买",
        "我看一下红色的",
        "送男士什么好",
        "红包和白天都不要",
        "他是男是女不重要",
        "I went there without my brother and never left",
        "a print dress by Levis for my mother in the seventies",
        "有没有牛仔裤",
        "",
        "👍 38",
    ],
)
def test_what_is_no_slip_stays(text: str, vocabulary: Vocabulary) -> None:
    assert mend(fold(text), vocabulary).text == fold(text)


def test_offsets_lead_to_what_was_typed(vocabulary: Vocabulary) -> None:
    text = "a dress wihtout red, undr four hudred please"
    found = understand(text, vocabulary)
    (price,) = found.prices
    assert (price.maximum, text[price.start : price.end]) == (400, "undr four hudred")
    assert [text[mention.start : mention.end] for mention in found.mentions] == ["dress", "red"]
    assert found.residue == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a bag for four hudred and fifty at most", {"category=bag", "price 0..450"}),
        ("wihtout leather", {"-material=leather"}),
        ("红涩得高根鞋", {"colour=red", "category=heels"}),
    ],
)
def test_mended_messages_are_understood(text: str, expected: set[str], vocabulary: Vocabulary) -> None:
    assert short(understand(text, vocabulary)) == expected

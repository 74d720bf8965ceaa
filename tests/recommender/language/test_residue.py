from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.language.residue import residue
from recommender.language.understand import understand
from recommender.language.vocabulary import Vocabulary

NOTHING_LEFT = Path(__file__).with_name("no_residue.txt")


@pytest.mark.parametrize(
    ("message", "rest"),
    [
        ("I want a red dress for a beach wedding under 500", "beach wedding"),
        ("something warm for rainy days in Hamburg", "warm rainy days Hamburg"),
        ("a dress like the one Audrey Hepburn wore", "Audrey Hepburn"),
        ("waterproof boots, please!", "waterproof"),
        ("推荐几件适合海边度假穿的裙子", "海边度假"),
        ("想要一双适合下雨天穿的靴子", "下雨天"),
        ("送给朋友的生日礼物", "朋友 生日"),
        ("防水的夹克", "防水"),
    ],
)
def test_what_is_left_is_what_nothing_else_understood(vocabulary: Vocabulary, message: str, rest: str) -> None:
    assert understand(message, vocabulary).residue == rest


@pytest.mark.parametrize("message", ["", "   ", *NOTHING_LEFT.read_text(encoding="utf-8").splitlines()])
def test_a_message_that_is_understood_whole_leaves_exactly_nothing(vocabulary: Vocabulary, message: str) -> None:
    assert understand(message, vocabulary).residue == ""


def test_spans_are_left_out_and_spelling_is_kept() -> None:
    assert residue("Red Boots from MILAN", [(0, 9)]) == "MILAN"
    assert residue("ＰＡＲＩＳ風格", []) == "ＰＡＲＩＳ 風格"


def test_what_spans_part_is_not_joined() -> None:
    assert residue("海边红色度假", [(2, 4)]) == "海边 度假"


@given(st.text())
def test_the_residue_is_made_of_the_text_and_has_no_residue_but_itself(text: str) -> None:
    rest = residue(text, [])
    assert all(part in text for part in rest.split())
    assert rest == rest.strip()
    assert residue(text, [(0, len(text))]) == ""


@given(
    st.lists(
        st.sampled_from(str.split("beach wedding please I want velvet Paris show me the 海边 度假 适合 推荐 给我 摇滚"))
    )
)
def test_taking_the_residue_twice_changes_nothing(words: list[str]) -> None:
    once = residue(" ".join(words), [])
    assert residue(once, []) == once

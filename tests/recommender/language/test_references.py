from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.language.references import find_another, find_drops, find_price_change, find_references
from recommender.language.vocabulary import Vocabulary

TABLE = Path(__file__).with_name("wishes.tsv")


def rows(kind: str) -> list[tuple[str, list[str]]]:
    """Messages and what they say; nothing for those that only look as if they did."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["message"], row["expected"].split()) for row in table if row["kind"] == kind]


@pytest.mark.parametrize(("message", "expected"), rows("position"))
def test_a_position_in_the_list_is_understood(message: str, expected: list[str]) -> None:
    assert [str(reference.value) for reference in find_references(message)] == expected


@pytest.mark.parametrize(("message", "expected"), rows("price"))
def test_a_wish_for_cheaper_or_dearer_things_is_understood(message: str, expected: list[str]) -> None:
    assert sorted({change.value for change in find_price_change(message)}) == expected


@pytest.mark.parametrize(("message", "expected"), rows("drop"))
def test_a_dropped_wish_names_its_attribute(vocabulary: Vocabulary, message: str, expected: list[str]) -> None:
    assert [drop.attribute for drop in find_drops(message, vocabulary)] == expected


@pytest.mark.parametrize(("message", "expected"), rows("another"))
def test_a_wish_for_another_value_names_its_attribute(
    vocabulary: Vocabulary, message: str, expected: list[str]
) -> None:
    assert [another.attribute for another in find_another(message, vocabulary)] == expected


@given(st.integers(1, 10))
def test_every_position_up_to_ten_is_said_in_either_language(position: int) -> None:
    han = "一二三四五六七八九十"[position - 1]
    for message in (f"number {position}", f"#{position}", f"第{position}个", f"第{han}件"):
        (reference,) = find_references(message)
        assert reference.value == position
        assert message[reference.start : reference.end] == message


@given(text=st.text())
def test_any_text_is_read_without_a_fault_and_within_its_bounds(vocabulary: Vocabulary, text: str) -> None:
    for found in (
        find_references(text),
        find_price_change(text),
        find_drops(text, vocabulary),
        find_another(text, vocabulary),
    ):
        assert all(0 <= thing.start < thing.end <= len(text) for thing in found)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.language.forms import inflections
from recommender.language.typos import TypoIndex, common_words, one_apart

words = st.text(alphabet="abcd", max_size=6)


def distance(a: str, b: str) -> int:
    """Optimal string alignment by the textbook table: the oracle of `one_apart`."""
    table = [[i + j for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


@given(words, words)
def test_one_apart_agrees_with_the_table_of_edits(a: str, b: str) -> None:
    assert one_apart(a, b) == (distance(a, b) == 1)


@given(st.lists(st.text(alphabet="abcd", min_size=5, max_size=7), max_size=8), st.text(alphabet="abcd", min_size=5))
def test_corrections_are_one_edit_away_and_only_a_short_words_first_letter_is_trusted(
    known: list[str], typed: str
) -> None:
    index = TypoIndex(known)
    near = {word for word in known if distance(word, typed) == 1}
    found = index.corrections(typed)
    assert set(found) <= near
    if len(typed) > 5 or any(word[0] == typed[0] for word in near):
        assert bool(found) == bool(near)


@pytest.mark.parametrize("word", ["coast", "match", "greet", "shirts", "means", "rid", "tea", "press", "weather"])
def test_an_ordinary_word_is_no_typo(word: str) -> None:
    assert (
        TypoIndex(["coats", "watch", "green", "shorts", "jeans", "red", "tee", "dress", "leather"]).corrections(word)
        == []
    )


def test_short_words_are_never_corrected() -> None:
    assert TypoIndex(["red", "coat", "wool"]).corrections("coatt") == []


def test_swapped_letters_are_likelier_than_another_letter() -> None:
    assert TypoIndex(["shirt", "skirt"]).corrections("sihrt") == ["shirt"]


def test_the_common_words_are_plain_lower_case_words() -> None:
    assert len(common_words()) > 5000
    assert all(word.isalpha() and word.islower() and word.isascii() for word in common_words())


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("dress", ["dresses"]), ("boots", ["boot"]), ("scarf", ["scarves", "scarfs"]), ("scarves", ["scarf"]),
        ("watch", ["watches"]), ("party", ["parties"]), ("hoodies", ["hoody"]), ("sunnies", []), ("women", ["woman"]),
        ("shorts", []), ("tights", []), ("canvas", []), ("business", ["businesses"]), ("bus", ["buses"]), ("xl", []),
    ],
)  # fmt: skip
def test_words_bend_in_number(word: str, forms: list[str]) -> None:
    assert list(inflections(word)) == forms

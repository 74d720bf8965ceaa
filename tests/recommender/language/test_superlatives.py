from __future__ import annotations

import pytest

from recommender.language.superlatives import find_superlatives, numbers_asked
from recommender.language.vocabulary import Vocabulary
from tests.cinema import FILMS

FILM_WORDS = Vocabulary.from_mapping(FILMS)


@pytest.mark.parametrize(
    ("text", "attribute", "direction"),
    [
        ("I'll take the cheapest one", "price", "less"),
        ("the most expensive please", "price", "more"),
        ("最便宜的那个", "price", "less"),
        ("最贵的", "price", "more"),
        ("那个便宜的", "price", "less"),
        ("the longest film", "runtime", "more"),
        ("which is the shortest?", "runtime", "less"),
        ("最长的那部", "runtime", "more"),
        ("最老的", "year", "less"),
        ("your newest", "year", "more"),
    ],
)
def test_superlatives_follow_from_the_words_for_more_and_less(text: str, attribute: str, direction: str) -> None:
    assert [(s.attribute, s.direction) for s in find_superlatives(text, FILM_WORDS)] == [(attribute, direction)]


@pytest.mark.parametrize("text", ["something cheaper", "便宜一点", "a longer one", "newer please", "红色的", ""])
def test_more_and_less_are_no_superlatives(text: str) -> None:
    assert find_superlatives(text, FILM_WORDS) == []


def test_the_cheaper_one_tells_apart_and_asks_for_no_extreme() -> None:
    for text in ("the cheaper one", "the cheapest one", "最便宜的那个", "最长的这部", "那个便宜的"):
        assert [s.apart for s in find_superlatives(text, FILM_WORDS)] == [True]
    for text in ("the cheapest", "最便宜的", "the longest film"):
        assert [s.apart for s in find_superlatives(text, FILM_WORDS)] == [False]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("how long is it", ["runtime"]),
        ("它有多长", ["runtime"]),
        ("how old is that film", ["year"]),
        ("is it long", []),
    ],
)
def test_how_long_asks_for_a_number(text: str, asked: list[str]) -> None:
    assert numbers_asked(text, FILM_WORDS) == asked

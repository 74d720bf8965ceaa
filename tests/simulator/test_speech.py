"""People say the same thing in many ways, and with slips that a reader still reads over."""

from __future__ import annotations

import random
import re
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.types import Constraint, Language, Limit, Range
from tests.simulator.acts import Act
from tests.simulator.nouns import Nouns, with_article
from tests.simulator.numerals import english_words, han, money
from tests.simulator.phrasebook import phrasebook
from tests.simulator.slips import slip
from tests.simulator.speech import Speech
from tests.simulator.tiny import tiny_shop

SHOP = tiny_shop()
RED, BOOTS = Constraint("colour", ("red",)), Constraint("category", ("boots",))
CHEAP = Range("price", Limit(maximum=500))
LANGUAGES: tuple[Language, ...] = ("en", "zh")
seeds = st.integers(0, 100_000)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_act_has_a_dozen_ways_of_saying_it(language: Language) -> None:
    book = phrasebook(language)
    assert book.acts.keys() == phrasebook("en").acts.keys()
    assert {name: len(v) for name, v in book.acts.items() if len(set(v)) < 12} == {}
    assert {name: len(v) for name, v in book.number.items() if len(set(v)) < 12} == {}
    assert len(book.reasons) >= 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_ask_for_what_their_acts_have(language: Language) -> None:
    needs = {"exclude": {"v"}, "answer": {"v"}, "budget": {"p"}, "restate": {"p"}, "refine": {"p"}, "accept": {"nth"}}
    for name, fields in needs.items():
        for sentence in phrasebook(language).acts[name]:
            assert {field for _, field, _, _ in Formatter().parse(sentence) if field} == fields, sentence


@given(seeds, st.sampled_from(LANGUAGES))
def test_every_act_can_be_said(seed: int, language: Language) -> None:
    speech = Speech(SHOP, language, random.Random(seed))
    for name in speech.book.acts:
        text = speech.utter(Act(name, (BOOTS, RED, CHEAP), 2, 3, "colour"))
        assert text.strip()
        assert not re.search(r"[{}]|None", text), text


def test_a_click_sends_its_payload() -> None:
    assert Speech(SHOP, "en", random.Random(1)).utter(Act("answer", payload="/skip")) == "/skip"


def test_words_that_mean_more_or_less_than_the_value_are_not_used() -> None:
    assert SHOP.words("category", "boots", "en") == ("boots",)  # not footwear, not leather boots
    assert set(SHOP.words("category", "shirt", "zh")) == {"衬衫", "衬衣"}


@given(seeds)
def test_a_wish_names_all_its_parts_in_english(seed: int) -> None:
    phrase = Nouns(SHOP, "en", random.Random(seed)).phrase((BOOTS, RED, CHEAP))
    assert "boots" in phrase
    assert re.search("red|crimson", phrase)
    assert re.search("500|five hundred", phrase)


@given(seeds)
def test_a_wish_names_all_its_parts_in_chinese(seed: int) -> None:
    phrase = Nouns(SHOP, "zh", random.Random(seed)).phrase(
        (BOOTS, RED, CHEAP, Constraint("material", ("cotton",), True))
    )
    assert "靴子" in phrase
    assert "红" in phrase
    assert re.search("500|五百", phrase)
    assert "不要棉的" in phrase


def test_one_value_of_a_switched_message_is_in_the_other_language() -> None:
    phrase = Nouns(SHOP, "en", random.Random(3), switched=True).phrase((BOOTS, RED))
    assert len(re.findall("[\u4e00-\u9fff]+", phrase)) == 1


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("olive coat", "an olive coat"),
        ("red dress under 500", "a red dress under 500"),
        ("blue jeans for men", "some blue jeans for men"),
        ("something in red", "something in red"),
    ],
)
def test_articles(phrase: str, said: str) -> None:
    assert with_article(phrase) == said


@pytest.mark.parametrize(
    ("number", "chinese", "english"),
    [
        (15, "十五", "fifteen"),
        (200, "两百", "two hundred"),
        (305, "三百零五", "three hundred and five"),
        (1050, "一千零五十", "one thousand and fifty"),
        (1200, "一千二", "one thousand two hundred"),
        (1500, "一千五", "one thousand five hundred"),
        (15000, "一万五", "fifteen thousand"),
    ],
)
def test_amounts_in_words(number: int, chinese: str, english: str) -> None:
    assert han(number) == chinese
    assert english_words(number) == english


@given(st.integers(1, 99_999), seeds)
def test_amounts_keep_their_value(number: int, seed: int) -> None:
    said = money(number, "CNY", "en", random.Random(seed))
    digits = re.search(r"\d+", said)
    assert (int(digits[0]) if digits else said.split(" yuan")[0]) in (number, english_words(number))


@given(st.text(min_size=1, max_size=60), seeds)
def test_a_slip_changes_little(text: str, seed: int) -> None:
    assert abs(len(slip(text, random.Random(seed), lambda word: False)) - len(text)) <= 1


@given(st.sampled_from(["I want some leather boots", "a cotton blouse under 500"]), seeds)
def test_a_slip_keeps_first_and_last_letters_and_numbers(text: str, seed: int) -> None:
    slipped = slip(text, random.Random(seed), lambda word: False).split()
    assert [(w[0], w[-1]) for w in slipped] == [(w[0], w[-1]) for w in text.split()]
    assert re.findall(r"\d+", " ".join(slipped)) == re.findall(r"\d+", text)


def test_a_slip_makes_no_other_value() -> None:
    assert slip("shirt", random.Random(0), lambda word: True) == "shirt"

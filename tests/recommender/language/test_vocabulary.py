from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.language.vocabulary import Mention, Vocabulary

HERE = Path(__file__).parent


def table() -> list[tuple[str, str]]:
    with (HERE / "mentions.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["message"], row["mentions"]) for row in rows]


def said(mentions: list[Mention]) -> list[str]:
    return [f"{'-' if m.exclude else ''}{m.attribute}={m.value.replace(' ', '_')}" for m in mentions]


@pytest.mark.parametrize(("message", "expected"), table())
def test_values_are_found_by_their_words_and_negation_is_scoped(
    vocabulary: Vocabulary, message: str, expected: str
) -> None:
    assert list(dict.fromkeys(said(vocabulary.find(message)))) == expected.split()


def test_a_mention_stands_where_its_words_stand(vocabulary: Vocabulary) -> None:
    message = "想要 Nordhaven 的ｒｅｄ连衣裙, sz t shirt"
    words = [message[m.start : m.end] for m in vocabulary.find(message)]
    assert words == ["Nordhaven", "ｒｅｄ", "连衣裙", "t shirt"]


def test_a_word_for_several_values_of_an_attribute_gives_them_all_in_one_place(vocabulary: Vocabulary) -> None:
    assert vocabulary.find("外套") == [Mention("category", "jacket", 0, 2), Mention("category", "coat", 0, 2)]


def test_a_word_of_two_attributes_means_the_one_declared_first(vocabulary: Vocabulary) -> None:
    assert "orange" in vocabulary.values("material")
    assert said(vocabulary.find("orange")) == ["colour=orange"]


def test_an_excluded_value_is_taken_out_of_a_wider_word(vocabulary: Vocabulary) -> None:
    assert said(vocabulary.find("tops but not t-shirts")) == ["category=shirt", "-category=t-shirt"]


def test_a_typo_that_could_be_two_values_is_neither(vocabulary: Vocabulary) -> None:
    assert vocabulary.find("shrts") == []


def test_a_word_that_is_another_catalogues_is_not_corrected_into_this_ones() -> None:
    only_shorts = {"category": {"labels": {}, "values": {"shorts": {"en": ["shorts"]}}}}
    vocabulary = Vocabulary.from_mapping({"format": 1, "attributes": only_shorts})
    assert vocabulary.find("shirts") == []
    assert said(vocabulary.find("shortss")) == ["category=shorts"]


def test_labels_are_the_first_words_and_fall_back_to_the_value(vocabulary: Vocabulary) -> None:
    assert vocabulary.label("colour", "red", "zh") == "红色"
    assert vocabulary.label("colour", "red", "en") == "red"
    assert vocabulary.label("brand", "voltrek", "zh") == "voltrek"
    assert vocabulary.label("no such attribute", "x", "en") == "x"
    assert vocabulary.attribute_label("colour", "zh") == "颜色"
    assert vocabulary.attribute_label("fit", "zh") == "fit"


def test_values_and_words_are_those_of_the_catalogue_in_its_order(vocabulary: Vocabulary) -> None:
    assert vocabulary.values("season") == ("spring", "summer", "autumn", "winter")
    assert vocabulary.values("fit") == ()
    assert vocabulary.attributes[:2] == ("category", "colour")
    assert {"颜色", "crimson", "连衣裙", "Nordhaven"} <= set(vocabulary.words())


def test_a_vocabulary_read_from_a_file_is_the_same(mapping: Mapping[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "vocabulary.json"
    path.write_text(json.dumps(mapping), encoding="utf-8")
    vocabulary = Vocabulary.load(path)
    assert vocabulary.currency == "CNY"
    assert said(vocabulary.find("no red dresses")) == ["-colour=red", "category=dress"]


def test_a_missing_file_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="parley prepare"):
        Vocabulary.load(tmp_path / "vocabulary.json")


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"format": 2}', '{"format": 1}', '{"format": 1, "attributes": {"a": 1}}']
)
def test_a_file_that_is_no_vocabulary_is_refused_with_advice(tmp_path: Path, content: str) -> None:
    path = tmp_path / "vocabulary.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match="parley prepare"):
        Vocabulary.load(path)


@given(text=st.text())
def test_mentions_of_any_text_are_in_order_and_inside_it(vocabulary: Vocabulary, text: str) -> None:
    places = list(dict.fromkeys((m.start, m.end) for m in vocabulary.find(text)))
    end = 0
    for start, stop in places:
        assert end <= start < stop <= len(text)
        end = stop


WORDS = ["red", "dress", "boots", "leather", "t-shirt", "wool", "striped", "sneakers"]


@given(
    word=st.sampled_from(WORDS),
    before=st.text(alphabet="abcdeghijkxyz", max_size=3),
    after=st.text(alphabet="abcdfghijkxyz", max_size=3),
)
def test_a_word_inside_a_longer_latin_word_is_no_mention(
    vocabulary: Vocabulary, word: str, before: str, after: str
) -> None:
    embedded = f"{before}qv{word}vq{after}"  # two more letters on either side: no typo of it either
    assert vocabulary.find(f"I saw {embedded} there") == []


@given(word=st.sampled_from(["dress", "sneakers", "leather", "striped", "burgundy"]), data=st.data())
def test_swapped_letters_in_a_long_word_are_forgiven(vocabulary: Vocabulary, word: str, data: st.DataObject) -> None:
    i = data.draw(st.integers(1, len(word) - 2))
    typo = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    assert said(vocabulary.find(f"a {typo}")) == said(vocabulary.find(f"a {word}"))


@given(data=st.data())
def test_every_word_of_the_vocabulary_is_found_alone_and_among_others(
    vocabulary: Vocabulary, data: st.DataObject
) -> None:
    attribute = data.draw(st.sampled_from(["category", "colour", "pattern", "season"]))
    value = data.draw(st.sampled_from(vocabulary.values(attribute)))
    language = data.draw(st.sampled_from(["en", "zh"]))
    word = vocabulary.label(attribute, value, language)
    frame = "please show me {} ones" if language == "en" else "我想要{}的"
    assert f"{attribute}={value.replace(' ', '_')}" in said(vocabulary.find(frame.format(word)))


FILMS = {
    "category": {"labels": {}, "values": {"film": {"en": ["film", "movie"], "zh": ["电影"]}, "sofa": {}}},
    "genre": {
        "labels": {"zh": ["类型"]},
        "values": {"sci-fi": {"en": ["sci-fi", "science fiction"], "zh": ["科幻"]}, "horror": {}},
    },
    "director": {"labels": {}, "values": {"j.j. abrams": {}, "王家卫": {}}},
    "year": {"labels": {"zh": ["年"]}, "values": {"1999": {}, "2024": {}}},
    "seats": {"labels": {}, "values": {"2": {}, "3": {}}},
    "screen": {"labels": {}, "values": {"15.6-inch": {}}},
}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("science fiction movies by J.J. Abrams", ["genre=sci-fi", "category=film", "director=j.j._abrams"]),
        ("王家卫的科幻电影，不是horror", ["director=王家卫", "genre=sci-fi", "category=film", "-genre=horror"]),
        ("a sofa with 3 seats", ["category=sofa", "seats=3"]),
        ("2024年的电影", ["year=2024", "category=film"]),
        ("year 1999 or 2024", ["year=1999", "year=2024"]),
        ("1999 people and 3 dogs", []),
        ("15.6 inch", ["screen=15.6-inch"]),
    ],
)
def test_any_other_catalogue_is_understood_by_its_own_values(message: str, expected: list[str]) -> None:
    assert said(Vocabulary.from_mapping({"format": 1, "attributes": FILMS}).find(message)) == expected

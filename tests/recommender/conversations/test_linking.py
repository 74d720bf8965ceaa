from __future__ import annotations

import pytest

from recommender.conversations.catalogue import Catalogue, mentions_of
from recommender.conversations.dialogue import Dialogue
from recommender.conversations.words import key_of, words_of
from recommender.types import Item


def named_items(films: Catalogue, text: str) -> list[set[str]]:
    return [{films.ids[row] for row in m.items} for m in films.linker.find(text) if m.items]


def named_values(films: Catalogue, text: str) -> set[tuple[str, str]]:
    graph = films.graph
    found = {value for m in films.linker.find(text) for value in m.values}
    return {(graph.attributes[graph.values[value][0]], graph.values[value][1]) for value in found}


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("something like Blade Runner", "blade"),
        ("something like blade runner but funnier", "blade"),
        ("I loved Amelie", "amelie"),
        ("I loved AMÉLIE!", "amelie"),
        ("have you seen Shining", "shining"),
        ("the Shining scared me", "shining"),
        ("Clockwork Orange is odd", "clockwork"),
        ("oceans eleven", "ocean"),
        ("Ocean’s Eleven", "ocean"),
        ("像《银翼杀手》那样的", "blade"),
        ("我喜欢玩具总动员", "toy"),
        ("Blade Runnr was great", None),
        ("Midnight in Pariss", "paris"),
    ],
)
def test_a_title_is_found_however_it_is_written(films: Catalogue, text: str, item: str | None) -> None:
    found = named_items(films, text)
    assert found == ([{item}] if item else found)


def test_the_longest_title_wins(films: Catalogue) -> None:
    assert named_items(films, "I have seen Iron Man 2") == [{"iron2"}]
    assert named_items(films, "I have seen Iron Man II") == [{"iron2"}]
    assert named_items(films, "I have seen Iron Man") == [{"iron1"}]


def test_a_year_tells_remakes_apart_and_without_it_both_are_meant(films: Catalogue) -> None:
    assert named_items(films, "Halloween (2018) please") == [{"hallow18"}]
    assert named_items(films, "something like Halloween") == [{"hallow78", "hallow18"}]


def test_a_title_as_written_is_meant_before_one_that_only_resembles_it() -> None:
    titles = ("Gatsby", "Gatsby (1974)", "The Gatsby (Special)", "The Terminal", "Terminal")
    catalogue = Catalogue.build([Item(title, {"en": title}, {}, {}, 0.0) for title in titles])
    assert named_items(catalogue, "Gatsby?") == [{"Gatsby"}]
    assert named_items(catalogue, "the Gatsby (special)") == [{"The Gatsby (Special)"}]
    assert named_items(catalogue, "Seen The Terminal?") == [{"The Terminal"}]
    assert named_items(catalogue, "Seen Terminal?") == [{"Terminal"}]


@pytest.mark.parametrize("text", ["I like it", "It was good", "is it scary?", "THAT IS IT"])
def test_an_ordinary_word_is_no_title(films: Catalogue, text: str) -> None:
    assert named_items(films, text) == []


@pytest.mark.parametrize("text", ["have you seen It?", 'the film "it" scared me', "I saw It twice"])
def test_an_ordinary_word_written_as_a_title_is_one(films: Catalogue, text: str) -> None:
    assert named_items(films, text) == [{"it"}]


def test_a_person_is_found_in_every_part_they_have(films: Catalogue) -> None:
    assert named_values(films, "anything by jon favreau?") == {("director", "Jon Favreau"), ("actor", "Jon Favreau")}


def test_a_possessive_is_no_part_of_the_name(films: Catalogue) -> None:
    assert ("director", "Ridley Scott") in named_values(films, "Ridley Scott's best film")


def test_a_misspelt_name_is_found_when_it_is_written_as_a_name(films: Catalogue) -> None:
    assert named_values(films, "Something by Stanly Kubrick") == {("director", "Stanley Kubrick")}
    assert named_values(films, "Sigourney Weever was great in it") == {("actor", "Sigourney Weaver")}


@pytest.mark.parametrize("text", ["but funnier", "I want comedies", "a comedy", "要搞笑一点的"])
def test_a_wish_leads_to_the_value_that_has_it(films: Catalogue, text: str) -> None:
    assert ("genre", "comedy") in named_values(films, text)


def test_places_are_those_of_the_text_as_written(films: Catalogue) -> None:
    text = "So: Amélie’s director, or Blade Runner?"
    assert [text[m.start : m.end] for m in films.linker.find(text)] == ["Amélie’s", "Blade Runner"]


def test_annotated_names_come_in_at_their_place_even_when_the_catalogue_does_not_know_them(films: Catalogue) -> None:
    dialogue = Dialogue(("I play football and like it", "Like Blade Runner?"), named=("Football", "It", "nowhere said"))
    found = mentions_of(films, dialogue)
    assert [(m.key, m.turn) for m in found] == [(("football",), 0), (("it",), 0), (("blade", "runner"), 1)]
    assert [films.ids[row] for m in found for row in m.items] == ["it", "blade"]


def test_an_anchor_is_named_without_words(films: Catalogue) -> None:
    (mention,) = mentions_of(films, Dialogue(("more like that",), anchors=("toy", "sold out")))
    assert [films.ids[row] for row in mention.items] == ["toy"]


def test_keys_compare_names() -> None:
    assert key_of("Ocean's  Éleven II") == key_of("oceans eleven 2")
    assert [(w.text, w.stem) for w in words_of("Scott's 银翼")] == [("scotts", "scott"), ("银", "银"), ("翼", "翼")]

from __future__ import annotations

import numpy as np
import pytest

from recommender.conversations.catalogue import Catalogue, passage_of
from recommender.conversations.dialogue import Answered, Dialogue
from recommender.conversations.features import CONTEXT, FAMILIES, QueryVectors, column_names, evidence, family
from recommender.conversations.past import learn_past

from .conftest import FILMS


def column(films: Catalogue, name: str, *turns: str, past: tuple[Answered, ...] | None = None) -> dict[str, float]:
    learned = None if past is None else learn_past(films, past)
    found = evidence(films, learned, Dialogue(turns), None)
    values = found.columns[:, found.names.index(name)]
    return {films.ids[row]: float(values[row]) for row in np.flatnonzero(values)}


def test_a_named_person_links_to_the_films_in_which_they_have_that_part(films: Catalogue) -> None:
    said = "What has Jon Favreau directed?"
    assert set(column(films, "links.latest.director", said)) == {"iron1", "iron2", "chef"}
    assert set(column(films, "links.latest.actor", said)) == {"chef"}


def test_who_was_named_last_counts_as_latest_and_the_others_fade(films: Catalogue) -> None:
    turns = ("Ridley Scott?", "He made Alien.", "And Stanley Kubrick?")
    assert set(column(films, "links.latest.director", *turns)) == {"shining", "clockwork"}
    assert column(films, "links.past.director", *turns) == pytest.approx({"blade": 0.6, "alien": 0.6})


def test_a_person_counts_before_a_broad_word_that_follows(films: Catalogue) -> None:
    many = [*FILMS, *(FILMS[0].__class__(f"x{i}", {"en": f"X{i}"}, {}, {"genre": ("comedy",)}, 0.0) for i in range(9))]
    catalogue = Catalogue.build(many)
    assert set(column(catalogue, "links.latest.director", "Kubrick's? No, a Woody Allen comedy")) == {"paris"}


def test_films_share_what_the_film_named_last_has(films: Catalogue) -> None:
    shared = column(films, "shared.latest.director", "Something like Iron Man?")
    assert set(shared) == {"iron1", "iron2", "chef"}
    title = column(films, "shared.titles.latest", "Something like Iron Man?")
    assert title["iron2"] > 0
    assert "chef" not in title


def test_a_rare_value_is_worth_more_than_one_that_many_have(films: Catalogue) -> None:
    director = column(films, "shared.latest.director", "like Midnight in Paris")["paris"]
    genre = column(films, "shared.latest.genre", "like The Shining")["it"]
    assert director > genre > 0


def test_who_named_a_film_and_when_are_told_apart(films: Catalogue) -> None:
    turns = ("I saw Alien", "Try Toy Story", "I also saw Blade Runner", "Then Galaxy Quest?", "No, Chef")
    for name, item in [("latest", "chef"), ("last", "chef"), ("before", "galaxy"), ("asker", "blade")]:
        assert item in column(films, f"named.{name}", *turns)
    assert set(column(films, "named.answerer", *turns)) == {"toy"}


def test_past_answers_to_the_same_name_and_to_similar_words_speak(
    films: Catalogue, answered: tuple[Answered, ...]
) -> None:
    assert column(films, "answers.latest", "Is Stanley Kubrick alive?", past=answered).keys() == {"clockwork"}
    laugh = column(films, "contexts.last", "I want to laugh about something", past=answered)
    assert max(laugh, key=laugh.__getitem__) == "galaxy"
    assert column(films, "popularity.answers", "hello", past=answered).keys() == {"clockwork", "galaxy", "iron1"}


def test_without_a_past_and_without_names_nothing_speaks(films: Catalogue) -> None:
    found = evidence(films, None, Dialogue(("hello there",)), None)
    silent = [name for name in found.names if name != "text.known"]
    assert not any(found.columns[:, found.names.index(name)].any() for name in silent)


def test_columns_do_not_depend_on_the_dialogue(films: Catalogue, answered: tuple[Answered, ...]) -> None:
    names = column_names(films)
    assert len(set(names)) == len(names)
    assert {family(name) for name in names} <= set(FAMILIES)
    found = evidence(films, learn_past(films, answered), Dialogue(("Alien?", "Kubrick", "like Toy Story")), None)
    assert found.names == names
    assert found.columns.shape == (films.size, len(names))
    assert found.columns.dtype == np.float32
    assert len(found.context) == len(CONTEXT)
    assert np.isfinite(found.columns).all()


def test_dense_evidence_is_the_cosine_with_the_items(films: Catalogue) -> None:
    vectors = np.eye(films.size, dtype=np.float32)
    found = evidence(films.with_vectors(vectors), None, Dialogue(("x",)), QueryVectors(vectors[3], vectors[5]))
    assert found.columns[:, found.names.index("dense.last")].argmax() == 3
    assert found.columns[:, found.names.index("dense.whole")].argmax() == 5


def test_taste_comes_from_what_people_like_together(films: Catalogue) -> None:
    taste = np.zeros((films.size, 2), dtype=np.float32)
    taste[[films.rows["blade"], films.rows["amelie"]]] = (1.0, 0.0)
    taste[films.rows["toy"]] = (0.0, 1.0)
    found = evidence(films.with_vectors(None, taste), None, Dialogue(("Blade Runner!",)), None)
    values = found.columns[:, found.names.index("collaborative.items")]
    assert values[films.rows["amelie"]] > values[films.rows["toy"]]


def test_what_is_encoded_of_a_film_says_who_made_it() -> None:
    assert passage_of(FILMS[0]).startswith(
        "Blade Runner (1982). 银翼杀手 (1982). science fiction, thriller. directed by R"
    )

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.conversations.catalogue import Catalogue
from recommender.conversations.dialogue import Answered, Dialogue
from recommender.conversations.model import ConversationModel, Link
from recommender.conversations.part import conversation_part, resembled
from recommender.errors import ModelError
from recommender.learning.conversations import (
    ConversationParameters,
    choose_shape,
    fit_conversations,
    folds_of,
    held_out_evidence,
    lessons_of,
)
from recommender.learning.listwise import ListwiseParameters

from .conftest import FILMS

QUICK = ConversationParameters(folds=3, candidates=15, others=0, ranker=ListwiseParameters(hidden=8, epochs=15))


@pytest.fixture(scope="module")
def model(films: Catalogue, answered: tuple[Answered, ...]) -> ConversationModel:
    return fit_conversations(films, answered, None, QUICK)


def best(model: ConversationModel, *turns: str) -> str:
    return model.catalogue.ids[int(model.rank(Dialogue(turns)).scores.argmax())]


@pytest.mark.parametrize(
    ("said", "item"),
    [
        ("Something by Ridley Scott with Sigourney Weaver", "alien"),
        ("A comedy with Sigourney Weaver", "galaxy"),
        ("Audrey Tautou, please", "amelie"),
    ],
)
def test_a_shop_without_conversations_answers_from_names_and_links(films: Catalogue, said: str, item: str) -> None:
    assert best(ConversationModel.fresh(films), said) == item


def test_past_answers_decide_between_what_links_hold_for_equal(films: Catalogue, model: ConversationModel) -> None:
    assert best(model, "Another one that Stanley Kubrick made?") == "clockwork"


def test_a_saved_model_ranks_as_before(tmp_path: Path, films: Catalogue, model: ConversationModel) -> None:
    model.save(tmp_path)
    again = ConversationModel.load(tmp_path, films)
    for said in ("Kubrick? Stanley Kubrick!", "laugh about something", "like Toy Story", "hello"):
        dialogue = Dialogue((said,))
        assert again.rank(dialogue).scores == pytest.approx(model.rank(dialogue).scores, abs=1e-5)
    assert again.card == model.card
    assert again.card.dialogues == 18


def test_it_serves_a_catalogue_that_has_changed_since(
    tmp_path: Path, films: Catalogue, model: ConversationModel
) -> None:
    model.save(tmp_path)
    new = replace(FILMS[7], id="new", titles={"en": "Lolita"})
    changed = Catalogue.build([new, *reversed(FILMS[1:])])
    again = ConversationModel.load(tmp_path, changed)
    assert again.past is not None
    assert again.past.popularity[changed.rows["galaxy"]] == model.past.popularity[films.rows["galaxy"]]  # type: ignore[union-attr]
    assert again.past.popularity[changed.rows["new"]] == 0
    assert best(again, "Another one that Stanley Kubrick made?") == "clockwork"


@pytest.mark.parametrize("damage", ["missing", "cut", "format", "columns"])
def test_what_cannot_be_loaded_is_named_with_a_remedy(
    tmp_path: Path, films: Catalogue, model: ConversationModel, damage: str
) -> None:
    catalogue = films
    if damage != "missing":
        model.save(tmp_path)
    if damage == "cut":
        file = tmp_path / "conversations.npz"
        file.write_bytes(file.read_bytes()[:200])
    if damage == "format":
        card = tmp_path / "conversations.json"
        card.write_text(card.read_text().replace('"format": 1', '"format": 99'))
    if damage == "columns":
        catalogue = Catalogue.build([replace(f, attributes={"brand": (f.id,)}) for f in FILMS])
    with pytest.raises(ModelError, match="parley train"):
        ConversationModel.load(tmp_path, catalogue)


def test_links_say_which_name_led_to_an_item(films: Catalogue, model: ConversationModel) -> None:
    found = model.rank(Dialogue(("Like Alien, with Tim Allen",))).evidence
    links = model.links(found, films.rows["galaxy"])
    assert links[0] == Link("tim allen", "actor", "Tim Allen")
    assert Link("alien", "actor", "Sigourney Weaver") in links
    assert Link("alien", "genre", "science fiction") in links
    assert model.links(found, films.rows["alien"])[0].name == "alien"
    assert model.links(found, films.rows["ocean"]) == ()


@pytest.mark.parametrize(
    "said", ["something like Alien but funnier", "像《异形》但更搞笑的", "similar to alien, but hilarious"]
)
def test_like_this_film_but_funnier(films: Catalogue, said: str) -> None:
    part = conversation_part(ConversationModel.fresh(films), said)
    assert films.ids[int(part.evidence.argmax())] == "galaxy"
    assert [films.ids[row] for row in part.named] in (["alien"], [])
    assert "comedy" in {link.value for link in part.links(films.rows["galaxy"])}


def test_what_it_should_resemble_does_not_come_back(films: Catalogue) -> None:
    part = conversation_part(ConversationModel.fresh(films), "something like Iron Man")
    assert part.resemble
    assert part.evidence.argmin() == films.rows["iron1"] or part.evidence[films.rows["iron1"]] == part.evidence.min()
    assert films.ids[int(part.evidence.argmax())] == "iron2"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("something like Blade Runner but funnier", "blade"),
        ("我想看像银翼杀手那样的", "blade"),
        ("I loved Iron Man and Amélie", "amelie"),
        ("I want Blade Runner", None),
        ("something like that", None),
    ],
)
def test_the_title_that_a_wish_should_resemble(films: Catalogue, said: str, meant: str | None) -> None:
    found = resembled(ConversationModel.fresh(films), said)
    assert (None if found is None else found.item) == meant


def test_the_place_of_the_title_is_told(films: Catalogue) -> None:
    said = "something like Blade Runner but funnier"
    found = resembled(ConversationModel.fresh(films), said)
    assert found is not None
    assert said[found.start : found.end] == "Blade Runner"


def test_an_item_that_was_pointed_at_counts_as_named(films: Catalogue) -> None:
    part = conversation_part(ConversationModel.fresh(films), "more like that", anchor=films.rows["iron1"])
    assert films.ids[int(part.evidence.argmax())] == "iron2"


def test_evidence_is_standardised_and_zero_when_nothing_is_said(films: Catalogue) -> None:
    model = ConversationModel.fresh(films)
    part = conversation_part(model, "a horror film")
    assert part.evidence.mean() == pytest.approx(0, abs=1e-5)
    assert part.evidence.std() == pytest.approx(1, abs=1e-5)
    for words in ("", "  ", "qwertyuiop"):
        assert not conversation_part(model, words).evidence.any()


class Compass:
    """An encoder whose vectors point at one item."""

    dimension = len(FILMS)
    fingerprint = "compass"

    def encode(self, texts: list[str], kind: str = "query", batch_size: int = 32) -> np.ndarray:
        rows = [np.eye(len(FILMS))[9 if "clown" in text else 0] for text in texts]
        return np.array(rows, dtype=np.float32)


def test_dense_text_speaks_where_nothing_is_named(films: Catalogue) -> None:
    model = ConversationModel.fresh(films.with_vectors(np.eye(len(FILMS), dtype=np.float32)))
    part = conversation_part(model, "the one with the clown", Compass())
    assert films.ids[int(part.evidence.argmax())] == "it"


def test_the_shape_of_the_ranker_is_chosen_and_few_lists_get_no_large_one(
    films: Catalogue, answered: tuple[Answered, ...]
) -> None:
    lessons = lessons_of(films, answered, None, QUICK)
    chosen = choose_shape(lessons, ListwiseParameters(seed=4, members=2))
    assert (chosen.seed, chosen.members) == (4, 2)
    assert chosen.hidden <= 8
    one_fold = replace(lessons, fold=np.zeros_like(lessons.fold))
    assert choose_shape(one_fold, QUICK.ranker) == QUICK.ranker


def test_what_is_learned_about_a_turn_has_not_seen_its_dialogue(
    films: Catalogue, answered: tuple[Answered, ...]
) -> None:
    """The one person who got Chef for an answer leaves no trace in the evidence of their own turn."""
    alone = Answered("alone", Dialogue(("Cooking with Jon Favreau",)), ("chef",))
    turns = (*answered, alone)
    found = dict(held_out_evidence(films, turns, None, folds_of(turns, 3, seed=0)))[len(turns) - 1]
    chef = films.rows["chef"]
    for name in ("popularity.answers", "answers.latest", "contexts.whole", "contexts.last"):
        assert found.columns[chef, found.names.index(name)] == 0

"""Lasting wishes, dislikes with a reason, and lists of before."""

from __future__ import annotations

from typing import Any

import pytest

from actions.details import Details
from actions.feedback import Feedback
from actions.memory import Forget, Remember
from actions.recommend import GoBack, Recommend, Reset, ShowMore
from recommender.api import Recommender
from tests.actions.test_recommend import DRESS, RED, UNDER_400, entity

BLUE = entity("colour", "blue")
NEVER_RED = RED | {"role": "exclude"}


@pytest.fixture
def shown(recommender: Recommender, conversation: Any) -> Any:
    conversation.say(Recommend(recommender), "ask_recommendation", DRESS)
    return conversation


def wishes(recommender: Recommender) -> list[tuple[str, str | None, str | None]]:
    return [(w.kind, w.attribute, w.value) for w in recommender.preferences("person-1")]


def test_never_red_holds_in_this_list_and_in_every_later_one(recommender: Recommender, shown: Any) -> None:
    shown.say(Remember(recommender), "remember", NEVER_RED, text="I never wear red")
    assert wishes(recommender) == [("never", "colour", "red")]
    assert shown.ids == ["blue-1"]
    shown.say(Reset(recommender), "reset")
    shown.say(Recommend(recommender), "ask_recommendation")
    assert {card["attributes"]["colour"] for card in shown.cards} == {"blue"}


def test_what_is_never_wanted_is_shown_when_asked_for_by_name(recommender: Recommender, shown: Any) -> None:
    shown.say(Remember(recommender), "remember", NEVER_RED, text="I never wear red")
    shown.say(Recommend(recommender), "ask_recommendation", DRESS, RED, text="a red dress all the same")
    assert {card["attributes"]["colour"] for card in shown.cards} == {"red"}


@pytest.mark.parametrize(
    ("text", "role", "kind"),
    [
        ("I'm allergic to red", None, "never"),
        ("我从来不穿红色", None, "never"),
        ("I don't really like red", "exclude", "avoid"),
        ("我不太喜欢红色", "exclude", "avoid"),
        ("I always prefer red", None, "prefer"),
        ("我最喜欢红色", None, "prefer"),
    ],
)
def test_how_strong_a_wish_is_follows_from_its_words(
    recommender: Recommender, conversation: Any, text: str, role: str | None, kind: str
) -> None:
    conversation.say(Remember(recommender), "remember", RED | ({"role": role} if role else {}), text=text)
    assert wishes(recommender) == [(kind, "colour", "red")]


def test_forget_that_takes_the_last_wish_back_and_says_what_is_left(recommender: Recommender, shown: Any) -> None:
    shown.say(Remember(recommender), "remember", BLUE, text="I'm allergic to blue")
    shown.say(Remember(recommender), "remember", RED, text="I prefer red")
    shown.say(Forget(recommender), "forget", text="forget that")
    assert wishes(recommender) == [("never", "colour", "blue")]
    assert shown.heard("forgot", wishes="red if possible")
    assert shown.heard("still_kept", wishes="never blue")


def test_forgetting_a_value_or_everything(recommender: Recommender, shown: Any) -> None:
    shown.say(Remember(recommender), "remember", BLUE, RED, text="I never wear these")
    shown.say(Forget(recommender), "forget", BLUE, text="forget what I said about blue")
    assert wishes(recommender) == [("never", "colour", "red")]
    shown.say(Forget(recommender), "forget", text="forget all my preferences")
    assert wishes(recommender) == []
    shown.say(Forget(recommender), "forget", text="forget that")
    assert shown.heard("nothing_kept")


def test_a_dislike_for_an_attribute_is_held_against_its_value(recommender: Recommender, shown: Any) -> None:
    second = shown.ids[1]
    shown.say(Feedback(recommender), "dislike_item", entity("reference", 2), text="the second: wrong colour")
    assert wishes(recommender) == [("avoid", "colour", recommender.item(second).attributes["colour"][0])]
    assert second not in shown.ids
    assert shown.cards


def test_a_dislike_in_words_is_kept_in_words(recommender: Recommender, shown: Any) -> None:
    shown.say(Feedback(recommender), "dislike_item", entity("reference", 1), text="too flashy")
    (wish,) = recommender.preferences("person-1")
    assert (wish.kind, wish.attribute, wish.text) == ("avoid", None, "flashy")
    assert shown.heard("reason_text", text="flashy")
    assert shown.cards


def test_a_dislike_for_the_price_brings_cheaper_ones(recommender: Recommender, shown: Any) -> None:
    first = shown.cards[0]
    cheaper = entity("price_change", "cheaper")
    shown.say(Feedback(recommender), "dislike_item", entity("reference", 1), cheaper, text="the first is too expensive")
    assert all(card["price"] < first["price"] for card in shown.cards)
    assert wishes(recommender) == []
    assert [e.item for e in recommender.store.events(kinds=("dislike",))] == [first["id"]]


def test_nothing_disliked_ever_comes_back(recommender: Recommender, shown: Any) -> None:
    first = shown.ids[0]
    shown.say(Feedback(recommender), "dislike_item", entity("item_id", first), text="/dislike_item{}")
    shown.say(ShowMore(recommender), "show_more")
    assert first not in shown.ids
    shown.say(GoBack(recommender), "go_back")
    assert shown.ids
    assert first not in shown.ids


def test_going_back_brings_the_list_before_and_its_search(recommender: Recommender, shown: Any) -> None:
    first = shown.ids
    shown.say(Recommend(recommender, 3), "refine", RED, UNDER_400)
    second = shown.ids
    shown.say(ShowMore(recommender, 3), "show_more")
    shown.say(GoBack(recommender), "go_back")
    assert shown.ids == second
    shown.say(GoBack(recommender), "go_back")
    assert shown.ids == first
    assert shown.slots["search"]["limits"] == ()
    shown.say(GoBack(recommender), "go_back")
    assert shown.heard("no_back")


def test_back_from_a_search_that_found_nothing_is_the_list_on_the_screen(recommender: Recommender, shown: Any) -> None:
    first = shown.ids
    tight = entity("price", {"minimum": None, "maximum": 5.0, "currency": None})
    shown.say(Recommend(recommender), "refine", tight)
    assert shown.cards == []
    shown.say(GoBack(recommender), "go_back")
    assert shown.ids == first


def test_the_second_is_of_the_list_that_came_back(recommender: Recommender, shown: Any) -> None:
    second = recommender.item(shown.ids[1])
    shown.say(Recommend(recommender), "refine", BLUE)
    shown.say(GoBack(recommender), "go_back")
    shown.say(Details(recommender), "ask_details", entity("reference", 2), text="how much is the second?")
    assert shown.heard("fact_price", title=second.title("en"))


def test_a_choice_comes_with_its_page(cinema: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(cinema), "ask_recommendation")
    chosen = cinema.item(conversation.ids[0])
    conversation.say(Feedback(cinema), "purchase_item", entity("reference", 1), text="I'll take the first")
    assert conversation.heard("chosen_link", title=chosen.title("en"))
    assert conversation.messages[0]["buttons"] == [{"title": "To its page", "type": "web_url", "url": chosen.url}]
    assert str(chosen.url) in conversation.text


def test_the_cheapest_is_taken(recommender: Recommender, shown: Any) -> None:
    cheapest = min(shown.cards, key=lambda card: card["price"])
    price = entity("price_change", "cheaper")
    shown.say(Feedback(recommender), "purchase_item", price, text="I'll take the cheapest one")
    assert [e.item for e in recommender.store.events(kinds=("purchase",))] == [cheapest["id"]]


def test_a_conversation_of_an_earlier_release_goes_on(recommender: Recommender, conversation: Any) -> None:
    conversation.slots["search"] = {
        "constraints": [{"attribute": "category", "values": ["dress"], "exclude": False}],
        "price": {"minimum": None, "maximum": 300.0, "exclusive": True},
        "budget": {"minimum": None, "maximum": 400.0, "exclusive": False},
        "text": "",
        "anchor": None,
    }
    conversation.slots["shown"] = {"request_id": "r", "items": ["red-2"], "seen": ["red-2"], "focus": None}
    conversation.say(ShowMore(recommender), "show_more")
    assert conversation.cards
    assert all(card["price"] < 300 for card in conversation.cards)


@pytest.mark.parametrize("text", ["the first is too plain", "我觉得第一个太素了"])
def test_praise_that_says_too_plain_is_none(recommender: Recommender, shown: Any, text: str) -> None:
    first = shown.ids[0]
    shown.say(Feedback(recommender), "like_item", entity("reference", 1), text=text)
    assert [(e.kind, e.item) for e in recommender.store.events()] == [("dislike", first)]


def test_praise_that_decides_is_a_choice(recommender: Recommender, shown: Any) -> None:
    shown.say(Feedback(recommender), "like_item", entity("reference", 1), text="the first is perfect, I'll take it")
    assert [e.kind for e in recommender.store.events()] == ["purchase"]


def test_nice_but_in_blue_asks_for_its_like(recommender: Recommender, shown: Any) -> None:
    shown.say(Feedback(recommender), "like_item", entity("reference", 1), BLUE, text="the first is nice, but in blue")
    assert shown.ids == ["blue-1"]


def test_a_wish_taken_for_memory_is_a_wish_all_the_same(recommender: Recommender, shown: Any) -> None:
    shown.say(Remember(recommender), "remember", BLUE, text="could you narrow it down to blue")
    assert shown.ids == ["blue-1"]
    assert wishes(recommender) == []
    shown.say(Forget(recommender), "forget", RED, text="I forgot to say, red")
    assert {card["attributes"]["colour"] for card in shown.cards} == {"red"}


@pytest.mark.parametrize("text", ["都不好看，还有别的吗", "I don't like any of them, what else is there"])
def test_asking_for_more_because_none_is_liked_is_a_dislike(recommender: Recommender, shown: Any, text: str) -> None:
    before = shown.ids
    shown.say(ShowMore(recommender), "show_more", text=text)
    assert [e.item for e in recommender.store.events(kinds=("dislike",))] == before


@pytest.mark.parametrize("text", ["none of these will do", "这几个都不行"])
def test_none_of_these_means_the_list_though_one_was_talked_about(
    recommender: Recommender, shown: Any, text: str
) -> None:
    before = shown.ids
    shown.say(Details(recommender), "ask_details", entity("reference", 2), text="how much is the second?")
    shown.say(Feedback(recommender), "dislike_item", text=text)
    assert [e.item for e in recommender.store.events(kinds=("dislike",))] == before
    assert not set(shown.ids) & set(before)


def test_one_more_thing_with_a_wish_is_a_wish(recommender: Recommender, shown: Any) -> None:
    shown.say(ShowMore(recommender), "show_more", BLUE, text="one more thing, in blue")
    assert shown.ids == ["blue-1"]


def test_what_is_never_worn_of_a_kind_is_nothing_against_the_kind(recommender: Recommender, shown: Any) -> None:
    dress = entity("category", "dress")
    shown.say(Remember(recommender), "remember", RED, dress, text="I never wear red dresses")
    assert wishes(recommender) == [("never", "colour", "red")]


def test_what_is_asked_for_beside_a_lasting_no_is_shown(recommender: Recommender, conversation: Any) -> None:
    text = "a dress, no red ever"
    dress = {**entity("category", "dress"), "start": 2, "end": 7}
    never = {**entity("colour", "red", role="exclude"), "start": 12, "end": 15}
    conversation.say(Remember(recommender), "remember", dress, never, text=text)
    assert [(wish.kind, wish.value) for wish in recommender.preferences("person-1")] == [("never", "red")]
    assert {recommender.item(item).attributes["category"] for item in conversation.ids} == {("dress",)}


def test_a_wish_that_rules_out_for_good_is_kept(recommender: Recommender, conversation: Any) -> None:
    entities = entity("category", "dress"), entity("colour", "red", role="exclude")
    conversation.say(Recommend(recommender), "ask_recommendation", *entities, text="a dress, never red")
    assert conversation.heard("remembered_never", value="red")
    assert [(wish.kind, wish.value) for wish in recommender.preferences("person-1")] == [("never", "red")]


def test_calling_off_an_order_forgets_no_wish(recommender: Recommender, shown: Any) -> None:
    shown.say(Remember(recommender), "remember", entity("colour", "red", role="exclude"), text="never red")
    shown.say(Forget(recommender), "forget", text="cancel that please")
    assert shown.heard("not_bought")
    assert recommender.preferences("person-1")

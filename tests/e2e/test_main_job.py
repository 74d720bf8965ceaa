"""The main job over REST, as a new user would try it, in both languages against the whole running system."""

from __future__ import annotations

from typing import Any

import pytest

from recommender.feedback.store import FeedbackStore
from recommender.language.detect import detect
from tests.e2e.chat_page import System
from tests.e2e.rest import RestChat

pytestmark = [pytest.mark.artefacts, pytest.mark.servers]

WISHES = {"en": "I want a red dress under 500 yuan", "zh": "我想买一件红色的连衣裙，价格不超过500元"}
CHEAPER = {"en": "something cheaper", "zh": "便宜一点的"}
WHY = {"en": "why did you recommend the first one?", "zh": "为什么推荐第一个？"}
COLOURS = {"en": ("red", "dress"), "zh": ("红色", "连衣裙")}


@pytest.fixture
def chat(system: System) -> RestChat:
    return RestChat(system.url)


def are_red_dresses(cards: list[dict[str, Any]]) -> bool:
    return all(c["attributes"]["category"] == "dress" and "red" in c["attributes"]["colour"] for c in cards)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_wish_then_cheaper_then_why(chat: RestChat, language: str) -> None:
    cards = chat.say(WISHES[language])
    assert len(cards) >= 3
    assert are_red_dresses(cards)
    assert all(card["price"] <= 500 for card in cards)
    for card in cards:
        reason = card["reasons"][0]["text"]
        assert all(word in reason for word in COLOURS[language])
        assert f"¥{card['price']:.0f}" in reason

    cheaper = chat.say(CHEAPER[language])
    assert cheaper
    assert are_red_dresses(cheaper)
    assert max(c["price"] for c in cheaper) < min(c["price"] for c in cards)

    chat.say(WHY[language])
    assert cheaper[0]["title"] in chat.text
    assert all(reason["text"] in chat.text for reason in cheaper[0]["reasons"])


def test_a_thumb_is_a_row_at_once_and_changes_the_next_list(chat: RestChat, system: System) -> None:
    cards = chat.say(WISHES["zh"])
    thumb = cards[1]["buttons"][0]
    assert thumb["title"] == "👍"
    chat.say(thumb["payload"])
    with FeedbackStore.open(system.database_url) as store:
        assert [(e.kind, e.item) for e in store.events(person=chat.sender)] == [("like", cards[1]["id"])]
    again = chat.say(WISHES["zh"])
    assert [c["id"] for c in again] != [c["id"] for c in cards]


def test_every_list_is_stored_before_it_is_seen(chat: RestChat, system: System) -> None:
    cards = chat.say(WISHES["en"])
    request_id = next(m["custom"]["request_id"] for m in chat.messages if m.get("custom"))
    with FeedbackStore.open(system.database_url) as store:
        stored = store.impressions(request_id)
    assert [i.item for i in stored] == [c["id"] for c in cards]
    assert {i.person for i in stored} == {chat.sender}


# What people say next, that stands nowhere in the training data: (message, what must come back).
@pytest.mark.parametrize(
    ("message", "check"),
    [
        (
            "do you have black leather boots for winter?",
            {"category": "boots", "colour": "black", "material": "leather"},
        ),
        ("想找双白色的运动鞋，三四百块", {"category": "sneakers", "colour": "white"}),
        ("waterproof jacket for hiking, nothing over 800", {"category": "jacket"}),
        ("给老公买块手表", {"category": "watch", "audience": "men"}),
        ("a striped shirt please, but not white", {"category": "shirt", "pattern": "striped"}),
        ("有没有羊绒围巾", {"category": "scarf", "material": "cashmere"}),
    ],
)
def test_free_wishes_are_understood(chat: RestChat, message: str, check: dict[str, str]) -> None:
    cards = chat.say(message)
    assert cards, chat.text
    for card in cards:
        for attribute, value in check.items():
            found = card["attributes"][attribute]
            assert value in (found if isinstance(found, list) else [found]) or (attribute, found) == (
                "audience",
                "unisex",
            )


def test_a_whole_visit_in_english(chat: RestChat) -> None:
    chat.say("hi there")
    assert chat.text
    first = chat.say("looking for a coat")
    assert first
    blue = chat.say("in blue please")
    assert all("blue" in str(c["attributes"]["colour"]) for c in blue)
    more = chat.say("show me more")
    assert not {c["id"] for c in more} & {c["id"] for c in blue}
    chat.say("tell me more about the first one")
    assert (more or blue)[0]["title"] in chat.text
    chat.say("I like it")
    assert (more or blue)[0]["title"] in chat.text
    chat.say("start over")
    chat.say("what's the weather tomorrow?")
    assert not chat.cards
    assert chat.text
    chat.say("thanks, bye")
    assert chat.text


def test_the_answer_follows_the_language_of_the_message(chat: RestChat) -> None:
    chat.say("show me hats")
    assert detect(chat.text) == "en"
    chat.say("换一批")
    assert detect(chat.text) == "zh"

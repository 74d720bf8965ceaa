from __future__ import annotations

from typing import Any

import pytest

from actions.details import Details
from actions.explain import Explain
from actions.feedback import Feedback
from actions.recommend import Recommend
from actions.smalltalk import Fallback
from recommender.api import Recommender


def entity(name: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"entity": name, "value": value, "start": 0, "end": 0, **more}


DRESS = entity("category", "dress")


@pytest.fixture
def shown(recommender: Recommender, conversation: Any) -> Any:
    conversation.say(Recommend(recommender), "ask_recommendation", DRESS)
    return conversation


def events(recommender: Recommender) -> list[tuple[str, str, str]]:
    return [(e.kind, e.person, e.item) for e in recommender.store.events()]


def test_a_pressed_thumb_is_a_row_at_once_and_changes_the_next_list(recommender: Recommender, shown: Any) -> None:
    before = shown.ids
    shown.say(Feedback(recommender), "like_item", entity("item_id", before[1]))
    assert events(recommender) == [("like", "person-1", before[1])]
    shown.say(Recommend(recommender), "ask_recommendation", DRESS)
    assert shown.ids != before
    assert before[1] not in shown.ids


def test_the_second_is_the_second_of_the_list(recommender: Recommender, shown: Any) -> None:
    second = shown.ids[1]
    shown.say(Feedback(recommender), "dislike_item", entity("reference", 2), text="not the second")
    assert events(recommender) == [("dislike", "person-1", second)]
    assert next(recommender.store.events()).text == "not the second"


def test_the_last_is_the_last(recommender: Recommender, shown: Any) -> None:
    last = shown.ids[-1]
    shown.say(Feedback(recommender), "purchase_item", entity("reference", -1))
    assert events(recommender) == [("purchase", "person-1", last)]


def test_a_position_that_does_not_exist_is_asked_about_and_nothing_is_stored(
    recommender: Recommender, shown: Any
) -> None:
    shown.say(Feedback(recommender), "like_item", entity("reference", 9))
    assert events(recommender) == []
    assert shown.heard("no_position", count=5)
    assert len(shown.messages[-1]["custom"]["quick_replies"]) == 5


def test_disliking_all_brings_others(recommender: Recommender, shown: Any) -> None:
    before = shown.ids
    shown.say(Feedback(recommender), "dislike_item", text="none of these")
    assert [item for _, _, item in events(recommender)] == before
    assert shown.ids
    assert not set(shown.ids) & set(before)


def test_liking_without_saying_which_asks_which(recommender: Recommender, shown: Any) -> None:
    shown.say(Feedback(recommender), "like_item", text="I like it")
    assert events(recommender) == []
    assert shown.messages[-1]["custom"]["kind"] == "question"


def test_it_means_the_item_just_talked_about(recommender: Recommender, shown: Any) -> None:
    third = shown.ids[2]
    shown.say(Details(recommender), "ask_details", entity("reference", 3))
    shown.say(Feedback(recommender), "like_item", text="I like it")
    assert events(recommender)[-1] == ("like", "person-1", third)


def test_an_opinion_on_something_unknown_says_so(recommender: Recommender, shown: Any) -> None:
    shown.say(Feedback(recommender), "like_item", entity("item_id", "nothing-7"))
    assert events(recommender) == []
    assert "no longer in the catalogue" in shown.text


def test_a_lost_like_is_stored_once_however_often_it_is_replayed(recommender: Recommender, shown: Any) -> None:
    first = shown.ids[0]
    lost = {
        "intent": "like_item",
        "entities": [entity("item_id", first)],
        "text": "/like_item{}",
        "message_id": "lost",
    }
    shown.slots["pending"] = [lost, lost]
    shown.say(Explain(recommender), "ask_why")
    assert events(recommender) == [("like", "person-1", first)]


def test_why_names_the_stored_reasons_of_the_first(recommender: Recommender, shown: Any) -> None:
    title, reasons = shown.cards[0]["title"], [r["text"] for r in shown.cards[0]["reasons"]]
    shown.say(Explain(recommender), "ask_why", entity("reference", 1))
    assert shown.messages[0]["text"] == f"1. {title}: {'; '.join(reasons)}"
    assert shown.messages[1]["custom"]["source"] == "reasons"


def test_why_these_explains_each(recommender: Recommender, shown: Any) -> None:
    shown.say(Explain(recommender), "ask_why")
    assert len(shown.messages[0]["text"].splitlines()) == 5


def test_another_kind_of_thing_is_a_wish_whatever_the_intent(recommender: Recommender, shown: Any) -> None:
    shown.say(Details(recommender), "ask_details", entity("category", "boots"), text="what about boots")
    assert shown.ids == ["boots-1"]


def test_goods_named_before_anything_is_shown_are_a_wish(recommender: Recommender, conversation: Any) -> None:
    conversation.say(Explain(recommender), "ask_why", entity("category", "boots"), text="still there? boots")
    assert conversation.ids == ["boots-1"]


def test_the_only_shown_item_does_not_swallow_another_kind_of_thing(recommender: Recommender, shown: Any) -> None:
    shown.say(Recommend(recommender), "refine", entity("colour", "blue"))
    assert shown.ids == ["blue-1"]
    shown.say(Details(recommender), "ask_details", entity("category", "boots"), text="what about boots")
    assert shown.ids == ["boots-1"] or "nothing" in shown.text
    assert "In stock" not in shown.text


def test_the_blue_one_is_the_only_blue_one(recommender: Recommender, conversation: Any) -> None:
    either = [entity("colour", "blue"), entity("colour", "red")]
    conversation.say(Recommend(recommender, list_length=9), "ask_recommendation", DRESS, *either)
    assert "blue-1" in conversation.ids
    conversation.say(Feedback(recommender), "like_item", entity("colour", "blue"), text="I like the blue one")
    assert events(recommender) == [("like", "person-1", "blue-1")]


def test_liking_or_disliking_a_colour_is_a_wish_and_no_opinion_on_items(recommender: Recommender, shown: Any) -> None:
    shown.say(Feedback(recommender), "dislike_item", entity("colour", "red", role="exclude"), text="I don't like red")
    assert shown.ids == ["blue-1"]
    assert events(recommender) == []


def test_why_before_any_list_says_that_there_is_none(recommender: Recommender, conversation: Any) -> None:
    conversation.say(Explain(recommender), "ask_why")
    assert "not shown you anything yet" in conversation.text


def test_details_tell_what_the_catalogue_says_and_count_as_a_view(recommender: Recommender, shown: Any) -> None:
    card = shown.cards[0]
    shown.say(Details(recommender), "ask_details", entity("item_id", card["id"]))
    assert f"{card['title']} — ¥{card['price']:.0f}" in shown.text
    assert "colour: red" in shown.text
    assert "In stock: 2" in shown.text
    assert events(recommender) == [("view", "person-1", card["id"])]


def test_an_unclear_message_that_names_goods_is_taken_as_a_wish(recommender: Recommender, conversation: Any) -> None:
    conversation.say(Fallback(recommender), "nlu_fallback", entity("category", "boots"))
    assert conversation.ids == ["boots-1"]


def test_an_unclear_message_gets_an_example_and_an_odd_one_an_honest_no(
    recommender: Recommender, conversation: Any
) -> None:
    conversation.say(Fallback(recommender), "nlu_fallback", text="asdf")
    assert conversation.heard("fallback")
    assert "dress under ¥" in conversation.text
    conversation.say(Fallback(recommender), "out_of_scope", text="what is the weather")
    assert conversation.heard("out_of_scope")


def test_how_do_i_buy_the_cheapest_one_is_a_choice(recommender: Recommender, shown: Any) -> None:
    shown.say(Recommend(recommender), "refine", text="the cheapest one, how do I buy it?")
    assert [kind for kind, _, _ in events(recommender)] == ["purchase"]


def test_how_do_i_buy_the_second_is_no_question_about_it(recommender: Recommender, shown: Any) -> None:
    shown.say(Details(recommender), "ask_details", entity("reference", 2), text="第二个怎么买")
    assert [kind for kind, _, _ in events(recommender)] == ["purchase"]


@pytest.mark.parametrize(
    "text",
    [
        "I'm not going to buy the first one",
        "I didn't say I'm buying it",
        "cancel that",
        "我没说要买",
        "先不买",
        "取消吧",
    ],
)
def test_who_says_that_nothing_is_bought_buys_nothing(recommender: Recommender, shown: Any, text: str) -> None:
    shown.say(Feedback(recommender), "purchase_item", entity("reference", 1), text=text)
    assert events(recommender) == []
    assert shown.heard("not_bought")


@pytest.mark.parametrize("text", ["20% off the first one if I buy two?", "打八折我就买", "买两件有优惠吗"])
def test_who_bargains_buys_nothing(recommender: Recommender, shown: Any, text: str) -> None:
    shown.say(Feedback(recommender), "purchase_item", entity("reference", 1), text=text)
    assert events(recommender) == []
    assert shown.heard("unknown_answer")


@pytest.mark.parametrize(
    "text", ["not bad, I'll take it", "I can't wait to buy it", "why not, I'll take the first", "就要这个"]
)
def test_an_order_with_a_no_in_it_is_an_order(recommender: Recommender, shown: Any, text: str) -> None:
    first = shown.ids[0]
    shown.say(Feedback(recommender), "purchase_item", entity("reference", 1), text=text)
    assert events(recommender) == [("purchase", "person-1", first)]


def test_a_lost_message_that_buys_nothing_buys_nothing_when_it_is_replayed(
    recommender: Recommender, shown: Any
) -> None:
    lost = {
        "intent": "purchase_item",
        "entities": [entity("reference", 1)],
        "text": "I'm not going to buy the first one",
        "message_id": "lost",
    }
    shown.slots["pending"] = [lost]
    shown.say(Recommend(recommender), "ask_recommendation", DRESS)
    assert events(recommender) == []

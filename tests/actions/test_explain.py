"""Why not, details of one attribute, comparing: answers from facts, over what was shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from actions.compare import Compare
from actions.details import Details
from actions.explain import Explain, WhyNot
from actions.feedback import Feedback
from actions.handover import HandOver
from actions.memory import Remember
from actions.recommend import Recommend, ShowMore
from actions.smalltalk import Affirm, Deny
from recommender.api import Recommender
from tests.actions.test_recommend import DRESS, RED, UNDER_400, entity

BLUE, BOOTS = entity("colour", "blue"), entity("category", "boots")


@pytest.fixture
def shown(recommender: Recommender, conversation: Any) -> Any:
    conversation.say(Recommend(recommender), "ask_recommendation", DRESS)
    return conversation


def test_why_not_names_the_wish_that_keeps_it_out_and_yes_shows_it(recommender: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(recommender), "ask_recommendation", DRESS, RED)
    conversation.say(WhyNot(recommender), "ask_why_not", BLUE | {"role": "exclude"}, text="why no blue ones?")
    assert conversation.heard("why_not_wish_all", goods="blue · dress", total=1, wish="red")
    assert conversation.heard("why_not_offer", count=1)
    conversation.say(Affirm(recommender), "affirm", text="yes please")
    assert conversation.ids == ["blue-1"]


def test_no_leaves_the_offer_and_the_search_as_they_are(recommender: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(recommender), "ask_recommendation", DRESS, RED)
    before = conversation.slots["search"]
    conversation.say(WhyNot(recommender), "ask_why_not", BLUE, text="why no blue ones?")
    conversation.say(Deny(recommender), "deny", text="no thanks")
    assert conversation.slots["search"] == before
    conversation.say(Affirm(recommender), "affirm", text="yes")
    assert conversation.cards == []


def test_why_not_names_a_limit_and_how_many_it_keeps_out(recommender: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(recommender), "ask_recommendation", UNDER_400)
    conversation.say(WhyNot(recommender), "ask_why_not", BOOTS, text="why no boots?")
    assert conversation.heard("why_not_wish_all", goods="boots", total=1, wish="up to ¥400")


def test_why_not_names_the_lasting_wish_that_keeps_it_out(recommender: Recommender, shown: Any) -> None:
    never = BLUE | {"role": "exclude"}
    shown.say(Remember(recommender), "remember", never, text="I never wear blue")
    shown.say(WhyNot(recommender), "ask_why_not", BLUE, text="why is nothing blue?")
    assert shown.heard("why_not_never", goods="blue · dress", wish="blue")


def test_why_not_of_what_is_shown_and_of_what_ranks_lower(recommender: Recommender, shown: Any) -> None:
    shown.say(WhyNot(recommender), "ask_why_not", RED, text="why nothing red?")
    assert shown.heard("why_not_shown")
    left = next(item for item in recommender.items if item.id not in shown.slots["shown"]["items"])
    shown.say(WhyNot(recommender), "ask_why_not", text=f"why not the {left.title('en')}?")
    assert shown.heard("why_not_rank") or shown.heard("why_not_wish_all")


def test_why_not_without_a_name_asks_what_is_missed(recommender: Recommender, shown: Any) -> None:
    shown.say(WhyNot(recommender), "ask_why_not", text="why not?")
    assert shown.heard("why_not_what")


def test_a_question_about_one_attribute_gets_that_attribute_alone(
    recommender: Recommender, talk: Callable[[str], Any]
) -> None:
    for language, text, value in (("en", "what colour is the first?", "red"), ("zh", "第一个是什么颜色", "红色")):
        conversation = talk(language)
        conversation.say(Recommend(recommender), "ask_recommendation", DRESS, RED)
        conversation.say(Details(recommender), "ask_details", entity("reference", 1), text=text)
        assert conversation.heard("fact", value=value)
        assert "Fine." not in conversation.text
        assert "很好。" not in conversation.text


@pytest.mark.parametrize(("asked", "phrase"), [(RED, "fact_yes_tags"), (BLUE, "fact_no_tags")])
def test_is_it_red_is_answered_with_yes_or_no_and_the_fact(
    recommender: Recommender, shown: Any, asked: dict[str, Any], phrase: str
) -> None:
    first = recommender.item(shown.ids[0])
    assert first.attributes["colour"] == ("red",)
    shown.say(Details(recommender), "ask_details", entity("reference", 1), asked, text="is the first one this colour?")
    assert shown.heard(phrase, value="red")


def test_it_is_the_one_just_talked_about(recommender: Recommender, shown: Any) -> None:
    third = shown.cards[2]
    shown.say(Details(recommender), "ask_details", entity("reference", 3), text="tell me about the third")
    shown.say(Details(recommender), "ask_details", text="how much is it?")
    assert shown.heard("fact_price", title=third["title"], value=f"¥{third['price']:.0f}")
    shown.say(Details(recommender), "ask_details", text="is it in stock?")
    assert shown.heard("stock_yes", title=third["title"], count=2)


def test_what_the_catalogue_does_not_say_is_not_known_and_a_person_is_offered(
    recommender: Recommender, shown: Any
) -> None:
    shown.say(Details(recommender), "ask_details", entity("reference", 1), text="is the first waterproof?")
    assert shown.heard("unknown_fact")
    shown.say(Affirm(recommender), "affirm", text="yes please")
    assert shown.heard("handed_over")
    assert len(recommender.store.handovers()) == 1


def test_a_word_of_the_description_answers_a_question(cinema: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(cinema), "ask_recommendation")
    conversation.say(Details(cinema), "ask_details", entity("reference", 1), text="does #1 have subtitles?")
    assert conversation.heard("fact_text", value="A story with subtitles.")
    assert "Oslo" not in conversation.text


def test_who_asked_for_a_colour_and_is_asked_which_gets_the_colour(recommender: Recommender, shown: Any) -> None:
    shown.say(Details(recommender), "ask_details", text="what colour is that?")
    assert shown.custom("question")["attribute"] == "item"
    payload = shown.custom("question")["quick_replies"][1]["payload"]
    assert '"attribute": ["colour"]' in payload
    shown.say(Recommend(recommender), "refine", entity("reference", 2) | {"start": 0, "end": 10}, text="the second")
    assert shown.cards == []
    assert "colour" in shown.text


def test_comparing_shows_what_differs_and_which_is_cheaper(recommender: Recommender, conversation: Any) -> None:
    either = [entity("colour", "blue"), entity("colour", "red")]
    conversation.say(Recommend(recommender, list_length=9), "ask_recommendation", DRESS, *either)
    one, other = conversation.ids.index("blue-1") + 1, conversation.ids.index("red-1") + 1
    conversation.say(Compare(recommender), "compare_items", entity("reference", one), entity("reference", other))
    table = conversation.custom("comparison")["table"]
    assert table == [
        {"label": "price", "values": ["¥120", "¥450"]},
        {"label": "colour", "values": ["blue", "red"]},
    ]
    assert conversation.heard("compare_cheaper_of_two", title=recommender.item("blue-1").title("en"), amount="¥330")
    assert not conversation.heard("compare_taste")  # nothing is known of this person
    assert f'/purchase_item{{"item_id": "{recommender.item("red-1").id}"}}' in conversation.payloads


def test_who_liked_something_hears_which_of_two_is_more_to_their_taste(
    recommender: Recommender, conversation: Any
) -> None:
    conversation.say(Recommend(recommender, list_length=9), "ask_recommendation")
    conversation.say(Feedback(recommender), "like_item", entity("item_id", "red-1"), text="/like_item{}")
    places = [entity("reference", conversation.slots["shown"]["items"].index(i) + 1) for i in ("red-2", "boots-1")]
    conversation.say(Compare(recommender), "compare_items", *places, text="which is better")
    assert conversation.heard("compare_taste") or conversation.heard("compare_even")


def test_numbers_are_compared_too(cinema: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(cinema), "ask_recommendation")
    conversation.say(Compare(cinema), "compare_items", entity("reference", 1), entity("reference", 2))
    labels = [row["label"] for row in conversation.custom("comparison")["table"]]
    assert labels == ["genre", "runtime", "year"]
    assert "price" not in labels


def test_comparing_one_holds_it_against_the_one_just_talked_about(recommender: Recommender, shown: Any) -> None:
    third, first = shown.ids[2], shown.ids[0]
    shown.say(Explain(recommender), "ask_why", entity("reference", 3))
    shown.say(Compare(recommender), "compare_items", entity("reference", 1), text="and compared with the first?")
    assert [item["id"] for item in shown.custom("comparison")["items"]] == [third, first]


@pytest.mark.parametrize(
    ("text", "count"), [("which of these two is better", 2), ("这三个哪个好", 3), ("are both wool?", 2)]
)
def test_so_many_of_the_list_are_compared_as_are_spoken_of(
    recommender: Recommender, shown: Any, text: str, count: int
) -> None:
    expected = shown.ids[:count]
    shown.say(Compare(recommender), "compare_items", text=text)
    assert [card["id"] for card in shown.custom("comparison")["items"]] == expected


def test_comparing_nothing_in_particular_of_a_long_list_asks_which(recommender: Recommender, shown: Any) -> None:
    shown.say(Compare(recommender), "compare_items", text="which is better?")
    assert shown.heard("compare_which")


def test_a_handover_carries_what_was_talked_about(recommender: Recommender, shown: Any) -> None:
    shown.say(Feedback(recommender), "like_item", entity("reference", 1), text="I like the first")
    shown.say(ShowMore(recommender), "show_more")
    shown.say(HandOver(recommender), "hand_over", text="get me a human")
    (handed,) = recommender.store.handovers()
    assert "Looking for: dress" in handed.summary
    assert "Liked: red dress" in handed.summary
    assert "Last words: get me a human" in handed.summary
    assert handed.person == "person-1"


@pytest.mark.parametrize(("text", "phrase"), [("is it blue?", "fact_no_tags"), ("它是蓝色的吗", "fact_no_tags")])
def test_a_value_is_asked_of_it_though_another_shown_item_has_it(
    recommender: Recommender, conversation: Any, text: str, phrase: str
) -> None:
    either = [BLUE, RED]
    conversation.say(Recommend(recommender, list_length=9), "ask_recommendation", DRESS, *either)
    place = conversation.ids.index("red-1") + 1
    conversation.say(Details(recommender), "ask_details", entity("reference", place), text="how much?")
    conversation.say(Details(recommender), "ask_details", BLUE, text=text)
    assert conversation.heard(phrase, value="red")


def test_how_much_is_the_blue_one_describes_it(recommender: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(recommender, list_length=9), "ask_recommendation", DRESS, BLUE, RED)
    conversation.say(Details(recommender), "ask_details", BLUE, text="how much is the blue one?")
    assert conversation.heard("fact_price", value="¥120")


def test_what_was_ruled_out_stays_so_when_what_was_missed_is_shown(recommender: Recommender, conversation: Any) -> None:
    never_blue = BLUE | {"role": "exclude"}
    conversation.say(Recommend(recommender), "ask_recommendation", DRESS, never_blue, UNDER_400)
    dear = entity("price", {"minimum": 100.0, "maximum": 500.0, "currency": None})
    conversation.say(WhyNot(recommender), "ask_why_not", dear, text="why nothing between 100 and 500?")
    conversation.say(Affirm(recommender), "affirm", text="yes")
    assert conversation.ids
    assert "blue-1" not in conversation.ids


def test_which_is_cheaper_of_a_long_list_is_the_cheapest_of_it(recommender: Recommender, shown: Any) -> None:
    cheapest = min(shown.cards, key=lambda card: card["price"])
    cheaper = entity("price_change", "cheaper")
    shown.say(Compare(recommender), "compare_items", cheaper, text="which one is cheaper?")
    assert cheapest["title"] in shown.text
    assert f"¥{cheapest['price']:.0f}" in shown.text


def test_do_you_have_blue_of_no_item_in_particular_is_a_wish(recommender: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(recommender), "ask_recommendation", DRESS, RED)
    conversation.say(Details(recommender), "ask_details", BLUE, text="do you have blue?")
    assert conversation.ids == ["blue-1"]


def test_a_no_comes_with_the_offer_of_what_would_be_a_yes(recommender: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(recommender), "ask_recommendation", DRESS)
    conversation.say(Details(recommender), "ask_details", entity("reference", 1), BLUE, text="is the first one blue?")
    assert conversation.heard("others", count=1, asked="blue")
    conversation.say(Affirm(recommender), "affirm", text="yes")
    assert conversation.ids == ["blue-1"]


def test_positions_of_what_is_compared_are_those_on_the_screen(recommender: Recommender, shown: Any) -> None:
    shown.say(Compare(recommender), "compare_items", entity("reference", 1), entity("reference", 3), text="1 or 3?")
    assert "\n1. " in shown.text
    assert "\n3. " in shown.text
    assert "\n2. " not in shown.text


def test_why_not_of_something_unknown_says_that_it_is_unknown(recommender: Recommender, shown: Any) -> None:
    shown.say(WhyNot(recommender), "ask_why_not", text="why no Nike?")
    assert shown.heard("why_not_unknown", missed="Nike")
    shown.say(WhyNot(recommender), "ask_why_not", text="why not?")
    assert shown.heard("why_not_what")


@pytest.mark.parametrize("text", ["is it blue?", "does that one come in blue?", "它有蓝色吗"])
def test_a_question_about_it_is_answered_though_it_was_taken_for_a_wish(
    recommender: Recommender, shown: Any, text: str
) -> None:
    shown.say(Details(recommender), "ask_details", entity("reference", 1), text="what is the first")
    shown.say(Recommend(recommender), "refine", BLUE, text=text)
    assert not shown.cards
    assert shown.slots["search"]["constraints"][0]["attribute"] == "category"
    assert len(shown.slots["search"]["constraints"]) == 1


def test_what_parley_would_take_of_a_long_list_is_its_first(recommender: Recommender, shown: Any) -> None:
    first = shown.ids[0]
    shown.say(Compare(recommender), "compare_items", text="which one would you pick?")
    assert shown.heard("favourite", title=recommender.item(first).title("en"))

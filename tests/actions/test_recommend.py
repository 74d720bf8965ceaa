from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from actions.recommend import Recommend, Reset, ShowMore, Skip
from actions.services import Services
from recommender.api import Recommender
from recommender.wording.facts import Facts


def entity(name: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"entity": name, "value": value, "start": 0, "end": 0, **more}


DRESS, RED = entity("category", "dress"), entity("colour", "red")
UNDER_400 = entity("price", {"minimum": None, "maximum": 400.0, "currency": "CNY"})


def test_a_wish_gives_cards_that_all_fulfil_it_and_say_why(recommender: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(recommender), "ask_recommendation", DRESS, RED, UNDER_400)
    assert len(conversation.cards) == 5
    for card in conversation.cards:
        assert card["price"] <= 400
        assert card["attributes"] == {"category": "dress", "colour": "red"}
        assert card["reasons"][0]["text"].startswith("dress · red · ¥")
    assert "up to ¥400" in conversation.text


def test_the_words_say_what_the_cards_say(recommender: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(recommender), "ask_recommendation", DRESS)
    for position, card in enumerate(conversation.cards, start=1):
        assert f"{position}. {card['title']} — ¥{card['price']:.0f}" in conversation.text


def test_cheaper_shows_only_cheaper_ones_of_the_same_kind(recommender: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(recommender, list_length=3), "ask_recommendation", DRESS, RED, UNDER_400)
    before = [card["price"] for card in conversation.cards]
    conversation.say(Recommend(recommender, list_length=3), "refine", entity("price_change", "cheaper"))
    assert conversation.cards
    assert all(card["price"] < min(before) for card in conversation.cards)
    assert all(card["attributes"] == {"category": "dress", "colour": "red"} for card in conversation.cards)


def test_when_the_cheapest_is_on_the_screen_cheaper_means_than_most_of_the_list_and_says_so(
    recommender: Recommender, conversation: Any
) -> None:
    conversation.say(Recommend(recommender, list_length=3), "ask_recommendation", DRESS, RED)
    shown = {"red-1": 450.0, "red-2": 399.0, "red-7": 99.0}
    conversation.slots["shown"] = {"request_id": "r", "items": list(shown), "seen": list(shown), "focus": None}
    conversation.say(Recommend(recommender, list_length=3), "refine", entity("price_change", "cheaper"))
    assert conversation.cards
    assert all(card["price"] < 399 and card["id"] not in shown for card in conversation.cards)
    assert "Nothing costs less than all of those" in conversation.text


def test_cheaper_than_the_second_takes_its_price(recommender: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(recommender), "ask_recommendation", DRESS, RED)
    second = conversation.cards[1]["price"]
    conversation.say(Recommend(recommender), "refine", entity("price_change", "cheaper"), entity("reference", 2))
    assert max(card["price"] for card in conversation.cards) < second


def test_when_nothing_fits_the_wishes_to_relax_are_named_with_numbers(
    recommender: Recommender, conversation: Any
) -> None:
    tight = entity("price", {"minimum": None, "maximum": 50.0, "currency": None})
    conversation.say(Recommend(recommender), "ask_recommendation", DRESS, RED, tight)
    assert conversation.cards == []
    assert conversation.heard("nothing_for", search="dress · red · up to ¥50")
    assert conversation.heard("relaxation_cheapest", amount="¥99", count=7)
    assert '/refine{"drop": "price"}' in conversation.payloads


def test_more_shows_others_until_all_are_seen(recommender: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(recommender), "ask_recommendation", DRESS, RED)
    seen = conversation.ids
    conversation.say(ShowMore(recommender), "show_more")
    assert len(conversation.ids) == 2
    assert not set(conversation.ids) & set(seen)
    conversation.say(ShowMore(recommender), "show_more")
    assert conversation.cards == []
    assert conversation.heard("no_more_for", search="dress · red")


def test_an_open_wish_gets_a_list_and_a_question(recommender: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(recommender), "ask_recommendation", text="recommend something")
    assert conversation.cards
    question = conversation.messages[-1]["custom"]
    assert question["kind"] == "question"
    assert question["quick_replies"][0] == {"title": "dress", "payload": '/refine{"category": "dress"}'}


def test_more_like_this_hides_what_is_on_the_screen(recommender: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(recommender, list_length=3), "ask_recommendation", DRESS)
    first = conversation.ids
    conversation.say(Recommend(recommender, list_length=3), "more_like_item", entity("item_id", first[0]))
    assert conversation.cards
    assert not set(conversation.ids) & set(first)
    assert all(card["reasons"][-1]["code"] in ("anchor", "matches", "popular") for card in conversation.cards)


def test_a_foreign_currency_is_said_to_be_read_as_the_shop_s(recommender: Recommender, conversation: Any) -> None:
    dollars = entity("price", {"minimum": None, "maximum": 400.0, "currency": "USD"})
    conversation.say(Recommend(recommender), "ask_recommendation", DRESS, dollars)
    assert "I read your USD amount as CNY" in conversation.text


def test_a_limit_left_over_from_cheaper_gives_way_before_the_list_stays_empty(
    recommender: Recommender, conversation: Any
) -> None:
    conversation.say(Recommend(recommender), "ask_recommendation", DRESS, RED, UNDER_400)
    conversation.say(Recommend(recommender), "refine", entity("price_change", "cheaper"))
    assert conversation.ids == ["red-7"]  # below 150
    conversation.say(Recommend(recommender), "refine", entity("price_change", "cheaper"))
    assert conversation.cards == []
    conversation.say(Recommend(recommender), "refine", entity("colour", "blue"))
    assert conversation.ids == ["blue-1"]
    assert "up to ¥400" in conversation.text


def test_a_new_question_that_does_not_go_with_the_old_search_starts_anew(
    recommender: Recommender, conversation: Any
) -> None:
    conversation.say(Recommend(recommender), "ask_recommendation", DRESS, UNDER_400)
    dear = entity("price", {"minimum": 700.0, "maximum": None, "currency": None})
    conversation.say(Recommend(recommender), "ask_recommendation", dear)
    assert conversation.ids == ["boots-1"]


def test_an_example_that_left_the_catalogue_breaks_neither_this_message_nor_the_next(
    recommender: Recommender, conversation: Any
) -> None:
    gone = {"intent": "more_like_item", "entities": [entity("item_id", "gone")], "text": "/x", "message_id": "lost-1"}
    conversation.slots["shown"] = {"request_id": "r", "items": ["gone", "red-2"], "seen": ["gone"], "focus": None}
    conversation.slots["pending"] = [gone]
    conversation.say(Recommend(recommender), "refine", entity("price_change", "cheaper"))
    assert conversation.cards
    assert all(card["price"] < 399 for card in conversation.cards)


def test_reset_forgets_the_search(recommender: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(recommender), "ask_recommendation", DRESS, RED)
    conversation.say(Reset(recommender), "reset")
    assert conversation.slots["search"] is None
    conversation.say(Recommend(recommender), "ask_recommendation")
    assert conversation.heard("list", count=5)


def test_chinese_gets_chinese(recommender: Recommender, talk: Callable[[str], Any]) -> None:
    conversation = talk("zh")
    conversation.say(Recommend(recommender), "ask_recommendation", DRESS, RED, UNDER_400)
    assert conversation.heard("list_for", count=5, search="连衣裙 · 红色 · ¥400 以内")
    assert "低于您的预算 ¥400" in conversation.cards[0]["reasons"][0]["text"]
    assert conversation.cards[0]["buttons"][2]["title"] == "类似的"


def test_what_was_said_while_the_server_was_away_joins_the_search(recommender: Recommender, conversation: Any) -> None:
    conversation.slots["pending"] = [
        {"intent": "ask_recommendation", "entities": [DRESS, RED], "text": "red dress", "message_id": "lost-1"},
    ]
    conversation.say(Recommend(recommender), "refine", UNDER_400)
    assert {card["attributes"]["colour"] for card in conversation.cards} == {"red"}
    assert all(card["price"] <= 400 for card in conversation.cards)
    assert conversation.slots["pending"] is None


def test_every_shown_card_is_an_impression_with_its_reasons(recommender: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(recommender), "ask_recommendation", DRESS, RED)
    request_id = next(m["custom"]["request_id"] for m in conversation.messages if m.get("custom"))
    stored = recommender.store.impressions(request_id)
    assert [i.item for i in stored] == conversation.ids
    assert [i.position for i in stored] == [1, 2, 3, 4, 5]
    assert stored[0].model_version == "tiny"
    assert stored[0].reasons[0].evidence == {"category": "dress", "colour": "red"}


def test_something_like_an_item_named_by_its_title_needs_no_list_on_the_screen(
    recommender: Recommender, conversation: Any
) -> None:
    boots = recommender.item("boots-1")
    for intent in ("more_like_item", "ask_recommendation"):
        conversation.say(Recommend(recommender), intent, text=f"something like the {boots.title('en')}")
        assert conversation.slots["search"]["anchor"] == boots.id
        assert conversation.cards
        assert boots.id not in conversation.ids


def test_the_words_of_a_title_are_no_wishes_but_those_around_it_are(
    recommender: Recommender, conversation: Any
) -> None:
    said = f"like the {recommender.item('red-1').title('en')} but in blue"
    red = entity("colour", "red") | {"start": said.index("red"), "end": said.index("red") + 3}
    dress = entity("category", "dress") | {"start": said.index("dress"), "end": said.index("dress") + 5}
    blue = entity("colour", "blue") | {"start": said.index("blue"), "end": said.index("blue") + 4}
    conversation.say(Recommend(recommender), "ask_recommendation", entity("category", "boots"), text="boots")
    conversation.say(Recommend(recommender), "refine", red, dress, blue, text=said)
    assert conversation.ids == ["blue-1"]


def test_the_cheapest_are_those_that_cost_least_whatever_is_shown(recommender: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(recommender, 2), "ask_recommendation", DRESS, RED)
    cheaper = entity("price_change", "cheaper")
    conversation.say(Recommend(recommender, 2), "refine", cheaper, text="show me the cheapest ones")
    assert sorted(card["price"] for card in conversation.cards) == [99, 150]


def test_a_question_is_asked_where_an_answer_would_help_and_its_answer_holds(
    cinema: Recommender, conversation: Any
) -> None:
    conversation.say(Recommend(cinema), "ask_recommendation")
    question = conversation.custom("question")
    assert question["attribute"] in ("genre", "runtime")
    assert question["quick_replies"][-1] == {"title": "No preference", "payload": "/skip"}
    assert len(conversation.cards) == 5  # asking blocks no list
    conversation.say(Skip(cinema), "skip", text="doesn't matter")
    assert conversation.custom("question")["attribute"] not in (question["attribute"], "year")
    conversation.say(Skip(cinema), "skip", text="whatever")
    assert not any((m.get("custom") or {}).get("kind") == "question" for m in conversation.messages)


def test_what_was_said_is_not_asked_about(cinema: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(cinema), "ask_recommendation", entity("genre", "war"), entity("genre", "horror"))
    limit = entity("range", {"attribute": "runtime", "minimum": 80, "maximum": None})
    conversation.say(Recommend(cinema), "refine", limit)
    asked = [(m.get("custom") or {}).get("attribute") for m in conversation.messages]
    assert not {"genre", "runtime"} & set(asked)


def test_a_bare_word_answers_the_question_that_was_asked(cinema: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(cinema), "ask_recommendation")
    conversation.slots["dialogue"] = {**conversation.slots["dialogue"], "question": "genre"}
    conversation.say(Recommend(cinema), "refine", text="War!")
    assert {card["attributes"]["genre"] for card in conversation.cards} == {"war"}


def test_no_phrase_is_said_twice_in_a_row(recommender: Recommender, conversation: Any) -> None:
    heads = []
    for _ in range(6):
        conversation.say(Recommend(recommender), "ask_recommendation", DRESS)
        heads.append(conversation.text.splitlines()[0])
    assert all(one != other for one, other in pairwise(heads))


def test_nothing_dearer_leaves_the_search_as_it_is(recommender: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(recommender, 9), "ask_recommendation", DRESS, RED)
    dearer = entity("price_change", "dearer")
    conversation.say(Recommend(recommender, 9), "ask_recommendation", dearer, text="do you have anything pricier?")
    assert "boots-1" not in conversation.ids
    assert conversation.slots["search"]["constraints"]


def test_nothing_cheaper_than_the_second_shows_nothing_dearer_than_it(
    recommender: Recommender, conversation: Any
) -> None:
    conversation.say(Recommend(recommender, 9), "ask_recommendation", DRESS, RED)
    place = conversation.ids.index("red-7") + 1  # the cheapest there is
    cheaper = entity("price_change", "cheaper")
    conversation.say(Recommend(recommender, 9), "more_like_item", cheaper, entity("reference", place))
    assert conversation.cards == []
    assert conversation.heard("nothing_for", search="dress · red · below ¥99")


class Parrot:
    """Rewords everything, and remembers what it was given."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, tuple[str, ...]]] = []

    def rephrase(self, text: str, facts: Facts, language: str) -> str:
        self.heard.append((text, tuple(item.titles[0] for item in facts.items)))
        return "Look what I found!"


def test_other_words_are_for_the_sentence_above_the_cards_and_know_them(
    recommender: Recommender, conversation: Any
) -> None:
    parrot = Parrot()
    services = Services(wording=parrot)  # type: ignore[arg-type]
    conversation.say(Recommend(recommender, 3, services), "ask_recommendation", DRESS)
    lines = conversation.text.splitlines()
    assert lines[0] == "Look what I found!"
    assert [line[3:].split(" — ")[0] for line in lines[1:4]] == [card["title"] for card in conversation.cards]
    ((text, titles),) = parrot.heard
    assert "dress" in text
    assert titles == tuple(card["title"] for card in conversation.cards)


def test_a_wish_taken_for_an_example_that_nothing_names_is_a_wish(recommender: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(recommender), "ask_recommendation", DRESS)
    conversation.say(Recommend(recommender), "more_like_item", RED, text="one more thing: red")
    assert conversation.cards
    assert all(card["attributes"]["colour"] == "red" for card in conversation.cards)


def test_cheaper_than_the_black_one_takes_the_price_of_the_black_one_and_no_colour(
    recommender: Recommender, conversation: Any
) -> None:
    conversation.say(Recommend(recommender), "ask_recommendation", entity("category", "dress"))
    by_colour = {recommender.item(item).attributes["colour"][0]: recommender.item(item) for item in conversation.ids}
    colour, compared = max(by_colour.items(), key=lambda entry: entry[1].price or 0)
    described = {**entity("colour", colour), "start": 17, "end": 22}
    cheaper = entity("price_change", "cheaper")
    conversation.say(Recommend(recommender), "refine", cheaper, described, text=f"cheaper than the {colour} one")
    shown = [recommender.item(item) for item in conversation.ids]
    assert shown
    assert all((item.price or 0) < (compared.price or 0) for item in shown)
    assert {item.attributes["colour"] for item in shown} != {(colour,)}

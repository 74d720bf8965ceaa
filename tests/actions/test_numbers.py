"""Numbers other than the price: limits, more and less, superlatives, questions, and a catalogue without prices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from actions.details import Details
from actions.recommend import Recommend, Skip
from actions.smalltalk import Affirm, Greet
from recommender.api import Recommender
from tests.actions.test_recommend import entity


def limit(minimum: float | None, maximum: float | None, attribute: str = "runtime") -> dict[str, Any]:
    return entity("range", {"attribute": attribute, "minimum": minimum, "maximum": maximum})


def change(attribute: str, direction: str) -> dict[str, Any]:
    return entity("change", {"attribute": attribute, "direction": direction})


def runtimes(conversation: Any) -> list[float]:
    return [card["attributes"]["runtime"] for card in conversation.cards]


def test_at_most_ninety_minutes_holds_for_every_card(cinema: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(cinema), "ask_recommendation", limit(None, 90))
    assert sorted(runtimes(conversation)) == [80, 85, 90]
    assert conversation.heard("list_for", count=3, search="runtime up to 90 minutes")
    assert "runtime" not in conversation.text.splitlines()[1]
    assert "90 minutes" in conversation.text


def test_longer_means_than_all_that_is_shown_and_a_named_limit_stays(cinema: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(cinema), "ask_recommendation", limit(None, 150))
    shown = ["film-1", "film-3"]  # 80 and 90 minutes
    conversation.slots["shown"] = {"request_id": "r", "items": shown, "seen": shown, "focus": None}
    conversation.say(Recommend(cinema), "refine", change("runtime", "more"))
    assert runtimes(conversation)
    assert all(90 < each <= 150 for each in runtimes(conversation))


def test_newer_than_the_second_takes_its_year(cinema: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(cinema), "ask_recommendation", entity("genre", "war"))
    second = conversation.cards[1]["attributes"]["year"]
    conversation.say(Recommend(cinema), "refine", change("year", "more"), entity("reference", 2))
    assert conversation.cards
    assert all(card["attributes"]["year"] > second for card in conversation.cards)
    assert all(card["attributes"]["genre"] == "war" for card in conversation.cards)


def test_nothing_costs_anything_and_nothing_says_so(cinema: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(cinema), "ask_recommendation", entity("genre", "comedy"))
    assert "¥" not in conversation.text
    assert "None" not in conversation.text
    assert [card["price"] for card in conversation.cards] == [None] * 5
    assert '"cheaper"' not in "".join(conversation.payloads)
    assert '/refine{"change": {"attribute": "runtime", "direction": "more"}}' in conversation.payloads


def test_a_price_in_a_catalogue_without_prices_is_left_out_and_that_is_said(
    cinema: Recommender, conversation: Any
) -> None:
    price = entity("price", {"minimum": None, "maximum": 20.0, "currency": "USD"})
    conversation.say(Recommend(cinema), "ask_recommendation", entity("genre", "comedy"), price)
    assert len(conversation.cards) == 5
    assert conversation.heard("no_prices")


def test_what_nothing_reaches_is_told_by_the_nearest_number(cinema: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(cinema), "ask_recommendation", entity("genre", "war"), limit(None, 60))
    assert conversation.heard("relaxation_nearest", attribute="runtime", amount="80 minutes", count=6)
    conversation.say(Affirm(cinema), "affirm")
    assert {card["attributes"]["genre"] for card in conversation.cards} == {"war"}


def test_the_longest_one_is_the_longest_of_the_list(cinema: Recommender, conversation: Any) -> None:
    conversation.say(Recommend(cinema), "ask_recommendation")
    longest = max(conversation.cards, key=lambda card: card["attributes"]["runtime"])
    conversation.say(Details(cinema), "ask_details", text="tell me more about the longest one")
    assert longest["title"] in conversation.text


def test_how_long_is_answered_for_that_alone(cinema: Recommender, talk: Callable[[str], Any]) -> None:
    for language, text in (("en", "how long is it"), ("zh", "它有多长")):
        conversation = talk(language)
        conversation.say(Recommend(cinema), "ask_recommendation", entity("genre", "war"))
        card = conversation.cards[2]
        conversation.say(Details(cinema), "ask_details", entity("item_id", card["id"]), text="/ask_details{}")
        conversation.say(Details(cinema), "ask_details", text=text)
        unit = "minutes" if language == "en" else "分钟"
        assert conversation.heard("fact", title=card["title"], value=f"{card['attributes']['runtime']:.0f} {unit}")


def test_nothing_known_asks_for_what_the_schema_lets_it_ask_in_round_numbers(
    cinema: Recommender, conversation: Any
) -> None:
    conversation.say(Recommend(cinema), "ask_recommendation", entity("genre", "war"), entity("genre", "horror"))
    conversation.say(Skip(cinema), "skip")
    assert not any((m.get("custom") or {}).get("attribute") == "year" for m in conversation.messages)


def test_the_greeting_gives_an_example_of_the_catalogue(cinema: Recommender, conversation: Any) -> None:
    conversation.say(Greet(cinema), "greet")
    assert any(genre in conversation.text for genre in ("comedy", "war", "romance", "horror"))
    assert "dress" not in conversation.text

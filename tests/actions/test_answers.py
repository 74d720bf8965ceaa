"""Questions to the shop in the middle of a recommendation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from actions.answers import Answer
from actions.recommend import Recommend
from actions.services import Services
from actions.smalltalk import Affirm, Fallback
from recommender.answers.base import AnswerBase
from recommender.api import Recommender
from tests.recommender.answers.words import WordEncoder

PAGE = """# Delivery

## How long does delivery take?
- When will my parcel arrive?

Two {days}.

## How long does a refund take?
- When is my money back?

Three days.
"""
RED = {"entity": "colour", "value": "red", "start": 0, "end": 3}


@pytest.fixture
def base(tmp_path: Path) -> AnswerBase:
    folder = tmp_path / "answers"
    folder.mkdir()
    (folder / "delivery.en.md").write_text(PAGE)
    opened = AnswerBase.open(folder, WordEncoder(), tmp_path / "var")  # type: ignore[arg-type]
    return with_threshold(opened, 0.0)


def with_threshold(base: AnswerBase, threshold: float, margin: float = 0.0) -> AnswerBase:
    """So few answers fit no threshold of their own."""
    found = base.snapshot
    assert found.fitted is not None
    base._snapshot = replace(found, fitted=replace(found.fitted, threshold=threshold, margin=margin))
    return base


@pytest.fixture
def services(base: AnswerBase) -> Services:
    return Services(answers=base)


Ask = Callable[..., None]


def custom(conversation: Any) -> dict[str, Any]:
    return next(m["custom"] for m in conversation.messages if m.get("custom"))


def test_the_answer_comes_with_its_source_and_how_sure_it_is(
    recommender: Recommender, services: Services, conversation: Any
) -> None:
    conversation.say(Answer(recommender, 5, services), "ask_service", text="when will my parcel arrive")
    assert conversation.text == "Two {days}.\n(From: Delivery › How long does delivery take?)"
    message = custom(conversation)
    assert (message["kind"], message["text"]) == ("answer", "Two {days}.")
    assert message["source"] == "Delivery › How long does delivery take?"
    assert 0 <= message["confidence"] <= 1
    (asked,) = recommender.store.questions(answered=True)
    assert asked.text == "when will my parcel arrive"


def test_search_and_list_stay_and_there_is_a_way_back(
    recommender: Recommender, services: Services, conversation: Any
) -> None:
    conversation.say(Recommend(recommender, 7, services), "ask_recommendation", RED, text="red please")
    search, shown = conversation.slots["search"], conversation.slots["shown"]
    open_question = conversation.slots["dialogue"]["question"]
    conversation.say(Answer(recommender, 7, services), "ask_service", text="when will my parcel arrive")
    assert (conversation.slots["search"], conversation.slots["shown"]) == (search, shown)
    if open_question is None:
        assert "/affirm" in conversation.payloads
        conversation.say(Affirm(recommender, 7, services), "affirm", text="yes")
        assert conversation.cards
    else:
        assert conversation.slots["dialogue"]["question"] == open_question


def test_what_is_not_known_is_said_so_kept_and_passed_on_if_wanted(
    recommender: Recommender, base: AnswerBase, conversation: Any
) -> None:
    services = Services(answers=with_threshold(base, 1.1))
    text = "are you hiring? call me at 13812345678"
    conversation.say(Answer(recommender, 5, services), "ask_service", text=text)
    assert "person" in conversation.text
    assert "/hand_over" in conversation.payloads
    assert conversation.slots["dialogue"]["offer"]["kind"] == "hand_over"
    (asked,) = recommender.store.questions(answered=False)
    assert asked.text == "are you hiring? call me at [phone]"


def test_what_came_near_stands_on_buttons_below_i_do_not_know(
    recommender: Recommender, base: AnswerBase, conversation: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actions.answers.NEAR", 0.0)
    services = Services(answers=with_threshold(base, 1.1, margin=9.0))
    conversation.say(Answer(recommender, 5, services), "ask_service", text="how long does a repair take")
    assert conversation.text.endswith("Or is it one of these?")
    assert sum(payload.startswith("/ask_service") for payload in conversation.payloads) == 2
    assert "Two {days}" not in conversation.text


def test_close_answers_are_offered_and_a_press_gives_the_chosen_one(
    recommender: Recommender, base: AnswerBase, conversation: Any
) -> None:
    services = Services(answers=with_threshold(base, 0.0, margin=9.0))
    action = Answer(recommender, 5, services)
    conversation.say(action, "ask_service", text="how long does it take")
    assert custom(conversation)["kind"] == "question"
    titles = [reply["title"] for reply in custom(conversation)["quick_replies"]]
    assert set(titles) == {"How long does delivery take?", "How long does a refund take?"}
    payload = custom(conversation)["quick_replies"][titles.index("How long does a refund take?")]["payload"]
    assert len(payload.encode()) <= 64  # Telegram's limit
    chosen = {"entity": "question", "value": payload.split('"')[3], "start": 0, "end": 0}
    conversation.say(action, "ask_service", chosen, text=payload)
    assert conversation.text.startswith("Three days.")
    assert len(recommender.store.questions()) == 1


def test_a_message_that_was_not_understood_may_be_a_question_to_the_shop(
    recommender: Recommender, services: Services, conversation: Any
) -> None:
    conversation.say(Fallback(recommender, 5, services), "nlu_fallback", text="when will my parcel arrive")
    assert conversation.text.startswith("Two {days}.")


def test_what_is_out_of_scope_is_not_kept_as_a_gap(
    recommender: Recommender, base: AnswerBase, conversation: Any
) -> None:
    services = Services(answers=with_threshold(base, 1.1))
    conversation.say(Fallback(recommender, 5, services), "out_of_scope", text="who won the election")
    assert conversation.text
    assert not recommender.store.questions()


def test_without_any_answers_the_person_is_passed_on(recommender: Recommender, talk: Callable[[str], Any]) -> None:
    conversation = talk("zh")
    conversation.say(Answer(recommender), "ask_service", text="几点开门")
    assert "转" in conversation.text
    assert "/hand_over" in conversation.payloads

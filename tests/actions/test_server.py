"""The executor keeps its promises when an action hangs, fails or does not exist."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
import yaml
from rasa_sdk.interfaces import ActionNotFoundException

from actions.recommend import Recommend
from actions.server import ACTIONS, GuardedExecutor
from recommender.api import Recommender
from recommender.settings import ROOT


def call(name: str, language: str = "en", **slots: Any) -> dict[str, Any]:
    message = {
        "intent": {"name": "ask_recommendation"},
        "entities": [{"entity": "colour", "value": "red", "start": 0, "end": 3}],
        "text": "red please",
        "message_id": "m1",
    }
    tracker = {"sender_id": "p", "slots": {"language": language, **slots}, "latest_message": message, "events": []}
    return {"next_action": name, "tracker": tracker, "domain": {}}


class Slow(Recommend):
    def name(self) -> str:
        return "action_slow"

    def answer(self, state: Any, replies: Any) -> Any:
        time.sleep(0.5)
        return state


class Failing(Recommend):
    def name(self) -> str:
        return "action_failing"

    def answer(self, state: Any, replies: Any) -> Any:
        raise RuntimeError("no database")


@pytest.fixture
def executor(recommender: Recommender) -> GuardedExecutor:
    executor = GuardedExecutor(deadline=0.1)
    for action in (*ACTIONS, Slow, Failing):
        executor.register_action(action(recommender))
    return executor


@pytest.mark.parametrize("action", ["action_slow", "action_failing"])
@pytest.mark.parametrize(("language", "word"), [("en", "Sorry"), ("zh", "抱歉")])
def test_a_hanging_or_failing_action_apologises_in_the_language_and_keeps_the_message(
    executor: GuardedExecutor, action: str, language: str, word: str
) -> None:
    started = time.perf_counter()
    result = asyncio.run(executor.run(call(action, language)))
    assert time.perf_counter() - started < 2
    assert result is not None
    assert word in result.responses[0]["text"]
    (slot,) = result.events
    assert slot["name"] == "pending"
    assert slot["value"] == [
        {
            "intent": "ask_recommendation",
            "text": "red please",
            "message_id": "m1",
            "entities": [{"entity": "colour", "value": "red", "start": 0, "end": 3}],
        }
    ]


def test_messages_lost_before_stay_lost_and_found(executor: GuardedExecutor) -> None:
    earlier = {"intent": "refine", "entities": [], "text": "cheaper", "message_id": "m0"}
    result = asyncio.run(executor.run(call("action_failing", pending=[earlier])))
    assert result is not None
    assert [lost["message_id"] for lost in result.events[0]["value"]] == ["m0", "m1"]


def test_an_unknown_action_is_rasa_s_to_deal_with(executor: GuardedExecutor) -> None:
    with pytest.raises(ActionNotFoundException):
        asyncio.run(executor.run(call("action_nobody_wrote")))


def test_a_good_action_answers(recommender: Recommender) -> None:
    executor = GuardedExecutor(deadline=5)
    executor.register_action(Recommend(recommender))
    result = asyncio.run(executor.run(call("action_recommend")))
    assert result is not None
    assert result.responses[1]["custom"]["kind"] == "items"


def test_every_action_of_the_domain_is_served(recommender: Recommender) -> None:
    served = {action(recommender).name() for action in ACTIONS}
    domains = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in (ROOT / "bot" / "domain").glob("*.yml")]
    assert served == {name for domain in domains for name in domain.get("actions", ())}

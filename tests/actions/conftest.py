"""Conversations with actions as Rasa would hold them, over the tiny shop."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import ParleyAction
from actions.phrases import variants
from recommender.api import Recommender
from tests.shop import small_cinema, small_recommender


@pytest.fixture
def recommender(tmp_path: Path) -> Recommender:
    return small_recommender(tmp_path)


@pytest.fixture
def cinema(tmp_path: Path) -> Recommender:
    return small_cinema(tmp_path)


class Conversation:
    """Runs actions one after the other as Rasa would, carrying the slots."""

    def __init__(self, language: str = "en") -> None:
        self.slots: dict[str, Any] = {"language": language}
        self.messages: list[dict[str, Any]] = []
        self._count = 0

    def say(self, action: ParleyAction, intent: str, *entities: dict[str, Any], text: str = "") -> None:
        self._count += 1
        message = {
            "intent": {"name": intent},
            "entities": list(entities),
            "text": text,
            "message_id": f"m{self._count}",
        }
        tracker = Tracker("person-1", dict(self.slots), message, [], False, None, {}, None)
        dispatcher = CollectingDispatcher()
        events = asyncio.run(action.run(dispatcher, tracker, {}))
        self.slots.update({event["name"]: event["value"] for event in events if event["event"] == "slot"})
        self.messages = dispatcher.messages

    @property
    def cards(self) -> list[dict[str, Any]]:
        return [c for m in self.messages for c in (m.get("custom") or {}).get("items", ())]

    @property
    def ids(self) -> list[str]:
        return [card["id"] for card in self.cards]

    @property
    def text(self) -> str:
        return "\n".join(m["text"] for m in self.messages if m.get("text"))

    def heard(self, phrase: str, **values: object) -> bool:
        """Whether one of the variants of `phrase` was said; what `values` leave out may be anything."""
        return any(re.search(pattern(words, values), self.text) for words in variants(phrase, self.slots["language"]))

    def custom(self, kind: str) -> dict[str, Any]:
        """The last message of a kind."""
        found = [m["custom"] for m in self.messages if (m.get("custom") or {}).get("kind") == kind]
        assert found, f"nothing of kind {kind} was sent"
        return found[-1]

    @property
    def payloads(self) -> list[str]:
        return [b["payload"] for m in self.messages for b in m.get("buttons") or ()]


def pattern(words: str, values: dict[str, object]) -> str:
    parts = re.split(r"\{(\w+)\}", words)
    given = (re.escape(str(values[name])) if name in values else ".+" for name in parts[1::2])
    return "".join(re.escape(text) + next(given, "") for text in parts[::2])


@pytest.fixture
def conversation() -> Conversation:
    return Conversation()


@pytest.fixture
def talk() -> Callable[[str], Conversation]:
    return Conversation

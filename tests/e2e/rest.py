"""A conversation over Rasa's REST channel."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx


@dataclass
class RestChat:
    """One person talking to the bot at `url`; keeps what the last turn brought and how long it took, in seconds."""

    url: str
    sender: str = field(default_factory=lambda: f"rest-{uuid.uuid4().hex}")
    messages: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0

    def say(self, text: str) -> list[dict[str, Any]]:
        """Sends `text` (or a button's payload) and returns the cards of the answer."""
        started = time.perf_counter()
        answer = httpx.post(
            f"{self.url}/webhooks/rest/webhook", json={"sender": self.sender, "message": text}, timeout=30
        )
        self.seconds = time.perf_counter() - started
        answer.raise_for_status()
        self.messages = answer.json()
        return self.cards

    @property
    def cards(self) -> list[dict[str, Any]]:
        """The item cards of the last turn."""
        return [card for m in self.messages for card in (m.get("custom") or {}).get("items", ())]

    @property
    def text(self) -> str:
        """The words of the last turn."""
        return "\n".join(m["text"] for m in self.messages if m.get("text"))

"""A conversation as the web page shows it, rebuilt from the events that Rasa stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rasa.shared.core.events import BotUttered, Event, UserUttered

SHOWN = "shown"  # metadata key: what the person saw themselves send
_PARTS = ("text", "custom", "buttons", "quick_replies", "image")


def bot_line(message: Mapping[str, Any]) -> dict[str, Any]:
    """One bot message, {"from": "bot"} and those of text, custom, buttons, quick_replies and image that it has."""
    return {"from": "bot", **{part: message[part] for part in _PARTS if message.get(part)}}


def person_line(event: UserUttered) -> dict[str, Any]:
    """One message of the person, {"from": "person", "id", "text"} and "payload" when a button sent it."""
    text = event.text or ""
    line = {"from": "person", "id": event.message_id, "text": (event.metadata or {}).get(SHOWN, text)}
    return {**line, "payload": text} if text.startswith("/") else line


def lines(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Every message of a conversation, oldest first; events that nobody sees (actions, slots) are left out."""
    shown = []
    for event in events:
        if isinstance(event, UserUttered) and event.text:
            shown.append(person_line(event))
        elif isinstance(event, BotUttered):
            shown.append(bot_line(event.message()))
    return [line for line in shown if len(line) > 1]


def replies(events: Iterable[Event], message_id: str) -> list[dict[str, Any]] | None:
    """The bot's messages after the person's message `message_id`, or None when that never arrived."""
    found: list[dict[str, Any]] | None = None
    for line in lines(events):
        if line["from"] == "person":
            if found is not None:
                break
            found = [] if line["id"] == message_id else None
        elif found is not None:
            found.append(line)
    return found

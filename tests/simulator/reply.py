"""The bot's messages of one turn, as a person sees them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Button:
    """A quick reply; `values` are the entities that its payload carries."""

    title: str
    payload: str
    intent: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """`cards` are the ids of the list that came, () when none did; `asked` is the attribute of a question."""

    text: str = ""
    cards: tuple[str, ...] = ()
    asked: str | None = None
    buttons: tuple[Button, ...] = ()

    @classmethod
    def read(cls, messages: Sequence[Mapping[str, Any]]) -> Reply:
        """What Rasa's REST channel sent."""
        customs = [message["custom"] for message in messages if message.get("custom")]
        buttons = [b for message in messages for b in message.get("buttons") or ()]
        buttons += [b for custom in customs for b in custom.get("quick_replies") or ()]
        return cls(
            text="\n".join(message["text"] for message in messages if message.get("text")),
            cards=tuple(item["id"] for c in customs if c.get("kind") == "items" for item in c["items"]),
            asked=next((c["attribute"] for c in customs if c.get("kind") == "question"), None),
            buttons=tuple(_button(b) for b in buttons),
        )

    @property
    def drops(self) -> tuple[Button, ...]:
        """Offers to give up a wish; with no list they mean that nothing was found."""
        return tuple(b for b in self.buttons if "drop" in b.values)

    def button(self, intent: str | None = None, **values: Any) -> Button | None:
        """The first button with that intent, if one is named, and those entities."""
        for found in self.buttons:
            if intent in (None, found.intent) and all(found.values.get(k) == v for k, v in values.items()):
                return found
        return None


def _button(raw: Mapping[str, Any]) -> Button:
    payload = str(raw.get("payload") or raw["title"])
    if not payload.startswith("/"):
        return Button(raw["title"], payload, "", {})
    intent, brace, rest = payload[1:].partition("{")
    try:
        values = json.loads(brace + rest) if brace else {}
    except ValueError:
        values = {}
    return Button(raw["title"], payload, intent, values)

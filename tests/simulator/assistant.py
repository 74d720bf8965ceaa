"""A perfect shop assistant without a bot: hears acts instead of words, to test the people who talk to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tests.simulator.memory import Memory
from tests.simulator.person import Person
from tests.simulator.shop import Shop


@dataclass
class Assistant:
    """Shows the cheapest things that fit what was said and were not shown yet; with `deaf`, whatever is cheapest."""

    shop: Shop
    deaf: bool = False
    count: int = 3
    shown: set[str] = field(default_factory=set)

    def answer(self, person: Person) -> list[dict[str, Any]]:
        """A list in the form of Rasa's REST channel, or an offer to give something up."""
        memory: Memory = person.memory
        parts = () if self.deaf else (*memory.said, *memory.soft)
        parts += (memory.relative,) if memory.relative and not self.deaf else ()
        rows = np.flatnonzero(self.shop.fitting(parts))
        found = [self.shop.index.items[r] for r in rows]
        last = person.last
        fresh = [i for i in found if i.id not in (self.shown if last and last.name != "go_back" else set())]
        items = [i for i in fresh if i.id not in memory.disliked][: self.count]
        if not items:
            self.shown = set()
            return [{"text": "Nothing.", "buttons": [{"title": "Any price", "payload": '/refine{"drop": "price"}'}]}]
        self.shown |= {i.id for i in items}
        cards = [{"id": i.id, "title": i.title("en")} for i in items]
        return [
            {"text": "\n".join(i.title("en") for i in found)},
            {"custom": {"kind": "items", "request_id": "r", "items": cards}},
        ]

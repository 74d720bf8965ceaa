"""One conversation of a simulated person with a bot, and what came of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.simulator.acts import Act
from tests.simulator.goal import Goal
from tests.simulator.memory import Fault
from tests.simulator.person import Person
from tests.simulator.reply import Reply
from tests.simulator.shop import Shop
from tests.simulator.speech import Speech

PATIENCE = 10  # messages

Say = Callable[[str], Sequence[Mapping[str, Any]]]
"""Sends one message to the bot and returns Rasa's messages."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message, the bot's reply, and what was wrong with its list."""

    act: Act
    text: str
    reply: Reply
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """A whole conversation. `success`: an item was accepted; `confirmed`: the bot then named that very item."""

    goal: Goal
    turns: tuple[Turn, ...]
    success: bool
    confirmed: bool

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything wrong that was shown."""
        return tuple(fault for turn in self.turns for fault in turn.faults)

    @property
    def violations(self) -> tuple[Fault, ...]:
        """Cards against what had been said."""
        return tuple(fault for fault in self.faults if fault.part is not None)

    @property
    def repeats(self) -> tuple[Fault, ...]:
        """Cards that had been disliked before."""
        return tuple(fault for fault in self.faults if fault.part is None)

    @property
    def cause(self) -> str:
        """Why it failed, by what was on the screen last."""
        if self.success:
            return ""
        lists = [turn for turn in self.turns if turn.reply.cards]
        if len(lists) * 3 < len(self.turns):
            return "few lists: not understood, or nothing found"
        if any(fault.part for turn in lists[-3:] for fault in turn.faults):
            return "lists against what was said"
        if len({card for turn in lists for card in turn.reply.cards}) * 2 < sum(len(t.reply.cards) for t in lists):
            return "the same items again"
        fitting = sum(card in self.goal.utility for card in lists[-1].reply.cards)
        return "the lists fit, the taste was not met" if fitting else "the wish was not told in time"


def meet(goal: Goal, shop: Shop) -> Person:
    """The person of `goal`, about to speak."""
    return Person(goal, shop, random.Random(f"{goal.seed}-acts"))


def converse(person: Person, say: Say, speech: Speech | None = None) -> Outcome:
    """Lets a person talk until they accept an item or lose patience; only the bot's replies are chance."""
    goal, shop = person.goal, person.shop
    speech = speech or Speech(shop, goal.language, random.Random(f"{goal.seed}-words"))
    turns: list[Turn] = []
    act = person.open()
    while True:
        text = speech.utter(act)
        reply = Reply.read(say(text))
        turns.append(Turn(act, text, reply, tuple(person.memory.hear(reply.cards))))
        if act.name == "accept" or len(turns) >= PATIENCE:
            break
        act = person.answer(reply)
    taken = act.name == "accept" and act.position is not None
    return Outcome(goal, tuple(turns), taken, taken and _names(shop, turns, act))


def _names(shop: Shop, turns: Sequence[Turn], act: Act) -> bool:
    """Whether the last reply names the accepted item, which stands in the last list before it."""
    last = next(turn.reply.cards for turn in reversed(turns[:-1]) if turn.reply.cards)
    item = shop.item(last[(act.position or 1) - 1])
    return any(title in turns[-1].reply.text for title in item.titles.values())

"""The stack of what a person means to say next (Schatzmann et al., 2007: agenda-based user simulation).

The goal lies at the bottom as acts that state it; what the bot says puts answers, complaints and digressions on top.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from recommender.serving.index import PRICE
from tests.simulator.acts import Act
from tests.simulator.parts import Part, excludes
from tests.simulator.shop import CATEGORY


@dataclass
class Agenda:
    """Acts still to be done, the next one last."""

    stack: list[Act] = field(default_factory=list)

    def push(self, act: Act) -> None:
        """Puts `act` before everything else."""
        self.stack.append(act)

    def pop(self) -> Act:
        """Takes the next act off."""
        return self.stack.pop()

    def settle(self, said: Iterable[Part]) -> None:
        """Drops the acts whose constraints were all said in another way, as an answer for instance."""
        known = set(said)
        self.stack = [act for act in self.stack if not act.parts or not set(act.parts) <= known]

    def __bool__(self) -> bool:
        return bool(self.stack)


def opening(wish: Sequence[Part], rng: random.Random) -> Agenda:
    """An agenda for `wish`: how much the first sentence tells and in which steps the rest follows is chance."""
    rest = list(wish)
    start = rng.choices(("greet", "ask_vague", "ask"), (6, 6, 88))[0]
    first: list[Part] = []
    if start == "ask":
        first = [part for part in rest[:1] if not excludes(part)]
        others = rest[len(first) :]
        rng.shuffle(others)
        first += others[: rng.choices((0, 1, 2, 3), (40, 30, 20, 10))[0]]
    rest = [part for part in rest if part not in first]
    agenda = Agenda()
    for act in reversed(statements(rest, rng)):
        agenda.push(act)
    if first and not all(map(excludes, first)):
        agenda.push(Act("ask", tuple(first)))
    else:
        agenda.push(Act(start if start != "ask" else "ask_vague"))
    return agenda


def statements(parts: Sequence[Part], rng: random.Random) -> list[Act]:
    """Acts that add `parts` to what was said: exclusions and the price mostly alone, the others by one or two.

    What kind of thing it is comes first, as a wish of its own.
    """
    rest = list(parts)
    rng.shuffle(rest)
    rest.sort(key=lambda part: part.attribute == CATEGORY)
    found: list[Act] = []
    while rest:
        part = rest.pop()
        if excludes(part):
            found.append(Act("exclude", (part,)))
        elif part.attribute == PRICE and rng.random() < 0.6:
            found.append(Act("budget", (part,)))
        else:
            both = [other for other in rest if not excludes(other)][:1] if rng.random() < 0.35 else []
            rest = [other for other in rest if other not in both]
            found.append(Act("ask" if part.attribute == CATEGORY else "refine", (part, *both)))
    return found

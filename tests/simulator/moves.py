"""What a person does next when a list fits all they said and yet nothing in it pleases them."""

from __future__ import annotations

import random

from recommender.serving.index import PRICE
from recommender.types import Range
from tests.simulator.acts import Act
from tests.simulator.goal import Goal
from tests.simulator.memory import Memory
from tests.simulator.parts import excludes


def next_move(goal: Goal, memory: Memory, last: Act | None, rng: random.Random) -> Act:
    """An act that moves the list towards the person's taste, drawn by how often people do so."""
    if not memory.shown:
        return Act("ask", tuple(part for part in goal.wish if not excludes(part)))
    tempted = bool(goal.accepted & set(memory.shown))
    options = [(Act("more"), 3.0), (Act("none_of_these"), 0.0 if tempted else 1.5)]
    options += [*_about_one(goal, memory), *_price(goal, memory, last)]
    if goal.accepted & (set(memory.before) - memory.disliked) and not tempted:
        options.append((Act("go_back"), 6.0))
    favourite = goal.taste.favourite
    if favourite and favourite not in (*memory.soft, *memory.said):
        options.append((Act("prefer", (favourite,)), 4.0))
        options.append((Act("like_nth_but", (favourite,), position=_best(goal, memory)), 2.0))
    found, weights = zip(*options, strict=True)
    return rng.choices(found, weights)[0]


def _about_one(goal: Goal, memory: Memory) -> list[tuple[Act, float]]:
    """Something like the best of the list, or not the worst of it."""
    best, worst = _best(goal, memory), _worst(goal, memory)
    like = 3.0 if goal.taste.kind == "like" else 1.0
    bad = 0.0 if memory.shown[worst - 1] in goal.accepted else 0.7
    return [
        (Act("like_nth", position=best), like),
        (Act("dislike", position=worst), bad),
        (Act("dislike_because", position=worst), bad),
    ]


def _price(goal: Goal, memory: Memory, last: Act | None) -> list[tuple[Act, float]]:
    """Cheaper or dearer, for those whom the price decides; not again right after there was nothing of it."""
    if last and last.name in ("take_back", "start_over"):
        return []
    if goal.taste.kind == "low":
        return [(Act("cheaper"), 3.0), (Act("like_nth_cheaper", position=_best(goal, memory)), 2.0)]
    limited = any(isinstance(part, Range) and part.attribute == PRICE for part in memory.said)
    return [(Act("dearer"), 4.0)] if goal.taste.kind == "high" and not limited else []


def _best(goal: Goal, memory: Memory) -> int:
    return max(range(1, len(memory.shown) + 1), key=lambda place: goal.utility.get(memory.shown[place - 1], -1.0))


def _worst(goal: Goal, memory: Memory) -> int:
    return min(range(1, len(memory.shown) + 1), key=lambda place: goal.utility.get(memory.shown[place - 1], -1.0))

"""What a simulated person can do with one message, and what it commits the shop to."""

from __future__ import annotations

from dataclasses import dataclass

from tests.simulator.parts import Part

# After these the bot owes a list of what is wanted; after the others an answer in words is as good.
HARD = frozenset({"ask", "refine", "exclude", "budget", "answer", "restate", "like_nth_but"})
DISLIKES = frozenset({"dislike", "dislike_because"})
DIGRESSIONS = frozenset({"greet", "faq", "why", "details", "compare", "thanks"})
CHEAPER = frozenset({"cheaper", "like_nth_cheaper"})


@dataclass(frozen=True, slots=True)
class Act:
    """One act by its name in phrases/*.yml.

    `parts` are said in it; `position` and `other` are places in the shown list (1 is the first); `attribute` is what an
    answer or a take-back is about; with `payload` it is a click on a button rather than words.
    """

    name: str
    parts: tuple[Part, ...] = ()
    position: int | None = None
    other: int | None = None
    attribute: str | None = None
    payload: str | None = None

"""What the dialogue itself remembers: earlier lists, what was asked and offered, and the words used last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from recommender.serving.critique import Search
from recommender.types import Constraint, Limit, Range

PAGES = 5  # earlier lists that "go back" reaches
IN_A_ROW = 2  # questions; then the person has a turn without one
WORDS = 12  # phrases whose last variant is remembered

WHICH = "which:"
"""Before the intent that waits to be told which item is meant, where an attribute stands else."""

OfferKind = Literal["hand_over", "search", "more"]


@dataclass(frozen=True, slots=True)
class Offer:
    """What "yes" would do: pass the person on, run another search, or show more."""

    kind: OfferKind
    search: Search = field(default_factory=Search)


@dataclass(frozen=True, slots=True)
class Page:
    """A list that was on the screen, and what had been searched for."""

    request_id: str
    items: tuple[str, ...]
    search: Search = field(default_factory=Search)


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Lists before the present one, oldest first; attributes asked about or left open; what the last turn left open.

    `question` is the attribute just asked about (or `WHICH` and an intent), `row` how many questions came in a row,
    `offer` what "yes" takes up; `said` is the variant of each phrase that was used last.
    """

    back: tuple[Page, ...] = ()
    asked: tuple[str, ...] = ()
    question: str | None = None
    row: int = 0
    offer: Offer | None = None
    said: Mapping[str, int] = field(default_factory=dict)


def read_dialogue(slot: Mapping[str, Any] | None) -> Dialogue:
    """The dialogue of a slot; a conversation from before there was one starts empty."""
    if not slot:
        return Dialogue()
    offer = slot.get("offer")
    return Dialogue(
        back=tuple(Page(p["request_id"], tuple(p["items"]), read_search(p["search"])) for p in slot.get("back", ())),
        asked=tuple(slot.get("asked", ())),
        question=slot.get("question"),
        row=int(slot.get("row", 0)),
        offer=Offer(offer["kind"], read_search(offer["search"])) if offer else None,
        said=dict(slot.get("said", {})),
    )


def read_search(slot: Mapping[str, Any] | None) -> Search:
    """The search of a slot, of this release or of one that knew no number but the price."""
    if not slot:
        return Search()
    if "limits" in slot:
        limits, stated = _ranges(slot["limits"]), _ranges(slot["stated"])
    else:
        limits, stated = (_ranges([{"attribute": "price", "limit": slot[key]}]) for key in ("price", "budget"))
    constraints = tuple(Constraint(c["attribute"], tuple(c["values"]), c["exclude"]) for c in slot["constraints"])
    return Search(constraints, limits, stated, slot["text"], slot["anchor"])


def _ranges(slots: list[dict[str, Any]]) -> tuple[Range, ...]:
    ranges = (Range(slot["attribute"], Limit(**slot["limit"])) for slot in slots)
    return tuple(r for r in ranges if r.limit)

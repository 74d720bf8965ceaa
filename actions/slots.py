"""Tracker ⇄ state of the conversation. The only place that knows slot names; entity names stand in `state` too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.dialogue import PAGES, WORDS, Page, read_dialogue, read_search
from actions.state import ASKING, Shown, State, Turn
from recommender.conversations.part import Resembled
from recommender.serving.critique import Critique
from recommender.serving.index import PRICE, WHAT
from recommender.types import Item, Language


def read(tracker: Tracker) -> State:
    """The state that `tracker` carries."""
    message = tracker.latest_message or {}
    metadata = message.get("metadata") or {}
    language: Language = "zh" if tracker.get_slot("language") == "zh" else "en"
    dialogue = read_dialogue(tracker.get_slot("dialogue"))
    return State(
        person=str(metadata.get("person") or tracker.sender_id),
        session=str(tracker.sender_id),
        language=language,
        turn=_turn(message),
        search=read_search(tracker.get_slot("search")),
        shown=_shown(tracker.get_slot("shown")),
        lost=tuple(_turn(lost) for lost in tracker.get_slot("pending") or ()),
        awaiting=dialogue,
        dialogue=replace(dialogue, question=None, offer=None, row=0),
    )


def write(state: State) -> list[EventType]:
    """Slots that carry `state` to the next message."""
    return [
        SlotSet("search", asdict(state.search) if state.search else None),
        SlotSet("shown", asdict(state.shown)),
        SlotSet("dialogue", asdict(replace(state.dialogue, said=dict([*state.dialogue.said.items()][-WORDS:])))),
        SlotSet("pending", None),
    ]


def keep(tracker: Tracker) -> list[EventType]:
    """Slots that keep the present message for the next action, when this one failed."""
    message = tracker.latest_message or {}
    lost = {**asdict(_turn(message)), "entities": list(message.get("entities") or ())}
    return [SlotSet("pending", [*(tracker.get_slot("pending") or ()), lost])]


def without_title(turn: Turn, title: Resembled) -> Turn:
    """`turn` without the colours and kinds that are part of a title: who names an item does not ask for them."""
    inside = [e for e in turn.entities if e["end"] and title.start <= int(e["start"]) and int(e["end"]) <= title.end]
    return replace(turn, entities=tuple(e for e in turn.entities if e not in inside))


def critique(
    state: State,
    turn: Turn,
    free_text: str,
    find: Callable[[str], Item | None],
    resembled: str | None = None,
    meant: tuple[str, ...] = (),
) -> Critique:
    """What `turn` says about the running search.

    Args:
        state: before the turn.
        turn: the message.
        free_text: what it says beyond entities.
        find: the item of an id, None when it left the catalogue since it was shown.
        resembled: id of an item that the message names by its title and wants something like; that starts anew.
        meant: ids of the shown items that it is about, where that is not by position.
    """
    named = state.referenced(turn) or meant
    changes = turn.changes
    items = [item for item in map(find, named or state.shown.items) if item is not None]
    return Critique(
        constraints=turn.wishes,
        limits=turn.limits,
        changes=changes,
        drops=tuple(str(v) for v in turn.values("drop")),
        another=tuple(str(v) for v in turn.values("another")),
        text=free_text,
        anchor=named[0] if named and turn.intent == "more_like_item" else resembled,
        shown={change.attribute: numbers(items, change.attribute) for change in changes},
        fresh=turn.intent == ASKING or resembled is not None,
    )


def numbers(items: Sequence[Item], attribute: str) -> tuple[float, ...]:
    """What `items` have of a number, "price" too; those without it are left out."""
    found = (item.price if attribute == PRICE else item.numbers.get(attribute) for item in items)
    return tuple(number for number in found if number is not None)


def after_list(state: State, request_id: str, items: Sequence[str], *, more: bool) -> State:
    """`state` once `items` are on the screen, the list before put away.

    Args:
        state: with the search that found them.
        request_id: of their list.
        items: ids in order.
        more: they continue the search; else what counts as seen starts anew.
    """
    seen = (*state.shown.seen, *items) if more else tuple(items)
    dialogue = state.dialogue
    if state.shown.items:
        page = Page(state.shown.request_id, state.shown.items, state.shown.search)
        dialogue = replace(dialogue, back=(*dialogue.back, page)[-PAGES:])
    before = state.shown.search.wanted(WHAT)
    if before and before != state.search.wanted(WHAT):
        dialogue = replace(dialogue, asked=())  # what was said of dresses says nothing of boots
    return replace(state, shown=Shown(request_id, tuple(items), seen, search=state.search), dialogue=dialogue)


def _turn(message: Mapping[str, Any]) -> Turn:
    intent = message.get("intent") or ""
    return Turn(
        intent=str(intent.get("name") or "") if isinstance(intent, Mapping) else str(intent),
        text=str(message.get("text") or ""),
        message_id=str(message.get("message_id") or ""),
        entities=tuple(message.get("entities") or ()),
    )


def _shown(slot: Mapping[str, Any] | None) -> Shown:
    if not slot:
        return Shown()
    search = read_search(slot.get("search"))
    return Shown(slot["request_id"], tuple(slot["items"]), tuple(slot["seen"]), slot["focus"], search)

"""Tracker ⇄ state of the conversation. The only place that knows slot and entity names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from recommender.conversations.part import Resembled
from recommender.serving.critique import Critique, Search
from recommender.types import Constraint, Item, Language, Limit, Request

EXCLUDE = "exclude"  # role of an entity that is not wanted
NO_ATTRIBUTES = frozenset({"price", "price_change", "reference", "drop", "another", "language", "item_id"})
ASKING = "ask_recommendation"


@dataclass(frozen=True, slots=True)
class Shown:
    """The list that "the second" refers to: its ids in order, all ids seen in this search, and the one talked about."""

    request_id: str = ""
    items: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    focus: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One message as the bot understood it."""

    intent: str
    text: str
    message_id: str
    entities: tuple[Mapping[str, Any], ...] = ()

    def values(self, entity: str) -> list[Any]:
        """Values of the entities called `entity`, in the order of the message."""
        return [e["value"] for e in self.entities if e["entity"] == entity]

    @property
    def wishes(self) -> tuple[Constraint, ...]:
        """The attribute values in the message, as constraints."""
        return _constraints(self.entities)

    @property
    def foreign_currency(self) -> str | None:
        """The currency of a price in the message, if it names one."""
        return next((p.get("currency") for p in self.values("price") if isinstance(p, Mapping)), None)


@dataclass(frozen=True, slots=True)
class State:
    """A conversation: who, in which language, what is searched, what was shown, and the message to answer.

    `lost` are earlier messages that no action could answer because this server was out of reach.
    """

    person: str
    session: str
    language: Language
    turn: Turn
    search: Search = field(default_factory=Search)
    shown: Shown = field(default_factory=Shown)
    lost: tuple[Turn, ...] = ()

    def request(self, count: int) -> Request:
        """What to ask the recommender for."""
        return Request(
            person=self.person,
            session=self.session,
            language=self.language,
            constraints=self.search.constraints,
            price=self.search.price,
            text=self.search.text,
            anchor=self.search.anchor,
            count=count,
        )

    def referenced(self, turn: Turn | None = None) -> tuple[str, ...]:
        """Ids of the shown items that a message names ("the second") or a button carries."""
        turn = turn or self.turn
        named = [str(value) for value in turn.values("item_id")]
        for position in turn.values("reference"):
            index = int(position) - 1 if int(position) > 0 else int(position)
            if -len(self.shown.items) <= index < len(self.shown.items):
                named.append(self.shown.items[index])
        return tuple(dict.fromkeys(named))

    def names_missing_position(self) -> bool:
        """Whether the message names a position that the list does not have ("the ninth" of five)."""
        return bool(self.turn.values("reference")) and not self.referenced()


def read(tracker: Tracker) -> State:
    """The state that `tracker` carries."""
    message = tracker.latest_message or {}
    metadata = message.get("metadata") or {}
    language: Language = "zh" if tracker.get_slot("language") == "zh" else "en"
    return State(
        person=str(metadata.get("person") or tracker.sender_id),
        session=str(tracker.sender_id),
        language=language,
        turn=_turn(message),
        search=_search(tracker.get_slot("search")),
        shown=_shown(tracker.get_slot("shown")),
        lost=tuple(_turn(lost) for lost in tracker.get_slot("pending") or ()),
    )


def write(state: State) -> list[EventType]:
    """Slots that carry `state` to the next message."""
    return [
        SlotSet("search", asdict(state.search) if state.search else None),
        SlotSet("shown", asdict(state.shown)),
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
    state: State, turn: Turn, free_text: str, find: Callable[[str], Item | None], resembled: str | None = None
) -> Critique:
    """What `turn` says about the running search.

    Args:
        state: before the turn.
        turn: the message.
        free_text: what it says beyond entities.
        find: the item of an id, None when it left the catalogue since it was shown.
        resembled: id of an item that the message names by its title and wants something like; that starts anew.
    """
    prices = [p for p in turn.values("price") if isinstance(p, Mapping)]
    named = state.referenced(turn)
    return Critique(
        constraints=turn.wishes,
        price=Limit(prices[-1].get("minimum"), prices[-1].get("maximum")) if prices else Limit(),
        change=next((c for c in turn.values("price_change") if c in ("cheaper", "dearer")), None),
        drops=tuple(str(v) for v in turn.values("drop")),
        another=tuple(str(v) for v in turn.values("another")),
        text=free_text,
        anchor=named[0] if named and turn.intent == "more_like_item" else resembled,
        shown_prices=tuple(item.price for item in map(find, named or state.shown.items) if item is not None),
        fresh=turn.intent == ASKING or resembled is not None,
    )


def after_list(state: State, request_id: str, items: Sequence[str], *, more: bool) -> State:
    """`state` once `items` are on the screen; with `more` they continue the search, else the seen ones start anew."""
    seen = (*state.shown.seen, *items) if more else tuple(items)
    return replace(state, shown=Shown(request_id, tuple(items), seen))


def _constraints(entities: Sequence[Mapping[str, Any]]) -> tuple[Constraint, ...]:
    """One constraint per attribute and role: "red or blue" is one wish with two values."""
    values: dict[tuple[str, bool], list[str]] = {}
    for entity in entities:
        if entity["entity"] not in NO_ATTRIBUTES:
            wanted = values.setdefault((entity["entity"], entity.get("role") == EXCLUDE), [])
            if entity["value"] not in wanted:
                wanted.append(str(entity["value"]))
    return tuple(Constraint(name, tuple(v), exclude) for (name, exclude), v in values.items())


def _turn(message: Mapping[str, Any]) -> Turn:
    intent = message.get("intent") or ""
    return Turn(
        intent=str(intent.get("name") or "") if isinstance(intent, Mapping) else str(intent),
        text=str(message.get("text") or ""),
        message_id=str(message.get("message_id") or ""),
        entities=tuple(message.get("entities") or ()),
    )


def _search(slot: Mapping[str, Any] | None) -> Search:
    if not slot:
        return Search()
    constraints = tuple(Constraint(c["attribute"], tuple(c["values"]), c["exclude"]) for c in slot["constraints"])
    price, budget = Limit(**slot["price"]), Limit(**slot["budget"])
    return Search(constraints, price, budget, slot["text"], slot["anchor"])


def _shown(slot: Mapping[str, Any] | None) -> Shown:
    if not slot:
        return Shown()
    return Shown(slot["request_id"], tuple(slot["items"]), tuple(slot["seen"]), slot["focus"])

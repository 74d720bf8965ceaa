"""A conversation as actions see it: who, what is searched, what was shown, and the message to answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from actions.dialogue import WHICH, Dialogue, Offer
from recommender.language.residue import residue
from recommender.serving.critique import Search
from recommender.serving.index import PRICE
from recommender.types import Change, Constraint, Direction, Language, Limit, Range, Request

EXCLUDE = "exclude"  # role of an entity that is not wanted
DESCRIBED = "described"  # group of one that only tells which item is disliked
FROM_BUTTONS = ("item_id", "question", "attribute")
NO_ATTRIBUTES = frozenset(
    ("price", "price_change", "range", "change", "reference", "drop", "another", "language", *FROM_BUTTONS)
)
DIRECTIONS: Mapping[str, Direction] = {"cheaper": "less", "dearer": "more"}
ASKING = "ask_recommendation"


@dataclass(frozen=True, slots=True)
class Shown:
    """The list that "the second" refers to: its ids in order, all ids seen in this search, and the one talked about.

    `search` is what it was found for; the running search is another when the last one found nothing.
    """

    request_id: str = ""
    items: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    focus: str | None = None
    search: Search = field(default_factory=Search)


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
    def limits(self) -> tuple[Range, ...]:
        """The limits on numbers in the message, the price among them; the last word on each counts."""
        found = [Range(PRICE, _limit(p)) for p in self.values("price") if isinstance(p, Mapping)]
        found += [Range(str(r["attribute"]), _limit(r)) for r in self.values("range") if isinstance(r, Mapping)]
        return tuple({r.attribute: r for r in found if r.limit}.values())

    @property
    def changes(self) -> tuple[Change, ...]:
        """The numbers of which the message wants more or less: cheaper, longer, newer."""
        found = [Change(PRICE, DIRECTIONS[c]) for c in self.values("price_change") if c in DIRECTIONS]
        for change in self.values("change"):
            if isinstance(change, Mapping) and change.get("direction") in ("more", "less"):
                direction = cast(Literal["more", "less"], change["direction"])
                found.append(Change(str(change["attribute"]), direction))
        return tuple({c.attribute: c for c in reversed(found)}.values())  # the first word on each counts

    @property
    def clicked(self) -> bool:
        """Whether it came from a button and not from a keyboard."""
        return self.text.startswith("/")

    @property
    def foreign_currency(self) -> str | None:
        """The currency of a price in the message, if it names one."""
        return next((p.get("currency") for p in self.values("price") if isinstance(p, Mapping)), None)


@dataclass(frozen=True, slots=True)
class State:
    """A conversation: who, in which language, what is searched, what was shown, and the message to answer.

    `lost` are earlier messages that no action could answer because this server was out of reach. `awaiting` is the
    dialogue as this message found it, with a question or an offer that it may answer; `dialogue` is what the reply
    makes of it.
    """

    person: str
    session: str
    language: Language
    turn: Turn
    search: Search = field(default_factory=Search)
    shown: Shown = field(default_factory=Shown)
    lost: tuple[Turn, ...] = ()
    awaiting: Dialogue = field(default_factory=Dialogue)
    dialogue: Dialogue = field(default_factory=Dialogue)

    def request(self, count: int) -> Request:
        """What to ask the recommender for."""
        return Request(
            person=self.person,
            session=self.session,
            language=self.language,
            constraints=self.search.constraints,
            price=self.search.price,
            ranges=self.search.ranges,
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

    def offering(self, offer: Offer) -> State:
        """The state once `offer` was made: "yes" will take it up."""
        return replace(self, dialogue=replace(self.dialogue, offer=offer))

    def asking(self, attribute: str) -> State:
        """The state once it was asked about `attribute`, which is not asked about again."""
        asked = (*self.dialogue.asked, attribute)
        row = self.awaiting.row + 1
        return replace(self, dialogue=replace(self.dialogue, question=attribute, row=row, asked=asked))

    def asking_which(self, intent: str) -> State:
        """The state once it was asked which item is meant, for `intent` to go on with."""
        return replace(self, dialogue=replace(self.dialogue, question=f"{WHICH}{intent}"))

    def only_references(self) -> bool:
        """Whether the message names a shown item by its position and says nothing else."""
        kinds = {e["entity"] for e in self.turn.entities} - {"language"}
        spans = [(int(e["start"]), int(e["end"])) for e in self.turn.entities if e["end"]]
        return kinds == {"reference"} and not residue(self.turn.text, spans)

    def still_open(self) -> State:
        """The state with the question and the offer that this message found open, unless a new one took their place."""
        if self.dialogue.question or self.dialogue.offer:
            return self
        was = self.awaiting
        return replace(self, dialogue=replace(self.dialogue, question=was.question, offer=was.offer, row=was.row))

    def on(self, item: str | None) -> State:
        """The state with `item` as the one that "it" means."""
        return replace(self, shown=replace(self.shown, focus=item or self.shown.focus))


def _constraints(entities: Sequence[Mapping[str, Any]]) -> tuple[Constraint, ...]:
    """One constraint per attribute and role: "red or blue" is one wish with two values."""
    values: dict[tuple[str, bool], list[str]] = {}
    for entity in entities:
        if entity["entity"] not in NO_ATTRIBUTES:
            unwanted = entity.get("role") == EXCLUDE and entity.get("group") != DESCRIBED
            wanted = values.setdefault((entity["entity"], unwanted), [])
            if entity["value"] not in wanted:
                wanted.append(str(entity["value"]))
    return tuple(Constraint(name, tuple(v), exclude) for (name, exclude), v in values.items())


def _limit(bounds: Mapping[str, Any]) -> Limit:
    return Limit(bounds.get("minimum"), bounds.get("maximum"))

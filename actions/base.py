"""What every action shares: reading the state, catching up on lost messages, showing a list, a thread of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import lasting, slots
from actions.dialogue import IN_A_ROW, WHICH
from actions.empty import say_nothing
from actions.meant import Meaning
from actions.names import Names
from actions.opinion import OPINIONS, opinion
from actions.replies import Replies
from actions.services import Services
from actions.state import Shown, State, Turn
from recommender.api import Recommender
from recommender.conversations.part import Resembled
from recommender.errors import UnknownItemError
from recommender.language.excess import complaints
from recommender.language.residue import residue
from recommender.language.superlatives import find_superlatives
from recommender.language.things import things_in
from recommender.language.tokens import fold
from recommender.serving import critique
from recommender.serving.critique import Search
from recommender.serving.index import PRICE, WHAT
from recommender.types import Event, EventKind, Item, Preference

SEARCHING = frozenset({"ask_recommendation", "refine", "more_like_item"})
NO_SERVICES = Services()
ACTS: dict[str, type[ParleyAction]] = {}
"""What answers an intent; each action enters itself, and the domain's rules say the same to Rasa."""


@dataclass(frozen=True)
class ParleyAction(Action):  # type: ignore[misc]
    """An action over the recommender; subclasses give `name` and `answer`."""

    recommender: Recommender
    list_length: int = 5
    services: Services = NO_SERVICES

    intents: ClassVar[tuple[str, ...]] = ()
    """What Rasa's rules call it for."""
    interrupts: ClassVar[bool] = False
    """Whether a question or an offer that was open before stays open after it."""

    def __init_subclass__(cls) -> None:
        ACTS.update(dict.fromkeys(cls.__dict__.get("intents", ()), cls))

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Answers the latest message. Runs in a thread, so that a slow database blocks nobody else."""
        return await asyncio.to_thread(self._run, dispatcher, tracker)

    def answer(self, state: State, replies: Replies) -> State:
        """Says what there is to say and returns the state that it leads to."""
        raise NotImplementedError

    def _run(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        state = self._catch_up(slots.read(tracker))
        names = Names(self.recommender, state.language)
        replies = Replies(dispatcher, names, state.turn.message_id, dict(state.dialogue.said), self.services.wording)
        intent = _awaited(state)
        state = self.take_as(intent, state, replies) if intent else self.answer(state, replies)
        if self.interrupts:
            state = state.still_open()
        return slots.write(replace(state, dialogue=replace(state.dialogue, said=replies.said)))

    def _catch_up(self, state: State) -> State:
        """Does what lost messages asked for, without replying to them: opinions are stored, wishes join the search."""
        for turn in state.lost:
            if turn.intent in OPINIONS:
                if kind := opinion(turn):
                    for item in state.referenced(turn):
                        self.record(state, kind, item, turn)
            elif turn.intent in SEARCHING:
                state = replace(state, search=self.search_after(state, turn))
            elif turn.intent == "remember":
                self.keep(lasting.wishes_in(turn, state, self.recommender.clock()))
            elif turn.intent == "reset":
                state = replace(state, search=Search(), shown=Shown())
        return replace(state, lost=())

    def show(self, state: State, replies: Replies, *, more: bool) -> State:
        """Shows a list for the running search and, where it helps, a question below it.

        With `more`, without what the search has shown already.
        """
        request = replace(state.request(self.list_length), hidden=frozenset(state.shown.seen if more else ()))
        recommendation, question = self.recommender.recommend_and_ask(
            request, self.open_attributes(state), needed=not state.search
        )
        notes = self._notes(state, replies)
        if not recommendation.items:
            seen = more and self.recommender.count(state.request(1)) > 0
            return say_nothing(state, replies, recommendation, notes, more=seen)
        replies.items(recommendation, notes)
        ids = [shown.item.id for shown in recommendation.items]
        state = slots.after_list(state, recommendation.request_id, ids, more=more)
        if question is None:
            return state
        replies.ask(question)
        return state.asking(question.attribute)

    def open_attributes(self, state: State) -> tuple[str, ...]:
        """What may be asked about now: nothing said, asked or refused before, and not a third question in a row."""
        if state.awaiting.row >= IN_A_ROW:
            return ()
        vocabulary = self.recommender.vocabulary
        askable = [*vocabulary.askable, *([PRICE] if self.recommender.has_prices else ())]
        settled = state.search.attributes | set(state.dialogue.asked)
        if not state.search and WHAT in askable and WHAT not in settled:
            return (WHAT,)
        return tuple(attribute for attribute in askable if attribute not in settled)

    def ask_which(self, state: State, replies: Replies, among: list[Item] | None = None, **entities: object) -> State:
        """Asks which shown item is meant, or says that there is none yet.

        A message that names goods while none of them can be meant is a wish: nothing is shown yet, or other things are.
        """
        items = among or Meaning(self.recommender, state).shown
        if not among and (self._names_another_kind(state) or (state.turn.wishes and not state.shown.items)):
            return self.take_as_wish(state, replies)
        if not items:
            replies.say("no_list")
            return state
        if state.names_missing_position():
            replies.which(state.turn.intent, items, "no_position", **entities)
        else:
            replies.which(state.turn.intent, items, "which", **entities)
        return state.asking_which(state.turn.intent)

    def take_as(self, intent: str, state: State, replies: Replies) -> State:
        """Answers the message as one of `intent`, whatever it was taken for."""
        action = ACTS[intent](self.recommender, self.list_length, self.services)
        return action.answer(replace(state, turn=replace(state.turn, intent=intent)), replies)

    def take_as_wish(self, state: State, replies: Replies) -> State:
        """Shows what the message asks for, whatever its intent was taken for."""
        return self.show(replace(state, search=self.search_after(state, state.turn)), replies, more=False)

    def talked_about(self, state: State) -> tuple[str, ...]:
        """Ids of the items that the message is about, unless it is about another kind of thing altogether."""
        named = state.referenced()
        if named or self._names_another_kind(state):
            return named
        return Meaning(self.recommender, state).talked_about()

    def _names_another_kind(self, state: State) -> bool:
        """Whether something else is asked for: "what about boots?" after dresses means none of them."""
        asked = {v for wish in state.turn.wishes if wish.attribute == WHAT and not wish.exclude for v in wish.values}
        shown = {v for item in Meaning(self.recommender, state).shown for v in item.attributes.get(WHAT, ())}
        return bool(asked) and not asked & shown

    def search_after(
        self, state: State, turn: Turn, *, against_middle: bool = False, meant: tuple[str, ...] = ()
    ) -> Search:
        """The search once `turn` has been said; "cheaper" than all that was shown, or than the middle of it."""
        title = None if turn.clicked or turn.intent not in SEARCHING else self.recommender.resembled(turn.text)
        if title is not None:
            turn = slots.without_title(turn, title)
        free = "" if turn.clicked else self._free_text(turn, title)
        resembled = title.item if title else None
        said = slots.critique(state, turn, free, self.recommender.find, resembled, meant)
        if not self.recommender.has_prices:
            said = replace(said, limits=tuple(r for r in said.limits if r.attribute != PRICE))
        if against_middle:
            said = replace(said, shown={name: (median(values),) for name, values in said.shown.items() if values})
        return critique.apply(state.search, said)

    def record(self, state: State, kind: EventKind, item: str, turn: Turn | None = None) -> bool:
        """Stores an opinion, durable on return; the same message twice is one event. False for an unknown item."""
        turn = turn or state.turn
        event = Event(
            kind=kind,
            person=state.person,
            item=item,
            session=state.session,
            at=self.recommender.clock(),
            request_id=state.shown.request_id or None,
            text="" if turn.clicked else turn.text,
        )
        try:
            self.recommender.record(event, key=f"{turn.message_id}:{kind}:{item}" if turn.message_id else None)
        except UnknownItemError:
            return False
        return True

    def keep(self, wishes: Sequence[Preference]) -> None:
        """Stores lasting wishes, durable on return."""
        for wish in wishes:
            self.recommender.store.add_preference(wish)

    def _notes(self, state: State, replies: Replies) -> list[str]:
        """What has to be said of how prices were read."""
        limited = any(r.attribute == PRICE for r in state.turn.limits)
        named, own = state.turn.foreign_currency, self.recommender.currency
        if limited and not self.recommender.has_prices:
            return [replies.words("no_prices")]
        return [replies.words("currency", named=named, catalogue=own)] if named and named != own else []

    def _free_text(self, turn: Turn, title: Resembled | None) -> str:
        understood = [(int(e["start"]), int(e["end"])) for e in turn.entities if e["end"]]
        understood += [(s.start, s.end) for s in find_superlatives(turn.text, self.recommender.vocabulary)]
        folded = fold(turn.text)
        things = things_in(folded, self.recommender.vocabulary)  # "a film" is no word to search for
        understood += [(thing.start, thing.end) for thing in things]
        understood += complaints(folded)
        return residue(turn.text, [*understood, (title.start, title.end)] if title else understood)


def _awaited(state: State) -> str | None:
    """The intent that had asked which item is meant, when the message says just that."""
    intent = (state.awaiting.question or "").removeprefix(WHICH)
    return intent if intent in ACTS and not state.turn.clicked and state.only_references() else None

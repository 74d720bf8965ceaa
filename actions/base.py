"""What every action shares: reading the state, catching up on lost messages, leaving the event loop free."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from statistics import median

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import slots
from actions.replies import Replies
from actions.slots import State, Turn
from recommender.api import Recommender
from recommender.conversations.part import Resembled
from recommender.errors import UnknownItemError
from recommender.language.residue import residue
from recommender.serving import critique
from recommender.serving.critique import WHAT, Search
from recommender.types import Event, EventKind

OPINIONS: dict[str, EventKind] = {"like_item": "like", "dislike_item": "dislike", "purchase_item": "purchase"}
SEARCHING = frozenset({"ask_recommendation", "refine", "more_like_item"})


@dataclass(frozen=True)
class ParleyAction(Action):  # type: ignore[misc]
    """An action over the recommender; subclasses give `name` and `answer`."""

    recommender: Recommender
    list_length: int = 5

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Answers the latest message. Runs in a thread, so that a slow database blocks nobody else."""
        return await asyncio.to_thread(self._run, dispatcher, tracker)

    def answer(self, state: State, replies: Replies) -> State:
        """Says what there is to say and returns the state that it leads to."""
        raise NotImplementedError

    def _run(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        state = self._catch_up(slots.read(tracker))
        return slots.write(self.answer(state, Replies(dispatcher, self.recommender, state.language)))

    def _catch_up(self, state: State) -> State:
        """Does what lost messages asked for, without replying to them: opinions are stored, wishes join the search."""
        for turn in state.lost:
            if turn.intent in OPINIONS:
                for item in state.referenced(turn):
                    self.record(state, OPINIONS[turn.intent], item, turn)
            elif turn.intent in SEARCHING:
                state = replace(state, search=self.search_after(state, turn))
            elif turn.intent == "reset":
                state = replace(state, search=Search(), shown=slots.Shown())
        return replace(state, lost=())

    def show(self, state: State, replies: Replies, *, more: bool) -> State:
        """Shows a list for the running search; with `more`, without what it has shown already."""
        request = replace(state.request(self.list_length), hidden=frozenset(state.shown.seen if more else ()))
        recommendation = self.recommender.recommend(request)
        named = state.turn.foreign_currency
        notes = []
        if named and named != self.recommender.currency:
            notes.append(replies.words("currency", named=named, catalogue=self.recommender.currency))
        if not recommendation.items:
            replies.nothing(recommendation, notes, more=more)
            return state
        replies.items(recommendation, notes)
        ids = [shown.item.id for shown in recommendation.items]
        return slots.after_list(state, recommendation.request_id, ids, more=more)

    def ask_which(self, state: State, replies: Replies) -> State:
        """Asks which shown item is meant, or says that there is none yet.

        A message that names goods while none of them can be meant is a wish: nothing is shown yet, or other things are.
        """
        if self._names_another_kind(state) or (state.turn.wishes and not state.shown.items):
            return self.take_as_wish(state, replies)
        items = [item for item in map(self.recommender.find, state.shown.items) if item is not None]
        if not items:
            replies.say("no_list")
        elif state.names_missing_position():
            replies.which(state.turn.intent, items, "no_position")
        else:
            replies.which(state.turn.intent, items, "which")
        return state

    def take_as_wish(self, state: State, replies: Replies) -> State:
        """Shows what the message asks for, whatever its intent was taken for."""
        return self.show(replace(state, search=self.search_after(state, state.turn)), replies, more=False)

    def talked_about(self, state: State) -> tuple[str, ...]:
        """Ids of the items that the message is about: named, else just talked about, else the only one shown."""
        named = state.referenced()
        if named or state.names_missing_position() or self._names_another_kind(state):
            return named
        if state.shown.focus in state.shown.items:
            return (str(state.shown.focus),)
        return state.shown.items if len(state.shown.items) == 1 else ()

    def _names_another_kind(self, state: State) -> bool:
        """Whether something else is asked for: "what about boots?" after dresses means none of them."""
        search = self.search_after(state, state.turn)
        return search.wanted(WHAT) != state.search.wanted(WHAT)

    def search_after(self, state: State, turn: Turn, *, against_middle: bool = False) -> Search:
        """The search once `turn` has been said; "cheaper" than all that was shown, or than the middle of it."""
        clicked = turn.text.startswith("/")
        title = None if clicked or turn.intent not in SEARCHING else self.recommender.resembled(turn.text)
        if title is not None:
            turn = slots.without_title(turn, title)
        free = "" if clicked else self._free_text(turn, title)
        said = slots.critique(state, turn, free, self.recommender.find, title.item if title else None)
        if against_middle and said.shown_prices:
            said = replace(said, shown_prices=(median(said.shown_prices),))
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
            text="" if turn.text.startswith("/") else turn.text,
        )
        try:
            self.recommender.record(event, key=f"{turn.message_id}:{kind}:{item}" if turn.message_id else None)
        except UnknownItemError:
            return False
        return True

    def _free_text(self, turn: Turn, title: Resembled | None) -> str:
        understood = [(int(e["start"]), int(e["end"])) for e in turn.entities if e["end"]]
        return residue(turn.text, [*understood, (title.start, title.end)] if title else understood)

"""Lasting wishes of a person: kept, taken back, and said again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from actions import lasting
from actions.asked import attributes_asked
from actions.base import ParleyAction
from actions.examples import Examples
from actions.feedback import nothing_ordered
from actions.opinion import takes_back
from actions.replies import Replies, button
from actions.state import State
from recommender.serving import critique
from recommender.serving.critique import Critique, Search
from recommender.types import Constraint, Preference

_ALL = re.compile(r"\b(?:everything|all|preferences|tastes?|about me)\b|全部|所有|都忘|喜好|偏好|口味|一切|记录")


class Remember(ParleyAction):
    """Keeps what somebody says of themselves for good."""

    intents = ("remember",)

    def name(self) -> str:
        """As in the domain."""
        return "action_remember"

    def answer(self, state: State, replies: Replies) -> State:
        """Stores the wish and says so; what is on the screen against it gives way to other things."""
        if state.turn.wishes and not state.turn.clicked and not lasting.is_lasting(state.turn.text):
            return self.take_as_wish(state, replies)
        asks = lasting.asks_too(state.turn)
        wishes = lasting.wishes_in(state.turn, state, self.recommender.clock())
        if asks:
            wishes = [wish for wish in wishes if wish.kind == "never"]
        if not wishes:
            replies.say("remember_what", value=Examples(replies.names, state.turn.message_id).value())
            return state
        self.keep(wishes)
        text = "\n".join(self._kept(wishes, replies))
        state = replace(state, search=_in_keeping(state.search, wishes))
        if asks:
            replies.text(text)
            return self.take_as_wish(state, replies)
        acceptable = set(self.recommender.acceptable(state.person, state.shown.items))
        if not set(state.shown.items) - acceptable:
            replies.text(text, [button(replies.words("show_more"), "show_more")] if state.shown.items else ())
            return state
        replies.text(text)
        return self.show(state, replies, more=False)

    def _kept(self, wishes: Sequence[Preference], replies: Replies) -> list[str]:
        kinds = dict.fromkeys(wish.kind for wish in wishes)
        return [
            replies.words(
                f"remembered_{kind}",
                value=replies.names.listed(replies.names.wished(wish) for wish in wishes if wish.kind == kind),
            )
            for kind in kinds
        ]


class Forget(ParleyAction):
    """Takes lasting wishes back: the last one, those about what is named, or all."""

    intents = ("forget",)

    def name(self) -> str:
        """As in the domain."""
        return "action_forget"

    def answer(self, state: State, replies: Replies) -> State:
        """Forgets, and says what and what is still kept."""
        if takes_back(state.turn) and not state.turn.wishes:
            return nothing_ordered(state, replies)
        forgotten = self._forget(state)
        names = replies.names
        if not forgotten and state.turn.wishes and not state.turn.clicked:
            return self.take_as_wish(state, replies)  # "I forgot to say: in blue"
        if not forgotten:
            replies.say("nothing_kept")
            return state
        lines = [replies.words("forgot", wishes=names.listed(names.wish(wish) for wish in forgotten))]
        left = self.recommender.preferences(state.person)
        if left:
            lines.append(replies.words("still_kept", wishes=names.listed(names.wish(wish) for wish in left)))
        replies.text("\n".join(lines), [button(replies.words("show_more"), "show_more")] if state.shown.items else ())
        return state

    def _forget(self, state: State) -> list[Preference]:
        store, person, turn = self.recommender.store, state.person, state.turn
        if turn.wishes:
            pairs = [(wish.attribute, value) for wish in turn.wishes for value in wish.values]
            return [gone for a, value in pairs for gone in store.forget_preferences(person, a, value)]
        if not turn.clicked:
            named = attributes_asked(turn.text, self.recommender.vocabulary)
            gone = [wish for attribute in named for wish in store.forget_preferences(person, attribute)]
            if gone:
                return gone
        everything = bool(_ALL.search(turn.text.lower()))
        return list(store.forget_preferences(person, last=not everything))


def _in_keeping(search: Search, wishes: Sequence[Preference]) -> Search:
    """`search` without wishes for what is never wanted."""
    never = [wish for wish in wishes if wish.kind == "never" and wish.attribute and wish.value]
    for wish in never:
        wanted = search.wanted(str(wish.attribute))
        if wish.value in wanted:
            rest = tuple(value for value in wanted if value != wish.value)
            search = critique.apply(search, Critique(drops=(str(wish.attribute),)))
            if rest:
                search = replace(search, constraints=(*search.constraints, Constraint(str(wish.attribute), rest)))
    return search

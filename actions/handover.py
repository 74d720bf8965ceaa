"""Passing a conversation on to a person of the shop, with what it was about."""

from __future__ import annotations

from collections.abc import Sequence

from actions.base import ParleyAction
from actions.replies import Replies, button
from actions.state import State
from recommender.types import Handover

TITLES = 5


class HandOver(ParleyAction):
    """Stores the conversation's summary for the shop and says what happens next."""

    intents = ("hand_over",)

    def name(self) -> str:
        """As in the domain."""
        return "action_hand_over"

    def answer(self, state: State, replies: Replies) -> State:
        """Wishes, what was shown and liked, and the last words go to the shop; the conversation goes on."""
        return hand_over(self, state, replies)


def hand_over(action: ParleyAction, state: State, replies: Replies) -> State:
    """As `HandOver`, for any action that was told to."""
    recommender = action.recommender
    summary = summarise(action, state, replies)
    recommender.store.add_handover(Handover(state.person, state.session, recommender.clock(), state.language, summary))
    replies.say("handed_over", [button(replies.words("go_on"), "show_more")] if state.shown.items else ())
    return state


def summarise(action: ParleyAction, state: State, replies: Replies) -> str:
    """The conversation in a few lines: what is looked for, lasting wishes, what was shown and liked, the last words."""
    recommender, names = action.recommender, replies.names
    shown = [*(item for page in state.dialogue.back for item in page.items), *state.shown.items]

    def titles(ids: Sequence[str]) -> str:
        items = (recommender.find(item) for item in ids[-TITLES:])
        return "; ".join(item.title(state.language) for item in items if item is not None)

    parts = {
        "summary_wishes": names.search(state.request(1)),
        "summary_kept": names.listed(names.wish(wish) for wish in recommender.preferences(state.person)),
        "summary_shown": titles(shown),
        "summary_liked": titles(recommender.liked(state.person)),
        "summary_said": "" if state.turn.clicked else state.turn.text,
    }
    return "\n".join(names.fixed(phrase, value=value) for phrase, value in parts.items() if value)

"""What is left when a message was not understood."""

from __future__ import annotations

from dataclasses import replace

from actions.base import ParleyAction
from actions.replies import Replies
from actions.slots import NO_ATTRIBUTES, State

WISHES = frozenset({"price", "price_change", "drop", "another"})


class Fallback(ParleyAction):
    """Takes what names catalogue values or prices as a wish; says honestly that it understood nothing else."""

    def name(self) -> str:
        """As in the domain."""
        return "action_fallback"

    def answer(self, state: State, replies: Replies) -> State:
        """A list where the message holds a wish, else an apology with an example."""
        wishes = [e for e in state.turn.entities if e["entity"] not in NO_ATTRIBUTES or e["entity"] in WISHES]
        if wishes and state.turn.intent != "out_of_scope":
            return self.show(replace(state, search=self.search_after(state, state.turn)), replies, more=False)
        replies.say("out_of_scope" if state.turn.intent == "out_of_scope" else "fallback")
        return state

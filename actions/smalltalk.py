"""Greetings and help, yes and no, and what is left when a message was not understood."""

from __future__ import annotations

from dataclasses import replace

from actions.answers import answer_if_sure, says_only_goods
from actions.base import ACTS, ParleyAction
from actions.examples import Examples
from actions.handover import hand_over
from actions.question import answered
from actions.replies import Replies, button
from actions.state import EXCLUDE, NO_ATTRIBUTES, State

WISHES = frozenset({"price", "price_change", "range", "change", "drop", "another"})


class Greet(ParleyAction):
    """Greets, with an example of what one can say."""

    intents = ("greet",)
    interrupts = True

    def name(self) -> str:
        """As in the domain."""
        return "action_greet"

    def answer(self, state: State, replies: Replies) -> State:
        """A greeting."""
        popular = button(replies.words("popular"), "ask_recommendation")
        can = button(replies.words("what_can_you_do"), "help")
        replies.say("greet", [popular, can], example=Examples(replies.names, state.turn.message_id).wish())
        return state


class Help(ParleyAction):
    """Says what can be done here, with examples of the catalogue's own."""

    intents = ("help",)
    interrupts = True

    def name(self) -> str:
        """As in the domain."""
        return "action_help"

    def answer(self, state: State, replies: Replies) -> State:
        """What one can say."""
        examples = Examples(replies.names, state.turn.message_id)
        said = {"example": examples.wish(), "other": examples.change(), "value": examples.value()}
        popular = button(replies.words("popular"), "ask_recommendation")
        replies.say("help", [popular, button(replies.words("start_over"), "reset")], **said)
        return state


class Affirm(ParleyAction):
    """Takes up what was offered."""

    intents = ("affirm",)

    def name(self) -> str:
        """As in the domain."""
        return "action_affirm"

    def answer(self, state: State, replies: Replies) -> State:
        """What the offer promised; a friendly word where nothing was offered."""
        offer = state.awaiting.offer
        if offer is None:
            return self._no_offer(state, replies)
        if _names_a_wish(state):
            search = offer.search if offer.kind == "search" else state.search
            return self.take_as_wish(replace(state, search=search), replies)  # "of course, in red"
        if offer.kind == "hand_over":
            return hand_over(self, state, replies)
        if offer.kind == "more":
            return self.show(state, replies, more=True)
        return self.show(replace(state, search=offer.search), replies, more=False)

    def _no_offer(self, state: State, replies: Replies) -> State:
        """An answer such as "yes, red please" is a wish, whatever its intent was taken for."""
        state = answered(state, self.recommender.vocabulary)
        if _names_a_wish(state):
            return self.take_as_wish(state, replies)
        replies.say("affirmed")
        return state.still_open()


class Deny(ParleyAction):
    """Leaves what was offered or asked."""

    intents = ("deny",)

    def name(self) -> str:
        """As in the domain."""
        return "action_deny"

    def answer(self, state: State, replies: Replies) -> State:
        """A word that it is fine; "no, the red one" is a wish all the same."""
        if _names_a_wish(state):
            return self.take_as_wish(state, replies)
        replies.say("denied", [button(replies.words("show_more"), "show_more")] if state.shown.items else ())
        return state


class Fallback(ParleyAction):
    """Takes what names catalogue values or numbers as a wish; says honestly that it understood nothing else."""

    intents = ("nlu_fallback", "out_of_scope")

    def name(self) -> str:
        """As in the domain."""
        return "action_fallback"

    def answer(self, state: State, replies: Replies) -> State:
        """An answer of the shop where there is one, a list where the message holds a wish, else an honest sentence."""
        state = answered(state, self.recommender.vocabulary)
        odd = state.turn.intent == "out_of_scope"
        if _names_a_wish(state) and (not odd or says_only_goods(state)):
            return self.take_as_wish(state, replies)
        if (told := answer_if_sure(self, state, replies)) is not None:
            return told.still_open()
        guessed = None if odd else self._guessed(state, replies)
        if guessed is not None:
            return guessed
        if odd:
            replies.say("out_of_scope", thing=replies.names.thing)
        else:
            replies.say("fallback", example=Examples(replies.names, state.turn.message_id).wish())
        return state.still_open()

    def _guessed(self, state: State, replies: Replies) -> State | None:
        """What a model takes the message for, if there is one and it is borne out by the message."""
        wording = self.services.wording
        if wording is None or state.turn.clicked:
            return None
        guess = wording.understand(state.turn.text, self.recommender.vocabulary, state.language)
        action = ACTS.get(guess.intent) if guess else None
        if guess is None or action is None:
            return None
        entities = [
            {"entity": e.attribute, "value": e.value, "start": 0, "end": 0, **({"role": EXCLUDE} if e.exclude else {})}
            for e in guess.entities
        ]
        turn = replace(state.turn, intent=guess.intent, entities=(*state.turn.entities, *entities))
        return action(self.recommender, self.list_length, self.services).answer(replace(state, turn=turn), replies)


def _names_a_wish(state: State) -> bool:
    return any(e["entity"] not in NO_ATTRIBUTES or e["entity"] in WISHES for e in state.turn.entities)

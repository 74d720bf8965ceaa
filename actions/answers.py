"""Questions to the shop: answered from its own pages in the middle of anything else, or honestly not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from actions.base import ParleyAction
from actions.dialogue import Offer
from actions.replies import Button, Replies, button
from actions.state import State
from recommender.answers.masking import mask
from recommender.answers.match import Answered, Match
from recommender.language.residue import residue
from recommender.serving.index import WHAT
from recommender.types import Question

CHOSEN = "question"  # entity of a button that stands for one of several answers
_ASKS = re.compile(
    r"[?？吗么呢]|怎|何|哪|多[少久长]|几|能|可以|退|换|洗|运|付|保|\b(?:how|what|when|where|which|why|can|could|do|does|is|are|"
    r"wash\w*|return\w*|ship\w*|deliver\w*|pay\w*|refund\w*|care|clean\w*)\b"
)
_BRIEF = 16  # characters of a name
NEAR = 0.2
"""How sure a question has to be to stand on a button below "I don't know". Of the demo's held-out questions that get no
reply though there is one, 64% find it there; of those that nothing answers 15% see such a button."""


class Answer(ParleyAction):
    """Says what the shop's pages say. The running search, what was shown and what was asked stay as they are."""

    intents = ("ask_service",)
    interrupts: ClassVar[bool] = True

    def name(self) -> str:
        """As in the domain."""
        return "action_answer"

    def answer(self, state: State, replies: Replies) -> State:
        """The answer, several to choose from, or the offer to pass the person on."""
        chosen = self._chosen(state)
        if chosen is not None:
            return tell(state, replies, chosen)
        if says_only_goods(state):
            return self.take_as_wish(state, replies)
        answered = look_up(self, state)
        if _names_goods(state) and (answered.close or not answered.confident):
            return self.take_as_wish(state, replies)  # "do you have bags?" asks for no carrier bag
        if answered.confident:
            return reply(state, replies, answered)
        near = [match for match in answered.matches if match.score >= NEAR]
        said = [replies.words("unknown_answer"), *([replies.words("or_these")] if near else [])]
        ways_on = [button(replies.words("pass_on"), "hand_over"), *_choices(near), *_back(state, replies)]
        replies.text("\n".join(said), ways_on)
        return state.offering(Offer("hand_over"))

    def _chosen(self, state: State) -> Match | None:
        """The answer behind the button that was pressed."""
        ids = state.turn.values(CHOSEN)
        return self.services.answers.find(str(ids[0])) if ids and self.services.answers else None


def answer_if_sure(action: ParleyAction, state: State, replies: Replies) -> State | None:
    """For messages that may be questions to the shop: replies if that is sure enough, else says nothing and gives None.

    What nobody could answer is kept for the shop's owner, unless it was out of scope.
    """
    answered = look_up(action, state, keep=state.turn.intent != "out_of_scope")
    return reply(state, replies, answered) if answered.confident else None


def look_up(action: ParleyAction, state: State, *, keep: bool = True) -> Answered:
    """What there is to say to the message; it is stored without personal data, with `keep` even if that is nothing."""
    if action.services.answers is None or state.turn.clicked or not state.turn.text.strip():
        return Answered()
    answered = action.services.answers.ask(state.turn.text, state.language)
    if keep or answered.confident:
        text = mask(state.turn.text)
        at, score, source = action.recommender.clock(), answered.score, answered.source
        question = Question(state.person, state.session, at, state.language, text, score, source)
        action.recommender.store.add_question(question)
    return answered


def reply(state: State, replies: Replies, answered: Answered) -> State:
    """The answer, or several to choose from where they are close."""
    if not answered.close:
        return tell(state, replies, answered.matches[0])
    lines = [replies.words("which_answer")]
    lines += [f"{place}. {match.question}" for place, match in enumerate(answered.matches, start=1)]
    replies.question("\n".join(lines), "answer", _choices(answered.matches))
    return state


def tell(state: State, replies: Replies, match: Match) -> State:
    """An answer as its owner wrote it, and where it stands. It goes out as it is, never through other words."""
    shown = replies.words("answer_source", text=match.text, source=match.source)
    replies.text(shown, _back(state, replies))
    replies.custom("answer", text=match.text, source=match.source, confidence=round(match.score, 3))
    return state.offering(Offer("search", state.search)) if _interrupted(state) else state


def _choices(matches: Sequence[Match]) -> list[Button]:
    return [button(match.question, "ask_service", **{CHOSEN: match.id}) for match in matches]


def _names_goods(state: State) -> bool:
    """Whether the message names a kind of thing that the catalogue has."""
    return any(wish.attribute == WHAT and not wish.exclude for wish in state.turn.wishes)


def says_only_goods(state: State) -> bool:
    """Whether the message is a name of goods and no question: 针织围巾 asks for no washing instructions."""
    text = state.turn.text
    return _names_goods(state) and not _ASKS.search(text.lower()) and len(residue(text, [])) <= _BRIEF


def _back(state: State, replies: Replies) -> list[Button]:
    """The way back to what was on the screen, where no question waits for its answer."""
    return [button(replies.words("go_on"), "affirm")] if _interrupted(state) else []


def _interrupted(state: State) -> bool:
    return bool(state.shown.items and state.search) and state.awaiting.question is None and state.awaiting.offer is None

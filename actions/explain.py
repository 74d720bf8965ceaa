"""Why an item was shown, and what it is."""

from __future__ import annotations

from dataclasses import replace

from actions.base import ParleyAction
from actions.replies import Replies, button
from actions.slots import State


class Explain(ParleyAction):
    """Names the reasons that were true when the list was made."""

    def name(self) -> str:
        """As in the domain."""
        return "action_explain"

    def answer(self, state: State, replies: Replies) -> State:
        """Reasons of the named items, or of all that are shown."""
        named = state.referenced()
        if state.names_missing_position() or not (named or state.shown.items):
            return self.ask_which(state, replies)
        lines = [line for item_id in named or state.shown.items if (line := self._line(state, item_id, replies))]
        focus = named[-1] if named else None
        item = self.recommender.find(focus) if focus else None
        replies.answer("\n".join(lines) or replies.words("no_reason"), "reasons", item)
        return replace(state, shown=replace(state.shown, focus=focus or state.shown.focus))

    def _line(self, state: State, item_id: str, replies: Replies) -> str | None:
        item = self.recommender.find(item_id)
        reasons = self.recommender.explain(state.shown.request_id, item_id)
        if item is None or not reasons:
            return None
        position = state.shown.items.index(item_id) + 1 if item_id in state.shown.items else "–"
        title = item.title(state.language)
        return replies.words("reason", position=position, title=title, reasons=replies.reasons(reasons))


class Details(ParleyAction):
    """Tells everything that the catalogue says of an item."""

    def name(self) -> str:
        """As in the domain."""
        return "action_details"

    def answer(self, state: State, replies: Replies) -> State:
        """Facts of the named item, or of the one talked about."""
        named = self.talked_about(state)
        if not named:
            return self.ask_which(state, replies)
        item = self.recommender.find(named[0])
        if item is None:
            replies.say("left")
            return state
        self.record(state, "view", item.id)
        buttons = [
            button("👍", "like_item", item_id=item.id),
            button(replies.words("more_like_this"), "more_like_item", item_id=item.id),
        ]
        replies.answer(replies.details(item), "catalogue", item, buttons)
        return replace(state, shown=replace(state.shown, focus=item.id))

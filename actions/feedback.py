"""Likes, dislikes and purchases: stored before anything is said, and known to the very next list."""

from __future__ import annotations

from dataclasses import replace

from actions.base import OPINIONS, ParleyAction
from actions.replies import Button, Replies, button
from actions.slots import State
from recommender.types import Item


class Feedback(ParleyAction):
    """Takes an opinion on one or several shown items."""

    def name(self) -> str:
        """As in the domain."""
        return "action_feedback"

    def answer(self, state: State, replies: Replies) -> State:
        """Stores the opinion and says so; a dislike brings other items."""
        kind = OPINIONS[state.turn.intent]
        named = state.referenced() or self._described(state)
        if not named and not state.names_missing_position():
            if state.turn.wishes and kind != "purchase":
                return self.take_as_wish(state, replies)  # "I like red" is about no item
            if kind == "dislike" and state.shown.items:
                return self._none_of_them(state, replies)
            named = self.talked_about(state)
        if not named:
            return self.ask_which(state, replies)
        for item_id in named:
            if not self.record(state, kind, item_id):
                replies.say("left")
                return state
        items = [self.recommender.item(item_id) for item_id in named]
        self._acknowledge(kind, items, replies)
        return replace(state, shown=replace(state.shown, focus=named[-1]))

    def _described(self, state: State) -> tuple[str, ...]:
        """The only shown item with all the values that the message names ("the striped one"), if there is just one."""
        wishes = state.turn.wishes
        if not wishes or any(wish.exclude for wish in wishes):
            return ()
        items = [item for item in map(self.recommender.find, state.shown.items) if item is not None]
        fitting = [
            item.id
            for item in items
            if all(set(wish.values) & set(item.attributes.get(wish.attribute, ())) for wish in wishes)
        ]
        return tuple(fitting) if len(fitting) == 1 < len(items) else ()

    def _none_of_them(self, state: State, replies: Replies) -> State:
        for item_id in state.shown.items:
            self.record(state, "dislike", item_id)
        replies.say("disliked_all")
        return self.show(state, replies, more=True)

    def _acknowledge(self, kind: str, items: list[Item], replies: Replies) -> None:
        language = replies.language
        titles = ("、" if language == "zh" else ", ").join(item.title(language) for item in items)
        more: list[Button] = [
            button(replies.words("more_like_this"), "more_like_item", item_id=items[-1].id),
            button(replies.words("show_more"), "show_more"),
        ]
        if kind == "like":
            replies.say("liked", more, title=titles)
        elif kind == "dislike":
            replies.say("disliked", more[1:], title=titles)
        else:
            total = replies.price(sum(item.price for item in items))
            replies.say("bought", title=titles, price=total)

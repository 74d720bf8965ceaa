"""Likes, dislikes and purchases: stored before anything is said, and known to the very next list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.asked import attributes_asked
from actions.base import ParleyAction
from actions.dialogue import Offer
from actions.meant import Meaning, has_all
from actions.opinion import bargains, opinion
from actions.replies import Button, Replies, button
from actions.state import State
from recommender.language.residue import residue
from recommender.serving.index import PRICE
from recommender.types import Item, Preference


class Feedback(ParleyAction):
    """Takes an opinion on one or several shown items."""

    intents = ("like_item", "dislike_item", "purchase_item")

    def name(self) -> str:
        """As in the domain."""
        return "action_feedback"

    def answer(self, state: State, replies: Replies) -> State:
        """Stores the opinion and says so; a dislike of all, or with a reason, brings other items."""
        kind = opinion(state.turn)
        if kind is None:
            return self._no_order(state, replies)
        meaning = Meaning(self.recommender, state)
        named = meaning.named()
        if kind == "like" and named and self._wants_it_otherwise(state, named[-1]):
            return self.take_as("more_like_item", state, replies)
        if not named and not state.names_missing_position():
            if state.turn.wishes and kind != "purchase":
                return self.take_as_wish(state, replies)  # "I like red" is about no item
            named = self.talked_about(state)
            of_all = not named or state.shown.focus is None or meaning.all_of_them()
            if kind == "dislike" and of_all and state.shown.items:
                return self._none_of_them(state, replies)
        if not named:
            return self.ask_which(state, replies, self._several(state))
        for item_id in named:
            if not self.record(state, kind, item_id):
                replies.say("left")
                return state
        items = [self.recommender.item(item_id) for item_id in named]
        state = state.on(named[-1])
        if kind == "dislike":
            return self._disliked(state, items, replies)
        (self._liked if kind == "like" else self._bought)(items, replies)
        return state

    def _no_order(self, state: State, replies: Replies) -> State:
        """Answers what speaks of buying and buys nothing."""
        if bargains(state.turn):
            return self.take_as("ask_service", state, replies)
        return nothing_ordered(state, replies)

    def _wants_it_otherwise(self, state: State, item_id: str) -> bool:
        """Whether "the second is nice, but in blue" names what the second is not."""
        item, wishes = self.recommender.find(item_id), state.turn.wishes
        return item is not None and bool(wishes) and not any(w.exclude for w in wishes) and not has_all(item, wishes)

    def _several(self, state: State) -> list[Item] | None:
        """The items that a description fits, where it fits several but not all."""
        fitting = Meaning(self.recommender, state).fitting()
        return fitting if 1 < len(fitting) < len(state.shown.items) else None

    def _none_of_them(self, state: State, replies: Replies) -> State:
        """None of the list will do: "too expensive" asks for cheaper ones, anything else for other ones."""
        if state.turn.changes or state.turn.limits:
            return self.take_as_wish(state, replies)
        for item_id in state.shown.items:
            self.record(state, "dislike", item_id)
        wishes = [wish for wish in self._reasons(state, []) if wish.text and not wish.attribute]
        self.keep(wishes)
        replies.say("disliked_all")
        return self.show(state, replies, more=True)

    def _disliked(self, state: State, items: Sequence[Item], replies: Replies) -> State:
        """Says what follows from the dislike; with a reason, shows what follows from that."""
        said = [replies.words("disliked", title=_titles(items, replies))]
        wishes = self._reasons(state, items)
        self.keep(wishes)
        for wish in wishes:
            if wish.attribute:
                said.append(replies.words("reason_value", value=replies.names.wished(wish)))
            else:
                said.append(replies.words("reason_text", text=wish.text))
        if not wishes and not state.turn.changes:
            replies.text(" ".join(said), [button(replies.words("show_more"), "show_more")])
            return state
        replies.text(("" if state.language == "zh" else " ").join(said))
        search = self.search_after(state, _without_values(state).turn, meant=tuple(item.id for item in items))
        return self.show(replace(state, search=replace(search, text=state.search.text)), replies, more=True)

    def _reasons(self, state: State, items: Sequence[Item]) -> list[Preference]:
        """What the message says against `items`: a value that it names, an attribute of theirs, or some words."""
        turn = state.turn
        if turn.clicked:
            return []
        now = self.recommender.clock()
        values = [(wish.attribute, value) for wish in turn.wishes for value in wish.values if items]
        if not values and not turn.wishes:
            named = attributes_asked(turn.text, self.recommender.vocabulary)
            values = [(a, value) for a in named for item in items for value in item.attributes.get(a, ())]
        if values:
            return [
                Preference("avoid", state.person, state.session, now, a, value, turn.text)
                for a, value in dict.fromkeys(values)
            ]
        spans = [(int(e["start"]), int(e["end"])) for e in turn.entities if e["end"]]
        words = "" if turn.changes or turn.limits else residue(turn.text, spans)
        return [Preference("avoid", state.person, state.session, now, text=words)] if words else []

    def _liked(self, items: Sequence[Item], replies: Replies) -> None:
        like = button(replies.words("more_like_this"), "more_like_item", item_id=items[-1].id)
        more = button(replies.words("show_more"), "show_more")
        replies.say("liked", [like, more], title=_titles(items, replies))

    def _bought(self, items: Sequence[Item], replies: Replies) -> None:
        """Says where the things are to be had."""
        links = [_link(item, replies, alone=len(items) == 1) for item in items if item.url]
        prices = [item.price for item in items if item.price is not None]
        phrase = ("bought" if prices else "chosen") + ("_link" if links else "")
        total = replies.names.amount(PRICE, sum(prices), items[0].currency) if prices else ""
        text = replies.words(phrase, title=_titles(items, replies), price=total)
        replies.text("\n".join([text, *(item.url for item in items if item.url)]), links)


def nothing_ordered(state: State, replies: Replies) -> State:
    """Says that this is no order; what was noted before, only a person of the shop can undo."""
    replies.say("not_bought", [button(replies.words("pass_on"), "hand_over")])
    return state.offering(Offer("hand_over"))


def _titles(items: Sequence[Item], replies: Replies) -> str:
    return replies.names.listed(item.title(replies.language) for item in items)


def _link(item: Item, replies: Replies, *, alone: bool) -> Button:
    title = replies.words("buy") if alone else item.title(replies.language)
    return {"title": title, "type": "web_url", "url": str(item.url)}


def _without_values(state: State) -> State:
    """`state` without the values in its message, which are a reason and no wish."""
    kept = tuple(e for e in state.turn.entities if e["entity"] in ("price_change", "change", "price", "range"))
    return replace(state, turn=replace(state.turn, entities=kept))

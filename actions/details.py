"""What an item is: the answer to the one thing that was asked, or all that the catalogue says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.asked import LINK, STOCK, attributes_asked, is_general
from actions.base import ParleyAction
from actions.dialogue import Offer
from actions.meant import Meaning, has_all
from actions.opinion import decides
from actions.replies import Button, Replies, button
from actions.state import State
from recommender.language.residue import residue
from recommender.language.tokens import tokenize
from recommender.serving import critique
from recommender.serving.critique import Critique, Search
from recommender.serving.index import PRICE
from recommender.types import Constraint, Item

_DESCRIBES = re.compile(r"\bones?\b|那[个件条双款部本种]|的那|哪")
_SENTENCE = re.compile(r"[^.!?。！？]+[.!?。！？]?")


class Details(ParleyAction):
    """Answers a question about an item from its facts."""

    intents = ("ask_details",)

    def name(self) -> str:
        """As in the domain."""
        return "action_details"

    def answer(self, state: State, replies: Replies) -> State:
        """What is asked of the named item, or of the one talked about, or that the catalogue does not say."""
        if decides(state.turn):
            return self.take_as("purchase_item", state, replies)
        named, asked = self._about(state)
        if not named:
            return self._of_none(state, replies)
        item = self.recommender.find(named[0])
        if item is None:
            replies.say("left")
            return state
        self.record(state, "view", item.id)
        lines = self._facts(state, item, asked, replies)
        if asked and not has_all(item, asked) and (offer := self._others(state, asked)):
            lines.append(replies.words("others", count=self._count(state, offer.search), asked=_named(asked, replies)))
            replies.answer("\n".join(lines), "catalogue", item, [button(replies.words("show_them"), "affirm")])
            return state.on(item.id).offering(offer)
        general = not lines and (state.turn.clicked or is_general(self._rest(state)))
        lines = lines or ([replies.details(item)] if general else self._told(state, item, replies))
        if lines:
            replies.answer("\n".join(lines), "catalogue", item, self._buttons(item, replies, all_said=general))
            return state.on(item.id)
        text = replies.words("unknown_fact", title=item.title(state.language))
        pass_on = button(replies.words("pass_on"), "hand_over")
        everything = button(replies.words("everything"), "ask_details", item_id=item.id)
        replies.answer(text, "catalogue", item, [pass_on, everything], confidence=0.0)
        return state.on(item.id).offering(Offer("hand_over"))

    def _of_none(self, state: State, replies: Replies) -> State:
        """Asks which item is meant, keeping what is asked; "do you have silk?" of none in particular is a wish."""
        fitting = Meaning(self.recommender, state).fitting()
        among = fitting if 1 < len(fitting) < len(state.shown.items) else None
        describes = _DESCRIBES.search(state.turn.text.lower()) or state.names_missing_position()
        if state.turn.wishes and not describes:
            return self.take_as_wish(state, replies)
        asked: dict[str, object] = {"attribute": self._attributes(state)}
        if among is None:
            asked |= {wish.attribute: list(wish.values) for wish in state.turn.wishes}
        return self.ask_which(state, replies, among, **{name: what for name, what in asked.items() if what})

    def _about(self, state: State) -> tuple[tuple[str, ...], tuple[Constraint, ...]]:
        """The item that is meant, and the values that are asked about.

        In "is the red one silk?" red describes and silk is asked; in "is it silk?" nothing describes.
        """
        wishes = state.turn.wishes
        named = state.referenced()
        if named:
            return named, wishes
        meaning = Meaning(self.recommender, state)
        if state.names_missing_position():
            return (), ()
        about = self.talked_about(state)
        if not wishes or not about:
            return about, ()
        focus = state.shown.focus if state.shown.focus in state.shown.items else None
        if focus and not _DESCRIBES.search(state.turn.text.lower()):
            return (focus,), wishes
        return (about, ()) if meaning.described() == about else (about, wishes)

    def _others(self, state: State, asked: tuple[Constraint, ...]) -> Offer | None:
        """To show what does have the values that `item` lacks, where something has."""
        wanted = Critique(constraints=tuple(replace(wish, exclude=False) for wish in asked))
        offer = Offer("search", critique.apply(state.search, wanted))
        return offer if self._count(state, offer.search) else None

    def _count(self, state: State, search: Search) -> int:
        return self.recommender.count(replace(state, search=search).request(1))

    def _facts(self, state: State, item: Item, asked: tuple[Constraint, ...], replies: Replies) -> list[str]:
        """A line for each value and each attribute that the message asks about."""
        names, lines = replies.names, []
        for wish in asked:
            value = names.values(item, wish.attribute)
            if not value:
                lines.append(self._unknown(item, wish.attribute, replies))
                continue
            phrase = "fact_yes" if has_all(item, [wish]) else "fact_no"
            several = "" if self.recommender.vocabulary.kind(wish.attribute) == "choice" else "_tags"
            name = names.attribute(wish.attribute)
            lines.append(replies.words(phrase + several, attribute=name, value=value, asked=_named([wish], replies)))
        said = {wish.attribute for wish in asked}
        for attribute in self._attributes(state):
            if attribute not in said:
                lines.append(self._fact(item, attribute, replies))
        return lines

    def _attributes(self, state: State) -> list[str]:
        """What the message asks about, or the button that told which item it was asked of."""
        if state.turn.clicked:
            return [str(attribute) for attribute in state.turn.values("attribute")]
        return attributes_asked(state.turn.text, self.recommender.vocabulary)

    def _fact(self, item: Item, attribute: str, replies: Replies) -> str:
        title = item.title(replies.language)
        if attribute == STOCK:
            if item.stock is None:
                return replies.words("stock_uncounted", title=title)
            return replies.words("stock_yes" if item.stock else "stock_no", title=title, count=item.stock)
        if attribute == LINK:
            known = item.url is not None
            return replies.words("fact_link", url=item.url) if known else self._unknown(item, LINK, replies)
        value = replies.names.values(item, attribute)
        if not value:
            return self._unknown(item, attribute, replies)
        if attribute == PRICE:
            return replies.words("fact_price", title=title, value=value)
        return replies.words("fact", title=title, attribute=replies.names.attribute(attribute), value=value)

    def _unknown(self, item: Item, attribute: str, replies: Replies) -> str:
        name = replies.words("link") if attribute == LINK else replies.names.attribute(attribute)
        return replies.words("unknown_attribute", title=item.title(replies.language), attribute=name)

    def _told(self, state: State, item: Item, replies: Replies) -> list[str]:
        """The sentence of the description that holds every word asked about, if one does."""
        words = {token.text.lower() for token in tokenize(self._rest(state)) if len(token.text) > 1}
        for sentence in _SENTENCE.findall(item.description(state.language)):
            held = sentence.lower()
            if words and all(word[: max(4, len(word) - 2)] in held for word in words):
                return [replies.words("fact_text", value=sentence.strip())]
        return []

    def _rest(self, state: State) -> str:
        spans = [(int(e["start"]), int(e["end"])) for e in state.turn.entities if e["end"]]
        return residue(state.turn.text, spans)

    def _buttons(self, item: Item, replies: Replies, *, all_said: bool) -> list[Button]:
        more = button(replies.words("more_like_this"), "more_like_item", item_id=item.id)
        if all_said:
            return [button("👍", "like_item", item_id=item.id), more]
        return [button(replies.words("everything"), "ask_details", item_id=item.id), more]


def _named(wishes: Sequence[Constraint], replies: Replies) -> str:
    """Wanted values without the attribute's name: "M", not "size M"."""
    names = replies.names
    values = (names.constraint(replace(wish, exclude=False)) for wish in wishes)
    labels = [names.attribute(wish.attribute) for wish in wishes]
    return names.listed(value.removeprefix(label).strip() for value, label in zip(values, labels, strict=True))

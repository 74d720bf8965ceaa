"""Lists: a new search, a changed one, more of the same, items like another, the ones before, and starting over."""

from __future__ import annotations

import re
from dataclasses import replace

from actions import lasting
from actions.base import ParleyAction
from actions.dialogue import WHICH, Dialogue, Page
from actions.meant import Meaning
from actions.opinion import decides, rejects_all
from actions.question import answered
from actions.replies import Replies, button
from actions.state import ASKING, NO_ATTRIBUTES, Shown, State
from recommender.language.superlatives import find_superlatives
from recommender.serving.critique import Search
from recommender.serving.index import PRICE
from recommender.types import Change, Constraint, Range

_THAN_THESE = re.compile(r"\bthan (?:the|that|this|those|these)\b|比(?:[那这]|上面|刚才)?")
_ABOUT_IT = re.compile(
    r"^(?:and |so |but )?(?:is|does|has|can|will|would) (?:it|that one|this one)\b|^it (?:has|have|comes?|is)\b.*[?？]$"
    r"|^(?:它|[这那][个件条双款部本种]).*(?:吗|么|有没有|是不是|能不能)"
)


class Recommend(ParleyAction):
    """Shows a list for what is asked, and asks back when an answer would help."""

    intents = ("ask_recommendation", "refine", "more_like_item")

    def name(self) -> str:
        """As in the domain."""
        return "action_recommend"

    def answer(self, state: State, replies: Replies) -> State:
        """The search after this message, its list, and perhaps a question."""
        state = answered(state, self.recommender.vocabulary)
        if self._tells_apart(state) or _asks_about_it(state):
            return self.take_as("purchase_item" if decides(state.turn) else "ask_details", state, replies)
        if banned := lasting.bans_in(state.turn, state, self.recommender.clock()):
            self.keep(banned)
            names = replies.names
            replies.say("remembered_never", value=names.listed(names.wished(wish) for wish in banned))
        state, meant = self._compared(state) or (state, self._example(state))
        if state.turn.intent == "more_like_item" and not meant and not self.recommender.resembled(state.turn.text):
            if not (state.turn.wishes or state.turn.limits):
                return self.ask_which(state, replies)
            # "One more thing: for parties" is like no item, and what it wishes must not get lost in a question.
            state = replace(state, turn=replace(state.turn, intent="refine"))
        search = self._outermost(state) or self._search(state, meant)
        # Who asks for another colour or for something like an item does not want the same list again.
        more = bool(state.turn.values("another")) or state.turn.intent == "more_like_item"
        if milder := self._milder_change(state, search, meant):
            change = state.turn.changes[0]
            replies.say(_most(change), change=replies.names.change(change))
            search, more = milder, True
        unchanged = state.turn.intent == "refine" and bool(state.shown.items) and search == state.search
        return self.show(replace(state, search=search), replies, more=more or unchanged)

    def _example(self, state: State) -> tuple[str, ...]:
        """The shown item that the list should resemble, or that it is compared with ("cheaper than the red one")."""
        if state.turn.intent != "more_like_item":
            return ()
        return Meaning(self.recommender, state).talked_about()[:1]

    def _compared(self, state: State) -> tuple[State, tuple[str, ...]] | None:
        """The shown items that "cheaper than the navy ones" describes, and the state without their description."""
        than = _THAN_THESE.search(state.turn.text.lower())
        if than is None or not state.turn.changes or state.turn.clicked:
            return None
        said = state.turn.entities
        described = tuple(e for e in said if e["entity"] not in NO_ATTRIBUTES and e["start"] >= than.end())
        told = replace(state, turn=replace(state.turn, entities=described))
        fitting = Meaning(self.recommender, told).fitting() if described else []
        kept = tuple(e for e in said if e not in described)
        left = replace(state, turn=replace(state.turn, text=state.turn.text[: than.start()], entities=kept))
        return (left, tuple(item.id for item in fitting)) if fitting else None

    def _search(self, state: State, meant: tuple[str, ...]) -> Search:
        """The search after this message; where nothing fits all of it, what the person did not say for this gives way.

        First a limit left over from an earlier "cheaper", then, when the message asks anew ("a gift for my dad", after
        dresses), the whole earlier search.
        """
        search = self.search_after(state, state.turn, meant=meant)
        if self._fits(state, search):
            return search
        others = [] if state.turn.changes else [search.as_stated()]
        if state.turn.intent == ASKING and (state.turn.wishes or state.turn.limits):
            others.append(self.search_after(replace(state, search=Search()), state.turn))
        return next((option for option in others if self._fits(state, option)), search)

    def _tells_apart(self, state: State) -> bool:
        """Whether the message speaks of one of the shown items only ("what about the cheapest one?")."""
        found = [] if state.turn.clicked else find_superlatives(state.turn.text, self.recommender.vocabulary)
        return bool(found and found[0].apart and state.shown.items) and state.turn.intent != "more_like_item"

    def _outermost(self, state: State) -> Search | None:
        """What "the cheapest dress" asks for: those with the least, whatever is shown now."""
        found = [] if state.turn.clicked else find_superlatives(state.turn.text, self.recommender.vocabulary)
        if not found or found[0].apart or state.turn.intent == "more_like_item" or state.referenced():
            return None
        attribute = found[0].attribute
        kept = tuple(e for e in state.turn.entities if e["entity"] not in ("price_change", "change"))
        search = self.search_after(state, replace(state.turn, entities=kept)).as_stated()
        request = replace(state, search=search).request(self.list_length)
        limit = self.recommender.outermost(request, attribute, found[0].direction)
        others = tuple(r for r in search.limits if r.attribute != attribute)
        return replace(search, limits=(*others, Range(attribute, limit))) if limit else None

    def _milder_change(self, state: State, search: Search, meant: tuple[str, ...]) -> Search | None:
        """What "cheaper" means when nothing costs less than the whole list: less than the middle of it."""
        if not state.turn.changes or meant or state.referenced() or self._fits(state, search):
            return None  # "cheaper than the second" is about that one alone
        milder = self.search_after(state, state.turn, against_middle=True, meant=meant)
        unseen = replace(state, search=milder).request(1)
        return milder if self.recommender.count(replace(unseen, hidden=frozenset(state.shown.seen))) else None

    def _fits(self, state: State, search: Search) -> bool:
        return self.recommender.count(replace(state, search=search).request(1)) > 0


class ShowMore(ParleyAction):
    """The next items of the running search."""

    intents = ("show_more",)

    def name(self) -> str:
        """As in the domain."""
        return "action_show_more"

    def answer(self, state: State, replies: Replies) -> State:
        """Items that this search has not shown yet; who likes none of the list has said so of each."""
        if rejects_all(state.turn):
            for item_id in state.shown.items:
                self.record(state, "dislike", item_id)
        if state.turn.limits or any(not _holds(state.search, wish) for wish in state.turn.wishes):
            return self.take_as("refine", state, replies)  # "one more thing, for autumn"
        return self.show(state, replies, more=True)


def _holds(search: Search, wish: Constraint) -> bool:
    """Whether `search` asks for that already."""
    return any(
        known.attribute == wish.attribute and known.exclude == wish.exclude and set(known.values) >= set(wish.values)
        for known in search.constraints
    )


class GoBack(ParleyAction):
    """The list before the present one."""

    intents = ("go_back",)

    def name(self) -> str:
        """As in the domain."""
        return "action_go_back"

    def answer(self, state: State, replies: Replies) -> State:
        """The earlier list as it was, but for what was turned down since; the search that it answered runs again."""
        state = self._onto_the_screen(state)
        while state.dialogue.back:
            *earlier, page = state.dialogue.back
            state = replace(state, dialogue=replace(state.dialogue, back=tuple(earlier)))
            items = self.recommender.acceptable(state.person, page.items)
            if items:
                seen = tuple(dict.fromkeys((*state.shown.seen, *items)))
                shown = Shown(page.request_id, items, seen, search=page.search)
                return self._show(replace(state, search=page.search, shown=shown), replies)
        replies.say("no_back")
        return state

    def _onto_the_screen(self, state: State) -> State:
        """`state` where the last search found nothing: the list before that is the one on the screen."""
        if state.search == state.shown.search or not state.shown.items:
            return state
        page = Page(state.shown.request_id, state.shown.items, state.shown.search)
        return replace(state, dialogue=replace(state.dialogue, back=(*state.dialogue.back, page)))

    def _show(self, state: State, replies: Replies) -> State:
        reasons = self.recommender.reasons(state.shown.request_id)
        found = [(self.recommender.item(item), reasons.get(item, ())) for item in state.shown.items]
        lines = [replies.words("back", count=len(found))]
        lines += [f"{place}. {replies.names.headline(item)}" for place, (item, _) in enumerate(found, start=1)]
        more = button(replies.words("show_more"), "show_more")
        replies.text("\n".join(lines), [*replies.changes([item for item, _ in found]), more])
        replies.cards(state.shown.request_id, found)
        return state


class Reset(ParleyAction):
    """Forgets the search; opinions and lasting wishes stay, they are what the person told us about themselves."""

    intents = ("reset",)

    def name(self) -> str:
        """As in the domain."""
        return "action_reset"

    def answer(self, state: State, replies: Replies) -> State:
        """An empty search."""
        replies.say("reset")
        return replace(state, search=Search(), shown=Shown(), dialogue=Dialogue())


class Skip(ParleyAction):
    """Leaves the question open that was asked, or all of them."""

    intents = ("skip",)

    def name(self) -> str:
        """As in the domain."""
        return "action_skip"

    def answer(self, state: State, replies: Replies) -> State:
        """The next question where one helps, else the next items."""
        asked = state.awaiting.question
        if asked is None or asked.startswith(WHICH):
            replies.say("skipped_nothing")
        else:
            replies.say("skipped", attribute=replies.names.attribute(asked))
        return self.show(state, replies, more=bool(state.shown.items))


def _most(change: Change) -> str:
    """How to say that nothing is cheaper than all of the list, only than most of it."""
    if change.attribute != PRICE:
        return "less_than_most"
    return "cheaper_than_most" if change.direction == "less" else "dearer_than_most"


def _asks_about_it(state: State) -> bool:
    """Whether a question about a shown item was taken for a wish: "does it come in M?", "它有M码吗"."""
    return (
        bool(state.shown.items) and not state.turn.clicked and bool(_ABOUT_IT.search(state.turn.text.lower().strip()))
    )

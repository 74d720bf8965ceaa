"""Lists: a new search, a changed one, more of the same, items like another, and starting over."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from actions.base import ParleyAction
from actions.replies import Replies
from actions.slots import ASKING, Shown, State
from recommender.serving.critique import Search

QUICK_CATEGORIES = 6


class Recommend(ParleyAction):
    """Shows a list for what is asked, and asks back when nothing is known yet."""

    def name(self) -> str:
        """As in the domain."""
        return "action_recommend"

    def answer(self, state: State, replies: Replies) -> State:
        """The search after this message, its list, and a question when the search is still open."""
        by_title = self.recommender.resembled(state.turn.text)
        if state.turn.intent == "more_like_item" and not (state.referenced() or by_title):
            return self.ask_which(state, replies)
        search = self._search(state)
        # Who asks for another colour or for something like an item does not want the same list again.
        more = bool(state.turn.values("another")) or state.turn.intent == "more_like_item"
        if milder := self._milder_change(state, search):
            replies.say("cheaper_than_most" if "cheaper" in state.turn.values("price_change") else "dearer_than_most")
            search, more = milder, True
        state = self.show(replace(state, search=search), replies, more=more)
        if not state.search:
            replies.what(self._categories())
        return state

    def _search(self, state: State) -> Search:
        """The search after this message; where nothing fits all of it, what the person did not say for this gives way.

        First a limit left over from an earlier "cheaper", then, when the message asks anew ("a gift for my dad", after
        dresses), the whole earlier search.
        """
        search = self.search_after(state, state.turn)
        if self._fits(state, search):
            return search
        others = [] if state.turn.values("price_change") else [search.within_budget()]
        if state.turn.intent == ASKING:
            others.append(self.search_after(replace(state, search=Search()), state.turn))
        return next((option for option in others if self._fits(state, option)), search)

    def _milder_change(self, state: State, search: Search) -> Search | None:
        """What "cheaper" means when nothing costs less than the whole list: less than the middle of it."""
        if not state.turn.values("price_change") or self._fits(state, search):
            return None
        milder = self.search_after(state, state.turn, against_middle=True)
        unseen = replace(state, search=milder).request(1)
        return milder if self.recommender.any_fits(replace(unseen, hidden=frozenset(state.shown.seen))) else None

    def _fits(self, state: State, search: Search) -> bool:
        return self.recommender.any_fits(replace(state, search=search).request(1))

    def _categories(self) -> list[str]:
        counts = Counter(value for item in self.recommender.items for value in item.attributes.get("category", ()))
        return [value for value, _ in counts.most_common(QUICK_CATEGORIES)]


class ShowMore(ParleyAction):
    """The next items of the running search."""

    def name(self) -> str:
        """As in the domain."""
        return "action_show_more"

    def answer(self, state: State, replies: Replies) -> State:
        """Items that this search has not shown yet."""
        return self.show(state, replies, more=True)


class Reset(ParleyAction):
    """Forgets the search; opinions stay, they are what the person told us about themselves."""

    def name(self) -> str:
        """As in the domain."""
        return "action_reset"

    def answer(self, state: State, replies: Replies) -> State:
        """An empty search."""
        replies.say("reset")
        return replace(state, search=Search(), shown=Shown())

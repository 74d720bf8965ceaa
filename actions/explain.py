"""Why an item was shown, and why another was not."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.base import ParleyAction
from actions.dialogue import Offer
from actions.meant import Meaning
from actions.replies import Replies, button
from actions.state import State
from recommender.language.residue import residue
from recommender.serving import critique
from recommender.serving.absence import Absence
from recommender.serving.critique import Critique, Search, limit_of
from recommender.serving.index import WHAT
from recommender.types import Constraint, Range, Reason

_VAGUE = re.compile(
    r"\b(?:others?|different|better|suggest\w*|recommend\w*|list|results?|included?)\b|看[到见]|推荐|喜欢|合适|满意|想要|列表|出现"
)


class Explain(ParleyAction):
    """Names the reasons that were true when the list was made."""

    intents = ("ask_why",)

    def name(self) -> str:
        """As in the domain."""
        return "action_explain"

    def answer(self, state: State, replies: Replies) -> State:
        """Reasons of the named items, or of all that are shown."""
        named = Meaning(self.recommender, state).named()
        if state.names_missing_position() or not (named or state.shown.items):
            return self.ask_which(state, replies)
        known = self.recommender.reasons(state.shown.request_id)
        told = [item_id for item_id in named or state.shown.items if item_id in known]
        lines = [line for item_id in told if (line := self._line(state, item_id, known[item_id], replies))]
        focus = named[-1] if named else None
        item = self.recommender.find(focus) if focus else None
        replies.answer("\n".join(lines) or replies.words("no_reason"), "reasons", item)
        return state.on(focus)

    def _line(self, state: State, item_id: str, reasons: tuple[Reason, ...], replies: Replies) -> str | None:
        item = self.recommender.find(item_id)
        if item is None or not reasons:
            return None
        position = state.shown.items.index(item_id) + 1 if item_id in state.shown.items else "–"
        title = item.title(state.language)
        return replies.words("reason", position=position, title=title, reasons=replies.reasons(reasons))


class WhyNot(ParleyAction):
    """Says what keeps something out of the list: the stock, a wish, a lasting wish, what is settled, or its rank."""

    intents = ("ask_why_not",)

    def name(self) -> str:
        """As in the domain."""
        return "action_why_not"

    def answer(self, state: State, replies: Replies) -> State:
        """What keeps the named values or the named item out, with numbers, and an offer to show them."""
        goods = tuple(replace(wish, exclude=False) for wish in state.turn.wishes)
        ranges = state.turn.limits
        item = None if state.turn.clicked else self.recommender.titled(state.turn.text)
        if not goods and not ranges and item is None:
            missed = self._unknown(state)
            replies.say("why_not_unknown" if missed else "why_not_what", missed=missed)
            return state
        goods = self._of_the_kind(state, goods) if item is None else ()
        absence = self.recommender.why_not(state.request(self.list_length), goods, ranges, item.id if item else None)
        said = replies.names.goods(goods, ranges) if item is None else f"“{item.title(state.language)}”"
        search = _search_for(state.search, goods, ranges, absence)
        count = self.recommender.count(replace(state, search=search).request(1)) if absence.in_stock else 0
        offered = item is None and count > 0
        lines = self._reasons(state, replies, absence, said)
        if offered:
            lines.append(replies.words("why_not_offer", count=count))
        replies.answer("\n".join(lines), "reasons", item, [button(replies.words("show_them"), "affirm")] * offered)
        return state.offering(Offer("search", search)) if offered else state.on(item.id if item else None)

    def _unknown(self, state: State) -> str:
        """What a message misses that no item's text names ("Nike"); "" where it names nothing."""
        missed = "" if state.turn.clicked else _VAGUE.sub("", residue(state.turn.text, ())).strip()
        texts = (
            text for item in self.recommender.items for text in (*item.titles.values(), *item.descriptions.values())
        )
        return "" if len(missed) < 2 or any(missed.lower() in text.lower() for text in texts) else missed

    def _of_the_kind(self, state: State, goods: tuple[Constraint, ...]) -> tuple[Constraint, ...]:
        """`goods` of the kind that is looked for ("no silk?" among dresses means silk dresses), where there are any."""
        wanted = state.search.wanted(WHAT)
        if not wanted or any(wish.attribute == WHAT for wish in goods):
            return goods
        narrow = (*goods, Constraint(WHAT, wanted))
        return narrow if self.recommender.why_not(state.request(1), narrow).in_stock else goods

    def _reasons(self, state: State, replies: Replies, absence: Absence, goods: str) -> list[str]:
        names = replies.names
        if not absence.total:
            return [replies.words("why_not_none", goods=goods)]
        if not absence.in_stock:
            return [replies.words("why_not_stock", goods=goods, total=absence.total)]
        if absence.best is not None and self.recommender.items[absence.best].id in state.shown.items:
            return [replies.words("why_not_shown", goods=goods)]
        lines = []
        if absence.never:
            kept = names.listed(names.wished(wish) for wish in absence.never)
            lines.append(replies.words("why_not_never", goods=goods, wish=kept))
        for attribute, count in absence.blockers[:2]:
            wish = names.wish_about(state.request(1), attribute)
            phrase = "why_not_wish" if count < absence.in_stock else "why_not_wish_all"
            lines.append(replies.words(phrase, goods=goods, count=count, total=absence.in_stock, wish=wish))
        if lines:
            return lines
        if absence.fitting:
            phrase = "why_not_lower" if absence.place is None else "why_not_rank"
            return [replies.words(phrase, goods=goods, count=absence.fitting, place=absence.place)]
        return [replies.words("why_not_settled", goods=goods)]


def _search_for(search: Search, goods: tuple[Constraint, ...], ranges: tuple[Range, ...], absence: Absence) -> Search:
    """The search for `goods`, without the wishes that keep them out."""
    blockers = tuple(attribute for attribute, _ in absence.blockers)
    named = {c.attribute for c in goods}
    freed = critique.apply(search, Critique(drops=(*blockers, *named)))
    # What was ruled out stays so, unless it is the very thing that was missed.
    ruled_out = (c for c in search.constraints if c.exclude and c.attribute in blockers and c.attribute not in named)
    freed = replace(freed, constraints=(*freed.constraints, *ruled_out))
    kept = tuple(r for r in freed.limits if not limit_of(ranges, r.attribute))
    stated = tuple(r for r in freed.stated if not limit_of(ranges, r.attribute))
    return replace(freed, constraints=(*freed.constraints, *goods), limits=(*kept, *ranges), stated=(*stated, *ranges))

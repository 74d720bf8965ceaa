"""Some items side by side: where they differ, and which is to be preferred by the facts."""

from __future__ import annotations

import re
from typing import TypedDict

from actions.base import ParleyAction
from actions.meant import Meaning, has_all
from actions.replies import Button, Replies, button
from actions.slots import numbers
from actions.state import DIRECTIONS, State
from recommender.language.comparing import how_many
from recommender.language.references import find_price_change
from recommender.language.superlatives import find_superlatives
from recommender.serving.filters import limits
from recommender.serving.index import PRICE
from recommender.types import Change, Item, Limit, Request

MOST = 4  # more columns than that nobody reads
CLEARLY = 0.3  # standard deviations of score between the best and the next, to speak of a taste
NOTHING = "–"
_YOURS = re.compile(
    r"\b(?:would|will|do|should) (?:you|i) (?:pick|choose|take|recommend|suggest|go (?:for|with)|get|buy|prefer)\b"
    r"|\byour (?:pick|favou?rite|choice)\b|你(?:会|更|最)?(?:选|推荐|喜欢|建议)哪"
    r"|哪[一]?[个件条双款部]更?最?(?:好|值得|推荐)"
)


class Row(TypedDict):
    """A row of the table: an attribute and what each item has of it."""

    label: str
    values: list[str]


class Compare(ParleyAction):
    """Compares shown items."""

    intents = ("compare_items",)

    def name(self) -> str:
        """As in the domain."""
        return "action_compare"

    def answer(self, state: State, replies: Replies) -> State:
        """A table of what differs, and a verdict from the facts."""
        items = self._items(state)
        if len(items) < 2:
            if not state.shown.items:
                return self.ask_which(state, replies)
            if change := self._asked(state):
                return self._foremost(state, replies, change)
            if _YOURS.search(state.turn.text.lower()):
                return self._favourite(state, replies)
            replies.say("compare_which")
            return state
        rows = _rows(items, replies)
        verdict = self._verdict(state, items, replies)
        lines = [replies.words("compare" if rows else "compare_same")]
        places = _places(state, items)
        lines += [f"{place or '–'}. {replies.names.headline(item)}" for place, item in zip(places, items, strict=True)]
        colon = "：" if state.language == "zh" else ": "
        lines += [f"  {row['label']}{colon}{' | '.join(row['values'])}" for row in rows]
        replies.text("\n".join([*lines, *verdict]), self._buttons(state, items, replies))
        cards = [replies.card(item) for item in items]
        replies.custom("comparison", items=cards, table=rows, verdict="\n".join(verdict))
        return state

    def _asked(self, state: State) -> Change | None:
        """The number that the message compares by: "which is cheaper", "the longest of them"."""
        text, vocabulary = state.turn.text, self.recommender.vocabulary
        if prices := find_price_change(text):
            return Change(PRICE, DIRECTIONS[prices[0].value])
        if most := find_superlatives(text, vocabulary):
            return Change(most[0].attribute, most[0].direction)
        return next(iter(state.turn.changes), None)

    def _foremost(self, state: State, replies: Replies, change: Change) -> State:
        """Which of the list is the cheapest, the longest, the newest."""
        known = [item for item in Meaning(self.recommender, state).shown if numbers([item], change.attribute)]
        if not known:
            replies.say("compare_which")
            return state
        best = (max if change.direction == "more" else min)(known, key=lambda item: numbers([item], change.attribute))
        value, title = replies.names.values(best, change.attribute), best.title(state.language)
        name = replies.names.attribute(change.attribute)
        replies.answer(replies.words("fact", title=title, attribute=name, value=value), "catalogue", best)
        return state.on(best.id)

    def _favourite(self, state: State, replies: Replies) -> State:
        """What to take of a whole list: it is ordered by what suits the person, so the first; then why."""
        first = Meaning(self.recommender, state).shown[0]
        replies.answer(replies.words("favourite", title=first.title(state.language)), "catalogue", first)
        return self.take_as("ask_why", state.on(first.id), replies)

    def _items(self, state: State) -> list[Item]:
        """The named items; one alone is held against the one just talked about, and no name at all means the list."""
        meaning = Meaning(self.recommender, state)
        named = state.referenced()
        many = how_many(state.turn.text)
        if not named and (many is None or state.turn.wishes):
            fitting = meaning.fitting()
            if len(fitting) > 1:
                return fitting[:MOST]
            named = tuple(item.id for item in fitting)
        focus = state.shown.focus
        if len(named) == 1 and focus and focus not in named:
            named = (focus, *named)
        if len(named) == 1 and len(meaning.shown) == 2:
            named = state.shown.items
        if not named and many:
            named = state.shown.items[:many]
        if not named and (len(meaning.shown) <= MOST or meaning.all_of_them()):
            named = state.shown.items[:MOST]
        return [item for item in map(self.recommender.find, named[:MOST]) if item is not None]

    def _verdict(self, state: State, items: list[Item], replies: Replies) -> list[str]:
        request, language, lines = state.request(self.list_length), state.language, []
        prices = sorted(item.price for item in items if item.price is not None)
        if len(prices) == len(items) and prices[0] < prices[1]:
            cheapest = next(item for item in items if item.price == prices[0])
            saved = replies.names.amount(PRICE, prices[1] - prices[0], cheapest.currency)
            phrase = "compare_cheaper" if len(items) > 2 else "compare_cheaper_of_two"
            lines.append(replies.words(phrase, title=cheapest.title(language), amount=saved))
        met = [_wishes_met(item, request) for item in items]
        if max(met) > min(met) and met.count(max(met)) == 1:
            lines.append(replies.words("compare_wishes", title=items[met.index(max(met))].title(language)))
        known = self.recommender.knows(state.person) or bool(request.text)
        scores = self.recommender.scores(request, [item.id for item in items]) if known else {}
        if len(scores) == len(items):
            ordered = sorted(items, key=lambda item: -scores[item.id])
            clear = scores[ordered[0].id] - scores[ordered[1].id] >= CLEARLY
            lines.append(replies.words("compare_taste" if clear else "compare_even", title=ordered[0].title(language)))
        return lines

    def _buttons(self, state: State, items: list[Item], replies: Replies) -> list[Button]:
        return [
            button(
                replies.words("take_it", position=place) if place else item.title(state.language),
                "purchase_item",
                item_id=item.id,
            )
            for place, item in zip(_places(state, items), items, strict=True)
        ]


def _places(state: State, items: list[Item]) -> list[int]:
    """Positions of `items` in the list on the screen, from 1; 0 for one that is not there."""
    return [state.shown.items.index(item.id) + 1 if item.id in state.shown.items else 0 for item in items]


def _rows(items: list[Item], replies: Replies) -> list[Row]:
    """Rows of the table: attributes, price and numbers in which `items` differ."""
    names = replies.names
    attributes = [PRICE, *dict.fromkeys(name for item in items for name in (*item.attributes, *item.numbers))]
    rows: list[Row] = []
    for attribute in attributes:
        values = [names.values(item, attribute) or NOTHING for item in items]
        if len(set(values)) > 1:
            rows.append(Row(label=names.attribute(attribute), values=values))
    return rows


def _wishes_met(item: Item, request: Request) -> int:
    wanted = sum(has_all(item, [c]) != c.exclude for c in request.constraints)
    return wanted + sum(_inside(item, attribute, limit) for attribute, limit in limits(request))


def _inside(item: Item, attribute: str, limit: Limit) -> bool:
    number = item.price if attribute == PRICE else item.numbers.get(attribute)
    if number is None:
        return False
    low, high = limit.minimum, limit.maximum
    return (low is None or number >= low) and (high is None or number <= high)

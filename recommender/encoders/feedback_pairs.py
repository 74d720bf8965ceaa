"""Pairs from our own feedback: what was asked and then liked, and what the same people like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Literal

from recommender.encoders.pairs import Pair
from recommender.types import Event, Impression, Item

LIKED: tuple[Literal["like", "purchase"], ...] = ("like", "purchase")
NEAR = timedelta(days=7)
PARTNERS = 5
"""Later items that one liked item is paired with: people who like hundreds would drown all others."""

Lists = Callable[[str], Sequence[Impression]]


def item_text(item: Item, language: str) -> str:
    """Title and description, as `recommender.model.features.encode_items` gives them to the encoder."""
    title = item.titles.get(language) or item.title(language)
    return f"{title}. {item.descriptions.get(language, '')}".strip()


def asked_pairs(
    events: Iterable[Event], lists: Lists, items: Mapping[str, Item], language_of: Callable[[str], str]
) -> tuple[Pair, ...]:
    """What was asked for → the item that was then liked or bought, by person.

    What was asked stands in the reasons with which the item was shown: the words that its text answers, else the values
    that were wished for. Disliked items of the same list are known negatives.

    Args:
        events: any kinds, in time order.
        lists: the stored list of a request id, empty when there is none.
        items: the catalogue by id; what left it is passed over.
        language_of: a text → its language, so that a query meets the item's text in its own.
    """
    disliked: dict[str, set[str]] = defaultdict(set)
    liked: list[Event] = []
    for event in events:
        if event.request_id is None or event.item not in items:
            continue
        if event.kind == "dislike":
            disliked[event.request_id].add(event.item)
        elif event.kind in LIKED:
            liked.append(event)
    pairs: dict[Pair, None] = {}
    for event in liked:
        request = event.request_id or ""
        query = next((asked(shown) for shown in lists(request) if shown.item == event.item), "")
        if query:
            language = language_of(query)
            wrong = tuple(item_text(items[item], language) for item in sorted(disliked[request] - {event.item}))
            pairs[Pair(query, item_text(items[event.item], language), event.person, wrong)] = None
    return tuple(pairs)


def asked(shown: Impression) -> str:
    """What the person had asked for, as far as the reasons for an item tell: words, then wished values."""
    words = [str(reason.evidence.get("text", "")) for reason in shown.reasons if reason.code == "text"]
    values = [
        str(value)
        for reason in shown.reasons
        if reason.code == "matches"
        for name, value in sorted(reason.evidence.items())
        if isinstance(value, str) and name not in {"price", "minimum", "maximum"}
    ]
    return " ".join(part for part in [*words, *values] if part.strip()).strip()


def co_liked_pairs(
    liked: Iterable[tuple[str, str, float]], texts: Mapping[str, str], near: float, partners: int = PARTNERS
) -> tuple[Pair, ...]:
    """Item text ↔ text of an item that the same person liked close in time, by person, both ways.

    Args:
        liked: person, item and time of each like.
        texts: item → its text; items without one are passed over.
        near: greatest difference of time, in its unit.
        partners: at most so many next items for each.
    """
    by_person: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for person, item, at in liked:
        if texts.get(item, "").strip():
            by_person[person].append((at, item))
    pairs: dict[Pair, None] = {}
    for person, history in by_person.items():
        history.sort()
        for place, (at, item) in enumerate(history):
            for later, other in history[place + 1 : place + 1 + partners]:
                if later - at > near or texts[item] == texts[other]:
                    continue
                pairs[Pair(texts[item], texts[other], person)] = None
                pairs[Pair(texts[other], texts[item], person)] = None
    return tuple(pairs)

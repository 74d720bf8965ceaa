from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from recommender.encoders.feedback_pairs import asked_pairs, co_liked_pairs
from recommender.encoders.pairs import Pair
from recommender.language.detect import detect
from recommender.types import Event, EventKind, Impression, Item, Reason

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def item(name: str) -> Item:
    return Item(name, {"en": f"{name} thing", "zh": f"{name}东西"}, {"en": "Fine.", "zh": "好。"}, {}, 1.0)


ITEMS = {name: item(name) for name in ("a", "b", "c")}


def shown(name: str, *reasons: Reason, request: str = "r") -> Impression:
    return Impression(request, "p", "s", name, 1, 0.5, 1.0, "v", "default", reasons, NOW)


def event(kind: EventKind, name: str, request: str | None = "r") -> Event:
    return Event(kind, "p", name, "s", NOW, request)


def pairs(events: list[Event], lists: Mapping[str, list[Impression]]) -> tuple[Pair, ...]:
    return asked_pairs(events, lambda request: lists.get(request, []), ITEMS, detect)


def test_what_was_asked_is_paired_with_what_was_then_liked_and_what_was_disliked_is_a_negative() -> None:
    matches = Reason("matches", {"colour": "red", "price": 50.0, "maximum": 60.0})
    lists = {"r": [shown("a", Reason("text", {"text": "for a wedding"}), matches), shown("b", matches)]}
    found = pairs([event("like", "a"), event("dislike", "b"), event("view", "b")], lists)
    assert found == (Pair("for a wedding red", "a thing. Fine.", "p", ("b thing. Fine.",)),)


def test_a_query_meets_the_items_text_in_its_own_language() -> None:
    lists = {"r": [shown("a", Reason("text", {"text": "适合婚礼"}))]}
    assert pairs([event("purchase", "a")], lists) == (Pair("适合婚礼", "a东西. 好。", "p"),)


def test_likes_without_a_wish_a_list_or_an_item_teach_nothing() -> None:
    lists = {"r": [shown("a", Reason("popular", {"rank": 1.0}))]}
    events = [event("like", "a"), event("like", "b"), event("like", "a", "gone"), event("like", "a", None)]
    assert pairs([*events, event("like", "left the catalogue")], lists) == ()


def test_items_that_one_person_likes_close_in_time_are_paired_both_ways() -> None:
    texts = {"a": "A", "b": "B", "c": "C", "d": "A", "e": " "}
    liked = [("p", "b", 5.0), ("p", "a", 0.0), ("p", "c", 11.0), ("p", "d", 1.0), ("p", "e", 1.0), ("q", "c", 0.0)]
    assert set(co_liked_pairs(liked, texts, near=6)) == {
        Pair("A", "B", "p"),
        Pair("B", "A", "p"),
        Pair("B", "C", "p"),
        Pair("C", "B", "p"),
    }


def test_nobody_drowns_the_others() -> None:
    texts = {str(n): f"text {n}" for n in range(100)}
    found = co_liked_pairs([("p", str(n), 0.0) for n in range(100)], texts, near=1, partners=2)
    assert len(found) <= 2 * 2 * 100

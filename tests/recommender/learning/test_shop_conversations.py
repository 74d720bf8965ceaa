from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from recommender.conversations.catalogue import Catalogue
from recommender.conversations.dialogue import Answered, Dialogue
from recommender.conversations.part import conversation_part
from recommender.learning.conversations import ConversationParameters
from recommender.learning.listwise import ListwiseParameters
from recommender.learning.shop_conversations import LEAST, answered_turns, fit_shop
from recommender.types import Event, EventKind, Impression, Item, Reason

NOW = datetime(2026, 1, 1, tzinfo=UTC)
QUICK = ConversationParameters(folds=2, candidates=6, others=0, ranker=ListwiseParameters(hidden=4, epochs=10))
SHELF = tuple(
    Item(f"{kind}-{n}", {"en": f"{kind.title()} {n}"}, {}, {"kind": (kind,), "colour": (colour,)}, 1.0)
    for kind in ("dress", "boots")
    for n, colour in enumerate(("red", "blue", "black"))
)


def shown(request: str, item: str, *reasons: Reason) -> Impression:
    return Impression(request, "ann", "visit", item, 1, 0.0, 1.0, "v1", "default", reasons, NOW)


def event(kind: EventKind, item: str, request: str | None, minute: int = 0) -> Event:
    return Event(kind, "ann", item, "visit", NOW + timedelta(minutes=minute), request)


def test_a_turn_is_what_was_asked_for_and_what_was_then_chosen_from_that_list() -> None:
    lists: dict[str, Sequence[Impression]] = {
        "r1": [
            shown("r1", "dress-0", Reason("text", {"text": "for a party"}), Reason("matches", {"colour": "red"})),
            shown("r1", "boots-0"),
        ],
        "r2": [shown("r2", "dress-1", Reason("popular", {"rank": 1}))],
    }
    events = [
        event("view", "boots-0", "r1"),
        event("like", "dress-0", "r1", 1),
        event("purchase", "dress-0", "r1", 2),
        event("like", "dress-1", "r2", 3),
        event("like", "dress-2", None, 4),
        event("dislike", "boots-0", "r1", 5),
    ]
    turns = answered_turns(events, lambda request: lists.get(request, ()))
    assert turns == (Answered("visit", Dialogue(("for a party red",)), ("dress-0",)),)


def many(count: int) -> list[Answered]:
    return [Answered(f"v{n}", Dialogue(("something for a party",)), ("boots-2",)) for n in range(count)]


def test_few_answers_leave_the_weights_set_by_hand() -> None:
    model = fit_shop(Catalogue.build(SHELF), many(LEAST - 1), None, None, QUICK)
    assert model.past is None
    assert model.catalogue.ids[int(conversation_part(model, "blue boots").evidence.argmax())] == "boots-1"


def test_enough_answers_teach_what_words_alone_do_not_tell() -> None:
    model = fit_shop(Catalogue.build(SHELF), many(LEAST), None, None, QUICK)
    assert model.card.turns == LEAST
    assert model.catalogue.ids[int(conversation_part(model, "for a party").evidence.argmax())] == "boots-2"


def test_answers_with_what_left_the_catalogue_do_not_count() -> None:
    gone = [Answered(f"v{n}", Dialogue(("a hat",)), ("hat-1",)) for n in range(2 * LEAST)]
    assert fit_shop(Catalogue.build(SHELF), gone, None, None, QUICK).past is None


@pytest.mark.parametrize("text", ["red dress", "a DRESS in red", "red dresses"])
def test_a_shop_of_clothes_links_as_films_do(text: str) -> None:
    model = fit_shop(Catalogue.build(SHELF), [], None, None)
    part = conversation_part(model, text)
    assert model.catalogue.ids[int(part.evidence.argmax())] == "dress-0"
    assert {link.value for link in part.links(0)} >= {"dress", "red"}

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from recommender.api import Recommender
from recommender.errors import UnknownItemError
from recommender.types import Constraint, Event, Request
from tests.shop import small_recommender

NOW = datetime(2026, 11, 1, tzinfo=UTC)
BOOTS = Constraint("category", ("boots",))


@pytest.fixture
def recommender(tmp_path: Path) -> Recommender:
    return small_recommender(tmp_path)


def event(kind: str, item: str, minutes: int = 0, person: str = "ann") -> Event:
    return Event(kind, person, item, "s", NOW + timedelta(minutes=minutes))  # type: ignore[arg-type]


def ids(recommender: Recommender, person: str = "ann", count: int = 9) -> list[str]:
    return [shown.item.id for shown in recommender.recommend(Request(person, "s", count=count)).items]


def test_a_list_is_stored_with_the_reasons_that_were_true(recommender: Recommender) -> None:
    made = recommender.recommend(Request("ann", "s", constraints=(BOOTS,)))
    assert recommender.explain(made.request_id, "boots-1") == made.items[0].reasons
    assert recommender.explain(made.request_id, "red-1") == ()
    assert recommender.explain("another list", "boots-1") == ()


def test_an_opinion_counts_in_the_next_list_and_for_nobody_else(recommender: Recommender) -> None:
    before = ids(recommender, "bob")
    recommender.record(event("like", "boots-1"))
    assert "boots-1" not in ids(recommender, "ann")
    assert ids(recommender, "bob") == before


def test_the_newest_opinion_about_an_item_counts(recommender: Recommender) -> None:
    recommender.record(event("like", "red-1"))
    recommender.record(event("dislike", "red-1", minutes=1))
    request = recommender.recommend(Request("ann", "s")).request
    assert (request.liked, request.disliked) == ((), ("red-1",))


def test_a_view_is_no_opinion(recommender: Recommender) -> None:
    recommender.record(event("view", "red-1"))
    assert "red-1" in ids(recommender)


def test_a_message_delivered_twice_is_one_event(recommender: Recommender) -> None:
    assert recommender.record(event("like", "red-1"), key="m1")
    assert not recommender.record(event("like", "red-1"), key="m1")
    assert recommender.store.counts().events == 1


def test_an_opinion_on_an_unknown_item_is_refused(recommender: Recommender) -> None:
    with pytest.raises(UnknownItemError, match="nothing-7"):
        recommender.record(event("like", "nothing-7"))
    assert recommender.store.counts().events == 0


def test_forgetting_erases_what_a_person_said_and_saw(recommender: Recommender) -> None:
    before = ids(recommender)
    recommender.record(event("like", "boots-1"))
    recommender.record(event("like", "boots-1", person="bob"))
    assert recommender.forget("ann") == 10  # nine impressions and a like
    assert ids(recommender) == before
    assert [e.person for e in recommender.store.events()] == ["bob"]

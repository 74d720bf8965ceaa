from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from recommender.errors import FeedbackError
from recommender.feedback.store import Counts, FeedbackStore
from recommender.types import EVENT_KINDS, Event, Impression, Reason

NOON = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC)
LIKE = Event("like", "ann", "dress-1", "chat-1", NOON, request_id="r1", text="好看！ lovely 👗")
SHOWN = Impression(
    request_id="r1",
    person="ann",
    session="chat-1",
    item="dress-1",
    position=1,
    score=0.25,
    propensity=0.5,
    model_version="v3",
    arm="default",
    reasons=(Reason("matches", {"colour": "红", "price": 399.0}), Reason("popular", {"rank": 1.0})),
    at=NOON,
)


def after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def test_an_event_comes_back_as_it_was_given(store: FeedbackStore) -> None:
    assert store.append(LIKE)
    assert list(store.events()) == [LIKE]


def test_a_list_comes_back_by_position_with_its_reasons(store: FeedbackStore) -> None:
    second = replace(SHOWN, item="dress-2", position=2, reasons=())
    store.append_impressions([second, SHOWN])
    assert store.impressions("r1") == (SHOWN, second)
    assert store.impressions("another") == ()


def test_an_empty_list_is_nothing_to_store(store: FeedbackStore) -> None:
    store.append_impressions([])
    assert store.counts() == Counts(impressions=0, events=0, people=0)


def test_a_message_delivered_twice_is_one_event(store: FeedbackStore) -> None:
    assert store.append(LIKE, key="slack:17")
    assert not store.append(replace(LIKE, at=after(1)), key="slack:17")
    assert store.append(LIKE, key="slack:18")
    assert store.counts().events == 2


def test_events_without_a_key_are_all_kept(store: FeedbackStore) -> None:
    assert store.append(LIKE)
    assert store.append(LIKE)
    assert store.counts().events == 2


def test_storing_a_list_again_changes_nothing(store: FeedbackStore) -> None:
    store.append_impressions([SHOWN])
    store.append_impressions([replace(SHOWN, item="another"), replace(SHOWN, position=2)])
    assert [shown.item for shown in store.impressions("r1")] == ["dress-1", "dress-1"]


def test_times_of_any_zone_are_the_same_moment_in_utc(store: FeedbackStore) -> None:
    shanghai = timezone(timedelta(hours=8))
    store.append(replace(LIKE, at=NOON.astimezone(shanghai)))
    [stored] = store.events()
    assert stored.at == NOON
    assert stored.at.utcoffset() == timedelta(0)
    assert list(store.events(since=NOON.astimezone(shanghai))) == [stored]


def test_a_time_without_a_zone_is_refused(store: FeedbackStore) -> None:
    with pytest.raises(FeedbackError, match="no zone"):
        store.append(replace(LIKE, at=NOON.replace(tzinfo=None)))
    assert store.counts().events == 0


def test_an_unknown_kind_is_refused_with_the_known_ones(store: FeedbackStore) -> None:
    with pytest.raises(FeedbackError, match="like, dislike, purchase, view, comment"):
        store.append(replace(LIKE, kind="adore"))  # type: ignore[arg-type]


def test_a_comment_keeps_every_character_a_database_can_hold(store: FeedbackStore) -> None:
    store.append(replace(LIKE, kind="comment", text="太\x00长 \ud83d long"))
    [stored] = store.events()
    assert stored.text == "太长 ? long"


def test_an_identity_that_no_database_can_hold_is_one_clear_error(store: FeedbackStore) -> None:
    with pytest.raises(FeedbackError, match="Storing an event failed"):
        store.append(replace(LIKE, person="ann\ud83d"))
    with pytest.raises(FeedbackError, match="Storing impressions failed"):
        store.append_impressions([SHOWN, replace(SHOWN, position=2, item="\ud83d")])
    assert store.counts() == Counts(impressions=0, events=0, people=0)


def test_events_are_chosen_by_person_time_and_kind(store: FeedbackStore) -> None:
    for minute, kind in enumerate(EVENT_KINDS):
        store.append(Event(kind, "ann", f"item-{minute}", "s", after(minute)))
        store.append(Event(kind, "bob", f"item-{minute}", "s", after(minute)))
    assert [e.kind for e in store.events(person="ann")] == list(EVENT_KINDS)
    assert [e.kind for e in store.events(person="ann", since=after(1), until=after(3))] == ["dislike", "purchase"]
    assert [e.person for e in store.events(kinds=("view",))] == ["ann", "bob"]
    assert [e.kind for e in store.events(person="bob", kinds=("like", "purchase"), since=after(1))] == ["purchase"]
    assert list(store.events(kinds=())) == []
    assert list(store.events(person="nobody")) == []


def test_events_come_in_time_order_and_ties_in_the_order_of_storing(store: FeedbackStore) -> None:
    for item, minute in [("c", 2), ("a", 0), ("b", 1), ("b2", 1), ("a2", 0)]:
        store.append(Event("view", "ann", item, "s", after(minute)))
    assert [event.item for event in store.events()] == ["a", "a2", "b", "b2", "c"]


def test_a_long_history_streams_completely_and_in_order(store: FeedbackStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recommender.feedback.store._PAGE", 7)
    from recommender.feedback import store as module

    module._events_query.cache_clear()
    try:
        times = [after(minute % 5) for minute in range(50)]
        for number, at in enumerate(times):
            store.append(Event("view", "ann", f"{number:02}", "s", at))
        expected = [f"{n:02}" for n in sorted(range(50), key=lambda n: (times[n], n))]
        assert [event.item for event in store.events(person="ann")] == expected
    finally:
        module._events_query.cache_clear()


def test_events_may_be_appended_while_others_are_read(store: FeedbackStore) -> None:
    store.append(LIKE)
    for event in store.events(kinds=("like",)):
        store.append(replace(event, kind="purchase", at=after(5)))
    assert store.counts().events == 2


def test_the_last_impression_is_the_newest_of_that_item_in_that_session(store: FeedbackStore) -> None:
    newer = replace(SHOWN, request_id="r2", at=after(1), position=3)
    store.append_impressions([newer])
    store.append_impressions([SHOWN, replace(SHOWN, position=2, item="dress-2", at=after(9))])
    assert store.last_impression("chat-1", "dress-1") == newer
    assert store.last_impression("chat-2", "dress-1") is None
    assert store.last_impression("chat-1", "hat-1") is None


def test_forgetting_erases_everything_of_one_person_and_nothing_of_others(store: FeedbackStore) -> None:
    store.append(LIKE)
    store.append(replace(LIKE, person="bob"))
    store.append_impressions([SHOWN, replace(SHOWN, position=2, item="dress-2")])
    store.append_impressions([replace(SHOWN, request_id="r2", person="bob")])
    assert store.forget("ann") == 3
    assert store.counts() == Counts(impressions=1, events=1, people=1)
    assert list(store.events(person="ann")) == []
    assert store.forget("ann") == 0


def test_sqlite_files_hold_no_trace_of_who_was_forgotten(tmp_path: Path) -> None:
    with FeedbackStore.open(f"sqlite:///{tmp_path / 'feedback.db'}") as store:
        store.append(replace(LIKE, person="ann-of-green-gables", text="my secret"))
        store.append_impressions([replace(SHOWN, person="ann-of-green-gables")])
        store.append(replace(LIKE, person="bob"))
        store.forget("ann-of-green-gables")
        left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"bob" in left
    assert b"green-gables" not in left
    assert b"my secret" not in left


def test_what_was_stored_is_there_after_reopening(database_url: str) -> None:
    with FeedbackStore.open(database_url) as store:
        store.append(LIKE)
    with FeedbackStore.open(database_url, create_schema=False) as store:
        assert list(store.events()) == [LIKE]


def test_a_database_whose_connections_were_cut_is_used_again_without_loss(postgres_url: str) -> None:
    import sqlalchemy

    with FeedbackStore.open(postgres_url) as store:
        store.append(LIKE)
        other = sqlalchemy.create_engine(postgres_url, poolclass=sqlalchemy.NullPool)
        with other.connect() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        assert store.append(replace(LIKE, at=after(1)))
        store.append_impressions([SHOWN])
        assert store.counts() == Counts(impressions=1, events=2, people=1)


identities = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
moments = st.integers(0, 2**53).map(lambda microseconds: datetime.fromtimestamp(0, UTC) + timedelta(0, 0, microseconds))
zoned = st.builds(lambda at, hours: at.astimezone(timezone(timedelta(hours=hours))), moments, st.integers(-12, 14))
events = st.builds(
    Event,
    kind=st.sampled_from(EVENT_KINDS),
    person=identities,
    item=identities,
    session=identities,
    at=zoned,
    request_id=st.none() | identities,
    text=identities,
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FeedbackStore]:
    with FeedbackStore.open(f"sqlite:///{tmp_path_factory.mktemp('store') / 'feedback.db'}") as store:
        yield store


@given(given_events=st.lists(events, max_size=8))
@profile(deadline=None, max_examples=60)
def test_any_history_comes_back_whole_in_time_order(shared: FeedbackStore, given_events: list[Event]) -> None:
    for event in given_events:
        shared.append(event)
    stored = list(shared.events())
    for event in given_events:
        shared.forget(event.person)
    assert stored == sorted(given_events, key=lambda event: event.at)
    assert shared.counts().events == 0

"""The feedback store: lists shown, events, wishes, open questions and handovers, on disk before the call returns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from threading import Lock
from typing import Any, Self

from sqlalchemy import Engine, Select, bindparam, delete, func, insert, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from recommender.errors import FeedbackError
from recommender.feedback import migrate
from recommender.feedback.engine import advising, open_engine
from recommender.feedback.schema import (
    Base,
    EventRow,
    HandoverRow,
    ImpressionRow,
    PreferenceRow,
    QuestionRow,
    UtcDateTime,
)
from recommender.types import EVENT_KINDS, Event, EventKind, Handover, Impression, Preference, Question

_EVENT = tuple(field.name for field in fields(Event))
_IMPRESSION = tuple(field.name for field in fields(Impression))
_PAGE = 2000  # rows fetched at a time; no connection is held while the reader works on them


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows there are, and of how many people who gave feedback."""

    impressions: int
    events: int
    people: int


class FeedbackStore:
    """Impressions and events in SQLite or PostgreSQL. Threads may share one store, processes one database."""

    def __init__(self, engine: Engine) -> None:
        on_file = engine.dialect.name == "sqlite"
        self._engine = engine
        # A single statement is a transaction by itself: saying so saves PostgreSQL two round trips.
        self._single = engine if on_file else engine.execution_options(isolation_level="AUTOCOMMIT")
        # SQLite admits one writer: threads that wait here go on at once, those that wait for the file poll.
        self._writing: AbstractContextManager[Any] = Lock() if on_file else nullcontext()
        add: Callable[..., Any] = sqlite.insert if on_file else postgresql.insert
        # psycopg tells how many rows were added only when asked to: the insert returns its id, which hides the count.
        self._add_event = add(EventRow).on_conflict_do_nothing(index_elements=["key"])
        self._add_event = self._add_event.execution_options(preserve_rowcount=True)
        self._add_impression = add(ImpressionRow).on_conflict_do_nothing(index_elements=["request_id", "position"])

    @classmethod
    def open(cls, url: str, create_schema: bool = True) -> Self:
        """The store at `url`, its tables created or upgraded if `create_schema`, else only checked.

        Args:
            url: sqlite:///path, or postgresql:// or postgres://, both of which mean psycopg 3.
            create_schema: whether tables may be created and changed.

        Raises:
            FeedbackError: the database cannot be used; the text says why and what to do.
        """
        engine = open_engine(url)
        try:
            (migrate.upgrade if create_schema else migrate.check)(engine)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    def append(self, event: Event, key: str | None = None) -> bool:
        """Stores `event`; it is on disk when this returns.

        Args:
            event: what happened; its text loses characters that a database cannot hold (NUL, lone surrogates).
            key: identifies the delivery, for example channel and message id.

        Returns:
            False when `key` was stored before, and nothing was added.

        Raises:
            FeedbackError: it could not be stored.
        """
        if event.kind not in EVENT_KINDS:
            raise FeedbackError(f"There is no event {event.kind!r}; use one of {', '.join(EVENT_KINDS)}.")
        row = {name: getattr(event, name) for name in _EVENT} | {"text": _storable(event.text), "key": key}
        with advising(self._engine, "Storing an event"), self._writing, self._single.begin() as connection:
            added: int = connection.execute(self._add_event, row).rowcount
        return added == 1

    def append_impressions(self, impressions: Sequence[Impression]) -> None:
        """Stores a list that is about to be shown, all of it or nothing; it is on disk when this returns.

        A position of a request that was stored before stays as it was, so that a repeated call is harmless.

        Raises:
            FeedbackError: they could not be stored.
        """
        if not impressions:
            return
        rows = [{name: getattr(shown, name) for name in _IMPRESSION} for shown in impressions]
        with advising(self._engine, "Storing impressions"), self._writing, self._engine.begin() as connection:
            connection.execute(self._add_impression, rows)

    def impressions(self, request_id: str) -> tuple[Impression, ...]:
        """The list that was shown for `request_id`, by position; empty when there was none.

        Raises:
            FeedbackError: the database cannot be read.
        """
        return tuple(Impression(*row) for row in self._rows(_LIST, {"request_id": request_id}))

    def last_impression(self, session: str, item: str) -> Impression | None:
        """How `item` was last shown in `session`, None when it was not.

        Raises:
            FeedbackError: the database cannot be read.
        """
        return next((Impression(*row) for row in self._rows(_LAST, {"session": session, "item": item})), None)

    def events(
        self,
        person: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        kinds: Sequence[EventKind] | None = None,
    ) -> Iterator[Event]:
        """Events in time order, fetched as they are read; those appended meanwhile may or may not be among them.

        Args:
            person: only theirs.
            since: at this time or later.
            until: before this time.
            kinds: only these.

        Raises:
            FeedbackError: the database cannot be read.
        """
        wanted = {"person": person, "since": since, "until": until, "kinds": None if kinds is None else list(kinds)}
        given = {name: value for name, value in wanted.items() if value is not None}
        page = self._rows(_events_query(frozenset(given)), given)
        while page:
            for *values, _ in page:
                yield Event(*values)
            if len(page) < _PAGE:
                return
            given |= {"last_at": page[-1].at, "last_id": page[-1].id}
            page = self._rows(_events_query(frozenset(given)), given)

    def add_preference(self, preference: Preference) -> None:
        """Stores a lasting wish; one of the same words or value before gives way to it.

        Raises:
            FeedbackError: it could not be stored.
        """
        same = [
            PreferenceRow.person == preference.person,
            PreferenceRow.attribute.is_not_distinct_from(preference.attribute),
            PreferenceRow.value.is_not_distinct_from(preference.value),
        ]
        if preference.attribute is None:
            same.append(PreferenceRow.text == _storable(preference.text))
        with advising(self._engine, "Storing a wish"), self._writing, self._engine.begin() as connection:
            connection.execute(delete(PreferenceRow).where(*same))
            connection.execute(insert(PreferenceRow), _row(preference))

    def preferences(self, person: str) -> tuple[Preference, ...]:
        """The lasting wishes of `person`, oldest first.

        Raises:
            FeedbackError: the database cannot be read.
        """
        return tuple(Preference(*row) for row in self._rows(_WISHES, {"person": person}))

    def forget_preferences(
        self, person: str, attribute: str | None = None, value: str | None = None, last: bool = False
    ) -> tuple[Preference, ...]:
        """Takes back wishes of `person`, all of them or those that fit, and returns them.

        Args:
            person: whose.
            attribute: only about this attribute.
            value: only about this value.
            last: only the newest of those.

        Raises:
            FeedbackError: nothing was taken back.
        """
        conditions = [PreferenceRow.person == person]
        conditions += [] if attribute is None else [PreferenceRow.attribute == attribute]
        conditions += [] if value is None else [PreferenceRow.value == value]
        fitting = select(*_columns(PreferenceRow, Preference), PreferenceRow.id).where(*conditions)
        fitting = fitting.order_by(PreferenceRow.id.desc()).limit(1 if last else None)
        with advising(self._engine, "Forgetting a wish"), self._writing, self._engine.begin() as connection:
            found = connection.execute(fitting).all()
            connection.execute(delete(PreferenceRow).where(PreferenceRow.id.in_([row.id for row in found])))
        return tuple(Preference(*values) for *values, _ in reversed(found))

    def add_question(self, question: Question) -> None:
        """Stores what was asked of the shop, so that its owner learns what to write next.

        Raises:
            FeedbackError: it could not be stored.
        """
        self._add(QuestionRow, question)

    def questions(self, since: datetime | None = None, answered: bool | None = None) -> tuple[Question, ...]:
        """Questions in time order.

        Args:
            since: at this time or later.
            answered: only those that got an answer (True) or got none (False).

        Raises:
            FeedbackError: the database cannot be read.
        """
        query = select(*_columns(QuestionRow, Question)).order_by(QuestionRow.at, QuestionRow.id)
        if since is not None:
            query = query.where(QuestionRow.at >= since)
        if answered is not None:
            query = query.where(QuestionRow.source.is_not(None) if answered else QuestionRow.source.is_(None))
        return tuple(Question(*row) for row in self._rows(query, {}))

    def add_handover(self, handover: Handover) -> None:
        """Stores that a person of the shop should take over.

        Raises:
            FeedbackError: it could not be stored.
        """
        self._add(HandoverRow, handover)

    def handovers(self, since: datetime | None = None) -> tuple[Handover, ...]:
        """Conversations that were handed over, in time order, from `since` on.

        Raises:
            FeedbackError: the database cannot be read.
        """
        query = select(*_columns(HandoverRow, Handover)).order_by(HandoverRow.at, HandoverRow.id)
        return tuple(
            Handover(*row) for row in self._rows(query if since is None else query.where(HandoverRow.at >= since), {})
        )

    def forget(self, person: str) -> int:
        """Erases every row of `person` and returns how many there were.

        SQLite overwrites them at once; PostgreSQL frees their space at its next vacuum.

        Raises:
            FeedbackError: nothing was erased.
        """
        with advising(self._engine, "Erasing a person's rows"), self._writing, self._engine.begin() as connection:
            erased = 0
            for table in (EventRow, ImpressionRow, PreferenceRow, QuestionRow, HandoverRow):
                erased += connection.execute(delete(table).where(table.person == person)).rowcount
        if self._engine.dialect.name == "sqlite":
            with advising(self._engine, "Emptying the log"), self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return erased

    def counts(self) -> Counts:
        """What is stored.

        Raises:
            FeedbackError: the database cannot be read.
        """
        return Counts(*self._rows(_COUNTS, {})[0])

    def close(self) -> None:
        """Closes all connections; a later call opens new ones."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _add(self, table: type[Base], thing: Question | Handover) -> None:
        with advising(self._engine, "Storing a conversation"), self._writing, self._single.begin() as connection:
            connection.execute(insert(table), _row(thing))

    def _rows(self, query: Select[Any], values: Mapping[str, object]) -> Sequence[Any]:
        with advising(self._engine, "Reading feedback"), self._single.connect() as connection:
            return connection.execute(query, values).all()


def _row(thing: Preference | Question | Handover) -> dict[str, object]:
    values = {field.name: getattr(thing, field.name) for field in fields(thing)}
    return {name: _storable(value) if isinstance(value, str) else value for name, value in values.items()}


def _columns(table: type[Base], kind: type) -> list[Any]:
    return [getattr(table, field.name) for field in fields(kind)]


def _storable(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


# Queries are built once, with named values to fill in: building one takes SQLAlchemy thrice the time of running it.
_SHOWN = select(*(getattr(ImpressionRow, name) for name in _IMPRESSION))
_LIST = _SHOWN.where(ImpressionRow.request_id == bindparam("request_id")).order_by(ImpressionRow.position)
_LAST = (
    _SHOWN.where(ImpressionRow.session == bindparam("session"), ImpressionRow.item == bindparam("item"))
    .order_by(ImpressionRow.at.desc(), ImpressionRow.id.desc())
    .limit(1)
)
_COUNTS = select(
    select(func.count()).select_from(ImpressionRow).scalar_subquery(),
    select(func.count()).select_from(EventRow).scalar_subquery(),
    select(func.count(EventRow.person.distinct())).scalar_subquery(),
)
_WISHES = (
    select(*_columns(PreferenceRow, Preference))
    .where(PreferenceRow.person == bindparam("person"))
    .order_by(PreferenceRow.id)
)
_EVENTS = select(*(getattr(EventRow, name) for name in _EVENT), EventRow.id)
_CONDITIONS = {
    "person": EventRow.person == bindparam("person"),
    "since": EventRow.at >= bindparam("since"),
    "until": EventRow.at < bindparam("until"),
    "kinds": EventRow.kind.in_(bindparam("kinds", expanding=True)),
    "last_id": tuple_(EventRow.at, EventRow.id) > tuple_(bindparam("last_at", type_=UtcDateTime), bindparam("last_id")),
}


@cache
def _events_query(given: frozenset[str]) -> Select[Any]:
    conditions = [condition for name, condition in _CONDITIONS.items() if name in given]
    return _EVENTS.where(*conditions).order_by(EventRow.at, EventRow.id).limit(_PAGE)

"""The feedback database's tables.

What was shown (impressions), what people did and said about it (events), their lasting wishes (preferences), what was
asked of the shop (questions), and who wants a person (handovers).

The tables carry a prefix because Rasa's tracker store has a table `events` too, and both may be pointed at one server.
A change here needs a migration in migrations/versions; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Float, Index, Integer, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from recommender.types import EventKind, PreferenceKind, Reason

VERSION_TABLE = "parley_schema_version"

# 64 bits where the database counts them apart; SQLite numbers rows by itself only in a column named INTEGER.
RowId = BigInteger().with_variant(Integer(), "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: timestamptz in PostgreSQL, sortable UTC text in SQLite, which has no zones; always read back as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """`value` in UTC; a time without a zone is refused, because nobody knows when that was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"the time {value.isoformat()} has no zone; give it one, such as datetime.UTC")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """`value` with the zone that SQLite loses."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Reasons(TypeDecorator[tuple[Reason, ...]]):
    """Reasons as JSON: [{"code": "matches", "evidence": {"colour": "red"}}]."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Iterable[Reason] | None, dialect: Dialect) -> Any:
        """JSON of `value`."""
        return [{"code": reason.code, "evidence": dict(reason.evidence)} for reason in value or ()]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Reason, ...]:
        """Reasons of the JSON."""
        return tuple(Reason(raw["code"], raw["evidence"]) for raw in value or ())


class Base(DeclarativeBase):
    """Names every index and constraint in one way, so that migrations can name them too."""

    type_annotation_map = {str: Text, float: Float(53), datetime: UtcDateTime, tuple[Reason, ...]: Reasons}  # noqa: RUF012


class ImpressionRow(Base):
    """One shown item; `position` is 1-based and unique in its list, so that a repeated write changes nothing."""

    __tablename__ = "parley_impressions"
    __table_args__ = (
        Index("parley_impressions_request", "request_id", "position", unique=True),
        Index("parley_impressions_session", "session", "item"),
        Index("parley_impressions_person", "person"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    request_id: Mapped[str]
    person: Mapped[str]
    session: Mapped[str]
    item: Mapped[str]
    position: Mapped[int]
    score: Mapped[float]
    propensity: Mapped[float]
    model_version: Mapped[str]
    arm: Mapped[str]
    reasons: Mapped[tuple[Reason, ...]]
    at: Mapped[datetime]


class EventRow(Base):
    """One thing that a person did or said; `key` identifies a delivery, so that the same one twice is one row."""

    __tablename__ = "parley_events"
    __table_args__ = (
        Index("parley_events_person", "person", "at", "id"),
        Index("parley_events_time", "at", "id"),
        Index("parley_events_key", "key", unique=True),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    kind: Mapped[EventKind] = mapped_column(Text)
    person: Mapped[str]
    item: Mapped[str]
    session: Mapped[str]
    request_id: Mapped[str | None]
    text: Mapped[str]
    key: Mapped[str | None]
    at: Mapped[datetime]


class PreferenceRow(Base):
    """A lasting wish of a person; see `recommender.types.Preference`."""

    __tablename__ = "parley_preferences"
    __table_args__ = (Index("parley_preferences_person", "person", "id"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    kind: Mapped[PreferenceKind] = mapped_column(Text)
    person: Mapped[str]
    session: Mapped[str]
    at: Mapped[datetime]
    attribute: Mapped[str | None]
    value: Mapped[str | None]
    text: Mapped[str]


class QuestionRow(Base):
    """A question put to the shop: the best answer's score, and its source where one was good enough to be given."""

    __tablename__ = "parley_questions"
    __table_args__ = (Index("parley_questions_person", "person"), Index("parley_questions_time", "at", "id"))

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    person: Mapped[str]
    session: Mapped[str]
    at: Mapped[datetime]
    language: Mapped[str]
    text: Mapped[str]
    score: Mapped[float]
    source: Mapped[str | None]


class HandoverRow(Base):
    """A conversation that a person of the shop should take over, with what it was about."""

    __tablename__ = "parley_handovers"
    __table_args__ = (Index("parley_handovers_person", "person"), Index("parley_handovers_time", "at", "id"))

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    person: Mapped[str]
    session: Mapped[str]
    at: Mapped[datetime]
    language: Mapped[str]
    summary: Mapped[str]

"""A database address → an engine that keeps what it acknowledged, or one sentence that says what is wrong with it."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from recommender.errors import FeedbackError

BUSY_SECONDS = 5  # far more than another process needs: it holds the file for well under a millisecond per write
CONNECT_SECONDS = 3
SETTING = "PARLEY_DATABASE_URL"
_FORMS = "sqlite:///folder/feedback.db or postgresql://user:password@host/name"


def open_engine(address: str) -> Engine:
    """An engine for `address`; nothing is created or contacted yet.

    Args:
        address: sqlite:///path, or postgresql:// or postgres://, both of which mean psycopg 3.

    Raises:
        FeedbackError: the address cannot work; the text says why and what to do.
    """
    url = _understood(address)
    if url.get_backend_name() == "sqlite":
        _check_file(url)
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)
        return engine
    try:
        # The ping before each use costs one round trip, and saves the message that a restarted server would lose.
        return create_engine(
            url,
            connect_args={"connect_timeout": CONNECT_SECONDS},
            pool_pre_ping=True,
            pool_timeout=BUSY_SECONDS,
        )
    except ImportError as error:
        raise FeedbackError(
            f"PostgreSQL needs psycopg ({error}). Install it: pip install 'psycopg[binary]'."
        ) from error


@contextmanager
def advising(engine: Engine, task: str) -> Iterator[None]:
    """Turns what the database refuses into a FeedbackError: which task failed, where, why, and what to do."""
    try:
        yield
    except (SQLAlchemyError, UnicodeError) as error:
        lines = str(getattr(error, "orig", None) or error).strip().splitlines()
        reason = lines[0].rstrip(".") if lines else type(error).__name__
        place = engine.url.render_as_string(hide_password=True)
        raise FeedbackError(f"{task} failed in {place}: {reason}. {_remedy(engine.url, reason)}") from error


def _understood(address: str) -> URL:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        # The address itself may hold a password: it is not repeated.
        raise FeedbackError(f"{SETTING} is not a database address. Write it like {_FORMS}.") from error
    if url.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername in ("sqlite", "sqlite+pysqlite"):
        return url
    raise FeedbackError(f"{SETTING} names {url.drivername}, which Parley does not speak. Write it like {_FORMS}.")


def _check_file(url: URL) -> None:
    """Says what is wrong before SQLite's "unable to open database file" does not."""
    if not url.database or url.database == ":memory:":
        raise FeedbackError(f"{SETTING} names a database in memory, which would forget. Name a file: {_FORMS}.")
    path = os.path.abspath(url.database)
    folder = os.path.dirname(path)
    if not os.path.isdir(folder):
        raise FeedbackError(
            f"The folder {folder} of the feedback database does not exist. Create it, or change {SETTING}."
        )
    if os.path.isdir(path):
        raise FeedbackError(f"{path} is a folder, not a database file. Add a file name to {SETTING}.")
    # SQLite writes its log beside the file, so the folder has to be writable as well.
    closed = next((place for place in (folder, path) if os.path.exists(place) and not os.access(place, os.W_OK)), None)
    if closed:
        raise FeedbackError(f"{closed} is not writable, so no feedback can be stored. Allow it, or change {SETTING}.")


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    """WAL, so that readers and the writer do not wait for each other, and a commit that reaches the disk.

    With synchronous=NORMAL a commit survives the death of the process but not of the machine: the log is flushed at
    checkpoints only. "Durable before the reply" means both, so it is FULL: one flush per commit, measured at .19 ms
    for a list of five against .04 ms (medians, virtual disk), which nobody notices in a reply of some milliseconds.
    secure_delete overwrites what `forget` erases.
    """
    _switch_to_wal(connection)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA secure_delete=ON")


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """The switch does not wait for others: of four processes that met a new file at once, one in twenty was refused."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _remedy(url: URL, reason: str) -> str:
    if url.get_backend_name() == "postgresql":
        return f"See that the server runs and that {SETTING} is right."
    if "locked" in reason:
        return "Another program holds the file: close it, or move to PostgreSQL."
    if "not a database" in reason or "malformed" in reason:
        return f"Put the file aside or restore a copy, or change {SETTING}."
    return f"See that the disk has room and the file is writable, or change {SETTING}."

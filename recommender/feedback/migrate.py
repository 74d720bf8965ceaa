"""Brings a feedback database to the schema of this version, however many processes start at once."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from recommender.errors import FeedbackError
from recommender.feedback.engine import BUSY_SECONDS, advising, open_engine
from recommender.feedback.schema import VERSION_TABLE

_SCRIPTS = Path(__file__).parent / "migrations"
_ADVISORY_LOCK = 7262395  # any number that no other program on the server takes
_PATIENCE_SECONDS = 60  # another process may be copying a large table
_one_at_a_time = Lock()  # Alembic's context is a global of the process


def migrate(address: str) -> None:
    """Creates the schema at `address`, or upgrades it; does nothing when it is up to date.

    Raises:
        FeedbackError: the database cannot be reached or written, or is of a newer version of Parley.
    """
    engine = open_engine(address)
    try:
        upgrade(engine)
    finally:
        engine.dispose()


def upgrade(engine: Engine) -> None:
    """As `migrate`, all in one transaction: what fails half-way leaves the database as it was.

    Raises:
        FeedbackError: as `migrate`.
    """
    with _one_at_a_time, advising(engine, "Preparing the feedback tables"), engine.connect() as connection:
        if _is_current(connection):
            return
        _wait_for_others(connection)
        command.upgrade(_config(connection), "head")
        connection.commit()


def check(engine: Engine) -> None:
    """Whether the schema is this version's.

    Raises:
        FeedbackError: it is older, newer or absent, or the database cannot be reached.
    """
    with advising(engine, "Reading the feedback tables"), engine.connect() as connection:
        if not _is_current(connection):
            place = engine.url.render_as_string(hide_password=True)
            raise FeedbackError(
                f"The feedback database {place} is not prepared for this version of Parley. "
                "Start Parley once with the right to create tables."
            )


def _is_current(connection: Connection) -> bool:
    scripts = ScriptDirectory(str(_SCRIPTS))
    found = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()
    connection.rollback()
    known = {script.revision for script in scripts.walk_revisions()}
    if found is not None and found not in known:
        place = connection.engine.url.render_as_string(hide_password=True)
        raise FeedbackError(f"A newer Parley wrote the feedback database {place} ({found}). Update this one.")
    return found == scripts.get_current_head()


def _wait_for_others(connection: Connection) -> None:
    """Opens a transaction that only one process at a time can be in."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_PATIENCE_SECONDS}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout={_PATIENCE_SECONDS * 1000}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config

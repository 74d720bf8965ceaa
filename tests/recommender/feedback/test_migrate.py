from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from recommender.errors import FeedbackError
from recommender.feedback.engine import open_engine
from recommender.feedback.migrate import migrate
from recommender.feedback.schema import VERSION_TABLE, Base
from recommender.feedback.store import FeedbackStore

ROOT = Path(__file__).resolve().parents[3]
TABLES = {table.name for table in Base.metadata.tables.values()} | {VERSION_TABLE}


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    opened = open_engine(database_url)
    yield opened
    opened.dispose()


def test_models_and_migrations_agree(database_url: str, engine: Engine) -> None:
    migrate(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, Base.metadata) == []


def test_migrating_again_changes_nothing(database_url: str, engine: Engine) -> None:
    migrate(database_url)
    migrate(database_url)
    assert set(inspect(engine).get_table_names()) == TABLES


def test_tables_of_other_programs_stay_as_they_are(database_url: str, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE events (sender_id text)")  # as Rasa's tracker store has it
        connection.exec_driver_sql("INSERT INTO events VALUES ('ann')")
    migrate(database_url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT sender_id FROM events").all() == [("ann",)]


def test_a_migration_that_fails_half_way_leaves_nothing_behind(database_url: str, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE parley_events (other text)")
    with pytest.raises(FeedbackError, match=r"Preparing the feedback tables failed .* already exists"):
        migrate(database_url)
    assert set(inspect(engine).get_table_names()) <= {"parley_events"}


def test_a_database_of_a_newer_version_is_left_alone(database_url: str, engine: Engine) -> None:
    migrate(database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    with pytest.raises(FeedbackError, match=r"A newer Parley wrote .*\(9999\)\. Update this one"):
        migrate(database_url)


def test_without_the_right_to_create_tables_an_empty_database_is_refused(database_url: str, engine: Engine) -> None:
    with pytest.raises(FeedbackError, match="is not prepared for this version"):
        FeedbackStore.open(database_url, create_schema=False)
    assert inspect(engine).get_table_names() == []


def test_many_processes_that_start_at_once_all_find_the_schema(database_url: str, engine: Engine) -> None:
    program = (
        "import sys\n"
        "from recommender.feedback.migrate import migrate\n"
        "sys.stdout.write('ready\\n'); sys.stdout.flush(); sys.stdin.readline()\n"
        "migrate(sys.argv[1])\n"
    )
    starters = [
        subprocess.Popen(
            [sys.executable, "-c", program, database_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(4)
    ]
    for starter in starters:
        assert starter.stdout
        assert starter.stdout.readline() == "ready\n"
    for starter in starters:  # all have imported everything and wait for this line
        assert starter.stdin
        starter.stdin.write("go\n")
        starter.stdin.flush()
    faults = [starter.communicate(timeout=60)[1] for starter in starters]
    assert [starter.returncode for starter in starters] == [0] * 4, faults
    assert set(inspect(engine).get_table_names()) == TABLES

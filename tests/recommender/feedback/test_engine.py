from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from recommender.errors import FeedbackError
from recommender.feedback.engine import open_engine
from recommender.feedback.store import FeedbackStore

ROOT = Path(__file__).resolve().parents[3]


def test_a_missing_folder_is_named_and_not_created(tmp_path: Path) -> None:
    with pytest.raises(FeedbackError, match=r"folder .*nowhere of the feedback database does not exist. Create it"):
        FeedbackStore.open(f"sqlite:///{tmp_path / 'nowhere' / 'feedback.db'}")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_not_a_database(tmp_path: Path) -> None:
    with pytest.raises(FeedbackError, match="is a folder"):
        FeedbackStore.open(f"sqlite:///{tmp_path}")


def test_a_folder_without_permission_is_named() -> None:
    program = (
        "import os, sys\n"
        "from recommender.errors import FeedbackError\n"
        "from recommender.feedback.store import FeedbackStore\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"  # root may write everywhere
        "try: FeedbackStore.open(sys.argv[1])\n"
        "except FeedbackError as error: print(error)\n"
    )
    with tempfile.TemporaryDirectory() as closed:  # not tmp_path, which pytest hides from other users
        os.chmod(closed, 0o555)
        url = f"sqlite:///{closed}/feedback.db"
        told = subprocess.run(
            [sys.executable, "-c", program, url], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert told.stdout.startswith(f"{closed} is not writable, so no feedback can be stored.")
        assert os.listdir(closed) == []


def test_a_file_of_another_kind_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "feedback.db"
    path.write_text("person,item,event\n" * 100)
    with pytest.raises(FeedbackError, match=r"file is not a database\. Put the file aside"):
        FeedbackStore.open(f"sqlite:///{path}")
    assert path.read_text() == "person,item,event\n" * 100


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_would_forget(address: str) -> None:
    with pytest.raises(FeedbackError, match="in memory"):
        FeedbackStore.open(address)


@pytest.mark.parametrize("address", ["", "feedback.db", "postgresql://u:secret@host:port/x"])
def test_a_malformed_address_is_explained_without_repeating_its_password(address: str) -> None:
    with pytest.raises(FeedbackError, match=r"PARLEY_DATABASE_URL is not a database address\. Write it like") as caught:
        FeedbackStore.open(address)
    assert "secret" not in str(caught.value)


def test_a_database_of_another_make_is_named() -> None:
    with pytest.raises(FeedbackError, match="names mysql"):
        FeedbackStore.open("mysql://root@localhost/parley")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_means_psycopg_3(scheme: str) -> None:
    engine = open_engine(f"{scheme}://postgres@127.0.0.1/parley")
    assert engine.url.drivername == "postgresql+psycopg"


def test_a_server_that_does_not_answer_is_one_sentence_without_its_password(free_port: Callable[[], int]) -> None:
    with pytest.raises(FeedbackError, match=r"127\.0\.0\.1.*See that the server runs") as caught:
        FeedbackStore.open(f"postgresql://parley:secret@127.0.0.1:{free_port()}/parley")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_database_that_the_server_does_not_have_is_named(postgres_url: str) -> None:
    with pytest.raises(FeedbackError, match=r'database ".*_absent" does not exist'):
        FeedbackStore.open(postgres_url + "_absent")


def test_a_missing_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(FeedbackError, match=r"pip install 'psycopg\[binary\]'"):
        open_engine("postgresql://postgres@127.0.0.1/parley")


def test_sqlite_flushes_every_commit_and_lets_readers_go_on(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'feedback.db'}")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 5000
    engine.dispose()


def test_a_file_that_another_program_keeps_locked_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "feedback.db"
    FeedbackStore.open(f"sqlite:///{path}").close()
    monkeypatch.setattr("recommender.feedback.engine.BUSY_SECONDS", 0.2)
    with FeedbackStore.open(f"sqlite:///{path}") as store:
        greedy = sqlite3.connect(path, isolation_level=None)
        greedy.execute("BEGIN IMMEDIATE")
        with pytest.raises(FeedbackError, match=r"database is locked\. Another program holds the file"):
            store.forget("ann")
        greedy.execute("ROLLBACK")
        greedy.close()
        assert store.forget("ann") == 0

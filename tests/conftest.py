"""What tests of several rooms share. It has to import under the bot's Python 3.10 too."""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from recommender.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = "postgresql+psycopg://postgres@127.0.0.1:5432"


def missing(what: str) -> NoReturn:
    """Skips the test, or fails it on a build machine, where nothing may be missing."""
    if os.environ.get("CI"):
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(name="free_port")
def _free_port() -> Callable[[], int]:
    return free_port


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The defaults, with a var folder and ports of the test's own; the developer's variables and .env do not count."""
    from recommender.settings import Settings

    for name in [name for name in os.environ if name.startswith("PARLEY_") and not name.startswith("PARLEY_TEST_")]:
        monkeypatch.delenv(name)
    var = tmp_path / "var"
    var.mkdir()
    return Settings(_env_file=None, var=var, bot_port=free_port(), actions_port=free_port())


@pytest.fixture(scope="session")
def artefacts() -> Settings:
    """Settings whose var folder holds what `make prepare` built. Read from it; write elsewhere."""
    from recommender.settings import Settings

    found = Settings(_env_file=None, var=ROOT / "var")
    needed = [
        found.encoder_dir / "encoder.json",
        found.models_dir / "current",
        found.vocabulary_file,
        found.bot_model,
        found.catalogue,
    ]
    absent = [path.relative_to(ROOT).as_posix() for path in needed if not path.exists()]
    if absent:
        missing(f"`make prepare` has not built {', '.join(absent)} yet.")
    return found


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """The URL of an empty PostgreSQL database that lives as long as the test."""
    sqlalchemy = pytest.importorskip("sqlalchemy")
    server = sqlalchemy.make_url(os.environ.get("PARLEY_TEST_POSTGRES_URL", POSTGRES))
    name = f"parley_test_{uuid.uuid4().hex}"
    admin = sqlalchemy.create_engine(
        server.set(database=server.database or "postgres"),
        isolation_level="AUTOCOMMIT",
        connect_args={"connect_timeout": 5},
    )
    try:
        with admin.connect() as connection:
            connection.execute(sqlalchemy.text(f"CREATE DATABASE {name}"))
    except sqlalchemy.exc.OperationalError:
        missing(
            f"No PostgreSQL server lets us make a database at {server.host}:{server.port}: start one, or name one in "
            "PARLEY_TEST_POSTGRES_URL."
        )
    yield server.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(sqlalchemy.text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind that Parley supports, one after the other."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'feedback.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url

"""Where conversations are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import rasa_fixes
import sqlalchemy
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain


class ConversationStore(SQLTrackerStore):
    """Rasa's SQL store, with SQLite set up for a server: readers do not wait, a turn costs no disk flush.

    Rasa makes it from endpoints.yml when a server starts, just before it loads the model.
    """

    def __init__(self, domain: Domain | None = None, dialect: str = "sqlite", **options: Any) -> None:
        if dialect == "sqlite":
            # Rasa would go on without the file and forget every conversation at the next start.
            Path(options["db"]).parent.mkdir(parents=True, exist_ok=True)
        super().__init__(domain, dialect, **options)
        rasa_fixes.serving.set(True)
        if dialect == "sqlite":
            self._keep_connections()

    def _keep_connections(self) -> None:
        """SQLAlchemy 1.4 closes a SQLite file after each use, which flushes its log: 30 ms of a turn here."""
        url = self.engine.url
        self.engine.dispose()
        self.engine = sqlalchemy.create_engine(
            url, poolclass=sqlalchemy.pool.QueuePool, connect_args={"check_same_thread": False}
        )
        sqlalchemy.event.listen(self.engine, "connect", _prepare)
        self.sessionmaker = sqlalchemy.orm.sessionmaker(bind=self.engine)


def _prepare(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA busy_timeout=3000")

"""Where conversations are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain


class ConversationStore(SQLTrackerStore):
    """Rasa's SQL store, with SQLite set up for a server: readers do not wait, a turn costs no disk flush.

    It is the first thing of ours that `rasa run` and `rasa shell` load, before the model: rasa_fixes holds from here.
    """

    def __init__(self, domain: Domain | None = None, dialect: str = "sqlite", **options: Any) -> None:
        if dialect == "sqlite":
            # Rasa would go on without the file and forget every conversation at the next start.
            Path(options["db"]).parent.mkdir(parents=True, exist_ok=True)
        super().__init__(domain, dialect, **options)
        if dialect == "sqlite":
            sqlalchemy.event.listen(self.engine, "connect", _prepare)
            self.engine.dispose()


def _prepare(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA busy_timeout=3000")

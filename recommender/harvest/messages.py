"""What people wrote, out of the conversations that Rasa keeps."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recommender.errors import FeedbackError

FALLBACK = "nlu_fallback"


@dataclass(frozen=True, slots=True)
class Heard:
    """A message, the intent that was likeliest, with what confidence, who wrote it and when (seconds since 1970)."""

    text: str
    guess: str
    confidence: float
    person: str
    at: float


def read_messages(database: Path) -> Iterator[Heard]:
    """Typed messages in Rasa's tracker store (SQLite), oldest first; buttons and empty texts are left out.

    Raises:
        FeedbackError: there is no such database, or it is none of Rasa's.
    """
    if not database.is_file():
        raise FeedbackError(f"There are no conversations in {database}: talk with the bot first, or set PARLEY_VAR.")
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            rows = connection.execute(
                "SELECT sender_id, timestamp, data FROM events WHERE type_name = 'user' ORDER BY timestamp, id"
            )
            for person, at, data in rows:
                heard = _heard(str(person), float(at or 0), data)
                if heard:
                    yield heard
    except sqlite3.Error as error:
        raise FeedbackError(f"{database} is no tracker store of Rasa ({error}): name another file.") from error


def _heard(person: str, at: float, data: str) -> Heard | None:
    try:
        event: Any = json.loads(data)
        text, parsed = event["text"], event.get("parse_data") or {}
        # The fallback puts an intent of its own first; what it replaced stands behind.
        ranking = [rival for rival in parsed.get("intent_ranking") or () if rival["name"] != FALLBACK]
        own = [rival for rival in ranking[1:] if rival["confidence"] > ranking[0]["confidence"]]
        best = (own or ranking or [parsed["intent"]])[0]
        name, confidence = str(best["name"]), float(best["confidence"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None  # not a message as Rasa 3 keeps them
    if not isinstance(text, str) or not text.strip() or text.lstrip().startswith("/"):
        return None
    return Heard(" ".join(text.split()), name, confidence, person, at)

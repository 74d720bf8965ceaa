import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from recommender.errors import FeedbackError
from recommender.harvest.messages import Heard, read_messages


def ranked(**confidences: float) -> dict[str, Any]:
    ranking = [{"name": name, "confidence": value} for name, value in confidences.items()]
    return {"intent": ranking[0], "intent_ranking": ranking, "entities": []}


def store(file: Path, *events: tuple[str, float, dict[str, Any]]) -> Path:
    """The table of Rasa 3.6's SQLTrackerStore."""
    with sqlite3.connect(file) as connection:
        connection.execute(
            "CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id VARCHAR(255), type_name VARCHAR(255), timestamp "
            "FLOAT, intent_name VARCHAR(255), action_name VARCHAR(255), data TEXT)"
        )
        for person, at, data in events:
            connection.execute(
                "INSERT INTO events (sender_id, type_name, timestamp, data) VALUES (?, ?, ?, ?)",
                (person, data["event"], at, json.dumps(data)),
            )
    return file


def said(text: str | None, parse: dict[str, Any]) -> dict[str, Any]:
    return {"event": "user", "text": text, "parse_data": parse}


def test_typed_messages_come_with_their_likeliest_intent(tmp_path: Path) -> None:
    file = store(
        tmp_path / "c.db",
        ("ann", 2.0, said("is it  warm", ranked(ask_details=0.7, refine=0.2))),
        ("bob", 1.0, said("hello", ranked(greet=0.9, thanks=0.1))),
        ("bob", 3.0, {"event": "bot", "text": "hi"}),
    )
    assert list(read_messages(file)) == [
        Heard("hello", "greet", 0.9, "bob", 1.0),
        Heard("is it warm", "ask_details", 0.7, "ann", 2.0),
    ]


def test_behind_the_fallback_stands_what_it_replaced(tmp_path: Path) -> None:
    unclear = said("well now", ranked(nlu_fallback=0.4, chitchat=0.35, greet=0.2))
    by_evidence = said("thriller", ranked(ask_recommendation=0.4, show_more=0.45, refine=0.1))
    file = store(tmp_path / "c.db", ("ann", 1.0, unclear), ("ann", 2.0, by_evidence))
    assert [(one.guess, one.confidence) for one in read_messages(file)] == [("chitchat", 0.35), ("show_more", 0.45)]


def test_buttons_empty_texts_and_odd_events_are_left_out(tmp_path: Path) -> None:
    button = said('/like_item{"item_id": "a"}', ranked(like_item=1.0))
    file = store(
        tmp_path / "c.db",
        ("ann", 1.0, button),
        ("ann", 2.0, said("", ranked(greet=0.2))),
        ("ann", 3.0, said(None, ranked(greet=0.2))),
        ("ann", 4.0, said("hm", {})),
    )
    assert list(read_messages(file)) == []


def test_a_missing_or_foreign_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FeedbackError, match="There are no conversations"):
        list(read_messages(tmp_path / "none.db"))
    (tmp_path / "text.db").write_text("no database at all, but long enough to be one", encoding="utf-8")
    with pytest.raises(FeedbackError, match="no tracker store"):
        list(read_messages(tmp_path / "text.db"))

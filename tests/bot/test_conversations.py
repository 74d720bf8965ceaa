import asyncio
import sqlite3
from pathlib import Path

import rasa_fixes
from components.conversations import ConversationStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [greet]
    slots: {search: {type: any, influence_conversation: false, mappings: [{type: custom}]}}
    """
)


def test_a_conversation_outlives_the_server_with_every_type_kept(tmp_path: Path) -> None:
    file = tmp_path / "missing" / "folders" / "conversations.db"
    search = {"price": {"maximum": 500.0, "minimum": None}, "values": ["red", 2], "language": "中文"}

    async def talk() -> DialogueStateTracker | None:
        store = ConversationStore(DOMAIN, db=str(file))
        tracker = await store.get_or_create_tracker("ann")
        tracker.update_with_events([UserUttered("你好", {"name": "greet"}), SlotSet("search", search)], DOMAIN)
        await store.save(tracker)
        return await ConversationStore(DOMAIN, db=str(file)).retrieve("ann")

    again = asyncio.run(talk())
    assert again is not None
    assert again.latest_message is not None
    assert again.latest_message.text == "你好"
    assert again.get_slot("search") == search


def test_readers_do_not_wait_for_writers(tmp_path: Path) -> None:
    file = tmp_path / "conversations.db"

    async def talk() -> int:
        store = ConversationStore(DOMAIN, db=str(file))
        await store.save(DialogueStateTracker.from_events("ann", [UserUttered("hi")]))
        with store.engine.connect() as connection:
            return connection.exec_driver_sql("PRAGMA synchronous").scalar()

    assert asyncio.run(talk()) == 1
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_store_says_that_a_server_starts_to_its_own_task_alone(tmp_path: Path) -> None:
    async def start() -> bool:
        ConversationStore(DOMAIN, db=str(tmp_path / "conversations.db"))
        return rasa_fixes.serving.get()

    assert asyncio.run(start())
    assert not rasa_fixes.serving.get()

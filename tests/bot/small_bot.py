"""A small real Rasa bot with the web channel, on a real server."""

from __future__ import annotations

import asyncio
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import requests
from channels.web import OnNewMessage, WebInput
from rasa.core.channels.rest import RestInput
from rasa.core.run import configure_app, load_agent_on_start
from rasa.core.utils import AvailableEndpoints
from rasa.model_training import train
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic

from tests.conftest import free_port

CARDS = {"kind": "items", "language": "zh", "items": [{"id": "dress-1", "title": "红色连衣裙"}]}
CHEAPER = {"title": "便宜一点的", "payload": '/refine{"price_change": "cheaper"}'}
PROJECT = {
    "config.yml": """
        recipe: default.v1
        assistant_id: small
        language: en
        pipeline: [{name: KeywordIntentClassifier}]
        policies: [{name: RulePolicy}]
        """,
    "domain.yml": f"""
        version: "3.1"
        intents: [greet, ask_recommendation, refine, like_item]
        entities: [item_id, price_change]
        slots:
          item: {{type: text, influence_conversation: false, mappings: [{{type: from_entity, entity: item_id}}]}}
        session_config: {{session_expiration_time: 60, carry_over_slots_to_new_session: true}}
        responses:
          utter_greet: [{{text: "Hello."}}]
          utter_list: [{{text: "一件：", buttons: [{json.dumps(CHEAPER, ensure_ascii=False)}]}}]
          utter_cards: [{{custom: {json.dumps(CARDS, ensure_ascii=False)}}}]
          utter_liked: [{{text: "Liked {{item}}."}}]
          utter_unclear: [{{text: "Pardon?"}}]
        """,
    "data.yml": """
        version: "3.1"
        nlu:
        - {intent: greet, examples: "- hello\\n- hi\\n"}
        - {intent: ask_recommendation, examples: "- 连衣裙\\n- dress\\n"}
        rules:
        - {rule: greet, steps: [{intent: greet}, {action: utter_greet}]}
        - {rule: ask, steps: [{intent: ask_recommendation}, {action: utter_list}, {action: utter_cards}]}
        - {rule: cheaper, steps: [{intent: refine}, {action: utter_list}]}
        - {rule: like, steps: [{intent: like_item}, {action: utter_liked}]}
        """,
}


def trained(folder: Path) -> str:
    """Trains the bot in `folder`: it understands two words and all payloads. Returns the model's path."""
    for name, text in PROJECT.items():
        (folder / name).write_text("\n".join(line[8:] for line in text.splitlines()), "utf-8")
    result = train(str(folder / "domain.yml"), str(folder / "config.yml"), [str(folder / "data.yml")], str(folder))
    assert result.model
    return str(result.model)


class Bot:
    """Rasa's server in a thread of this process, as `rasa run` puts it together."""

    def __init__(self, model: str | None, folder: Path, handler: OnNewMessage | None = None) -> None:
        Sanic.test_mode = True  # one process, many servers
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        store = EndpointConfig(type="sql", dialect="sqlite", db=str(folder / "conversations.db"))
        web = WebInput(folder / "media")
        self.app = configure_app([RestInput()] if handler else [web, RestInput()], endpoints=AvailableEndpoints())
        if handler:
            self.app.blueprint(web.blueprint(handler), url_prefix=web.url_prefix())
        load = partial(load_agent_on_start, model, AvailableEndpoints(tracker_store=store), None)
        self.app.register_listener(load, "before_server_start")
        self.app.register_listener(self._remember, "before_server_start")
        run = partial(self.app.run, "127.0.0.1", self.port, register_sys_signals=False, access_log=False)
        self.thread = threading.Thread(target=run, daemon=True)
        self.thread.start()
        self._wait()

    async def _remember(self, _: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop

    def _wait(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                requests.get(f"{self.url}/version", timeout=5)
                return
            except requests.ConnectionError:
                time.sleep(0.05)
        raise TimeoutError(self.url)

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.app.stop)
        self.thread.join(20)
        assert not self.thread.is_alive()

    def send(self, conversation: str, **fields: Any) -> requests.Response:
        message = {"conversation": conversation, "id": secrets.token_hex(16), **fields}
        return requests.post(f"{self.url}/webhooks/web/messages", json=message, timeout=30)

    def say(self, conversation: str, **fields: Any) -> list[dict[str, Any]]:
        response = self.send(conversation, **fields)
        assert response.status_code == 200, response.text
        assert response.headers["Content-Type"].startswith("application/x-ndjson")
        return [json.loads(line) for line in response.content.decode().splitlines()]

    def history(self, conversation: str) -> list[dict[str, Any]]:
        response = requests.get(f"{self.url}/webhooks/web/conversations/{conversation}", timeout=30)
        assert response.status_code == 200, response.text
        messages: list[dict[str, Any]] = response.json()["messages"]
        return messages


@contextmanager
def running(model: str | None, folder: Path, handler: OnNewMessage | None = None) -> Iterator[Bot]:
    bot = Bot(model, folder, handler)
    try:
        yield bot
    finally:
        bot.stop()

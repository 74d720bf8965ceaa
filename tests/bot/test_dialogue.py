"""The trained bot's dialogue: test stories, and whole turns with action servers that fail and return."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from rasa.core.agent import Agent
from rasa.core.test import test as run_stories
from rasa.utils.endpoints import EndpointConfig

from tests.bot.conftest import BOT, ROOT, VAR
from tests.conftest import free_port

pytestmark = [pytest.mark.artefacts, pytest.mark.servers]


def test_every_story_is_followed_without_a_single_wrong_prediction(agent: Agent, tmp_path: Path) -> None:
    stories = str(ROOT / "tests" / "bot" / "test_stories.yml")
    report = asyncio.run(
        run_stories(stories, agent, out_directory=str(tmp_path), disable_plotting=True, errors=True, warnings=True)
    )
    failed = tmp_path / "failed_test_stories.yml"
    assert report["report"]["conversation_accuracy"]["total"] > 10
    assert report["report"]["conversation_accuracy"]["accuracy"] == 1, failed.read_text(encoding="utf-8")


class ActionServer:
    """Stands in for the action server at its HTTP interface: remembers calls, and can hang or fail."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.hanging = False
        self.failing = False

    async def handle(self, request: web.Request) -> web.Response:
        self.calls.append(await request.json())
        if self.hanging:
            await asyncio.sleep(60)
        if self.failing:
            return web.json_response({"error": "broken"}, status=500)
        events = [{"event": "slot", "timestamp": None, "name": "pending", "value": None}]
        return web.json_response({"events": events, "responses": [{"text": self.calls[-1]["next_action"]}]})

    @asynccontextmanager
    async def listening(self, port: int) -> AsyncIterator[None]:
        app = web.Application()
        app.router.add_post("/webhook", self.handle)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        try:
            yield
        finally:
            await runner.cleanup()


def talking(bot_model: Path, port: int) -> Agent:
    endpoint = EndpointConfig(f"http://127.0.0.1:{port}/webhook", timeout=3.5)
    return Agent.load(str(bot_model), action_endpoint=endpoint)


async def say(agent: Agent, text: str) -> list[str]:
    return [message["text"] for message in await agent.handle_text(text, sender_id="ann") or []]


def test_an_outage_gets_apologies_and_loses_nothing(bot_model: Path) -> None:
    port, server = free_port(), ActionServer()
    agent = talking(bot_model, port)

    async def visit() -> None:
        started = time.perf_counter()
        (apology,) = await say(agent, "我想买一件红色的连衣裙，价格不超过500元")
        assert time.perf_counter() - started < 5
        assert apology in {r["text"] for r in agent.domain.responses["utter_unavailable"]}
        assert any("\u4e00" <= letter <= "\u9fff" for letter in apology)
        await say(agent, "便宜一点的")
        async with server.listening(port):
            assert await say(agent, "再来几个") == ["action_show_more"]
            assert await say(agent, "为什么推荐第一个？") == ["action_explain"]

    asyncio.run(visit())
    returning, later = (call["tracker"] for call in server.calls)
    lost = returning["slots"]["pending"]
    assert [entry["text"] for entry in lost] == ["我想买一件红色的连衣裙，价格不超过500元", "便宜一点的"]
    assert [entry["intent"] for entry in lost] == ["ask_recommendation", "refine"]
    assert [(e["entity"], e["value"]) for e in lost[0]["entities"]][1:3] == [("colour", "red"), ("category", "dress")]
    assert len({entry["message_id"] for entry in lost}) == 2
    assert later["slots"]["pending"] is None


@pytest.mark.parametrize("fault", ["hanging", "failing"])
def test_a_sick_action_server_gets_an_apology_in_time_and_the_visit_goes_on(bot_model: Path, fault: str) -> None:
    port, server = free_port(), ActionServer()
    agent = talking(bot_model, port)

    async def visit() -> None:
        async with server.listening(port):
            setattr(server, fault, True)
            started = time.perf_counter()
            (apology,) = await say(agent, "I want a red dress")
            assert time.perf_counter() - started < 5
            assert "sorry" in apology.lower()
            assert await say(agent, "thank you so much") != []
            setattr(server, fault, False)
            assert await say(agent, "show me more") == ["action_show_more"]

    asyncio.run(visit())
    assert [entry["text"] for entry in server.calls[-1]["tracker"]["slots"]["pending"]] == ["I want a red dress"]


@pytest.mark.parametrize("fault", ["no encoder", "half a model"])
def test_a_server_that_cannot_load_its_bot_ends_with_one_sentence(bot_model: Path, tmp_path: Path, fault: str) -> None:
    model = tmp_path / "parley.tar.gz"
    model.write_bytes(bot_model.read_bytes()[: 3000 if fault == "half a model" else None])
    environment = os.environ | {
        "PARLEY_VAR": str(tmp_path if fault == "no encoder" else VAR),
        "PARLEY_CONVERSATIONS": str(tmp_path / "conversations.db"),
        "PARLEY_ACTIONS_URL": "http://127.0.0.1:9/webhook",
    }
    command = [sys.executable, "-W", "ignore", "-m", "rasa", "run", "--model", str(model), "-p", str(free_port())]
    ended = subprocess.run(command, cwd=BOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 1, ended.stderr
    last = ended.stderr.strip().splitlines()[-1]
    assert last.startswith("The bot cannot be loaded: ")
    assert "prepare`" in last
    assert "Traceback" not in ended.stderr


def test_answers_follow_the_language_of_each_message(bot_model: Path) -> None:
    agent = talking(bot_model, free_port())

    async def visit() -> list[str]:
        return [(await say(agent, text))[0] for text in ("goodbye", "再见", "thank you")]

    english, chinese, english_again = asyncio.run(visit())
    assert english.isascii() or "’" in english or "“" in english
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese)
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in english_again)


def test_a_button_reaches_the_action_with_its_values(bot_model: Path) -> None:
    port, server = free_port(), ActionServer()
    agent = talking(bot_model, port)

    async def click() -> list[str]:
        async with server.listening(port):
            return await say(agent, '/like_item{"item_id": "dress-001"}')

    assert asyncio.run(click()) == ["action_feedback"]
    entities = server.calls[0]["tracker"]["latest_message"]["entities"]
    assert [(entity["entity"], entity["value"]) for entity in entities] == [("item_id", "dress-001")]

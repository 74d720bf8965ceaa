"""The action server away, hanging or failing: an apology in the person's language, and nothing said is lost."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from recommender.feedback.store import FeedbackStore
from recommender.processes import Servers, StopRequest
from recommender.running import action_server, bot_server
from recommender.settings import Settings
from tests.conftest import free_port
from tests.e2e.conftest import var_beside
from tests.e2e.rest import RestChat

pytestmark = [pytest.mark.artefacts, pytest.mark.servers]

PATIENCE = 5.0  # seconds in which a person gets an answer, whatever is broken


class Actions:
    """The action server, which these tests stop, freeze and start again."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._servers: Servers | None = None

    def start(self) -> None:
        self._servers = Servers([action_server(self._settings)], lambda _: None)
        self._servers.__enter__()
        with StopRequest() as stop:
            self._servers.wait_until_ready(stop)

    def stop(self) -> None:
        if self._servers:
            self._servers.__exit__(None, None, None)
        self._servers = None

    def signal(self, number: signal.Signals) -> None:
        assert self._servers
        os.killpg(self._servers.process_groups[0], number)


@pytest.fixture(scope="module")
def settings(artefacts: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    folder = tmp_path_factory.mktemp("outages")
    made = {
        "PARLEY_VAR": str(var_beside(artefacts.var, folder / "var")),
        "PARLEY_BOT_PORT": str(free_port()),
        "PARLEY_ACTIONS_PORT": str(free_port()),
        "PARLEY_DATABASE_URL": f"sqlite:///{folder / 'feedback.db'}",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in made.items():
            patch.setenv(name, value)  # the servers inherit them
        yield Settings(_env_file=None)


@pytest.fixture(scope="module")
def bot(settings: Settings) -> Iterator[str]:
    with StopRequest() as stop, Servers([bot_server(settings)], lambda _: None) as servers:
        servers.wait_until_ready(stop)
        yield f"http://127.0.0.1:{settings.bot_port}"


@pytest.fixture
def actions(settings: Settings) -> Iterator[Actions]:
    actions = Actions(settings)
    yield actions
    actions.stop()


def test_what_is_said_while_the_server_is_away_counts_when_it_is_back(
    bot: str, actions: Actions, settings: Settings
) -> None:
    chat = RestChat(bot)
    chat.say("我想买一件红色的连衣裙，价格不超过500元")
    assert chat.seconds < PATIENCE
    assert chat.cards == []
    assert "抱歉" in chat.text or "不好意思" in chat.text
    chat.say("I prefer it in cotton")
    assert chat.seconds < PATIENCE
    assert "sorry" in chat.text.lower()
    actions.start()
    cards = chat.say("still there? show me what you have in red")
    assert cards
    for card in cards:
        assert card["price"] <= 500
        assert card["attributes"]["category"] == "dress"
        assert card["attributes"]["material"] == "cotton"


def test_a_like_given_during_an_outage_is_stored_once_afterwards(
    bot: str, actions: Actions, settings: Settings
) -> None:
    actions.start()
    chat = RestChat(bot)
    card = chat.say("show me hats")[0]
    actions.stop()
    chat.say(card["buttons"][0]["payload"])
    assert "sorry" in chat.text.lower()
    actions.start()
    chat.say("something cheaper")
    chat.say("show me more")
    with FeedbackStore.open(settings.feedback_url) as store:
        assert [(e.kind, e.item) for e in store.events(person=chat.sender)] == [("like", card["id"])]


def test_a_hanging_server_is_apologised_for_in_time(bot: str, actions: Actions) -> None:
    actions.start()
    chat = RestChat(bot)
    chat.say("show me scarves")
    actions.signal(signal.SIGSTOP)
    try:
        chat.say("something cheaper")
    finally:
        actions.signal(signal.SIGCONT)
    assert chat.seconds < PATIENCE
    assert "sorry" in chat.text.lower()
    assert chat.say("show me boots")


def test_a_failing_database_is_apologised_for_and_the_wish_is_kept(
    bot: str, actions: Actions, settings: Settings
) -> None:
    actions.start()
    chat = RestChat(bot)
    database = settings.feedback_url.removeprefix("sqlite:///")
    rename(database, "parley_impressions", "put_aside")
    try:
        chat.say("red dresses under 500")
    finally:
        rename(database, "put_aside", "parley_impressions")
    assert chat.seconds < PATIENCE
    assert chat.cards == []
    assert "sorry" in chat.text.lower()
    cards = chat.say("in satin or silk")
    assert cards
    for card in cards:
        assert card["attributes"]["category"] == "dress"
        assert card["attributes"]["colour"] == "red"
        assert card["price"] <= 500


def rename(database: str, old: str, new: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(f"ALTER TABLE {old} RENAME TO {new}")

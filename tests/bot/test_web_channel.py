import asyncio
import http.client
import json
import secrets
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import requests
from channels.web import WebInput
from rasa.core.channels.channel import UserMessage

from tests.bot.small_bot import CARDS, CHEAPER, Bot, running, trained


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return trained(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def bot(model: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    folder = tmp_path_factory.mktemp("var")
    (folder / "media").mkdir()
    (folder / "media" / "dress 红.png").write_bytes(b"\x89PNG picture")
    (folder / "media" / "notes.txt").write_text("not for browsers")
    (folder / "secret.png").write_bytes(b"secret")
    (folder / "media" / "link.png").symlink_to(folder / "secret.png")
    with running(model, folder) as bot:
        yield bot


@pytest.fixture
def conversation() -> str:
    return secrets.token_hex(16)


def raw_get(bot: Bot, path: str) -> int:
    """The status for `path` exactly as written; libraries tidy dots away."""
    connection = http.client.HTTPConnection("127.0.0.1", bot.port, timeout=10)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


class References(HTMLParser):
    """What a page loads, and what it would run inline."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        fields = dict(attrs)
        self.addresses += [fields[name] or "" for name in ("src", "href") if name in fields]
        self.inline += [name for name in fields if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in fields):
            self.inline.append(tag)


class TestPage:
    def test_the_page_is_at_the_root_and_rasas_own_routes_still_answer(self, bot: Bot) -> None:
        page = requests.get(bot.url, timeout=10)
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "<title>Parley</title>" in page.text
        assert requests.get(f"{bot.url}/version", timeout=10).json()["version"] == "3.6.21"
        assert requests.get(f"{bot.url}/webhooks/rest/", timeout=10).json() == {"status": "ok"}
        assert requests.get(f"{bot.url}/status", timeout=10).json()["model_id"]

    def test_everything_the_page_loads_is_its_own_and_exists(self, bot: Bot) -> None:
        page = References(requests.get(bot.url, timeout=10).text)
        assert page.inline == []
        files = [address for address in page.addresses if not address.startswith("#")]
        assert len(files) >= 4
        for address in files:
            assert address.startswith("/static/")
            assert requests.get(bot.url + address, timeout=10).status_code == 200, address

    @pytest.mark.parametrize(
        "path", ["/", "/static/main.js", "/media/dress%20%E7%BA%A2.png", "/webhooks/web/conversations/1"]
    )
    def test_the_browser_is_told_to_load_and_run_nothing_from_elsewhere(self, bot: Bot, path: str) -> None:
        headers = requests.get(bot.url + path, timeout=10).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"

    def test_a_catalogues_picture_hosts_are_allowed_by_name(self) -> None:
        web = WebInput.from_credentials({"image_hosts": ["https://cdn.example.com"]})
        assert "img-src 'self' https://cdn.example.com;" in web.headers["Content-Security-Policy"]

    @pytest.mark.parametrize("path", ["/", "/static/main.js", "/media/dress%20%E7%BA%A2.png"])
    def test_an_unchanged_file_is_not_sent_twice(self, bot: Bot, path: str) -> None:
        first = requests.get(bot.url + path, timeout=10)
        second = requests.get(bot.url + path, timeout=10, headers={"If-None-Match": first.headers["ETag"]})
        assert first.content
        assert (second.status_code, second.content) == (304, b"")

    def test_pictures_are_served_by_their_own_names(self, bot: Bot) -> None:
        picture = requests.get(f"{bot.url}/media/dress%20%E7%BA%A2.png", timeout=10)
        assert picture.content == b"\x89PNG picture"
        assert picture.headers["Content-Type"] == "image/png"
        assert "max-age" in picture.headers["Cache-Control"]

    @pytest.mark.parametrize(
        "path",
        [
            "/media/../secret.png",
            "/media/..%2fsecret.png",
            "/media/%2e%2e/secret.png",
            "/media/%2e%2e%2fsecret.png",
            "/media/..%5csecret.png",
            "/media/link.png",
            "/media/notes.txt",
            "/media/%00.png",
            "/media/" + "x" * 300 + ".png",
            "/media/.",
            "/media/",
            "/static/..%2fweb.py",
            "/static/%2fetc%2fpasswd",
            "/static/missing.js",
        ],
    )
    def test_nothing_outside_the_folders_can_be_read(self, bot: Bot, path: str) -> None:
        assert raw_get(bot, path) == 404


class TestConversation:
    def test_replies_come_as_lines_in_order_with_buttons_and_cards_as_the_bot_made_them(
        self, bot: Bot, conversation: str
    ) -> None:
        assert bot.say(conversation, text="连衣裙") == [
            {"from": "bot", "text": "一件：", "buttons": [CHEAPER]},
            {"from": "bot", "custom": CARDS},
        ]

    def test_the_whole_conversation_is_there_after_a_restart(
        self, model: str, tmp_path: Path, conversation: str
    ) -> None:
        with running(model, tmp_path) as first:
            replies = first.say(conversation, text="连衣裙", id="1" * 32)
            replies += first.say(conversation, payload='/like_item{"item_id": "dress-1"}', title="喜欢", id="2" * 32)
            before = first.history(conversation)
        with running(model, tmp_path) as second:
            assert second.history(conversation) == before
            second.say(conversation, text="hello")
            assert len(second.history(conversation)) == len(before) + 2
        assert before == [
            {"from": "person", "id": "1" * 32, "text": "连衣裙"},
            *replies[:2],
            {"from": "person", "id": "2" * 32, "text": "喜欢", "payload": '/like_item{"item_id": "dress-1"}'},
            {"from": "bot", "text": "Liked dress-1."},
        ]

    def test_an_unknown_conversation_is_empty(self, bot: Bot, conversation: str) -> None:
        assert bot.history(conversation) == []

    @pytest.mark.parametrize("identity", ["1", "x" * 32, "a" * 33, "A" * 32])
    def test_an_id_that_could_be_guessed_is_refused(self, bot: Bot, identity: str) -> None:
        response = requests.get(f"{bot.url}/webhooks/web/conversations/{identity}", timeout=10)
        assert response.status_code == 400
        assert bot.send(identity, text="hello").status_code == 400

    def test_a_typed_payload_is_only_text(self, bot: Bot, conversation: str) -> None:
        typed = '/like_item{"item_id": "dress-1"}'
        assert "Liked" not in str(bot.say(conversation, text=typed))
        assert bot.history(conversation)[0]["text"] == typed
        assert "payload" not in bot.history(conversation)[0]

    def test_a_button_is_followed_and_remembered_by_its_title(self, bot: Bot, conversation: str) -> None:
        replies = bot.say(conversation, payload='/like_item{"item_id": "dress-1"}', title="I like it")
        assert replies == [{"from": "bot", "text": "Liked dress-1."}]
        assert bot.history(conversation)[0]["text"] == "I like it"

    @pytest.mark.parametrize(
        "fields",
        [
            {},
            {"text": ""},
            {"text": " \n"},
            {"text": 5},
            {"text": "x" * 1001},
            {"text": "hello", "payload": "/greet"},
            {"payload": "/restart"},
            {"payload": "/nlu_fallback"},
            {"payload": "/no_such_intent"},
            {"payload": "/greet", "title": "x" * 201},
            {"text": "hello", "id": "1"},
        ],
    )
    def test_what_cannot_be_accepted_is_refused_in_one_sentence(
        self, bot: Bot, conversation: str, fields: dict[str, Any]
    ) -> None:
        response = bot.send(conversation, **fields)
        assert response.status_code == 400
        assert response.json()["error"].endswith(".")
        assert bot.history(conversation) == []

    def test_a_flood_is_cut_off(self, bot: Bot) -> None:
        response = requests.post(f"{bot.url}/webhooks/web/messages", data=b" " * 1_000_000, timeout=10)
        assert response.status_code == 413

    def test_a_message_delivered_twice_is_answered_once(self, bot: Bot, conversation: str) -> None:
        first = bot.say(conversation, text="连衣裙", id="3" * 32)
        again = bot.say(conversation, text="连衣裙", id="3" * 32, again=True)
        assert again == first
        assert len(bot.history(conversation)) == 3

    def test_a_message_that_never_arrived_is_answered_when_it_comes_again(self, bot: Bot, conversation: str) -> None:
        bot.say(conversation, text="hello")
        assert bot.say(conversation, text="hello", again=True) == [{"from": "bot", "text": "Hello."}]


class TestTransport:
    """With a handler of our own where Rasa passes its own."""

    def test_each_line_leaves_as_soon_as_it_is_uttered(self, model: str, tmp_path: Path, conversation: str) -> None:
        go_on = threading.Event()

        async def slow(message: UserMessage) -> None:
            await message.output_channel.send_response("", {"text": "first"})
            while not go_on.is_set():
                await asyncio.sleep(0.01)
            await message.output_channel.send_response("", {"text": "second"})

        with running(model, tmp_path, slow) as bot:
            message = {"conversation": conversation, "id": "4" * 32, "text": "hello"}
            response = requests.post(f"{bot.url}/webhooks/web/messages", json=message, stream=True, timeout=10)
            lines = response.iter_lines(chunk_size=1)
            assert json.loads(next(lines))["text"] == "first"
            go_on.set()
            assert json.loads(next(lines))["text"] == "second"

    def test_a_turn_goes_on_when_the_browser_leaves(self, model: str, tmp_path: Path, conversation: str) -> None:
        began, finished = threading.Event(), threading.Event()

        async def slow(message: UserMessage) -> None:
            began.set()
            await asyncio.sleep(0.5)
            await message.output_channel.send_response("", {"text": "late"})
            finished.set()

        with running(model, tmp_path, slow) as bot:
            body = json.dumps({"conversation": conversation, "id": "5" * 32, "text": "hello"})
            connection = http.client.HTTPConnection("127.0.0.1", bot.port)
            connection.request("POST", "/webhooks/web/messages", body)
            assert began.wait(5)
            connection.close()
            assert finished.wait(5)

    def test_two_deliveries_at_once_make_one_turn(self, model: str, tmp_path: Path, conversation: str) -> None:
        with running(model, tmp_path) as bot:
            answers: list[Any] = []

            def deliver() -> None:
                answers.append(bot.say(conversation, text="hello", id="6" * 32, again=True))

            both = [threading.Thread(target=deliver) for _ in range(2)]
            for thread in both:
                thread.start()
            for thread in both:
                thread.join()
            assert answers == [[{"from": "bot", "text": "Hello."}]] * 2
            assert len(bot.history(conversation)) == 2

    def test_a_turn_that_breaks_says_so(self, model: str, tmp_path: Path, conversation: str) -> None:
        async def broken(message: UserMessage) -> None:
            await message.output_channel.send_response("", {"text": "one moment"})
            raise RuntimeError("no")

        with running(model, tmp_path, broken) as bot:
            text, error = bot.say(conversation, text="hello")
            assert text["text"] == "one moment"
            assert error["error"].endswith(".")

    def test_a_bot_without_a_model_asks_for_patience(self, tmp_path: Path, conversation: str) -> None:
        with running(None, tmp_path) as bot:
            response = bot.send(conversation, text="hello")
            assert response.status_code == 503
            assert response.json()["error"].endswith(".")
            assert requests.get(bot.url, timeout=10).status_code == 200

"""The parts of `parley run`; tests/e2e runs the whole."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from recommender.running import action_server, bot_environment, bot_server, reachable
from recommender.settings import ROOT, Settings


@contextmanager
def answering(port: int, status: int, body: object) -> Iterator[list[tuple[str, str, bytes]]]:
    """A server on loopback that always answers this; yields the requests that it got: method, path, body."""
    requests: list[tuple[str, str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            requests.append((self.command, self.path, self.rfile.read(length)))
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield requests
        finally:
            server.shutdown()


def test_the_action_server_is_ready_when_health_answers(settings: Settings) -> None:
    service = action_server(settings)
    assert not service.ready()
    with answering(settings.actions_port, 200, {"status": "ok"}) as requests:
        assert service.ready()
    assert requests == [("GET", "/health", b"")]
    with answering(settings.actions_port, 503, {"status": "loading"}):
        assert not service.ready()


def test_the_bot_is_ready_only_when_it_answers_a_greeting_in_words(settings: Settings) -> None:
    service = bot_server(settings)
    # Rasa answers 200 and nothing while it has no model.
    with answering(settings.bot_port, 200, []):
        assert not service.ready()
    with answering(settings.bot_port, 200, [{"recipient_id": "me", "text": "Hello!"}]) as requests:
        assert service.ready()
    assert requests[0][:2] == ("POST", "/webhooks/rest/webhook")
    assert json.loads(requests[0][2])["message"] == "hello"


def test_a_proxy_does_not_stand_between_us_and_our_servers(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with answering(settings.actions_port, 200, {"status": "ok"}):
        assert action_server(settings).ready()


def test_rasa_learns_where_everything_is(settings: Settings) -> None:
    environment = bot_environment(settings.model_copy(update={"host": "0.0.0.0"}))
    assert environment["PARLEY_ACTIONS_URL"] == f"http://127.0.0.1:{settings.actions_port}/webhook"
    assert Path(environment["PARLEY_VAR"]).is_absolute()
    assert environment["PARLEY_CONVERSATIONS"].startswith(environment["PARLEY_VAR"])
    assert environment["RASA_TELEMETRY_ENABLED"] == "false"
    assert environment["PATH"] == os.environ["PATH"]


@pytest.mark.parametrize(
    ("host", "address"), [("0.0.0.0", "127.0.0.1"), ("", "127.0.0.1"), ("::", "::1"), ("10.1.2.3", "10.1.2.3")]
)
def test_a_server_on_all_addresses_is_asked_on_loopback(host: str, address: str) -> None:
    assert reachable(host) == address


@pytest.mark.artefacts
@pytest.mark.servers
def test_the_command_starts_both_says_where_and_stops_both(
    artefacts: Settings, settings: Settings, tmp_path: Path, free_port: Callable[[], int]
) -> None:
    var = tmp_path / "served"
    var.mkdir()
    for name in ("encoder", "models", "media", "bot", "vocabulary.json"):
        (var / name).symlink_to(artefacts.var / name)
    ports = {"PARLEY_BOT_PORT": str(settings.bot_port), "PARLEY_ACTIONS_PORT": str(settings.actions_port)}
    command = subprocess.Popen(
        [sys.executable, "-m", "recommender.cli", "run"],
        cwd=ROOT,
        env={**os.environ, **ports, "PARLEY_VAR": str(var), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines: list[str] = []
    try:
        assert command.stdout is not None
        for line in command.stdout:
            lines.append(line)
            if "is ready" in line:
                break
        assert any(f"http://127.0.0.1:{settings.bot_port}/" in line for line in lines), lines
        assert action_server(settings).ready()
        assert bot_server(settings).ready()
        started = time.monotonic()
        command.send_signal(signal.SIGINT)
        rest, _ = command.communicate(timeout=60)
        assert time.monotonic() - started < 20
    finally:
        command.kill()
        command.communicate()
    assert command.returncode == 0, rest
    assert "Parley has stopped." in rest
    assert not action_server(settings).ready()
    assert not bot_server(settings).ready()


class Terminal:
    """A program in a pseudo-terminal of its own, as a person would sit before it."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.process, self._screen = pty.fork()
        if self.process == 0:
            os.chdir(ROOT)
            os.execve(command[0], command, environment)
        self.text = ""

    def expect(self, words: str, seconds: float = 60.0) -> None:
        deadline = time.monotonic() + seconds
        while words not in self.text:
            assert time.monotonic() < deadline, self.text
            if select.select([self._screen], [], [], 0.2)[0]:
                try:
                    piece = os.read(self._screen, 65536)
                except OSError:  # Linux says so when the program has gone
                    assert words in self.text, self.text
                    return
                if b"\x1b[6n" in piece:  # the shell asks where the cursor stands
                    os.write(self._screen, b"\x1b[1;1R")
                self.text += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", piece.decode(errors="replace"))

    def type(self, line: str) -> None:
        self.text = ""
        os.write(self._screen, line.encode() + b"\r")

    def close(self) -> None:
        os.close(self._screen)


@pytest.fixture
def terminal(artefacts: Settings, settings: Settings, tmp_path: Path) -> Iterator[Terminal]:
    var = tmp_path / "served"
    var.mkdir()
    for name in ("encoder", "models", "media", "bot", "vocabulary.json"):
        (var / name).symlink_to(artefacts.var / name)
    ports = {"PARLEY_BOT_PORT": str(settings.bot_port), "PARLEY_ACTIONS_PORT": str(settings.actions_port)}
    environment = {**os.environ, **ports, "PARLEY_VAR": str(var), "TERM": "xterm"}
    terminal = Terminal([sys.executable, "-m", "recommender.cli", "chat"], environment)
    yield terminal
    with contextlib.suppress(ProcessLookupError, ChildProcessError):
        os.kill(terminal.process, signal.SIGKILL)
        os.waitpid(terminal.process, 0)


def _ended(process: int, seconds: float = 30.0) -> int | None:
    """The exit code of our child, or None while it lives."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found, status = os.waitpid(process, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.1)
    return None


@pytest.mark.artefacts
@pytest.mark.servers
def test_the_terminal_talks_in_the_language_of_the_message_and_shows_no_machinery(
    terminal: Terminal, settings: Settings
) -> None:
    terminal.expect("Your input")
    terminal.type("我想买一件红色的连衣裙，价格不超过500元")
    terminal.expect("Type out")
    assert "连衣裙" in terminal.text
    assert "request_id" not in terminal.text
    assert "Warning" not in terminal.text
    terminal.type("\x1b[A")  # the last of the offered answers: to write freely
    terminal.expect("Your input")
    terminal.type("I want red sneakers")
    terminal.expect("sneakers")
    terminal.type("\x1b[A")
    terminal.expect("Your input")
    terminal.type("/stop")
    assert _ended(terminal.process) == 0
    assert not action_server(settings).ready()


@pytest.mark.artefacts
@pytest.mark.servers
def test_closing_the_terminal_ends_the_conversation_and_its_server(terminal: Terminal, settings: Settings) -> None:
    terminal.expect("Your input")
    assert action_server(settings).ready()
    terminal.close()
    assert _ended(terminal.process) is not None
    assert not action_server(settings).ready()

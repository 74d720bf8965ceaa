"""A whole running Parley and a real browser. Needs `make prepare` and a Chromium."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from recommender.settings import Settings
from tests.conftest import free_port, missing
from tests.e2e.chat_page import ChatPage, System

ROOT = Path(__file__).resolve().parents[2]
PARLEY = ROOT / ".venv" / "bin" / "parley"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# --no-sandbox: build machines run as root; the rest keeps a browser that nobody watches from calling home.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_SECONDS = 120
STOP_SECONDS = 30
MADE_AT_RUN_TIME = ("logs", "screenshots", "conversations.db", "feedback.db")

OpenChat = Callable[..., ChatPage]


@pytest.fixture(scope="module")  # not longer: while playwright runs, asyncio refuses to run in any other test
def browser() -> Iterator[Browser]:
    """Headless Chromium: the system's, else the one that playwright installed."""
    with sync_playwright() as playwright:
        system = next(filter(None, map(shutil.which, BROWSERS)), None)
        path = system or playwright.chromium.executable_path
        if not Path(path).exists():
            missing("No Chromium is installed, so the web chat cannot be tested: install chromium.")
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def system(artefacts: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """`parley run` with ports, conversations and feedback of its own; it has to end on Ctrl-C."""
    folder = tmp_path_factory.mktemp("e2e")
    var = var_beside(artefacts.var, folder / "var")
    bot_port, actions_port = free_port(), free_port()
    database_url = f"sqlite:///{folder / 'feedback.db'}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")} | {
        "PARLEY_VAR": str(var),
        "PARLEY_BOT_PORT": str(bot_port),
        "PARLEY_ACTIONS_PORT": str(actions_port),
        "PARLEY_DATABASE_URL": database_url,
    }
    output = folder / "parley.log"
    with output.open("wb") as log:
        launcher = subprocess.Popen(
            [PARLEY, "run"], cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        for address in (f"http://127.0.0.1:{actions_port}/health", f"http://127.0.0.1:{bot_port}/"):
            _wait_for(address, launcher, output)
        yield System(f"http://127.0.0.1:{bot_port}", var, database_url)
        _stop(launcher, output)
    finally:
        if launcher.poll() is None:
            launcher.terminate()


@pytest.fixture(scope="session")
def parley_url(system: System) -> str:
    """The address of the running web chat."""
    return system.url


@pytest.fixture
def open_chat(browser: Browser, system: System) -> Iterator[OpenChat]:
    """Opens windows; afterwards none of them may have complained or asked another server for anything."""
    opened: list[ChatPage] = []

    def open_one(**options: Any) -> ChatPage:
        opened.append(ChatPage.open(browser, system, **options))
        return opened[-1]

    yield open_one
    for chat in opened:
        chat.page.context.close()
    assert [complaint for chat in opened for complaint in chat.complaints] == []


@pytest.fixture
def chat(open_chat: OpenChat) -> ChatPage:
    """An English-speaking person's window on a desk."""
    return open_chat()


def var_beside(built: Path, var: Path) -> Path:
    """A var folder with what was built: links to what is only read, a copy of the model registry."""
    var.mkdir()
    for path in built.iterdir():
        if path.name == "models":
            shutil.copytree(path, var / path.name, symlinks=True)
        elif not path.name.startswith(MADE_AT_RUN_TIME):
            (var / path.name).symlink_to(path)
    return var


def _wait_for(address: str, launcher: subprocess.Popen[bytes], output: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if launcher.poll() is not None:
            pytest.fail(f"`parley run` ended by itself:\n{output.read_text()}", pytrace=False)
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"{address} did not answer within {START_SECONDS} s:\n{output.read_text()}", pytrace=False)


def _stop(launcher: subprocess.Popen[bytes], output: Path) -> None:
    launcher.send_signal(signal.SIGINT)
    try:
        code = launcher.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        pytest.fail(f"`parley run` did not end {STOP_SECONDS} s after Ctrl-C:\n{output.read_text()}", pytrace=False)
    assert code == 0, output.read_text()

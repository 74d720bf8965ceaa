"""What `parley run` and `parley chat` start: checks first, then the action server and Rasa."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection, HTTPException

from dotenv import dotenv_values

from recommender.preflight import check_artefacts, check_port, check_ports, free_port
from recommender.processes import Servers, Service, StopRequest
from recommender.settings import ROOT, Settings

BOT_PYTHON = ROOT / ".venv-bot" / "bin" / "python"
PYTHON = ROOT / ".venv" / "bin" / "python"
READY_SENDER = "parley-readiness"


def run(settings: Settings, say: Callable[[str], None], under_make: bool = False) -> None:
    """Starts both servers, says when they answer, and returns after Ctrl-C, SIGTERM or SIGHUP.

    With `under_make`, the end of make, our parent, stops them too.

    Raises:
        ParleyError: something that a person can mend hinders the start, or a server ended by itself.
    """
    with StopRequest(under_make) as stop:
        check_ports(settings)
        check_artefacts(settings)
        say("Starting the action server and the bot …")
        with Servers([action_server(settings), bot_server(settings)], say) as servers:
            if servers.wait_until_ready(stop):
                address = f"http://{reachable(settings.host)}:{settings.bot_port}"
                say(f"Parley is ready: {address}/")
                say(f'  REST: POST {address}/webhooks/rest/webhook with {{"sender": "me", "message": "…"}}')
                say(f"  logs: {settings.var / 'logs'}; Ctrl-C stops everything")
                servers.watch(stop)
            say("Stopping …")
    say("Parley has stopped.")


def chat(settings: Settings, say: Callable[[str], None]) -> int:
    """Rasa's shell in this terminal, with an action server of its own unless one answers already.

    Returns:
        The exit code of the shell.

    Raises:
        ParleyError: something that a person can mend hinders the start.
    """
    check_artefacts(settings)
    actions = action_server(settings)
    needed = [] if actions.ready() else [actions]
    if needed:
        check_port(settings.host, settings.actions_port, "PARLEY_ACTIONS_PORT")
    with StopRequest(interrupts=False) as stop, Servers(needed, say) as servers:
        if not servers.wait_until_ready(stop):
            return 0
        say("Loading the bot; then write in English or Chinese. /stop ends the conversation.")
        command = (str(BOT_PYTHON), "shell.py", *_rasa_arguments(settings, free_port(settings.bot_port)))
        return servers.talk(command, ROOT / "bot", bot_environment(settings) | {"LOG_LEVEL": "ERROR"}, stop)


def action_server(settings: Settings) -> Service:
    """The action server, ready when /health answers."""
    return Service(
        name="action server",
        command=(str(PYTHON), "-m", "actions.server"),
        folder=ROOT,
        environment=os.environ | {"PYTHONUNBUFFERED": "1", "PARLEY_VAR": str(settings.var.resolve())},
        log=settings.var / "logs" / "actions.log",
        ready=lambda: _ask(settings.host, settings.actions_port, "GET", "/health") is not None,
    )


def bot_server(settings: Settings) -> Service:
    """The Rasa server, ready when it answers a greeting: then its model is loaded and warm."""

    def answers() -> bool:
        greeting = json.dumps({"sender": READY_SENDER, "message": "hello"})
        return bool(_ask(settings.host, settings.bot_port, "POST", "/webhooks/rest/webhook", greeting))

    return Service(
        name="bot",
        command=(str(BOT_PYTHON), "-m", "rasa", "run", *_rasa_arguments(settings, settings.bot_port)),
        folder=ROOT / "bot",
        environment=bot_environment(settings),
        log=settings.var / "logs" / "bot.log",
        ready=answers,
    )


def _rasa_arguments(settings: Settings, port: int) -> tuple[str, ...]:
    files = ("--model", str(settings.bot_model.resolve()), "--endpoints", "endpoints.yml")
    return (*files, "--credentials", "credentials.yml", "-p", str(port), "-i", settings.host)


def bot_environment(settings: Settings) -> dict[str, str]:
    """What Rasa's process sees: the lines of .env, this environment, and what it needs to find us."""
    var = settings.var.resolve()
    actions = f"http://{reachable(settings.host)}:{settings.actions_port}/webhook"
    return {
        **{name: value for name, value in dotenv_values(ROOT / ".env").items() if value is not None},
        **os.environ,
        "PARLEY_VAR": str(var),
        "PARLEY_ACTIONS_URL": actions,
        "PARLEY_CONVERSATIONS": str(var / "conversations.db"),
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }


def reachable(host: str) -> str:
    """An address at which a server bound to `host` answers."""
    return {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def _ask(host: str, port: int, method: str, path: str, body: str | None = None) -> object:
    """The JSON that a server of ours answers with, or None. No proxy stands between us and ourselves."""
    with closing(HTTPConnection(reachable(host), port, timeout=10)) as connection:
        try:
            connection.request(method, path, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            return json.loads(response.read()) if response.status == 200 else None
        except (OSError, HTTPException, ValueError):
            return None

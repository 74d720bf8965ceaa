"""What a turn of Parley costs against a bare Rasa bot with the same policies, and what of it the recommendation takes.

    .venv/bin/python tests/benchmarks/turn.py

Needs what `make prepare` built. All servers run at once on free ports of the loopback, over scratch folders; one client
sends each message to all bots in turn, so that what else the machine does hits all alike: read the ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"  # before numpy: a recommendation has one thread
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from bare import HOST, BareBot  # noqa: E402
from inside import Inside, action_seconds, recommendations  # noqa: E402
from visits import Visit, visits  # noqa: E402

from recommender.errors import ParleyError  # noqa: E402
from recommender.model.registry import Registry  # noqa: E402
from recommender.preflight import check_artefacts, free_port  # noqa: E402
from recommender.processes import Servers, StopRequest  # noqa: E402
from recommender.running import action_server, bot_server  # noqa: E402
from recommender.settings import Settings, load_settings  # noqa: E402

FIRST_PORT = 5600
SHARE, RATIO = 0.20, 1.5  # what a recommendation may take of the turn, and the turn of a bare bot's
PARLEY, ACTION, RESPONSE = "Parley", "bare, custom action", "bare, response only"


@dataclass(frozen=True)
class Turn:
    """One message to one bot: which of the visit's messages, what came back ("list", "text" or "nothing"), how long."""

    bot: str
    place: int
    answer: str
    milliseconds: float


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description="Measures whole turns; prints markdown.")
    parser.add_argument("--visits", type=int, default=40, help="conversations of five messages")
    parser.add_argument("--warm-up", type=int, default=5, help="conversations before those that count")
    parser.add_argument(
        "--scratch", type=Path, help="where databases are written; default the system's temporary folder"
    )
    chosen = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="parley-benchmark-", dir=chosen.scratch))
    try:
        say(measure(scratch, chosen.visits, chosen.warm_up))
    except ParleyError as error:
        sys.exit(str(error))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def measure(scratch: Path, count: int, warm_up: int) -> str:
    """Starts everything, talks, and returns the report in markdown."""
    settings = scratch_settings(scratch)
    used = {settings.bot_port, settings.actions_port}
    bots = {
        ACTION: BareBot("action_bare", scratch / "action", _port(used), _port(used)),
        RESPONSE: BareBot("utter_bare", scratch / "response", _port(used), _port(used)),
    }
    for bot in bots.values():
        note(f"training the bare bot with {bot.answer}")
        bot.train(note)
    note("starting five servers")
    services = [action_server(settings), bot_server(settings), bots[ACTION].actions()]
    services += [bot.bot() for bot in bots.values()]
    known = tuple(str(person) for person in Registry(settings.models_dir).load().person_ids)
    ports = {PARLEY: settings.bot_port, **{name: bot.port for name, bot in bots.items()}}
    with StopRequest() as stop, Servers(services, note) as servers:
        if not servers.wait_until_ready(stop):
            raise ParleyError("The benchmark was stopped before the servers answered.")
        talk(visits(warm_up, known), ports)
        before = action_seconds(settings)
        note(f"talking: {count} visits to each bot")
        turns = talk(visits(count, known, first=warm_up), ports)
        inside = recommendations(settings, action_seconds(settings) - before)
    return report(turns, inside)


def scratch_settings(scratch: Path) -> Settings:
    """Parley's settings with ports and a var folder of the benchmark's own, which shares what `make prepare` built.

    Raises:
        ParleyError: something is not built.
    """
    built = load_settings()
    check_artefacts(built)
    var = scratch / "var"
    shutil.copytree(built.models_dir, var / "models")
    shutil.copytree(built.bot_model.parent, var / "bot")
    shutil.copy(built.vocabulary_file, var)
    (var / "encoder").symlink_to(built.encoder_dir.resolve())
    used: set[int] = set()
    # The servers are processes: what they should know stands in the environment.
    os.environ |= {
        "PARLEY_VAR": str(var),
        "PARLEY_DATABASE_URL": "",
        "PARLEY_HOST": HOST,
        "PARLEY_BOT_PORT": str(_port(used)),
        "PARLEY_ACTIONS_PORT": str(_port(used)),
    }
    return load_settings()


def _port(used: set[int]) -> int:
    port = free_port(max(used, default=FIRST_PORT - 1) + 1, HOST)
    used.add(port)
    return port


def talk(planned: Sequence[Visit], ports: dict[str, int]) -> list[Turn]:
    """Sends each message to every bot before the next one, who is first changing from message to message."""
    turns: list[Turn] = []
    with ExitStack() as open_connections:
        connections = {name: HTTPConnection(HOST, port, timeout=60) for name, port in ports.items()}
        for connection in connections.values():
            open_connections.callback(connection.close)
        for visit in planned:
            for place, text in enumerate(visit.messages):
                names = list(ports)
                shift = len(turns) // len(names) % len(names)
                for name in names[shift:] + names[:shift]:
                    turns.append(_send(connections[name], name, place, visit.person, text))
    return turns


def _send(connection: HTTPConnection, bot: str, place: int, person: str, text: str) -> Turn:
    body = json.dumps({"sender": person, "message": text})
    started = time.perf_counter()
    connection.request("POST", "/webhooks/rest/webhook", body, {"Content-Type": "application/json"})
    answer = json.loads(connection.getresponse().read())
    taken = (time.perf_counter() - started) * 1000
    if any(message.get("custom", {}).get("kind") == "items" for message in answer):
        return Turn(bot, place, "list", taken)
    return Turn(bot, place, "text" if answer else "nothing", taken)


def report(turns: Sequence[Turn], inside: Inside) -> str:
    """The tables: times, ratios with their targets, and where the time of a turn goes."""
    silent = sum(turn.answer == "nothing" for turn in turns)
    if silent:
        raise ParleyError(f"{silent} of {len(turns)} messages got no answer: there is nothing to compare.")
    whole, bare, plain = (_of(turns, bot) for bot in (PARLEY, ACTION, RESPONSE))
    lists = _of([turn for turn in turns if turn.answer == "list"], PARLEY)
    greetings = _of([turn for turn in turns if turn.place == 0], PARLEY)
    times = {
        "Parley, all turns": whole,
        "Parley, turns with a list of items": lists,
        "Parley, greetings: no action is called": greetings,
        ACTION: bare,
        RESPONSE: plain,
        "one recommendation, profile to reasons": inside.recommendation,
        "… of these, with free text to encode": inside.with_text,
    }
    ratios = (
        ("one recommendation / turn with a list", inside.recommendation, lists, SHARE),
        ("… with free text to encode / turn with a list", inside.with_text, lists, SHARE),
        (f"Parley, all turns / {ACTION}", whole, bare, RATIO),
        (f"Parley, turns with a list / {ACTION}", lists, bare, RATIO),
        (f"Parley, greetings / {RESPONSE}", greetings, plain, RATIO),
    )
    measured = [(name, float(np.median(ours) / np.median(theirs)), limit) for name, ours, theirs, limit in ratios]
    tables = (
        ["| milliseconds | n | median | 90th percentile |", "|---|---|---|---|"]
        + [f"| {name} | {len(v)} | {np.median(v):.2f} | {np.quantile(v, 0.9):.2f} |" for name, v in times.items()],
        ["| ratio of medians | measured | target |", "|---|---|---|"]
        + [f"| {n} | **{r:.2f}** | ≤ {limit} {'✓' if r <= limit else '✗'} |" for n, r, limit in measured],
        _where(float(np.mean(lists)), float(np.mean(greetings)), inside),
    )
    return "\n\n".join("\n".join(table) for table in tables) + "\n"


def _of(turns: Sequence[Turn], bot: str) -> list[float]:
    return [turn.milliseconds for turn in turns if turn.bot == bot]


def _where(lists: float, greeting: float, inside: Inside) -> list[str]:
    """What a greeting costs too, what the action server counted, and what is left for the way between the two."""
    recommendation = float(np.mean(inside.recommendation))
    parts = {
        "understanding, policies, conversation store (a greeting's turn)": greeting,
        "the recommendation, profile to reasons": recommendation,
        "rest of the action: opinions and impressions in the database, wording": inside.action - recommendation,
        "way to the action and back: tracker, HTTP, check, slots, longer answer": lists - greeting - inside.action,
    }
    rows = [f"| {name} | {value:.2f} | {value / lists:.0%} |" for name, value in parts.items()]
    return ["| mean turn with a list | milliseconds | share |", "|---|---|---|", *rows]


def say(text: str) -> None:
    """Prints the report."""
    sys.stdout.write(text)


def note(text: str) -> None:
    """Tells how far it is, beside the report."""
    sys.stderr.write(f"  {text} …\n")


if __name__ == "__main__":
    main()

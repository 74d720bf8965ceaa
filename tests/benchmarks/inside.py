"""The same requests again, in this process: what a recommendation takes of the turns that were just measured."""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from http.client import HTTPConnection

import numpy as np
from rasa_sdk import Tracker

from actions import slots
from recommender.api import Recommender
from recommender.running import reachable
from recommender.serving.recommend import recommend
from recommender.settings import Settings
from recommender.types import Request

ROUNDS = 3
WARM_UP = 10
LISTING = frozenset({"action_recommend", "action_show_more"})


@dataclass(frozen=True)
class Spent:
    """Calls and seconds inside the action server, by its own count."""

    calls: float
    seconds: float

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.calls - other.calls, self.seconds - other.seconds)


@dataclass(frozen=True)
class Inside:
    """Milliseconds: each recommendation, those among them with free text to encode, and the mean action with a list."""

    recommendation: Sequence[float]
    with_text: Sequence[float]
    action: float


def action_seconds(settings: Settings) -> Spent:
    """What /metrics of the running action server says of the actions that show lists."""
    with closing(HTTPConnection(reachable(settings.host), settings.actions_port, timeout=10)) as connection:
        connection.request("GET", "/metrics")
        text = connection.getresponse().read().decode()
    found = re.findall(r'^parley_action_seconds_(count|sum)\{action="(\w+)"\} (\S+)', text, re.MULTILINE)
    totals = {
        what: sum(float(number) for kind, action, number in found if kind == what and action in LISTING)
        for what in ("count", "sum")
    }
    return Spent(totals["count"], totals["sum"])


def recommendations(settings: Settings, spent: Spent) -> Inside:
    """Times every stored request in this process, one thread, the median of a few rounds each.

    No text is remembered from one round to the next: each is encoded as if nobody had said it before.
    """
    recommender = Recommender.open(settings)
    snapshot = recommender.live.snapshot()
    requests = [_informed(recommender, request) for request in _requests(settings)]

    def once(request: Request) -> float:
        recommender.encoder._remember.cache_clear()
        started = time.perf_counter()
        recommend(snapshot, request, recommender.encoder)
        return (time.perf_counter() - started) * 1000

    for request in requests[:WARM_UP]:
        once(request)
    taken = [float(np.median([once(request) for _ in range(ROUNDS)])) for request in requests]
    with_text = [time_ for time_, request in zip(taken, requests, strict=True) if request.text]
    return Inside(taken, with_text, 1000 * spent.seconds / max(spent.calls, 1.0))


def _informed(recommender: Recommender, request: Request) -> Request:
    """`request` with the likes and dislikes of the whole visit: at least as much work as when it was served."""
    events = list(recommender.store.events(person=request.person, kinds=("like", "purchase", "dislike")))
    liked = tuple(event.item for event in events if event.kind != "dislike")
    return replace(request, liked=liked, disliked=tuple(event.item for event in events if event.kind == "dislike"))


def _requests(settings: Settings) -> Iterator[Request]:
    """What was asked of the recommender, read back from the conversations' slots: one request for each new list."""
    with closing(sqlite3.connect(settings.var / "conversations.db")) as database:
        rows = database.execute("SELECT sender_id, data FROM events WHERE type_name = 'slot' ORDER BY id").fetchall()
    seen: dict[str, dict[str, object]] = {}
    lists: set[str] = set()
    for sender, data in rows:
        event = json.loads(data)
        known = seen.setdefault(sender, {})
        known[event["name"]] = event["value"]
        shown = event["value"] if event["name"] == "shown" else None
        if shown and shown["request_id"] and shown["request_id"] not in lists:
            lists.add(shown["request_id"])
            yield slots.read(Tracker.from_dict({"sender_id": sender, "slots": dict(known)})).request(
                settings.list_length
            )

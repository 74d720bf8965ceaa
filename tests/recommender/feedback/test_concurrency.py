from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from recommender.feedback.store import Counts, FeedbackStore
from recommender.types import Event, Impression

ROOT = Path(__file__).resolve().parents[3]
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

WRITER = """
import sys
from datetime import UTC, datetime
from recommender.feedback.store import FeedbackStore
from recommender.types import Event, Impression
at = datetime(2026, 11, 24, 12, tzinfo=UTC)
store = FeedbackStore.open(sys.argv[1])
name = sys.argv[2]
for turn in range(int(sys.argv[3])):
    request = f"{name}-{turn}"
    store.append_impressions(
        [Impression(request, name, name, f"item-{n}", n, 0.5, 1.0, "v1", "default", (), at) for n in range(1, 6)]
    )
    store.append(Event("like", name, "item-1", name, at, request), key=request)
    sys.stdout.write(f"{request}\\n"); sys.stdout.flush()
sys.stdin.readline()
"""


def start_writer(url: str, name: str, turns: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, url, name, str(turns)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def test_eight_threads_lose_nothing_and_repeat_nothing(store: FeedbackStore) -> None:
    def talk(thread: int) -> list[bool]:
        fresh = []
        for turn in range(25):
            request = f"{thread}-{turn}"
            shown = [
                Impression(request, f"p{thread}", "s", f"item-{n}", n, 0.5, 1.0, "v1", "default", (), NOON)
                for n in range(1, 4)
            ]
            store.append_impressions(shown)
            assert store.impressions(request) == tuple(shown)
            fresh.append(store.append(Event("like", f"p{thread}", "item-1", "s", NOON, request), key=request))
            fresh.append(store.append(Event("view", f"p{thread}", "item-1", "s", NOON), key=f"shared-{turn}"))
        return fresh

    with ThreadPoolExecutor(8) as threads:
        fresh = [answer for answers in threads.map(talk, range(8)) for answer in answers]
    assert sum(fresh) == 8 * 25 + 25  # each shared key was new to exactly one thread
    assert store.counts() == Counts(impressions=8 * 25 * 3, events=8 * 25 + 25, people=8)


def test_processes_write_beside_each_other(database_url: str, store: FeedbackStore) -> None:
    writers = [start_writer(database_url, name, turns=40) for name in ("ann", "bob", "cem")]
    for writer in writers:
        writer.communicate("done\n", timeout=120)
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    assert store.counts() == Counts(impressions=3 * 40 * 5, events=3 * 40, people=3)


def test_what_a_killed_process_had_acknowledged_is_there(database_url: str) -> None:
    writer = start_writer(database_url, "ann", turns=100_000)
    assert writer.stdout
    acknowledged = [writer.stdout.readline().strip() for _ in range(30)]
    writer.send_signal(signal.SIGKILL)
    acknowledged += [line.strip() for line in writer.communicate(timeout=30)[0].splitlines() if line.endswith("\n")]
    assert writer.returncode == -signal.SIGKILL
    with FeedbackStore.open(database_url) as store:
        stored = [event.request_id for event in store.events(person="ann")]
        assert stored[: len(acknowledged)] == acknowledged
        assert all(len(store.impressions(request)) == 5 for request in acknowledged)

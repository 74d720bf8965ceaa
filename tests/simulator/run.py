"""Many conversations with a running bot, a few at a time."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import httpx

from recommender.types import Language
from tests.simulator.conversation import Outcome, converse, meet
from tests.simulator.goal import sample_goal
from tests.simulator.shop import Shop

AT_ONCE = 4
SECONDS = 60.0


def run(
    shop: Shop,
    url: str,
    seeds: Sequence[int],
    at_once: int = 2,
    deadline: float = float("inf"),
    note: Callable[[str], None] = lambda text: None,
) -> list[Outcome]:
    """The outcomes of the goals of `seeds`, every second one in Chinese.

    Args:
        shop: what the bot at `url` sells.
        url: a Rasa server with its REST channel, on this machine.
        seeds: of the goals; the person's messages follow from the seed and the bot's replies.
        at_once: conversations at the same time, at most `AT_ONCE`.
        deadline: seconds after which no further conversation is begun.
        note: is told how far it is.

    Raises:
        httpx.HTTPError: the bot did not answer.
    """
    started, visit = time.monotonic(), uuid.uuid4().hex[:8]
    done = 0

    def one(client: httpx.Client, seed: int) -> Outcome | None:
        nonlocal done
        if time.monotonic() - started > deadline:
            return None
        language: Language = "zh" if seed % 2 else "en"
        address = f"{url}/webhooks/rest/webhook"

        def say(text: str) -> list[dict[str, object]]:
            answer = client.post(address, json={"sender": f"simulated-{visit}-{seed}", "message": text})
            answer.raise_for_status()
            messages: list[dict[str, object]] = answer.json()
            return messages

        outcome = converse(meet(sample_goal(shop, seed, language), shop), say)
        done += 1
        if done % 50 == 0:
            note(f"{done} of {len(seeds)} conversations, {time.monotonic() - started:.0f} s")
        return outcome

    # trust_env off: a proxy of the environment has no business between us and the loopback.
    with httpx.Client(timeout=SECONDS, trust_env=False) as client, ThreadPoolExecutor(min(at_once, AT_ONCE)) as pool:
        return [outcome for outcome in pool.map(lambda seed: one(client, seed), seeds) if outcome is not None]

"""Composition root of the action server: settings → Recommender → actions, with /health and /metrics."""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from dataclasses import asdict
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest
from rasa_sdk import Tracker
from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor, ActionExecutorRunResult
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from sanic import Request, Sanic
from sanic.response import HTTPResponse, json, raw

from actions import phrases, slots
from actions.answers import Answer
from actions.base import NO_SERVICES
from actions.compare import Compare
from actions.details import Details
from actions.explain import Explain, WhyNot
from actions.feedback import Feedback
from actions.handover import HandOver
from actions.memory import Forget, Remember
from actions.recommend import GoBack, Recommend, Reset, ShowMore, Skip
from actions.services import Services
from actions.smalltalk import Affirm, Deny, Fallback, Greet, Help
from recommender.api import Recommender
from recommender.errors import ParleyError
from recommender.language.tokens import tokenize
from recommender.settings import Settings, load_settings

logger = logging.getLogger(__name__)

ACTIONS = (
    *(Recommend, ShowMore, GoBack, Reset, Skip),
    *(Explain, WhyNot, Details, Compare),
    *(Feedback, Remember, Forget),
    *(Answer, HandOver, Greet, Help, Affirm, Deny, Fallback),
)

SECONDS = Histogram("parley_action_seconds", "Time of one action, seconds", ["action"])
FAILURES = Counter("parley_action_failures", "Actions that ended in an apology", ["action", "cause"])


class GuardedExecutor(ActionExecutor):  # type: ignore[misc]
    """Gives every action a deadline and turns failures into an apology that keeps what was said.

    Rasa would otherwise show the person nothing at all, and wait up to five minutes for it.
    """

    def __init__(self, deadline: float) -> None:
        super().__init__()
        self._deadline = deadline

    async def run(self, action_call: dict[str, Any], *args: Any, **kwargs: Any) -> ActionExecutorRunResult | None:
        """As the SDK's, within the deadline (seconds)."""
        action = str(action_call.get("next_action"))
        started = time.perf_counter()
        try:
            async with asyncio.timeout(self._deadline):
                result: ActionExecutorRunResult | None = await super().run(action_call, *args, **kwargs)
                return result
        except (ActionExecutionRejection, ActionNotFoundException):
            raise
        except Exception as error:
            FAILURES.labels(action, type(error).__name__).inc()
            logger.exception("%s failed; the person got an apology.", action)
            return _apology(Tracker.from_dict(action_call["tracker"]))
        finally:
            SECONDS.labels(action).observe(time.perf_counter() - started)


def build_app(settings: Settings, recommender: Recommender, services: Services = NO_SERVICES) -> Sanic[Any, Any]:
    """The web application: /webhook for Rasa, /health, /metrics, /model (the version that serves)."""
    executor = GuardedExecutor(settings.action_deadline)
    for action in ACTIONS:
        executor.register_action(action(recommender, settings.list_length, services))
    app: Sanic[Any, Any] = create_app(executor)

    async def metrics(_: Request) -> HTTPResponse:
        return raw(generate_latest(), content_type=CONTENT_TYPE_LATEST)

    async def model(_: Request) -> HTTPResponse:
        return json(asdict(recommender.live.snapshot().embeddings.card))

    app.add_route(metrics, "/metrics")
    app.add_route(model, "/model")
    return app


def main() -> None:
    """Serves until it is told to stop; exits with 1 and one sentence when something is missing."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        settings = load_settings()
        recommender = Recommender.open(settings)
        services = Services.open(settings, recommender)
    except ParleyError as error:
        sys.exit(str(error))
    logger.info("Model %s serves %d items.", recommender.version, len(recommender.items))
    tokenize("你好")  # the Chinese dictionary takes half a second to load: not in the first person's time
    app = build_app(settings, recommender, services)
    # One process: several action servers stand behind a balancer instead, each with its own port.
    app.run(settings.host, settings.actions_port, single_process=True, access_log=False, motd=False)


def _apology(tracker: Tracker) -> ActionExecutorRunResult:
    text = phrases.variants("apology", "zh" if tracker.get_slot("language") == "zh" else "en")[0]
    return ActionExecutorRunResult(events=slots.keep(tracker), responses=[{"text": text}])


if __name__ == "__main__":
    main()

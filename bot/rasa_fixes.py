"""Cures for what Rasa 3.6.21 gets wrong for a bot like this one; importing the module puts them in force.

- Every answer of the action server is checked against a JSON schema that Rasa compiles anew each time (19 ms of 20).
- When the action server is away, hangs, fails or answers nonsense, the person gets silence and what they said is lost.
- When a model cannot be loaded, the server starts without one and answers every message with nothing.
- For each event of a stored conversation, Rasa searches all its classes of events anew (half of the loading time).
- The whole conversation travels with each call of an action, ever more of it; ours read slots and the last message.
- A button's entities are dropped where the domain does not list them, as with another catalogue's attributes.

`WRAPPED` pins the source of everything that is wrapped; tests/bot/test_rasa_fixes.py fails when Rasa changes it.
"""

from __future__ import annotations

import asyncio
import gc
import hashlib
import inspect
import logging
import os
import re
import sys
from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import Any

import aiohttp
from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction, create_bot_utterance
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.engine.exceptions import GraphComponentException
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.constants import INTENT_NAME_KEY

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 3.5
"""For an action, a second attempt included; `timeout` of the action endpoint in endpoints.yml goes first."""

RETRY_AFTER_SECONDS = 0.4
"""A server that restarts refuses connections for about as long."""

EVENTS_SENT = 30
"""To the action server, the newest; about four turns."""

PENDING_LIMIT = 50
"""Rasa stores the slot anew with each message, so that an endless list would grow with its square."""

APOLOGY_RESPONSE = "utter_unavailable"
APOLOGIES = {
    "en": "Sorry, I cannot look anything up right now. I have noted what you said; please try again in a moment.",
    "zh": "抱歉，我暂时无法查询。您说的我已经记下了，请稍后再试。",
}

WRAPPED: tuple[tuple[Callable[..., Any], str], ...] = (
    (RemoteAction.run, "ccabf6f1160d527a"),
    (RemoteAction._validate_action_result, "f8cdb4be68123961"),
    (RemoteAction.action_response_format_spec, "091b74aa3738d126"),
    (RemoteAction._action_call_format, "428795b944f22edb"),
    (Agent.load_model, "f4c1ab4c5c7af634"),
    (Event.resolve_by_type, "b5cf570fa7f286c7"),
    (YAMLStoryReader._entities_from_regex_match, "c654a66d095fcd1c"),
)
"""What is wrapped, as it was before, with the first 16 hex digits of its source's SHA-256."""


def source_hash(function: Callable[..., Any]) -> str:
    """The first 16 hex digits of the SHA-256 of a function's source."""
    return hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:16]


_SCHEMA = RemoteAction.action_response_format_spec()
_VALIDATOR = validator_for(_SCHEMA)(_SCHEMA)


@wraps(inspect.unwrap(RemoteAction._validate_action_result))
def _validate_once_compiled(self: RemoteAction, result: Any) -> bool:
    error = best_match(_VALIDATOR.iter_errors(result))
    if error is not None:
        raise error
    return True


_rasa_call_format = inspect.unwrap(RemoteAction._action_call_format)


class _Recent:
    """What Rasa's call format asks of a tracker, with its newest events only."""

    def __init__(self, tracker: DialogueStateTracker) -> None:
        self.sender_id = tracker.sender_id
        self._tracker = tracker

    def current_state(self, _: EventVerbosity) -> dict[str, Any]:
        newest = list(self._tracker.events)[-EVENTS_SENT:]
        return self._tracker.current_state(EventVerbosity.NONE) | {"events": [event.as_dict() for event in newest]}


@wraps(_rasa_call_format)
def _short_call_format(self: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    return _rasa_call_format(self, _Recent(tracker), domain)


_rasa_run = inspect.unwrap(RemoteAction.run)  # the original even where this module is imported under a second name


@wraps(_rasa_run)
async def _run_guarded(
    self: RemoteAction,
    output_channel: OutputChannel,
    nlg: NaturalLanguageGenerator,
    tracker: DialogueStateTracker,
    domain: Domain,
) -> list[Event]:
    limit = float(self.action_endpoint.kwargs.get("timeout", TIMEOUT_SECONDS)) if self.action_endpoint else None
    try:
        return await asyncio.wait_for(_run_or_retry(self, output_channel, nlg, tracker, domain), limit)
    except ActionExecutionRejection:
        raise  # not a failure: an action that declines in Rasa's own way
    except Exception as error:
        logger.error("Action %s failed (%s: %s); the person gets an apology.", self.name(), type(error).__name__, error)
        return await apologise(output_channel, nlg, tracker)


async def _run_or_retry(self: RemoteAction, *arguments: Any) -> list[Event]:
    try:
        return await _rasa_run(self, *arguments)
    except Exception as error:
        # Only where no connection came about is it certain that the action did not run already.
        if not isinstance(error.__context__, aiohttp.ClientConnectorError):
            raise
    await asyncio.sleep(RETRY_AFTER_SECONDS)
    return await _rasa_run(self, *arguments)


async def apologise(
    output_channel: OutputChannel, nlg: NaturalLanguageGenerator, tracker: DialogueStateTracker
) -> list[Event]:
    """An apology in the conversation's language, and the slot `pending` with this message added; once in a turn."""
    lost = _pending_entry(tracker)
    pending = tracker.get_slot("pending") or [] if "pending" in tracker.slots else []
    if any(entry.get("message_id") == lost["message_id"] for entry in pending):
        return []
    events: list[Event] = [await _apology(output_channel, nlg, tracker)]
    if "pending" in tracker.slots:
        events.append(SlotSet("pending", [*pending, lost][-PENDING_LIMIT:]))
    return events


def _pending_entry(tracker: DialogueStateTracker) -> dict[str, Any]:
    message = tracker.latest_message
    return {
        "intent": message.intent.get(INTENT_NAME_KEY),
        "entities": message.entities,
        "text": message.text,
        "message_id": message.message_id,
    }


async def _apology(
    output_channel: OutputChannel, nlg: NaturalLanguageGenerator, tracker: DialogueStateTracker
) -> Event:
    try:
        response = await nlg.generate(APOLOGY_RESPONSE, tracker, output_channel.name())
    except Exception:
        logger.exception("The domain's %s could not be made.", APOLOGY_RESPONSE)
        response = None
    if response is None:
        language = tracker.get_slot("language") if "language" in tracker.slots else None
        response = {"text": APOLOGIES.get(language) or " ".join(APOLOGIES.values())}
    return create_bot_utterance({**response, "utter_action": APOLOGY_RESPONSE})


_rasa_load_model = inspect.unwrap(Agent.load_model)

serving: ContextVar[bool] = ContextVar("serving", default=False)
"""Whether a server is starting, which a model that cannot be loaded then ends; programs get Rasa's own exceptions."""


@wraps(_rasa_load_model)
def _load_model_or_stop(self: Agent, *arguments: Any, **options: Any) -> None:
    try:
        _rasa_load_model(self, *arguments, **options)
    except Exception as error:
        if not serving.get():
            raise
        logger.debug("The bot could not be loaded.", exc_info=True)
        _stop(f"The bot cannot be loaded: {cause_of(error)}")
    if serving.get():
        # TensorFlow leaves half a million objects that never die; looking through them stopped turns for 0.2 s.
        gc.collect()
        gc.freeze()


def cause_of(error: BaseException) -> BaseException:
    """The error of ours that Rasa wrapped into its own."""
    while isinstance(error, GraphComponentException) and error.__cause__ is not None:
        error = error.__cause__
    return error


def _stop(reason: str) -> None:
    advice = "" if "prepare`" in reason else " Run `make prepare`."
    sys.stderr.write(f"{reason}{advice}\n")
    sys.stderr.flush()
    # Sanic would print a traceback for SystemExit; nothing has been opened yet that could be left half-written.
    os._exit(1)


_rasa_entities = inspect.unwrap(YAMLStoryReader._entities_from_regex_match)


@wraps(_rasa_entities)
def _all_entities(match: re.Match[str], domain: Domain | None, extractor: str | None) -> list[dict[str, Any]]:
    return _rasa_entities(match, None, extractor)  # without a domain nothing is filtered


_class_of_event = lru_cache(maxsize=None)(inspect.unwrap(Event.resolve_by_type))

Event.resolve_by_type = staticmethod(_class_of_event)
YAMLStoryReader._entities_from_regex_match = staticmethod(_all_entities)
RemoteAction._validate_action_result = _validate_once_compiled
RemoteAction._action_call_format = _short_call_format
RemoteAction.run = _run_guarded
Agent.load_model = _load_model_or_stop

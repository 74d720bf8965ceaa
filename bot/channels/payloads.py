"""What people may send. Typed text is never a command; only a button carries a payload, and only a known one."""

from __future__ import annotations

import json
import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Any

MAX_TEXT = 1000  # characters; a wish for a dress is shorter, and Rasa's features grow with the length
MAX_TITLE = 200
CONVERSATION = re.compile(r"[0-9a-f]{32}")  # 128 random bits: whoever knows the id may read the conversation
MESSAGE = re.compile(r"[0-9a-f]{32}")
_PAYLOAD = re.compile(r"/([A-Za-z_][A-Za-z0-9_]*)\s*(\{.*\})?", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class BadMessageError(ValueError):
    """A message that cannot be accepted; the text is one sentence that says what to send instead."""


@dataclass(frozen=True)
class Incoming:
    """One message from a person, checked.

    Attributes:
        conversation: sender id for Rasa.
        id: chosen by the sender, so that a repeated delivery is recognised.
        text: what Rasa gets: plain text without a leading slash, or a payload in the form /intent{entities}.
        shown: what the person saw themselves send: their words, or the title of the button.
        again: the sender does not know whether an earlier delivery arrived.
    """

    conversation: str
    id: str
    text: str
    shown: str
    again: bool = False


def clean(text: str) -> str:
    """`text` trimmed, without control characters and lone surrogates, which databases refuse."""
    return _CONTROL.sub("", text).encode("utf-8", "ignore").decode().strip()


def escape(text: str) -> str:
    """Typed text that Rasa cannot take for a payload: a leading slash becomes its full-width twin.

    The encoder's NFKC normalisation maps the twin back, so nothing is lost in meaning.
    """
    return re.sub(r"^/", "／", text)


def checked_payload(payload: str, intents: Container[str]) -> str:
    """`payload` in one canonical spelling, /intent or /intent{"entity": value}.

    Raises:
        BadMessageError: it has another form, or its intent is not one of `intents`.
    """
    match = _PAYLOAD.fullmatch(clean(payload)) if len(payload) <= MAX_TEXT else None
    if match is None:
        raise BadMessageError('A payload has the form /intent or /intent{"entity": value}.')
    intent, entities = match.groups()
    if intent not in intents:
        raise BadMessageError("The payload's intent is unknown; send the payload of a button as the bot sent it.")
    found = _object(entities) if entities else {}
    return f"/{intent}{json.dumps(found, ensure_ascii=False)}" if found else f"/{intent}"


def read_message(body: bytes, intents: Container[str]) -> Incoming:
    """The message in a JSON `body`: {"conversation", "id", "text" or "payload", "title"?, "again"?}.

    Raises:
        BadMessageError: something is missing, too long or of the wrong kind.
    """
    try:
        fields = _object(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadMessageError("The body has to be UTF-8.") from error
    conversation, message_id = fields.get("conversation"), fields.get("id")
    if not (isinstance(conversation, str) and CONVERSATION.fullmatch(conversation)):
        raise BadMessageError("'conversation' has to be 32 random hexadecimal digits.")
    if not (isinstance(message_id, str) and MESSAGE.fullmatch(message_id)):
        raise BadMessageError("'id' has to be 32 hexadecimal digits, new for every message.")
    text, shown = _said(fields, intents)
    return Incoming(conversation, message_id, text, shown, again=fields.get("again") is True)


def _said(fields: dict[str, Any], intents: Container[str]) -> tuple[str, str]:
    text, payload, title = fields.get("text"), fields.get("payload"), fields.get("title", "")
    if isinstance(payload, str) and text is None:
        if not isinstance(title, str) or len(title) > MAX_TITLE:
            raise BadMessageError(f"'title' has to be a text of at most {MAX_TITLE} characters.")
        checked = checked_payload(payload, intents)
        return checked, clean(title) or checked
    if not isinstance(text, str) or payload is not None:
        raise BadMessageError("Send either 'text' or 'payload', as a string.")
    if len(text) > MAX_TEXT:
        raise BadMessageError(f"The message is too long: {len(text)} characters, at most {MAX_TEXT} are read.")
    text = clean(text)
    if not text:
        raise BadMessageError("The message is empty.")
    return escape(text), text


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadMessageError("That is not valid JSON.") from error
    if not isinstance(value, dict):
        raise BadMessageError("A JSON object is expected.")
    return value


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")

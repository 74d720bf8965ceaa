"""The web chat: its page at /, pictures at /media, messages at /webhooks/web, all on the bot's own port."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.shared.core.constants import DEFAULT_INTENTS
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from .files import serve
from .history import SHOWN, bot_line, lines, replies
from .payloads import CONVERSATION, BadMessageError, Incoming, read_message

logger = logging.getLogger(__name__)

STATIC = Path(__file__).parent / "static"
MAX_BODY = 16_384  # bytes; the longest text in four-byte characters fits
UNAVAILABLE = "The bot is not ready yet; try again in a moment."
FAILED = "The bot could not answer this message."

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]
Lines = AsyncIterator[dict[str, Any]]


class QueueOutput(OutputChannel):
    """Hands every bot message over whole, as soon as it is uttered; None ends the turn."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

    @classmethod
    def name(cls) -> str:
        """The channel's name, as domain responses for one channel use it."""
        return "web"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Queues the message; the base class would tear text and cards apart."""
        line = bot_line(message)
        if len(line) > 1:
            await self.queue.put(line)

    async def lines(self) -> Lines:
        """The messages of this turn."""
        while (line := await self.queue.get()) is not None:
            yield line


class WebInput(InputChannel):
    """Serves the page and its messages; credentials.yml names it `channels.web.WebInput`.

    Its one option is `image_hosts: ["https://cdn.example.com"]`, for a catalogue whose pictures are elsewhere.
    """

    def __init__(self, media: Path, image_hosts: tuple[str, ...] = ()) -> None:
        self.media = media
        self.headers = _security_headers(image_hosts)
        self._turns: dict[tuple[str, str], asyncio.Task[None]] = {}

    @classmethod
    def name(cls) -> str:
        """Stored as input channel with every message."""
        return "web"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> WebInput:
        """Pictures are in media/ of the folder that PARLEY_VAR names, else of the project's var/."""
        var = os.environ.get("PARLEY_VAR") or Path(__file__).resolve().parents[2] / "var"
        return cls(Path(var) / "media", tuple((credentials or {}).get("image_hosts", ())))

    def url_prefix(self) -> str:
        """The root: Rasa joins this to /webhooks/, and the page needs / itself."""
        return "/"

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """All routes; `on_new_message` is Rasa's handler, which returns when the turn is stored."""
        web = Blueprint("web")

        # Rasa has a route for / already and a second one is refused; a middleware answers before that route does.
        @web.listener("before_server_start")
        async def replace_root(app: Sanic, _: Any) -> None:
            app.register_middleware(self._page, "request")

        @web.middleware("response")
        async def secure(_: Request, response: HTTPResponse) -> None:
            response.headers.update(self.headers)

        @web.route("/static/<name:str>", methods=["GET", "HEAD"], unquote=True)
        async def static(request: Request, name: str) -> HTTPResponse:
            return await serve(request, STATIC, name, "no-cache")

        @web.route("/media/<name:str>", methods=["GET", "HEAD"], unquote=True)
        async def media(request: Request, name: str) -> HTTPResponse:
            return await serve(request, self.media, name, "public, max-age=3600")

        @web.get("/webhooks/web/conversations/<conversation:str>")
        async def conversation(request: Request, conversation: str) -> HTTPResponse:
            return await self._conversation(request, conversation)

        @web.post("/webhooks/web/messages", stream=True)
        async def messages(request: Request) -> HTTPResponse | None:
            return await self._message(request, on_new_message)

        return web

    async def _page(self, request: Request) -> HTTPResponse | None:
        if request.path != "/":
            return None
        page = await serve(request, STATIC, "index.html", "no-cache")
        page.headers.update(self.headers)
        return page

    async def _conversation(self, request: Request, conversation: str) -> HTTPResponse:
        if not CONVERSATION.fullmatch(conversation):
            return _refusal("A conversation's id is 32 hexadecimal digits.")
        agent = _agent(request)
        if agent is None:
            return _refusal(UNAVAILABLE, 503)
        tracker = await agent.tracker_store.retrieve_full_tracker(conversation)
        messages = lines(tracker.events) if tracker else []
        return json_response({"messages": messages}, headers={"Cache-Control": "no-store"})

    async def _message(self, request: Request, on_new_message: OnNewMessage) -> HTTPResponse | None:
        agent = _agent(request)
        if agent is None:
            return _refusal(UNAVAILABLE, 503)
        body = await _body(request)
        if body is None:
            return _refusal(f"The body is too long: at most {MAX_BODY} bytes are read.", 413)
        try:
            incoming = read_message(body, set(agent.domain.intents) - set(DEFAULT_INTENTS))
        except BadMessageError as error:
            return _refusal(str(error))
        answer = await self._answer(agent, incoming, on_new_message)
        response = await request.respond(content_type="application/x-ndjson", headers={"Cache-Control": "no-store"})
        async for line in answer:
            await response.send(json.dumps(line, ensure_ascii=False) + "\n")
        await response.eof()
        return None

    async def _answer(self, agent: Agent, incoming: Incoming, on_new_message: OnNewMessage) -> Lines:
        key = (incoming.conversation, incoming.id)
        running = self._turns.get(key)
        if running is not None:
            await asyncio.wait([running])
        if running is not None or incoming.again:
            tracker = await agent.tracker_store.retrieve_full_tracker(incoming.conversation)
            stored = replies(tracker.events, incoming.id) if tracker else None
            if stored is not None:
                return _each(stored)
        output = QueueOutput()
        # A task of its own, kept here: the turn goes on and is stored when the browser goes away meanwhile.
        turn = asyncio.ensure_future(_turn(incoming, output, on_new_message))
        self._turns[key] = turn
        turn.add_done_callback(lambda _: self._turns.pop(key, None))
        return output.lines()


async def _turn(incoming: Incoming, output: QueueOutput, on_new_message: OnNewMessage) -> None:
    message = UserMessage(
        incoming.text,
        output,
        incoming.conversation,
        input_channel=WebInput.name(),
        message_id=incoming.id,
        metadata={SHOWN: incoming.shown},
    )
    try:
        await on_new_message(message)
    except Exception:
        logger.exception("A web message could not be handled.")
        await output.queue.put({"error": FAILED})
    finally:
        await output.queue.put(None)


async def _each(stored: list[dict[str, Any]]) -> Lines:
    for line in stored:
        yield line


async def _body(request: Request) -> bytes | None:
    body = bytearray()
    async for chunk in request.stream:
        body += chunk
        if len(body) > MAX_BODY:
            return None
    return bytes(body)


def _agent(request: Request) -> Agent | None:
    agent: Agent | None = getattr(request.app.ctx, "agent", None)
    return agent if agent is not None and agent.is_ready() else None


def _refusal(sentence: str, status: int = 400) -> HTTPResponse:
    return json_response({"error": sentence}, status=status, headers={"Cache-Control": "no-store"})


def _security_headers(image_hosts: tuple[str, ...]) -> dict[str, str]:
    images = " ".join(("'self'", *image_hosts))
    policy = (
        f"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src {images}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
    }

"""One answer of an OpenAI-compatible server, within a time that is kept."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import httpx

LARGEST = 64 * 1024  # bytes of an answer that are read: ours are short
CALLERS = 4
_PAUSE = 0.05  # seconds before the one retry of a refused connection

Message = Mapping[str, str]


class EndpointError(Exception):
    """No usable answer; `reason` is one word for the metrics."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Answer:
    """What the model said, and whether the server cut it off."""

    text: str
    cut: bool = False


class Endpoint:
    """POSTs to `url`/chat/completions over pooled connections; safe to share between threads."""

    def __init__(self, url: str, model: str, key: str = "", seconds: float = 1.5) -> None:
        """`url` is the base, as http://127.0.0.1:8000/v1; `key` is sent as a bearer token and never logged."""
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        limits = httpx.Limits(max_connections=CALLERS, max_keepalive_connections=CALLERS)
        self._url = f"{url.rstrip('/')}/chat/completions"
        self._model = model
        self._seconds = seconds
        self._client = httpx.Client(headers=headers, limits=limits, timeout=seconds)
        # httpx bounds each read, not the whole call: a server that sends a byte a second would hold an action for ever.
        self._pool = ThreadPoolExecutor(CALLERS, thread_name_prefix="parley-llm")

    def __enter__(self) -> Endpoint:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Gives the connections back."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._client.close()

    def ask(self, messages: Sequence[Message], *, most_tokens: int, temperature: float) -> Answer:
        """The model's answer to a chat.

        Raises:
            EndpointError: refused, too late, another status than 200, too large, or no chat completion.
        """
        body = {
            "model": self._model,
            "messages": list(messages),
            "max_tokens": most_tokens,
            "temperature": temperature,
            "stream": False,
        }
        deadline = time.monotonic() + self._seconds
        job = self._pool.submit(self._post, body, deadline)
        try:
            return _answer(job.result(timeout=self._seconds))
        except (FutureTimeoutError, httpx.TimeoutException) as error:
            job.cancel()
            raise EndpointError("timeout") from error
        except httpx.ConnectError as error:
            raise EndpointError("refused") from error
        except (httpx.HTTPError, httpx.InvalidURL, RuntimeError) as error:
            raise EndpointError("connection") from error

    def _post(self, body: Mapping[str, Any], deadline: float) -> bytes:
        try:
            return self._once(body, deadline)
        except httpx.ConnectError:
            if deadline - time.monotonic() <= 2 * _PAUSE:
                raise
            time.sleep(_PAUSE)
            return self._once(body, deadline)

    def _once(self, body: Mapping[str, Any], deadline: float) -> bytes:
        left = max(deadline - time.monotonic(), 0.01)
        with self._client.stream("POST", self._url, json=body, timeout=left) as response:
            if response.status_code != httpx.codes.OK:
                raise EndpointError("status")
            content = b""
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > LARGEST:
                    raise EndpointError("size")
                if time.monotonic() > deadline:
                    raise EndpointError("timeout")
            return content


def _answer(content: bytes) -> Answer:
    try:
        choice = json.loads(content)["choices"][0]
        text = choice["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise EndpointError("envelope") from error
    if not isinstance(text, str):
        raise EndpointError("envelope")
    return Answer(text, choice.get("finish_reason") == "length")

"""An OpenAI-compatible server on loopback that answers as it is told: with lies, slowly, in halves, or not at all."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Respond = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


@dataclass
class Liar:
    """What the server says next, and what it was asked."""

    url: str
    respond: Respond
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def says(self, text: object, finish: str = "stop") -> None:
        """A well-formed completion with `text`."""
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
        self.sends(json.dumps({"object": "chat.completion", "choices": [choice]}).encode())

    def sends(self, body: bytes, status: int = 200, pause: float = 0.0, dribble: float = 0.0) -> None:
        """These bytes, after `pause` seconds, with `dribble` seconds between any two."""

        def respond(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
            time.sleep(pause)
            handler.send_response(status)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            for at in range(len(body)) if dribble else ():
                handler.wfile.write(body[at : at + 1])
                handler.wfile.flush()
                time.sleep(dribble)
            if not dribble:
                handler.wfile.write(body)

        self.respond = respond


@contextmanager
def lying() -> Iterator[Liar]:
    """A server that runs as long as the block."""
    liar = Liar("", lambda handler, body: None)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            liar.asked.append({"path": self.path, **asked})
            liar.headers.append(dict(self.headers))
            try:
                liar.respond(self, asked)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Who hangs up is no failure of the test."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    liar.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield liar
    finally:
        server.shutdown()
        server.server_close()

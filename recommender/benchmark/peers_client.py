"""The peers as contenders: their options, and the way to their process."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, cast

import numpy as np
import scipy.sparse as sp

from recommender.benchmark.contenders import Contender, Fitted, Floats, Option
from recommender.benchmark.exams import Exam, TrainingData, View
from recommender.benchmark.fingerprints import fingerprint_of_files
from recommender.benchmark.peers.log import Histories, Log
from recommender.errors import ParleyError

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PYTHON = ROOT / ".venv-peers" / "bin" / "python"
REQUIREMENTS = HERE / "peers-requirements.txt"


class PeersMissingError(ParleyError):
    """The peers' environment is not there."""


class PeersProcess:
    """Starts the peers' Python when it is first needed; one model at a time. Close it, or use it in a `with`."""

    def __init__(self, python: Path = PYTHON, log: Path | None = None) -> None:
        self.python, self.log_file = python, log
        self._process: subprocess.Popen[str] | None = None
        self._folder: Path | None = None
        self._written: dict[str, Path] = {}
        self._fits, self._scoring = 0, 0.0

    def __enter__(self) -> PeersProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process and deletes what was exchanged."""
        if self._process is not None:
            cast("Any", self._process.stdin).close()
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:  # in the middle of a fit that nobody waits for
                self._process.kill()
                self._process.wait()
            self._process = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None
        self._written.clear()

    def fit(self, peer: str, data: TrainingData, option: Option, seed: int, watch: View | None = None) -> Fitted:
        """Trains a peer; its scorer is good until the next call.

        Raises:
            PeersMissingError: the environment is missing.
            ParleyError: the peer failed; the text has its error.
        """
        order = {"do": "fit", "peer": peer, "log": str(self._log(data)), "option": dict(option), "seed": seed}
        order["watch"] = None if watch is None else str(self._watch(watch))
        reply = self._ask(order)
        self._fits += 1
        return Fitted(partial(self._score, self._fits), float(reply["seconds"]), reply["option"], lambda: self._scoring)

    def _score(self, fit: int, people: Histories) -> Floats:
        if fit != self._fits:
            raise RuntimeError("The peers' process holds another model by now: score before the next fit.")
        asked, out = self._path("people.npz"), self._path("scores.npy")
        np.savez(asked, row=people.row, start=people.start, item=people.item)
        self._scoring += float(self._ask({"do": "score", "people": str(asked), "out": str(out)})["seconds"])
        scores: Floats = np.load(out, allow_pickle=False)
        out.unlink()
        return scores

    def _log(self, data: TrainingData) -> Path:
        if data.fingerprint not in self._written:
            for old in self._written.values():
                old.unlink(missing_ok=True)
            self._written = {data.fingerprint: self._path(f"{data.fingerprint}.npz")}
            np.savez(self._written[data.fingerprint], **wire(data).arrays())
        return self._written[data.fingerprint]

    def _watch(self, view: View) -> Path:
        path = self._path("watch.npz")
        (person, liked), (seen_person, seen_item) = view.relevant.nonzero(), view.excluded.nonzero()
        people: Any = {"row": view.people.row, "start": view.people.start, "item": view.people.item}
        np.savez(path, **people, person=person, liked=liked, seen_person=seen_person, seen_item=seen_item)
        return path

    def _path(self, name: str) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="parley-peers-"))
        return self._folder / name

    def _ask(self, order: dict[str, Any]) -> dict[str, Any]:
        process = self._started()
        cast("Any", process.stdin).write(json.dumps(order) + "\n")
        cast("Any", process.stdin).flush()
        line = cast("Any", process.stdout).readline()
        if not line:
            raise ParleyError(
                f"The peers' process ended while it should {order['do']}; see {self.log_file or 'above'}."
            )
        reply: dict[str, Any] = json.loads(line)
        if "error" in reply:
            raise ParleyError(f"{order.get('peer', 'The peer')} failed: {reply['error']}")
        return reply

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None:
            if not self.python.is_file():
                raise PeersMissingError(
                    f"The peers' packages are not installed ({self.python} is missing). `make .venv-peers/.installed` "
                    "does it; `--only parley` compares Parley with nothing but its own parts."
                )
            command = [str(self.python), "-m", "recommender.benchmark.peers.worker"]
            errors = None if self.log_file is None else self.log_file.open("a", encoding="utf-8")
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
            )
            if errors is not None:
                errors.close()
        return self._process


@dataclass(frozen=True)
class PeerContender(Contender):
    """A package in the peers' process; `tried` are its options for a set."""

    peer: str = ""
    tried: Callable[[TrainingData], tuple[Option, ...]] = field(default=lambda _: ({},))
    process: PeersProcess = field(default_factory=PeersProcess)
    needs: str = ""  # "clock" or "attributes"

    def options(self, data: TrainingData) -> tuple[Option, ...]:
        """As given."""
        return self.tried(data)

    def fit(self, data: TrainingData, option: Option, seed: int, watch: Exam | None = None) -> Fitted:
        """In the other process."""
        stops_early = watch is not None and "epochs" in option and "every" in option
        return self.process.fit(self.peer, data, option, seed, watch.views[0] if watch and stops_early else None)

    def sources(self) -> str:
        """The worker's files and the packages' versions."""
        return fingerprint_of_files((REQUIREMENTS, *sorted((HERE / "peers").glob("*.py"))))

    def takes_part(self, protocol: str, data: TrainingData) -> str:
        """What the set lacks."""
        if self.needs == "clock" and not data.clock:
            return "the set has no clock"
        if self.needs == "attributes" and not attribute_matrix(data).nnz:
            return "the set has no attributes"
        return super().takes_part(protocol, data)


def wire(data: TrainingData) -> Log:
    """The training data as the peers' process reads them."""
    histories = data.histories
    newest: dict[tuple[int, int], int] = {}
    for person, item, at in zip(data.log.person, data.log.item, data.log.at, strict=True):
        newest[int(person), int(item)] = max(int(at), newest.get((int(person), int(item)), int(at)))
    persons = np.repeat(np.arange(len(histories)), np.diff(histories.start))
    at = np.array([newest[int(p), int(i)] for p, i in zip(persons, histories.item, strict=True)], dtype=np.int64)
    return Log(len(data.items), histories.start, histories.item, at, attribute_matrix(data), data.texts.vectors)


def attribute_matrix(data: TrainingData) -> sp.csr_matrix:
    """(items × values) float32, 1 where an item has a value of an attribute that several items have."""
    found: dict[tuple[str, str], list[int]] = {}
    for row, item in enumerate(data.items):
        for name, values in item.attributes.items():
            for value in set(values):
                found.setdefault((name, value), []).append(row)
    telling = [rows for rows in found.values() if 1 < len(rows) < len(data.items)]
    holders = np.array([row for rows in telling for row in rows], dtype=np.int64)
    column = np.repeat(np.arange(len(telling)), [len(rows) for rows in telling])
    shape = (len(data.items), len(telling))
    return sp.csr_matrix((np.ones(len(holders), dtype=np.float32), (holders, column)), shape=shape)

"""The peers' process: `.venv-peers/bin/python -m recommender.benchmark.peers.worker`, one JSON line in, one out.

    {"do": "fit", "peer": NAME, "log": FILE, "option": {…}, "seed": N, "watch": FILE or null}
        → {"seconds": CPU seconds, "option": what training settled for}
    {"do": "score", "people": FILE, "out": FILE}
        → {"seconds": CPU seconds}; `out` is a .npy of (p, n) float32

One model is kept, the one that was fitted last. `watch` holds people of the validation and what they came to like.
An error comes back as {"error": TEXT}.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from pathlib import Path
from typing import Any, Protocol, TextIO

import numpy as np
from numpy.typing import NDArray

from recommender.benchmark.peers.factors import Als, AlsRidge, Bpr, LightFm
from recommender.benchmark.peers.linear import Ease, Neighbours, Popularity
from recommender.benchmark.peers.log import Floats, Histories, Log
from recommender.benchmark.peers.sequence import SasRec

AT = 10


class Peer(Protocol):
    """What every peer can do; option and people are as its class says."""

    def fit(self, log: Log, option: dict[str, Any], seed: int) -> None:
        """Learns."""

    def score(self, people: Histories) -> Floats:
        """(p, n) float32, finite, higher is better."""


PEERS: dict[str, type] = {
    "popularity": Popularity,
    "neighbours": Neighbours,
    "ease": Ease,
    "als": Als,
    "als-ridge": AlsRidge,
    "bpr": Bpr,
    "lightfm": LightFm,
    "sasrec": SasRec,
}


class Worker:
    """Does what the lines say."""

    def __init__(self) -> None:
        self.peer: Peer | None = None

    def fit(self, order: dict[str, Any]) -> dict[str, Any]:
        """Replaces the model."""
        log, self.peer = Log.load(Path(order["log"])), None
        peer = PEERS[order["peer"]]()
        started = time.process_time()
        if order.get("watch"):
            watched = Watched.load(Path(order["watch"]))
            peer.fit(log, order["option"], order["seed"], watched.quality)
        else:
            peer.fit(log, order["option"], order["seed"])
        self.peer = peer
        return {"seconds": time.process_time() - started, "option": getattr(peer, "settled", order["option"])}

    def score(self, order: dict[str, Any]) -> dict[str, Any]:
        """Writes the scores of some people."""
        if self.peer is None:
            raise RuntimeError("No model was fitted: send a fit order first.")
        people = Histories.load(Path(order["people"]))
        started = time.process_time()
        scores = np.ascontiguousarray(self.peer.score(people), dtype=np.float32)
        seconds = time.process_time() - started
        np.save(order["out"], scores)
        return {"seconds": seconds}


class Watched:
    """People whose later likes tell when a training that goes on epoch by epoch should stop."""

    def __init__(self, people: Histories, person: NDArray[np.int64], item: NDArray[np.int64], seen: Any) -> None:
        self.people, self.person, self.item, self.seen = people, person, item, seen

    @classmethod
    def load(cls, path: Path) -> Watched:
        """From an .npz file of Histories with the pairs (person, item) to come and (seen_person, seen_item) gone."""
        with np.load(path, allow_pickle=False) as arrays:
            seen = (arrays["seen_person"], arrays["seen_item"])
            return cls(Histories.load(path), arrays["person"], arrays["liked"], seen)

    def quality(self, peer: Peer) -> float:
        """Mean NDCG@10 as the benchmark measures it."""
        scores = peer.score(self.people)
        scores[self.seen] = -np.inf
        value = scores[self.person, self.item]
        rank = np.array([(scores[p] >= v).sum() for p, v in zip(self.person, value, strict=True)])
        gain = np.bincount(self.person, np.where(rank <= AT, 1 / np.log2(rank + 1), 0.0), len(self.people))
        held_out = np.bincount(self.person, minlength=len(self.people))
        ideal = np.append(0.0, np.cumsum(1 / np.log2(np.arange(2, AT + 2))))[np.minimum(held_out, AT)]
        return float((gain[held_out > 0] / ideal[held_out > 0]).mean())


def serve(orders: TextIO, replies: TextIO) -> None:
    """Until the orders end."""
    worker = Worker()
    for line in orders:
        order = json.loads(line)
        try:
            reply = {"fit": worker.fit, "score": worker.score}[order["do"]](order)
        except Exception as error:
            traceback.print_exc()
            reply = {"error": f"{type(error).__name__}: {error}"}
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


def main() -> None:
    """Serves standard input; what libraries print goes to standard error instead of between the replies."""
    import lightfm  # noqa: F401 - imported before any clock runs
    import rectools.models  # noqa: F401

    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(sys.stdin, replies)


if __name__ == "__main__":
    main()

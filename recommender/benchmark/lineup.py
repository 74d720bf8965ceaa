"""Who is compared with whom, and among which options each chooses: six, where the thing has as many."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import product

import numpy as np

from recommender.benchmark.contenders import Contender, Option
from recommender.benchmark.exams import TrainingData
from recommender.benchmark.peers_client import PeerContender, PeersProcess
from recommender.benchmark.protocols import ITEMS, PER_PERSON, PERSONS, WARM
from recommender.benchmark.simple import TextNeighbours

KNOWN = (WARM, PER_PERSON, PERSONS)  # protocols in which every candidate has likes
PLAIN_LIGHTFM, LIGHTFM_ATTRIBUTES = "LightFM", "LightFM with attributes"


def peers(process: PeersProcess) -> tuple[Contender, ...]:
    """The packages, the simple ones first."""
    peer = partial(PeerContender, process=process)
    return (
        peer("popularity", "peer", seeds=False, protocols=KNOWN, peer="popularity"),
        peer(
            "recent popularity",
            "peer",
            seeds=False,
            protocols=KNOWN,
            peer="popularity",
            needs="clock",
            tried=_fixed([{"days": days} for days in (3, 7, 14, 30, 90, 365)]),
        ),
        peer("item-kNN", "peer", seeds=False, protocols=KNOWN, peer="neighbours", tried=_fixed(NEIGHBOURS)),
        peer("EASE", "peer", seeds=False, protocols=KNOWN, peer="ease", tried=_fixed(PENALTIES)),
        peer("EASE on a decayed history", "peer", seeds=False, protocols=KNOWN, peer="ease", tried=_fixed(DECAYED)),
        peer("ALS", "peer", protocols=KNOWN, peer="als", tried=_fixed(ALS)),
        peer("BPR", "peer", protocols=KNOWN, peer="bpr", tried=_fixed(BPR)),
        peer(PLAIN_LIGHTFM, "lightfm", protocols=KNOWN, peer="lightfm", tried=_fixed(LIGHTFM)),
        peer(
            LIGHTFM_ATTRIBUTES,
            "peer",
            peer="lightfm",
            needs="attributes",
            tried=_fixed([{**option, "attributes": True} for option in LIGHTFM]),
        ),
        peer("SASRec", "peer", once=True, protocols=KNOWN, reuses_choice=True, peer="sasrec", tried=_sasrec),
        TextNeighbours("text kNN", "text", seeds=False),
        peer(
            "ALS + ridge from text",
            "text",
            protocols=(ITEMS,),
            peer="als-ridge",
            tried=_fixed(ALS_RIDGE),
        ),
    )


NEIGHBOURS = [
    {"kind": kind, "neighbours": neighbours}
    for kind, neighbours in (
        ("counts", 50),
        ("counts", 500),
        ("cosine", 200),
        ("tfidf", 50),
        ("tfidf", 500),
        ("bm25", 200),
    )
]
PENALTIES = [{"penalty": float(penalty), "decay": 1.0} for penalty in (10, 30, 100, 300, 1000, 3000)]
DECAYED = [{"penalty": float(penalty), "decay": decay} for penalty, decay in product((30, 200, 1000), (0.9, 0.7))]
ALS = [
    {"factors": factors, "regularization": regularization, "alpha": alpha, "iterations": 15}
    for factors, regularization, alpha in (
        (64, 0.01, 1.0),
        (64, 0.1, 10.0),
        (128, 0.1, 1.0),
        (128, 1.0, 10.0),
        (32, 0.1, 5.0),
        (64, 1.0, 40.0),
    )
]
BPR = [
    {"factors": factors, "learning_rate": rate, "regularization": regularization, "iterations": iterations}
    for factors, rate, regularization, iterations in (
        (64, 0.01, 0.01, 100),
        (64, 0.05, 0.01, 100),
        (64, 0.05, 0.001, 200),
        (128, 0.05, 0.01, 200),
        (64, 0.1, 0.01, 100),
        (32, 0.05, 0.03, 200),
    )
]
ALS_RIDGE = [
    {"factors": factors, "regularization": regularization, "alpha": alpha, "iterations": 15, "ridge": ridge}
    for factors, regularization, alpha, ridge in (
        (64, 0.01, 1.0, 0.01),
        (64, 0.01, 1.0, 0.1),
        (128, 0.1, 1.0, 0.01),
        (128, 0.1, 1.0, 0.1),
        (32, 0.01, 1.0, 0.01),
        (64, 0.1, 10.0, 0.1),
    )
]
LIGHTFM = [
    {"dimensions": 64, "epochs": epochs, "learning_rate": rate} for epochs, rate in product((15, 30, 60), (0.02, 0.05))
]


def _fixed(options: Sequence[Option]) -> _Fixed:
    return _Fixed(tuple(options))


class _Fixed:
    """The same options for every set."""

    def __init__(self, options: tuple[Option, ...]) -> None:
        self.options = options

    def __call__(self, data: TrainingData) -> tuple[Option, ...]:
        return self.options


def _sasrec(data: TrainingData) -> tuple[Option, ...]:
    """Two, because a training takes long; each stops when the validation no longer gains."""
    # Padding costs as much as likes do, so nearly everybody's history has to fit, but not more.
    usual = int(np.quantile(np.diff(data.histories.start), 0.95)) if len(data.histories) else 0
    basis = {
        "blocks": 2,
        "heads": 2,
        "length": min(max(usual, 10), 50),
        "learning_rate": 0.001,
        "epochs": 60 if data.many else 150,
        "every": 2 if data.many else 5,
        "seconds": 240 if data.many else 90,
    }
    return tuple({**basis, "factors": factors, "dropout": dropout} for factors, dropout in ((64, 0.5), (128, 0.2)))

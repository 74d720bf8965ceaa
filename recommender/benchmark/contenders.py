"""One interface for whatever is compared: peers, controls, Parley and what is left of it without a part."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from recommender.benchmark.exams import Exam, TrainingData
from recommender.benchmark.peers.log import Histories

Floats = NDArray[np.float32]
Kind = Literal["peer", "text", "lightfm", "control", "parley", "ablation"]
"""peer: a text-free package; text: a simple baseline from text; lightfm: plain LightFM, which has goals of its own;
control: Parley with its texts shuffled, or without; ablation: Parley without a part."""

PARLEY = "Parley"
SHUFFLED = "Parley, texts shuffled among items"
TEXTLESS = "Parley's blend without text"

Option = Mapping[str, Any]
Scorer = Callable[[Histories], Floats]
"""People → (p, n) finite scores, higher is better."""


@dataclass(frozen=True)
class Fitted:
    """A scorer, the CPU seconds that fitting took, and the option that it settled for (an early stop, say).

    `clock` tells the CPU seconds of whatever scores, which may be another process.
    """

    score: Scorer
    seconds: float
    option: Option
    clock: Callable[[], float] = time.process_time


@dataclass(frozen=True)
class Contender(ABC):
    """One line of the tables.

    `seeds`: whether chance plays a part, so that several are run; `once`: it does, but each run takes too long.
    `protocols` None: takes part in all.
    `reuses_choice`: too slow to be tuned for new people as well, who get what known people's validation chose.
    """

    name: str
    kind: Kind
    seeds: bool = True
    once: bool = field(default=False, kw_only=True)
    protocols: tuple[str, ...] | None = None
    reuses_choice: bool = field(default=False)

    @abstractmethod
    def options(self, data: TrainingData) -> tuple[Option, ...]:
        """What is tried on the validation; as many for everybody, where the name of the thing has as many."""

    @abstractmethod
    def fit(self, data: TrainingData, option: Option, seed: int, watch: Exam | None = None) -> Fitted:
        """Learns.

        Args:
            data: the likes.
            option: one of `options`, or what another fit settled for.
            seed: of whatever is random.
            watch: in the validation only, the exam, to stop early or to tune inner weights by.
        """

    @abstractmethod
    def sources(self) -> str:
        """A fingerprint of the code and packages that make the result; older measurements end with it."""

    def takes_part(self, protocol: str, data: TrainingData) -> str:
        """Why the contender cannot take part, or nothing."""
        if self.protocols is not None and protocol not in self.protocols:
            return "not asked"
        return ""

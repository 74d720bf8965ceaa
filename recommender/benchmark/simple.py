"""A baseline that reads nothing but text, and knows nobody but through what they liked."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np

from recommender.benchmark.contenders import Contender, Fitted, Floats, Option
from recommender.benchmark.exams import Exam, TrainingData
from recommender.benchmark.fingerprints import fingerprint_of_files
from recommender.benchmark.peers.linear import break_ties
from recommender.benchmark.peers.log import Histories


@dataclass(frozen=True)
class TextNeighbours(Contender):
    """Items whose text is like that of what a person liked; options: `decay` of older likes, `neighbours` kept."""

    def options(self, data: TrainingData) -> tuple[Option, ...]:
        """Six: means over the whole history or its end, over all likes or the nearest."""
        return tuple({"decay": decay, "nearest": nearest} for decay, nearest in product((1.0, 0.9, 0.7), (False, True)))

    def fit(self, data: TrainingData, option: Option, seed: int, watch: Exam | None = None) -> Fitted:
        """There is nothing to learn but who is popular, which decides between equals."""
        started = time.process_time()
        vectors, decay = data.texts.vectors, float(option["decay"])
        popularity = np.bincount(data.log.item, minlength=len(data.items)).astype(np.float32)

        def score(people: Histories) -> Floats:
            weights = people.matrix(len(vectors), decay)
            if not option["nearest"]:
                return break_ties((weights @ vectors) @ vectors.T, popularity)
            found = np.zeros((len(people), len(vectors)), dtype=np.float32)
            for place in range(len(people)):
                liked = people.of_person(place)
                if len(liked):
                    aged = np.power(decay, np.arange(len(liked))[::-1], dtype=np.float32)
                    found[place] = ((vectors[liked] @ vectors.T) * aged[:, None]).max(axis=0)
            return break_ties(found, popularity)

        return Fitted(score, time.process_time() - started, option)

    def sources(self) -> str:
        """This file."""
        return fingerprint_of_files((Path(__file__),))

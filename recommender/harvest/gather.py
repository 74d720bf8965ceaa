"""Unsure messages, each kind once, in groups of about one meaning."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from recommender.answers.examples import background
from recommender.answers.gaps import clusters
from recommender.answers.index import language_means, unit
from recommender.answers.vectors import Vectors
from recommender.harvest.anonymise import anonymise
from recommender.harvest.messages import Heard
from recommender.language.detect import detect
from recommender.language.tokens import fold

ALIKE = 0.8
"""Share of common character pairs above which two messages are one."""
LONGEST = 200
"""Characters of a message that may become a training line; longer ones are stories, not examples."""
MOST = 500


@dataclass(frozen=True, slots=True)
class Candidate:
    """An anonymous message that was heard `count` times, with the likeliest intent and its lowest confidence."""

    text: str
    guess: str
    confidence: float
    count: int


Group = tuple[Candidate, ...]
"""Candidates of about one meaning, the most frequent first."""


def gather(
    heard: Iterable[Heard], vectors: Vectors, below: float, known: Collection[str] = (), most: int = MOST
) -> tuple[Group, ...]:
    """Messages whose confidence is less than `below`, most frequent groups first.

    Args:
        heard: all messages, oldest first; the newest `most` different ones are kept.
        vectors: encode them.
        below: between 0 and 1.
        known: keys (see `key`) of lines that need no review: training data and lines held out.
        most: candidates at most.
    """
    unsure = [one for one in heard if one.confidence < below and len(one.text) <= LONGEST]
    candidates = [one for one in _distinct(unsure) if key(one.text) not in known][-most:]
    if not candidates:
        return ()
    means = language_means(background(), vectors)
    encoded = vectors.of([one.text for one in candidates])
    centred = unit(encoded - np.stack([means[detect(one.text)] for one in candidates]))
    groups = [_ranked([candidates[row] for row in rows]) for rows in clusters(centred)]
    return tuple(sorted(groups, key=lambda group: (-sum(one.count for one in group), group[0].text)))


def key(text: str) -> str:
    """What is the same in messages that differ in capitals, spaces, punctuation or numbers."""
    return re.sub(r"\d+", "0", re.sub(r"[\W_]+", " ", fold(text))).strip()


def _distinct(heard: Sequence[Heard]) -> list[Candidate]:
    found: dict[str, Candidate] = {}
    for one in heard:
        text = anonymise(one.text)
        name = key(text)
        if not name:
            continue
        same = name if name in found else next((other for other in found if _alike(name, other)), name)
        before = found.pop(same, None)
        found[same] = Candidate(
            text=text,
            guess=one.guess,
            confidence=min(one.confidence, before.confidence) if before else one.confidence,
            count=1 + (before.count if before else 0),
        )
    return list(found.values())


def _alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < ALIKE * max(len(one), len(other)):
        return False
    pairs = [{text[at : at + 2] for at in range(len(text) - 1)} or {text} for text in (one, other)]
    return len(pairs[0] & pairs[1]) >= ALIKE * len(pairs[0] | pairs[1])


def _ranked(group: Iterable[Candidate]) -> Group:
    return tuple(sorted(group, key=lambda one: (-one.count, one.confidence, one.text)))

"""Reads a set with a pipeline and measures it, all of it and each language apart."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from evaluation.lines import Line, Lines
from evaluation.measures import Bin, Share, auroc, calibration_error, confusions, f1, reliability, share
from evaluation.pipeline import Pipeline, Reading, same
from recommender.language.detect import detect

OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Figures:
    """Of the messages in one language; shares of right intents before and after the fallback, and of unseen ones.

    `entities` are precision, recall and F1; `auroc` tells out of scope from in scope by its probability.
    """

    accuracy: Share
    unseen: Share
    decided: Share
    entities: tuple[float, float, float]
    auroc: float


@dataclass(frozen=True)
class Verdict:
    """A set's figures by language ("all" too), its calibration and its confusions."""

    name: str
    learnt: int
    figures: dict[str, Figures]
    bins: tuple[Bin, ...]
    error: float
    confusions: list[tuple[str, str, int]]
    wanted: tuple[str, ...]
    found: tuple[str, ...]


def judge(lines: Lines, pipeline: Pipeline, seen: Collection[str] = ()) -> Verdict:
    """How well `pipeline` reads `lines`; `seen` are messages that it learnt, in lower case."""
    readings = [pipeline.read(line.text) for line in lines.judge]
    score = pipeline.probability(readings, OUT_OF_SCOPE)
    languages = np.array([detect(line.text) for line in lines.judge])
    everyone = np.ones(len(readings), dtype=bool)
    groups = {"all": everyone} | {language: languages == language for language in sorted(set(languages.tolist()))}
    right = np.array([r.intent == line.intent for r, line in zip(readings, lines.judge, strict=True)])
    bins = reliability(np.array([float(r.probabilities.max()) for r in readings]), right)
    wanted, found = tuple(line.intent for line in lines.judge), tuple(reading.intent for reading in readings)
    return Verdict(
        name=lines.name,
        learnt=len(lines.train) or len(seen),
        figures={
            name: _figures([lines.judge[row] for row in rows], [readings[row] for row in rows], score[rows], seen)
            for name, chosen in groups.items()
            for rows in (np.flatnonzero(chosen),)
        },
        bins=bins,
        error=calibration_error(bins),
        confusions=confusions(wanted, found),
        wanted=wanted,
        found=found,
    )


def _figures(lines: list[Line], readings: list[Reading], score: np.ndarray, seen: Collection[str]) -> Figures:
    def rate(good: Callable[[Line, Reading], bool], among: Callable[[Line], bool] = lambda _: True) -> Share:
        pairs = [(line, reading) for line, reading in zip(lines, readings, strict=True) if among(line)]
        return share(sum(good(*pair) for pair in pairs), len(pairs))

    marked = any(line.entities for line in lines)
    nothing = (float("nan"),) * 3
    return Figures(
        accuracy=rate(lambda line, reading: reading.intent == line.intent),
        unseen=rate(lambda line, reading: reading.intent == line.intent, lambda line: line.text.lower() not in seen),
        decided=rate(lambda line, reading: same(line.intent, reading.decided)),
        entities=f1([r.entities for r in readings], [line.entities for line in lines]) if marked else nothing,
        auroc=auroc(score, np.array([line.intent == OUT_OF_SCOPE for line in lines])),
    )

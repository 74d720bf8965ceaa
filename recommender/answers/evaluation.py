"""How good the answers are to questions that nothing was fitted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.answers.examples import Example
from recommender.answers.fitting import Fitted
from recommender.answers.index import AnswerIndex
from recommender.answers.judged import Judged, auroc, judge
from recommender.answers.vectors import Vectors


@dataclass(frozen=True)
class Score:
    """Shares of `answerable` questions unless noted.

    `first`: the right answer ranks first, whatever the threshold. `answered` alone, `offered` among several, the rest
    gets "I don't know". `right`: of those answered alone. `reached`: of those offered several, the right one is among
    them. `precision`: of all replies, those to unanswerable questions included. `false_answers`, `false_offers`: of the
    `unanswerable`. `separation`: AUROC of the confidence between the two kinds.
    """

    language: str
    answerable: int
    unanswerable: int
    first: float
    answered: float
    right: float
    offered: float
    reached: float
    precision: float
    false_answers: float
    false_offers: float
    separation: float

    def __str__(self) -> str:
        return (
            f"{self.language}: {self.answerable} answerable questions: right answer first {self.first:.3f}; "
            f"answered {self.answered:.3f}, of these right {self.right:.3f}; offered several {self.offered:.3f}, of "
            f"these with the right one {self.reached:.3f}; precision of all replies {self.precision:.3f}. "
            f"{self.unanswerable} others: answered {self.false_answers:.3f}, offered {self.false_offers:.3f}; "
            f"AUROC {self.separation:.3f}"
        )


def evaluate(index: AnswerIndex, fitted: Fitted, examples: Sequence[Example], vectors: Vectors) -> tuple[Score, ...]:
    """One score for each language that `examples` are in, and one for all."""
    judged = judge(index, examples, vectors.of([example.text for example in examples]))
    kinds = {"en": ~judged.chinese, "zh": judged.chinese, "both": np.ones(len(examples), dtype=bool)}
    return tuple(_score(name, judged.where(rows), fitted) for name, rows in kinds.items() if rows.any())


def _score(language: str, judged: Judged, fitted: Fitted) -> Score:
    chance = fitted.confidence.of(judged.features)
    replied, several = chance >= fitted.threshold, judged.several(fitted.margin)
    known, right = judged.answerable, judged.right[:, 0]
    alone, offered = replied & ~several, replied & several
    served = judged.served(fitted.margin)
    return Score(
        language=language,
        answerable=int(known.sum()),
        unanswerable=int((~known).sum()),
        first=_share(right, known),
        answered=_share(alone, known),
        right=_share(right, known & alone),
        offered=_share(offered, known),
        reached=_share(served, known & offered),
        precision=_share(served, replied),
        false_answers=_share(alone, ~known),
        false_offers=_share(offered, ~known),
        separation=auroc(chance[known], chance[~known]),
    )


def _share(what: NDArray[np.bool_], among: NDArray[np.bool_]) -> float:
    return float(what[among].mean()) if among.any() else float("nan")

"""Questions whose answer is known, ranked: what would be shown of them, and whether that is right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.answers.examples import Example
from recommender.answers.index import AnswerIndex, Floats, Ranking

OFFERED = 3
"""At most so many answers are offered at once."""

Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Judged:
    """n ranked questions.

    `features` (n, 6) are those of the best entry; `answerable` (n,) whether any entry is right; `right` (n, OFFERED)
    whether the one at that place is; `behind` (n, OFFERED) by how much it is behind the best, infinite where there is
    none; `chinese` (n,) the question's language.
    """

    features: NDArray[np.float64]
    answerable: Truths
    right: Truths
    behind: NDArray[np.float64]
    chinese: Truths

    @classmethod
    def of(cls, index: AnswerIndex, ranked: Iterable[tuple[Example, Ranking]]) -> Judged:
        """The judgement of `ranked` questions; an example's heading is right, and so is its translation."""
        rows = {entry.question: row for row, entry in enumerate(index.entries)}
        features, answerable, right, behind, chinese = [], [], [], [], []
        for example, ranking in ranked:
            expected = rows.get(example.question or "", -1)
            places = index.candidates(ranking, OFFERED)
            missing = OFFERED - len(places)
            found = [int(ranking.order[place]) for place in places]
            features.append(ranking.features())
            answerable.append(expected >= 0)
            right.append([expected in (row, int(index.pairs[row])) for row in found] + [False] * missing)
            behind.append([float(ranking.scores[found[0]] - ranking.scores[row]) for row in found] + [np.inf] * missing)
            chinese.append(example.language == "zh")
        return cls(np.array(features), np.array(answerable), np.array(right), np.array(behind), np.array(chinese))

    def where(self, rows: Truths) -> Judged:
        """Those questions alone."""
        return Judged(
            self.features[rows], self.answerable[rows], self.right[rows], self.behind[rows], self.chinese[rows]
        )

    def shown(self, margin: float) -> Truths:
        """(n, OFFERED) the places that would be shown: the best, and those less than `margin` behind it."""
        shown: Truths = self.behind < margin
        shown[:, 0] = True
        return shown

    def served(self, margin: float) -> Truths:
        """(n,) whether the right answer would be among them."""
        served: Truths = np.any(self.right & self.shown(margin), axis=1)
        return served

    def several(self, margin: float) -> Truths:
        """(n,) whether there would be more than one."""
        several: Truths = self.shown(margin).sum(axis=1) > 1
        return several


def judge(index: AnswerIndex, examples: Sequence[Example], vectors: Floats) -> Judged:
    """`examples` as they would be answered; `vectors` (n, d) are theirs from the encoder."""
    return Judged.of(
        index,
        (
            (example, index.rank(vector, example.text, example.language))
            for example, vector in zip(examples, vectors, strict=True)
        ),
    )


def auroc(positive: NDArray[np.float64], negative: NDArray[np.float64]) -> float:
    """The chance that a positive scores above a negative, ties half (Hanley and McNeil 1982); NaN without either."""
    if not len(positive) or not len(negative):
        return float("nan")
    ordered = np.sort(negative)
    twice = np.searchsorted(ordered, positive, "left").sum() + np.searchsorted(ordered, positive, "right").sum()
    return float(twice / 2 / (len(positive) * len(negative)))

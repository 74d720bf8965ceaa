"""When to answer, when to offer several answers and when to say "I don't know": fitted on known questions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recommender.answers.confidence import Confidence
from recommender.answers.examples import Example
from recommender.answers.index import AnswerIndex
from recommender.answers.judged import Judged, auroc, judge
from recommender.answers.vectors import Vectors

PRECISION = 0.9
"""Of the replies to known questions so many have to be right; among such thresholds the best F1 wins."""
ALONE = 0.95
"""Of the answers that are given alone so many have to be right, else close ones are offered beside them."""
MOST_OFFERED = 0.3
"""Share of answerable questions that may be met with several answers."""
ENOUGH = 20
"""Known questions of either kind from which on they alone choose the threshold."""
LEFT_OUT = 600
"""Ways to ask that are left out and asked in turn, at most: each costs a ranking."""
UNFITTED = 0.5
PRIOR = Path(__file__).with_name("prior.json")


@dataclass(frozen=True)
class Fitted:
    """Replies from a confidence of `threshold` on, with every answer less than `margin` behind the best.

    The rest says what it was fitted on: `known` questions, of which `answerable`; `precision` of replies, `recall` of
    answerable questions, `separation` (AUROC) of answerable from other questions by confidence. What is `borrowed` is
    the demo's, because too few were answerable.
    """

    confidence: Confidence
    threshold: float
    margin: float
    known: int
    answerable: int
    precision: float
    recall: float
    separation: float
    borrowed: bool = False

    def __str__(self) -> str:
        kept = f"threshold {self.threshold:.2f}, margin {self.margin:.2f}"
        if self.borrowed:
            return f"{kept}, the demo's: {self.answerable} ways to ask are too few to fit others on"
        return (
            f"{kept}, fitted on {self.known} questions "
            f"({self.answerable} answerable): precision {self.precision:.3f}, recall {self.recall:.3f}, "
            f"AUROC {self.separation:.3f}"
        )


def fit(index: AnswerIndex, examples: Sequence[Example], background: Sequence[Example], vectors: Vectors) -> Fitted:
    """Confidence, threshold and margin for `index`.

    They are fitted on `examples` if these hold ENOUGH of both kinds; else also on ways to ask that are left out and
    asked in turn, and on `background` texts likewise, which are harder than real questions and make it cautious. Where
    that is not ENOUGH either, because hardly a question is written in two ways, what the demo's answers gave is used.

    Args:
        index: of the answers.
        examples: known questions, of either kind; none is fine.
        background: those that the index was built with.
        vectors: of their texts.
    """
    known = judge(index, examples, vectors.of([example.text for example in examples])) if examples else None
    if known is None or min(int(known.answerable.sum()), int((~known.answerable).sum())) < ENOUGH:
        left_out = _left_out(index, background, vectors)
        known = left_out if known is None else _together(left_out, known)
    borrowed = bool(known.answerable.sum() < ENOUGH)
    if borrowed:
        confidence, threshold, margin = prior()
        chance, served = confidence.of(known.features), known.served(margin)
    else:
        confidence, margin = Confidence.fit(known.features, known.right[:, 0]), smallest_margin(known)
        chance, served = confidence.of(known.features), known.served(margin)
        threshold = best_threshold(chance, served, known.answerable)
    replied = chance >= threshold
    return Fitted(
        confidence=confidence,
        threshold=threshold,
        margin=margin,
        known=len(chance),
        answerable=int(known.answerable.sum()),
        precision=float(served[replied].mean()) if replied.any() else float("nan"),
        recall=float((served & replied).sum() / max(1, known.answerable.sum())),
        separation=auroc(chance[known.answerable], chance[~known.answerable]),
        borrowed=borrowed,
    )


def prior() -> tuple[Confidence, float, float]:
    """Confidence, threshold and margin that `write_prior` kept of the demo."""
    numbers = json.loads(PRIOR.read_text(encoding="utf-8"))
    return Confidence.of_numbers(numbers["confidence"]), float(numbers["threshold"]), float(numbers["margin"])


def write_prior(fitted: Fitted, target: Path = PRIOR) -> None:
    """Keep `fitted` for folders that hold too little to be fitted themselves."""
    numbers = {"threshold": round(fitted.threshold, 6), "margin": round(fitted.margin, 6)}
    content = {"confidence": fitted.confidence.numbers(), **numbers}
    target.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _left_out(index: AnswerIndex, background: Sequence[Example], vectors: Vectors) -> Judged:
    """Ways to ask whose entry has others left, and background texts, each asked as if it were not in the index."""
    owners, sizes = index.owners, np.diff(index.start)
    ways = [words for entry in index.entries for words in entry.asked]
    candidates = np.flatnonzero(sizes[owners] > 1)
    picked = candidates[np.unique(np.linspace(0, len(candidates) - 1, LEFT_OUT).astype(int))] if len(candidates) else []
    ranked = []
    for way in picked:
        entry = index.entries[owners[way]]
        example = Example(ways[way], entry.language, entry.question)
        vector = vectors.of([ways[way]])[0]
        ranked.append((example, index.rank(vector, example.text, example.language, without_way=int(way))))
    for row, (example, vector) in enumerate(zip(background, vectors.of([b.text for b in background]), strict=True)):
        ranked.append((example, index.rank(vector, example.text, example.language, without_other=row)))
    return Judged.of(index, ranked)


def _together(first: Judged, second: Judged) -> Judged:
    names = ("features", "answerable", "right", "behind", "chinese")
    return Judged(*(np.concatenate([getattr(first, name), getattr(second, name)]) for name in names))


def smallest_margin(judged: Judged) -> float:
    """The smallest margin with which answers that stand alone are right in ALONE of the cases."""
    known = judged.where(judged.answerable)
    if not len(known.right):
        return 0.0
    leads = known.behind[:, 1]
    widest = float(np.quantile(leads, MOST_OFFERED, method="lower"))
    for margin in np.unique(np.concatenate([[0.0], leads[leads <= widest]])):
        alone = ~known.several(float(margin))
        if known.right[alone, 0].mean() >= ALONE:
            return float(margin)
    return widest


def best_threshold(chance: NDArray[np.float64], served: NDArray[np.bool_], answerable: NDArray[np.bool_]) -> float:
    """The confidence with the best F1 of replies among those of enough PRECISION; else the most precise one."""
    order = np.argsort(-chance, kind="stable")
    right = np.cumsum(served[order])
    replies = np.arange(1, len(order) + 1)
    precision, recall = right / replies, right / max(1, answerable.sum())
    last = np.append(np.diff(chance[order]) < 0, True)  # a threshold takes all of equal confidence
    harmonic = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    enough = last & (precision >= PRECISION)
    if not right.any():
        return UNFITTED
    best = int(np.argmax(np.where(enough, harmonic, -1.0) if enough.any() else np.where(last, precision, -1.0)))
    below = chance[order[best + 1]] if best + 1 < len(order) else 0.0
    return float((chance[order[best]] + below) / 2)  # half-way to the first that gets no reply

"""How much each kind of evidence counts: a linear ranker fitted to lists, convex and therefore the same every time.

The softmax over a person's candidates should fall on what they came to like (Cao et al. 2007). Weights of evidence are
not negative: a part that is noise ends at 0 instead of being subtracted. They are drawn to 0 by the strongest ridge
that cross-validation cannot tell from the best (one standard error, Breiman et al. 1984, chapter 3). People of whom
little is known get weights of their own, drawn to those of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from recommender.model.ranker import CLIP, Ranker

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

RIDGES = (0.003, 0.01, 0.03)
OWN = 10.0  # times the ridge: how strongly a bucket's weights are drawn to those of all
FOLDS = 4
AT = 10
STEPS = 200


@dataclass(frozen=True, eq=False)
class Choice:
    """One person's candidates: columns (c, f) float32, chosen (c,) bool, bucket, and how many likes are held out.

    `shown` False: the list only teaches the weights of its bucket.
    """

    columns: Floats
    chosen: NDArray[np.bool_]
    bucket: int
    held_out: int
    shown: bool = True


@dataclass(frozen=True, eq=False)
class _Lists:
    """All lists below each other: columns (r, f), target (r,) sums to 1 in a list, start (l,) and list (r,)."""

    columns: Doubles
    target: Doubles
    start: NDArray[np.intp]
    list: NDArray[np.intp]

    @classmethod
    def of(cls, choices: Sequence[Choice]) -> _Lists:
        sizes = np.array([len(choice.chosen) for choice in choices])
        return cls(
            np.clip(np.concatenate([choice.columns for choice in choices]), -CLIP, CLIP).astype(np.float64),
            np.concatenate([choice.chosen / choice.chosen.sum() for choice in choices]),
            np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp),
            np.repeat(np.arange(len(choices)), sizes),
        )


def fit_blend(choices: Sequence[Choice], names: Sequence[str], buckets: int, free: Sequence[str], seed: int) -> Ranker:
    """The ranker that puts what was chosen first.

    Args:
        choices: lists; those in which nothing or everything is chosen teach nothing.
        names: of the columns.
        buckets: how many there are; the ranker's context is one-hot over them.
        free: names of columns whose weights may be negative.
        seed: of the folds that choose the ridge.

    Raises:
        ValueError: no list teaches anything.
    """
    useful = [choice for choice in choices if 0 < choice.chosen.sum() < len(choice.chosen)]
    shown = [choice for choice in useful if choice.shown]
    if not shown:
        raise ValueError("No list has both chosen and other candidates, so there is nothing to learn from.")
    least = np.array([-np.inf if name in free else 0.0 for name in names])
    ridge = _ridge(shown, least, seed)
    common = _fit(_Lists.of(shown), ridge, np.zeros(len(names)), least)
    own = np.zeros((len(names), buckets), dtype=np.float32)
    for bucket in range(buckets):
        known = [choice for choice in useful if choice.bucket == bucket]
        if known:
            # Drawn to the common weights, more so where few people say otherwise.
            weights = _fit(_Lists.of(known), OWN * ridge * len(useful) / len(known), common, least)
            own[:, bucket] = weights - common
    plain = Ranker.linear(dict(zip(names, common.tolist(), strict=True)), names, buckets)
    identity = np.eye(buckets, dtype=np.float32)
    return _with_buckets(plain, own, identity)


def _with_buckets(plain: Ranker, own: Floats, identity: Floats) -> Ranker:
    return replace(plain, factors=own, query_factors=identity, query_bias=np.zeros(len(identity), dtype=np.float32))


def _ridge(shown: Sequence[Choice], least: Doubles, seed: int) -> float:
    """The strongest ridge whose NDCG in cross-validation is within a standard error of the best one's."""
    if len(shown) < 2 * FOLDS:
        return RIDGES[-1]
    fold = np.random.default_rng(seed).permutation(len(shown)) % FOLDS
    found = np.zeros((len(RIDGES), len(shown)))
    for number in range(FOLDS):
        lists = _Lists.of([choice for choice, own in zip(shown, fold, strict=True) if own != number])
        weights = np.zeros(len(least))
        for place, ridge in enumerate(RIDGES):
            weights = _fit(lists, ridge, np.zeros(len(least)), least, weights)
            for row in np.flatnonzero(fold == number).tolist():
                found[place, row] = _ndcg(shown[row], weights)
    loss = found[int(found.mean(axis=1).argmax())] - found
    error = loss.std(axis=1) / np.sqrt(len(shown))
    return RIDGES[max(place for place in range(len(RIDGES)) if loss[place].mean() <= error[place])]


def _fit(lists: _Lists, ridge: float, prior: Doubles, least: Doubles, start: Doubles | None = None) -> Doubles:
    """Weights (f,) of the smallest mean cross-entropy plus ridge × squared distance from `prior`."""
    from scipy.optimize import minimize

    size = len(lists.start)

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        scores = lists.columns @ weights
        scores -= np.maximum.reduceat(scores, lists.start)[lists.list]
        shares = np.exp(scores)
        sums = np.add.reduceat(shares, lists.start)
        shares /= sums[lists.list]
        entropy = float(np.log(sums).sum() - lists.target @ scores) / size
        away = weights - prior
        gradient = lists.columns.T @ (shares - lists.target) / size + 2 * ridge * away
        return entropy + ridge * float(away @ away), gradient

    bounds = [(None if bound == -np.inf else bound, None) for bound in least]
    found = minimize(
        loss,
        prior if start is None else start,
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"maxiter": STEPS},
    )
    return np.asarray(found.x, dtype=np.float64)


def _ndcg(choice: Choice, weights: Doubles) -> float:
    """NDCG of the list, with those likes counted as missed that are not among the candidates."""
    scores = np.clip(choice.columns, -CLIP, CLIP) @ weights
    top = np.argsort(-scores, kind="stable")[:AT]
    gains = 1 / np.log2(np.arange(2, AT + 2))
    return float((choice.chosen[top] * gains[: len(top)]).sum() / gains[: max(1, min(choice.held_out, AT))].sum())

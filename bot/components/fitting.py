"""Fits the logistic head by regularised maximum likelihood, and its temperature by cross-validation. Without Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from components.grams import GramTable, Kind
from components.logistic import Floats, Head, softmax

TEMPERATURES = np.exp(np.linspace(-1.5, 1.5, 121))
STEPS = 400
TOLERANCE = 1e-6  # of the mean loss, relative, between two steps


@dataclass(frozen=True)
class Options:
    """How to fit: `strength` is the inverse of the penalty, `grams` the length of a row of n-grams of each kind.

    `groups` are the widths of the groups of dense columns; they add up to all of them. `folds` of cross-validation
    find the temperature; 0 leaves it at 1. Where the dense features themselves were learnt from most of the lines,
    `unseen` are the rows of the others, which then stand for all folds.
    """

    groups: tuple[int, ...]
    strength: float
    grams: float
    seed: int
    kinds: tuple[Kind, ...] = ("characters", "words")
    folds: int = 0
    unseen: tuple[int, ...] = ()


def fit(dense: Floats, texts: Sequence[str], labels: Sequence[str], options: Options) -> Head:
    """A head, labels weighted alike; the same input gives the same head.

    Each group of dense columns is centred and divided by its root mean square length: sentence vectors lie in a narrow
    cone away from the origin, and groups of different width should speak equally loud.

    Args:
        dense: (n, features) float32.
        texts: n texts for n-grams.
        labels: n names.
        options: see there.

    Raises:
        ValueError: there are fewer than two different labels.
    """
    if len(set(labels)) < 2:
        raise ValueError("Training needs examples of at least two intents in bot/data/nlu.")
    head = _fit(dense, texts, labels, options)
    return head.cooled(_temperature(dense, texts, labels, options)) if options.folds > 1 else head


def held_out_scores(
    dense: Floats, texts: Sequence[str], labels: Sequence[str], options: Options
) -> tuple[Floats, tuple[str, ...]]:
    """(n, labels) float32 scores of each line by a head that was fitted without its part, and the labels' names.

    `options.folds` parts hold every label alike; a label that a part's head does not know scores least. With
    `options.unseen`, only these rows are scored.
    """
    names = tuple(sorted(set(labels)))
    part = _parts(labels, options)
    scores = np.full((len(texts), len(names)), -np.inf, dtype=np.float32)
    for number in range(part.max() + 1):
        learn, judge = np.flatnonzero(part != number), np.flatnonzero(part == number)
        head = _fit(dense[learn], [texts[row] for row in learn], [labels[row] for row in learn], options)
        columns = [names.index(label) for label in head.labels]
        for row in judge:
            scores[row, columns] = head.scores(dense[row], texts[row])
    return np.where(np.isfinite(scores), scores, scores[np.isfinite(scores)].min()), names


def _parts(labels: Sequence[str], options: Options) -> NDArray[np.int64]:
    if options.unseen:
        part = np.full(len(labels), -1, dtype=np.int64)
        part[list(options.unseen)] = 0
        return part
    # Within each label, so that none is missing from a part that could have it.
    generator = np.random.default_rng(options.seed)
    part = np.empty(len(labels), dtype=np.int64)
    for label in sorted(set(labels)):
        rows = np.array([row for row, other in enumerate(labels) if other == label])
        part[generator.permutation(rows)] = np.arange(len(rows)) % options.folds
    return part


def _temperature(dense: Floats, texts: Sequence[str], labels: Sequence[str], options: Options) -> float:
    scores, names = held_out_scores(dense, texts, labels, options)
    rows = np.array(options.unseen) if options.unseen else np.arange(len(labels))
    right = np.array([names.index(labels[row]) for row in rows])
    losses = [-np.log(softmax(scores[rows] / t)[range(len(rows)), right] + 1e-12).mean() for t in TEMPERATURES]
    return float(TEMPERATURES[int(np.argmin(losses))])


def _fit(dense: Floats, texts: Sequence[str], labels: Sequence[str], options: Options) -> Head:
    from scipy import sparse  # only training needs it

    mean = dense.mean(axis=0)
    scale = _scale(dense - mean, options.groups)
    tables = tuple(GramTable.fit(texts, kind) for kind in options.kinds) if options.grams else ()
    empty = sparse.csr_matrix((len(texts), 0), dtype=np.float32)
    grams = sparse.hstack([empty, *(_matrix(table, texts) for table in tables)], format="csr")
    names, rows = np.unique(np.array(labels), return_inverse=True)
    weights, gram_weights, bias = _minimise(
        ((dense - mean) / scale).astype(np.float32), grams * np.float32(options.grams), rows, options.strength
    )
    return Head(
        labels=tuple(str(name) for name in names),
        tables=tables,
        mean=mean,
        scale=scale,
        weights=weights,
        gram_weights=gram_weights * np.float32(options.grams),
        bias=bias,
    )


def _minimise(dense: Floats, grams: Any, rows: NDArray[np.int64], strength: float) -> tuple[Floats, Floats, Floats]:
    """Weights of the dense and the sparse columns, and the bias; a fifth of scikit-learn's time on such a mixture."""
    from scipy.optimize import minimize

    count, width, labels = len(rows), dense.shape[1], int(rows.max()) + 1
    balance = (count / (labels * np.bincount(rows)))[rows].astype(np.float32) / count
    target = np.zeros((count, labels), dtype=np.float32)
    target[np.arange(count), rows] = 1
    turned = grams.T.tocsr()
    ends = width * labels, (width + grams.shape[1]) * labels

    def split(flat: NDArray[Any]) -> tuple[Floats, Floats, Floats]:
        flat = flat.astype(np.float32)
        inner, outer = flat[: ends[0]].reshape(-1, labels), flat[ends[0] : ends[1]].reshape(-1, labels)
        return inner, outer, flat[ends[1] :]

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        inner, outer, bias = split(flat)
        scores = dense @ inner + grams @ outer + bias
        found = softmax(scores)
        right = np.log(np.maximum((found * target).sum(axis=1), np.float32(1e-30)))
        error = (found - target) * balance[:, None]
        weight = 1 / (strength * count)
        penalty = weight * (float((inner**2).sum()) + float((outer**2).sum())) / 2
        slopes = (dense.T @ error + weight * inner, turned @ error + weight * outer, error.sum(axis=0))
        return penalty - float((right * balance).sum()), np.concatenate([s.ravel() for s in slopes]).astype(np.float64)

    start = np.zeros(ends[1] + labels)
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS, "ftol": TOLERANCE, "gtol": TOLERANCE}
    )
    return split(found.x)


def _scale(centred: Floats, groups: tuple[int, ...]) -> Floats:
    scale = np.ones(centred.shape[1], dtype=np.float32)
    for end, width in zip(np.cumsum(groups), groups, strict=True):
        part = slice(end - width, end)
        scale[part] = np.sqrt((centred[:, part] ** 2).sum(axis=1).mean()) or 1.0
    return scale


def _matrix(table: GramTable, texts: Sequence[str]) -> Any:
    from scipy import sparse

    rows = [table.row(text) for text in texts]
    starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    columns = np.concatenate([columns for columns, _ in rows])
    values = np.concatenate([values for _, values in rows])
    return sparse.csr_matrix((values, columns, starts), shape=(len(texts), len(table.names)))

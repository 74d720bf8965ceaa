"""Transformer-enhanced LightFM: factors whose item side starts from text.

WARP (Weston et al. 2011) as in LightFM (Kula 2015), with identities as features on both sides. The item vectors start
from a PCA of the transformer's text vectors instead of noise, which beat every way of appending text as feature columns
in our measurements. Items without interactions stay out of training, because WARP would sample them as negatives, and
get their vectors afterwards from a ridge map, text → vector, learnt on the items that have both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.errors import ModelError

Floats = NDArray[np.float32]
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class HybridParameters:
    """Training settings.

    `start_spread` / dimensions is the standard deviation of the starting vectors (LightFM's own: .29 / dimensions).
    `from_text` False starts from noise instead, for comparison. `shrinkage` is how many interactions the text map
    weighs against what an item's own have taught; LightFM overfits those with few.
    `ridge` is the regularisation of the text map, in units of the texts' mean variance per dimension.
    """

    dimensions: int = 64
    epochs: int = 30
    learning_rate: float = 0.02
    start_spread: float = 3.0
    max_sampled: int = 20
    ridge: float = 1.0
    shrinkage: float = 2.0
    from_text: bool = True
    seed: int = 7


@dataclass(frozen=True)
class HybridFactors:
    """n items, m people, d dimensions; item biases are the last column of item_vectors, people have 1 there.

    item_vectors (n, d+1), warm (n,) bool, person_vectors (m, d+1), mean_person (d+1,), text_map (t+1, d+1).
    """

    item_vectors: Floats
    warm: NDArray[np.bool_]
    person_vectors: Floats
    mean_person: Floats
    text_map: Floats
    fold_in: float


def fit_hybrid(
    matrix: sp.coo_matrix,
    text_vectors: Floats,
    parameters: HybridParameters,
    progress: Progress | None = None,
) -> HybridFactors:
    """Learns factors from confidence weights and text.

    Args:
        matrix: (m people × n items) float32 confidences of positive interactions, without duplicates.
        text_vectors: (n, t) float32, centred and L2-normalised.
        parameters: training settings.
        progress: is told about the epochs.

    Raises:
        ModelError: the training diverged, or matrix and text vectors do not fit.
    """
    people, items = matrix.shape
    if items != len(text_vectors):
        raise ModelError(f"{items} columns of interactions do not fit {len(text_vectors)} text vectors. Rebuild both.")
    warm = np.zeros(items, dtype=bool)
    warm[matrix.col] = True
    start = start_from_text(text_vectors, parameters)
    if not warm.any():
        return _without_interactions(start, text_vectors, people, parameters)
    warm_items = np.flatnonzero(warm)
    learnt_items, person_vectors = _train(matrix, start, warm_items, parameters, progress)
    text_map = fit_text_map(text_vectors[warm_items], learnt_items, parameters.ridge)
    item_vectors = map_text(text_vectors, text_map)
    # Towards what the text says of an item, the more so the less is known of it.
    known = np.bincount(matrix.col, minlength=items)[warm_items, None].astype(np.float32)
    item_vectors[warm_items] += known / (known + parameters.shrinkage) * (learnt_items - item_vectors[warm_items])
    mean_person = person_vectors.mean(axis=0)
    fold_in = _fold_in_scale(matrix, item_vectors, person_vectors, mean_person)
    return HybridFactors(item_vectors, warm, person_vectors, mean_person, text_map, fold_in)


def start_from_text(text_vectors: Floats, parameters: HybridParameters) -> Floats:
    """(n, d) starting item vectors: the leading principal components of the text, scaled to the start spread.

    With fewer items or text dimensions than d, the rest is seeded noise of the same spread.
    """
    items, wanted = len(text_vectors), parameters.dimensions
    spread = parameters.start_spread / wanted
    generator = np.random.default_rng(parameters.seed)
    start = generator.normal(scale=spread, size=(items, wanted)).astype(np.float32)
    if items < 2 or not parameters.from_text:
        return start
    centred = text_vectors - text_vectors.mean(axis=0)
    # By way of the (t, t) covariance: a decomposition of all rows takes gigabytes where items are a million.
    variances, axes = np.linalg.eigh((centred.T @ centred).astype(np.float64))
    kept = min(wanted, items - 1, int((variances > variances[-1] * 1e-8).sum()))
    components = centred @ axes[:, ::-1][:, :kept].astype(np.float32)
    start[:, :kept] = components * (spread / components.std())
    return start


def map_text(text_vectors: Floats, text_map: Floats) -> Floats:
    """(n, d+1) item vectors that the learnt map gives to (n, t) text vectors."""
    mapped: Floats = (text_vectors @ text_map[:-1] + text_map[-1]).astype(np.float32)
    return mapped


def _train(
    matrix: sp.coo_matrix,
    start: Floats,
    warm_items: NDArray[np.intp],
    parameters: HybridParameters,
    progress: Progress | None,
) -> tuple[Floats, Floats]:
    from lightfm import LightFM  # compiled and heavy: only training needs it

    column = np.full(matrix.shape[1], -1, dtype=np.int32)
    column[warm_items] = np.arange(len(warm_items), dtype=np.int32)
    shape = (matrix.shape[0], len(warm_items))
    weights = sp.coo_matrix((matrix.data.astype(np.float32), (matrix.row, column[matrix.col])), shape=shape)
    positives = sp.coo_matrix((np.ones_like(weights.data), (weights.row, weights.col)), shape=shape)
    model = LightFM(
        no_components=parameters.dimensions,
        loss="warp",
        learning_rate=parameters.learning_rate,
        max_sampled=parameters.max_sampled,
        random_state=parameters.seed,
    )
    model._initialize(parameters.dimensions, len(warm_items), matrix.shape[0])
    model.item_embeddings = np.ascontiguousarray(start[warm_items])
    for epoch in range(parameters.epochs):
        # One thread: two are faster, but their races change the result by some percent from run to run.
        model.fit_partial(positives, sample_weight=weights, epochs=1, num_threads=1)
        if progress and (epoch + 1) % 10 == 0:
            progress(f"epoch {epoch + 1} of {parameters.epochs}")
    item_vectors = np.column_stack([model.item_embeddings, model.item_biases]).astype(np.float32)
    ones = np.ones(matrix.shape[0], dtype=np.float32)
    person_vectors = np.column_stack([model.user_embeddings, ones]).astype(np.float32)
    if not (np.isfinite(item_vectors).all() and np.isfinite(person_vectors).all()):
        raise ModelError("Training diverged. Try a smaller learning rate or fewer epochs.")
    return item_vectors, person_vectors


def fit_text_map(text_vectors: Floats, targets: Floats, strength: float) -> Floats:
    """(t+1, d+1) map from (n, t) texts to (n, d+1) targets: ridge regression with an unpenalised intercept."""
    text_mean, target_mean = text_vectors.mean(axis=0), targets.mean(axis=0)
    centred = (text_vectors - text_mean).astype(np.float64)
    # Unit-length text vectors have a total variance below 1: the penalty is measured against the mean per dimension.
    penalty = strength * max(float((centred**2).sum()) / centred.shape[1], 1e-9)
    gram = centred.T @ centred + penalty * np.eye(centred.shape[1])
    slopes = np.linalg.solve(gram, centred.T @ (targets - target_mean))
    return np.vstack([slopes, target_mean - text_mean @ slopes]).astype(np.float32)


def _fold_in_scale(matrix: sp.coo_matrix, items: Floats, people: Floats, mean_person: Floats) -> float:
    """The α of mean person + α × centred mean of liked item vectors that comes closest to the learnt people."""
    indicator = sp.csr_matrix((np.ones(matrix.nnz, dtype=np.float32), (matrix.row, matrix.col)), shape=matrix.shape)
    counts = np.asarray(indicator.sum(axis=1)).ravel()
    active = counts > 0
    taste = (indicator @ items[:, :-1])[active] / counts[active, None] - items[:, :-1].mean(axis=0)
    target = (people - mean_person)[active, :-1]
    energy = float((taste**2).sum())
    return float((taste * target).sum() / energy) if energy > 0 else 1.0


def _without_interactions(
    start: Floats, text_vectors: Floats, people: int, parameters: HybridParameters
) -> HybridFactors:
    """Before the first interaction, items are where their texts are and people have no taste."""
    item_vectors = np.column_stack([start, np.zeros(len(start), dtype=np.float32)])
    mean_person = np.zeros(parameters.dimensions + 1, dtype=np.float32)
    mean_person[-1] = 1.0
    return HybridFactors(
        item_vectors=item_vectors,
        warm=np.zeros(len(start), dtype=bool),
        person_vectors=np.tile(mean_person, (people, 1)),
        mean_person=mean_person,
        text_map=fit_text_map(text_vectors, item_vectors, parameters.ridge),
        fold_in=1.0,
    )

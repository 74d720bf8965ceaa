"""Who is asking → a vector: people known from training, new people, and everything in between by fold-in.

A person without history is the mean person. Likes of the conversation add α × their centred mean item vector, which was
as good as ridge regression and better than further WARP steps in our measurements, and cannot move any item.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.model.embeddings import Embeddings

Floats = NDArray[np.float32]

EXPLICIT = 3.0  # an opinion given in conversation counts as three interactions of the past
DISLIKE = 0.5  # a dislike says less about what is wanted than a like
RECENCY = 0.9  # per step back in the history
HISTORY = 100  # older interactions say little that the vector does not


@dataclass(frozen=True)
class Profile:
    """Where a person stands, and which items say so.

    vector (d+1,) in the space of item vectors; `evidence` rows of items whose text speaks for the person, newest first,
    with their signed `strengths` (negative: disliked), `ages` in steps back, and `weights`, which are both;
    `liked` and `past` tell where the evidence came from.
    """

    vector: Floats
    evidence: NDArray[np.intp]
    strengths: Floats
    ages: Floats
    liked: frozenset[int]
    past: tuple[int, ...]
    known: bool

    @property
    def weights(self) -> Floats:
        """(e,) what each piece of evidence counts for a lasting taste."""
        return self.decayed(RECENCY)

    def decayed(self, factor: float) -> Floats:
        """(e,) strengths that lose to `factor` of themselves with every step back."""
        weights: Floats = (self.strengths * factor**self.ages).astype(np.float32)
        return weights


def build_profile(
    embeddings: Embeddings, person_row: int | None, liked: Sequence[int], disliked: Sequence[int]
) -> Profile:
    """The profile of the person in `person_row` (None: unknown) after the opinions since training.

    Args:
        embeddings: aligned with the catalogue.
        person_row: row in embeddings.person_vectors.
        liked: item rows, oldest first.
        disliked: item rows, oldest first.
    """
    past = () if person_row is None else tuple(int(row) for row in embeddings.history(person_row)[:HISTORY])
    vector = _vector(embeddings, person_row, len(past), liked, disliked)
    rows = [*reversed(liked), *past, *reversed(disliked)]
    strengths = [EXPLICIT] * len(liked) + [1.0] * len(past) + [-EXPLICIT * DISLIKE] * len(disliked)
    ages = [*range(len(liked) + len(past)), *range(len(disliked))]
    return Profile(
        vector=vector,
        evidence=np.array(rows, dtype=np.intp),
        strengths=np.array(strengths, dtype=np.float32),
        ages=np.array(ages, dtype=np.float32),
        liked=frozenset(liked),
        past=past,
        known=person_row is not None,
    )


def _vector(
    embeddings: Embeddings, person_row: int | None, past: int, liked: Sequence[int], disliked: Sequence[int]
) -> Floats:
    base = embeddings.mean_person if person_row is None else embeddings.person_vectors[person_row]
    alpha = embeddings.card.weights.fold_in
    vector = base.astype(np.float32)
    if liked:
        folded = embeddings.mean_person + alpha * _centred_mean(embeddings, liked)
        share = EXPLICIT * len(liked) / (EXPLICIT * len(liked) + past)
        vector = (1 - share) * vector + share * folded
    if disliked:
        vector = vector - alpha * DISLIKE * _centred_mean(embeddings, disliked)
    return vector.astype(np.float32)


def _centred_mean(embeddings: Embeddings, rows: Sequence[int]) -> Floats:
    """Mean of item vectors minus the catalogue's, shrunk for few items; biases are no part of a person's taste."""
    mean = embeddings.item_vectors[list(rows)].mean(axis=0) - embeddings.item_vectors.mean(axis=0)
    mean[-1] = 0.0
    shrunk: Floats = (mean * (len(rows) / (len(rows) + 1))).astype(np.float32)
    return shrunk

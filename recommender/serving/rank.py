"""Scores: a weighted sum of standardised parts, each (n,) over the whole catalogue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.model.embeddings import BlendWeights, Embeddings
from recommender.serving.profile import Profile

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class ScoreParts:
    """Standardised evidence for every item, (n,) each; a part that has nothing to say is all zeros."""

    hybrid: Floats
    text: Floats
    popularity: Floats
    query: Floats
    anchor: Floats

    def total(self, weights: BlendWeights) -> Floats:
        """(n,) weighted sum."""
        total: Floats = (
            weights.hybrid * self.hybrid
            + weights.text * self.text
            + weights.popularity * self.popularity
            + weights.query * self.query
            + weights.anchor * self.anchor
        )
        return total


def score_parts(
    embeddings: Embeddings, profile: Profile, query: Floats | None = None, anchor: int | None = None
) -> ScoreParts:
    """What each part says of every item.

    Args:
        embeddings: aligned with the catalogue.
        profile: who is asking.
        query: (t,) centred, L2-normalised vector of what was said beyond constraints.
        anchor: row of the item that the result should resemble.
    """
    text = embeddings.text_vectors
    nothing = np.zeros(len(text), dtype=np.float32)
    weights = embeddings.card.weights
    hybrid = standardise(embeddings.item_vectors @ profile.vector)
    hybrid[~embeddings.warm] += weights.cold_offset
    taste = profile.weights @ text[profile.evidence] if len(profile.evidence) else None
    return ScoreParts(
        hybrid=hybrid,
        text=nothing if taste is None else standardise(text @ taste),
        popularity=standardise(np.log1p(embeddings.popularity)),
        query=nothing if query is None else standardise(text @ query),
        anchor=nothing if anchor is None else standardise(text @ text[anchor]),
    )


def standardise(values: Floats) -> Floats:
    """`values` with mean 0 and standard deviation 1; all zeros where they do not vary."""
    spread = float(values.std())
    if spread < 1e-9:
        return np.zeros_like(values, dtype=np.float32)
    standard: Floats = ((values - values.mean()) / spread).astype(np.float32)
    return standard

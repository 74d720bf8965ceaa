"""Lasting wishes on a list: what is never shown, and what sinks or rises (`recommender.types.Preference`)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recommender.model.features import TextEncoder, centre
from recommender.serving.index import CatalogueIndex, Mask
from recommender.serving.rank import standardise
from recommender.types import Preference, Request

KEPT = 1024  # vectors of words, some MB

Floats = NDArray[np.float32]

_VECTORS: dict[tuple[str, str], Floats] = {}

WEIGHT = 1.0  # standard deviations of score that a soft wish about a value is worth: as much as a good sequence guess
TEXT_WEIGHT = 0.6  # the same for words: "too flashy" is vaguer than a colour
TEXTS = 4  # older words say little, and each costs an encoding


def forbidden(index: CatalogueIndex, request: Request) -> Mask:
    """(n,) items with a value that the person never wants, unless `request` asks for that very value."""
    mask = np.zeros(len(index), dtype=bool)
    asked = {(c.attribute, value) for c in request.constraints if not c.exclude for value in c.values}
    for wish in request.preferences:
        if wish.kind == "never" and wish.attribute and wish.value and (wish.attribute, wish.value) not in asked:
            mask |= index.mask(wish.attribute, (wish.value,))
    return mask


def bias(
    index: CatalogueIndex, texts: Floats, text_mean: Floats, preferences: tuple[Preference, ...], encoder: TextEncoder
) -> Floats | None:
    """(n,) standard deviations of score that soft wishes add to each item; None when there are none.

    Args:
        index: n items.
        texts: (n, t) centred, L2-normalised vectors of the items.
        text_mean: (t,) what centres a vector of words.
        preferences: oldest first; the hard ones are left out here.
        encoder: for wishes in words.
    """
    soft = [wish for wish in preferences if wish.kind != "never"]
    if not soft:
        return None
    total = np.zeros(len(index), dtype=np.float32)
    for wish in soft:
        if wish.attribute and wish.value:
            total[index.mask(wish.attribute, (wish.value,))] += _sign(wish) * WEIGHT
    worded = [wish for wish in soft if not wish.attribute and wish.text][-TEXTS:]
    if worded:
        vectors = centre(np.stack([_vector(encoder, wish.text) for wish in worded]), text_mean)
        for wish, vector in zip(worded, vectors, strict=True):
            # Only what resembles the words moves: to be unlike "too flashy" is no merit by itself.
            total += _sign(wish) * TEXT_WEIGHT * np.maximum(standardise(texts @ vector), 0.0)
    return total


def _vector(encoder: TextEncoder, text: str) -> Floats:
    """(t,) kept, because the same wish comes with every request of its person."""
    key = encoder.fingerprint, text
    if key not in _VECTORS:
        if len(_VECTORS) >= KEPT:
            _VECTORS.clear()
        _VECTORS[key] = encoder.encode([text])[0]
    return _VECTORS[key]


def _sign(wish: Preference) -> float:
    return 1.0 if wish.kind == "prefer" else -1.0

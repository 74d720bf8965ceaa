"""Candidates: the best of each kind of evidence among what the constraints allow.

Constraints come first. They are masks over the catalogue and cost microseconds, and a candidate list that is cut before
filtering could be left empty by a rare wish.
"""

from __future__ import annotations

from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from recommender.serving.index import Mask
from recommender.serving.rank import ScoreParts

Rows = NDArray[np.intp]

PER_PART = 200


def candidates(parts: ScoreParts, total: NDArray[np.float32], mask: Mask, least: int = 0) -> Rows:
    """Rows that `mask` admits: all when few, else the best of each part and of the total.

    Of each, PER_PART are taken, or `least` when a longer list is asked for.
    """
    rows = np.flatnonzero(mask)
    each = max(PER_PART, least)
    if len(rows) <= each:
        return rows
    scores = [total] + [getattr(parts, f.name) for f in fields(parts)]
    best = [rows[np.argpartition(-score[rows], each)[:each]] for score in scores if score.any()]
    return np.unique(np.concatenate(best))

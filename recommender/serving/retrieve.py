"""Candidates: the best of each kind of evidence among what the constraints allow.

Constraints come first. They are masks over the catalogue and cost microseconds, and a candidate list that is cut before
filtering could be left empty by a rare wish.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recommender.serving.index import Mask
from recommender.serving.nearest import best
from recommender.serving.rank import ScoreParts

Rows = NDArray[np.intp]

PER_PART = 200
NEVER = np.float32(-np.inf)


def candidates(parts: ScoreParts, mask: Mask, least: int = 0) -> Rows:
    """Rows that `mask` admits: all when few, else the best of each part.

    Of each, PER_PART are taken, or `least` when a longer list is asked for.
    """
    rows = np.flatnonzero(mask)
    each = max(PER_PART, least)
    if len(rows) <= each:
        return rows
    # Masked copies read in order, which takes half the time of gathering.
    found = [best(np.where(mask, part, NEVER), each) for part in parts.spoken()]
    return np.unique(np.concatenate(found)) if found else rows[:each]

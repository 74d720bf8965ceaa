"""Weights for a catalogue without conversations, and for choosing the candidates that a ranker learns from.

Guessed, not fitted, for evidence as it stands in its columns (no standardisation).
"""

from __future__ import annotations

from collections.abc import Sequence

from recommender.conversations.features import Floats
from recommender.model.ranker import Ranker

WEIGHTS = {
    "popularity.answers": 0.1,
    "named.latest": 1.0,
    "named.last": 0.5,
    "named.before": 0.2,
    "links.count": 1.0,
    "links.every": 0.5,
    "links.rare": 1.0,
    "shared.titles.latest": 1.0,
    "answers.latest": 2.0,
    "answers.last": 3.0,
    "contexts.last": 0.15,
    "contexts.whole": 0.15,
    "comention.items": 2.0,
    "collaborative.items": 0.5,
    "text.last": 0.2,
    "dense.whole": 1.0,
}
SHARED = 0.3  # of each attribute that is shared with the item named last


def prior_ranker(names: Sequence[str], context: int) -> Ranker:
    """The linear ranker of these weights for columns `names` and `context` values, which it does not look at."""
    shared = {name: SHARED for name in names if name.startswith("shared.latest.")}
    return Ranker.linear({**shared, **WEIGHTS}, names, context)


def prior_score(columns: Floats, names: Sequence[str], context: Floats) -> Floats:
    """(n,) scores by these weights."""
    return prior_ranker(names, len(context)).score(columns, context)

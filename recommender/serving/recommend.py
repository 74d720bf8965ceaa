"""One recommendation, from who is asking to why: profile → filters → scores → candidates → diversity → reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from recommender.conversations.part import conversation_part
from recommender.model.embeddings import Embeddings
from recommender.model.features import TextEncoder, centre
from recommender.serving.diversify import diversify
from recommender.serving.explain import Explainer
from recommender.serving.filters import allowed, relaxations
from recommender.serving.index import WHAT, CatalogueIndex, Mask
from recommender.serving.live import Snapshot
from recommender.serving.preferences import bias
from recommender.serving.profile import Profile, build_profile
from recommender.serving.rank import ScoreParts
from recommender.serving.shortlist import Wish
from recommender.types import RecommendedItem, Relaxation, Request


@dataclass(frozen=True)
class Ranking:
    """Everything that the list, its reasons and the next question are made of.

    `visible` is the request without what is settled; `mask` (n,) is what it allows; `found` (c,) rows of candidates;
    `total` (n,) their scores in standard deviations, -inf for all others.
    """

    visible: Request
    mask: Mask
    profile: Profile
    parts: ScoreParts
    found: NDArray[np.intp]
    total: NDArray[np.float32]


def rank(snapshot: Snapshot, request: Request, encoder: TextEncoder, only: Sequence[int] | None = None) -> Ranking:
    """Scores what `request` allows, `only` certain rows of it where those are given."""
    index, embeddings = snapshot.index, snapshot.embeddings
    person_row = snapshot.person_rows.get(request.person)
    profile = build_profile(embeddings, person_row, index.rows_of(request.liked), index.rows_of(request.disliked))
    visible, mask = _unsettled(index, embeddings, person_row, request)
    query = centre(encoder.encode([request.text])[0], embeddings.text_mean) if request.text else None
    anchor = index.rows.get(request.anchor) if request.anchor else None
    spoken = conversation_part(snapshot.conversations, request.text, encoder, anchor=anchor)
    if spoken.resemble:
        mask[list(spoken.named)] = False  # what the list should resemble is known already
    if only is not None:
        mask &= np.isin(np.arange(len(index)), only)
    scored = snapshot.shortlister.score(profile, Wish(query, anchor, spoken.evidence), mask, request.count)
    total = np.full(len(index), -np.inf, dtype=np.float32)
    total[scored.rows] = scored.scores
    lasting = bias(index, embeddings.text_vectors, embeddings.text_mean, request.preferences, encoder)
    if lasting is not None:
        total[scored.rows] += lasting[scored.rows]
    return Ranking(visible, mask, profile, scored.parts, scored.rows, total)


def recommend(
    snapshot: Snapshot, request: Request, encoder: TextEncoder
) -> tuple[tuple[RecommendedItem, ...], tuple[Relaxation, ...]]:
    """The list for `request` and, when it came out short, which constraint to relax.

    Constraints hold for every item returned; fewer than `request.count` may come back, even none.
    """
    return listed(snapshot, request, rank(snapshot, request, encoder))


def listed(
    snapshot: Snapshot, request: Request, ranking: Ranking
) -> tuple[tuple[RecommendedItem, ...], tuple[Relaxation, ...]]:
    """As `recommend`, from a ranking that is made."""
    index, embeddings, total = snapshot.index, snapshot.embeddings, ranking.total
    # Who did not say what it should be gets to see several kinds of thing.
    named = request.anchor or any(c.attribute == WHAT and not c.exclude for c in request.constraints)
    kinds = None if named else index.kinds
    rows = diversify(ranking.found, total, embeddings.text_vectors, request.count, kinds=kinds)
    explainer = Explainer(index, embeddings, ranking.profile, ranking.parts, request)
    items = tuple(
        RecommendedItem(index.items[row], position, float(total[row]), explainer.reasons(row))
        for position, row in enumerate(rows, start=1)
    )
    return items, relaxations(index, ranking.visible) if len(items) < request.count else ()


def _unsettled(
    index: CatalogueIndex, embeddings: Embeddings, person_row: int | None, request: Request
) -> tuple[Request, Mask]:
    """`request` without what is settled, and what it allows: a list is for what is not chosen, liked or refused yet.

    What they only liked comes back when nothing else fits the wish.
    """
    never, liked = request.hidden | set(request.disliked), set(request.liked)
    if person_row is not None:
        never |= {index.items[row].id for row in embeddings.bought(person_row)}
        liked |= {index.items[row].id for row in embeddings.history(person_row)}
    fresh = replace(request, hidden=never | liked)
    mask = allowed(index, fresh)
    if mask.any():
        return fresh, mask
    again = replace(request, hidden=never)
    return again, allowed(index, again)

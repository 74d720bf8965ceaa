"""Large catalogues: the few rows worth scoring, found through approximate indexes instead of scoring every item.

Each part names its best rows. Evidence of those alone is made, in the units that it would have if all had been looked
at: a row's rank within a part needs only those before it, and means and standard deviations come from the moments of
the vectors. What the constraints exclude is never named; where few rows are allowed, they are searched exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recommender.model.embeddings import Embeddings
from recommender.serving.approximate import ApproximateIndex
from recommender.serving.index import Mask
from recommender.serving.nearest import Moments, best, nearest, stored_index
from recommender.serving.profile import Profile
from recommender.serving.rank import RANKED, Questions, ScoreParts, Scorer
from recommender.serving.retrieve import PER_PART, candidates

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]

ITEMS_FILE, TEXTS_FILE, SEQUENCE_FILE = "index.npz", "index-texts.npz", "index-sequence.npz"
"""Beside a model's other files in the registry."""


@dataclass(frozen=True)
class Wish:
    """What is asked beyond constraints; query (t,), anchor a row, conversation (n,): as of `Scorer.parts`."""

    query: Floats | None = None
    anchor: int | None = None
    conversation: Floats | None = None


@dataclass(frozen=True)
class Scored:
    """Candidates and their scores (c,), and the evidence: arrays (n,), which may be filled for candidates alone."""

    parts: ScoreParts
    rows: Rows
    scores: Floats


@dataclass(frozen=True)
class Space:
    """Vectors of one kind, (n, d), with their index and moments."""

    vectors: Floats
    index: ApproximateIndex | None
    moments: Moments

    @classmethod
    def of(cls, vectors: Floats, index: ApproximateIndex | None) -> Space:
        """With the moments of `vectors`."""
        return cls(vectors, index, Moments.of(vectors))

    def first(self, query: Floats, deep: int, mask: Mask, least: int) -> Rows:
        """The `deep` best rows of all, and at least the `least` best that `mask` allows."""
        rows = nearest(self.vectors, query, deep, None, self.index)
        if np.count_nonzero(mask[rows]) >= least:
            return rows
        return np.concatenate([rows, nearest(self.vectors, query, least, mask, self.index)])

    def evidence(self, query: Floats, rows: Rows) -> Floats:
        """(r,) standardised products of `rows`."""
        return self.moments.standardise(self.vectors[rows] @ query, query)


@dataclass(frozen=True)
class Spaces:
    """LightFM's item vectors, the texts and the sequence model's item vectors of one model."""

    items: Space
    texts: Space
    sequence: Space | None

    @classmethod
    def build(cls, embeddings: Embeddings, folder: Path | None = None) -> Spaces | None:
        """With the indexes in `folder` where they fit, else new ones; None where exact search is fast enough."""
        model, sequence = embeddings, embeddings.sequence

        def index(vectors: Floats, name: str, queries: Floats | None = None) -> ApproximateIndex | None:
            return stored_index(None if folder is None else folder / name, vectors, model.card.seed, queries)

        items = index(model.item_vectors, ITEMS_FILE, model.person_vectors)
        if items is None:
            return None
        return cls(
            Space.of(model.item_vectors, items),
            Space.of(model.text_vectors, index(model.text_vectors, TEXTS_FILE)),
            None if sequence is None else Space.of(sequence.item_vectors, index(sequence.item_vectors, SEQUENCE_FILE)),
        )

    def save(self, folder: Path) -> None:
        """Writes the indexes for `build`."""
        for space, name in ((self.items, ITEMS_FILE), (self.texts, TEXTS_FILE), (self.sequence, SEQUENCE_FILE)):
            if space is not None and space.index is not None:
                space.index.save(folder / name)


class Shortlister:
    """Scores requests for one model, all items or, with `spaces`, those few that parts name; thread-safe."""

    def __init__(self, scorer: Scorer, spaces: Spaces | None) -> None:
        self.scorer, self.spaces = scorer, spaces
        self._orders: tuple[Rows, ...] = ()
        if spaces is not None:
            heard = [part for part in (scorer.popularity, scorer.trend) if part.any()]
            self._orders = tuple(np.argsort(-part, kind="stable") for part in heard)

    def score(self, profile: Profile, wish: Wish, mask: Mask, count: int) -> Scored:
        """The candidates for a list of `count` that `mask` allows."""
        if self.spaces is None:
            parts = self.scorer.parts(profile, wish.query, wish.anchor, wish.conversation)
            rows = candidates(parts, mask, count)
            return Scored(parts, rows, self.scorer.scores(parts, profile, rows))
        asked = self.scorer.questions(profile, wish.query, wish.anchor)
        looked_at = self._rows(self.spaces, asked, wish.conversation, mask, max(PER_PART, count))
        parts = self._parts(self.spaces, asked, wish.conversation, looked_at)
        places = candidates(parts, mask[looked_at], count)
        scores = self.scorer.scores(parts, profile, places, looked_at)
        return Scored(_spread(parts, places, looked_at[places], len(mask)), looked_at[places], scores)

    def _rows(self, spaces: Spaces, asked: Questions, conversation: Floats | None, mask: Mask, least: int) -> Rows:
        """Ascending rows among which are each part's best RANKED of all, and its `least` best that `mask` allows."""
        deep, least = RANKED + len(asked.gone), min(least, int(np.count_nonzero(mask)))
        found = [space.first(query, deep, mask, least) for space, query in _asked(spaces, asked)]
        allowed = mask[asked.linked]
        for strengths in asked.links if len(asked.linked) else ():
            found += [asked.linked[best(strengths, deep)], asked.linked[allowed][best(strengths[allowed], least)]]
        for order in self._orders:
            found += [order[:deep], order[mask[order]][:least]]
        if conversation is not None and conversation.any():
            open_ = np.flatnonzero(mask)
            found += [best(conversation, deep), open_[best(conversation[open_], least)]]
        return np.unique(np.concatenate(found))

    def _parts(self, spaces: Spaces, asked: Questions, conversation: Floats | None, rows: Rows) -> ScoreParts:
        nothing = np.zeros(len(rows), dtype=np.float32)

        def answer(space: Space | None, query: Floats | None) -> Floats:
            return nothing if space is None or query is None else space.evidence(query, rows)

        return ScoreParts(
            hybrid=answer(spaces.items, asked.taste),
            recent=answer(spaces.items, asked.folded),
            neighbours=self._linked(asked, 0, rows),
            newest=self._linked(asked, 1, rows),
            text=answer(spaces.texts, asked.likes),
            sequence=answer(spaces.sequence, asked.state),
            popularity=self.scorer.popularity[rows],
            trend=self.scorer.trend[rows],
            query=answer(spaces.texts, asked.query),
            anchor=answer(spaces.texts, asked.anchor),
            conversation=nothing if conversation is None else conversation[rows],
        )

    def _linked(self, asked: Questions, kind: int, rows: Rows) -> Floats:
        """(r,) what links say, standardised over the catalogue, where all others have 0."""
        found, values, size = np.zeros(len(rows), dtype=np.float32), asked.links[kind], len(self.scorer.nothing)
        mean = float(values.sum()) / size
        spread = max(float((values**2).sum()) / size - mean**2, 0.0) ** 0.5
        if spread < 1e-9:
            return found
        place = np.minimum(np.searchsorted(asked.linked, rows), len(asked.linked) - 1)
        known = asked.linked[place] == rows
        found[known] = values[place[known]]
        return (found - np.float32(mean)) / np.float32(spread)


def _asked(spaces: Spaces, asked: Questions) -> Iterator[tuple[Space, Floats]]:
    """Whatever is searched for, with where."""
    yield spaces.items, asked.taste
    yield spaces.items, asked.folded
    for query in (asked.likes, asked.query, asked.anchor):
        if query is not None:
            yield spaces.texts, query
    if spaces.sequence is not None and asked.state is not None:
        yield spaces.sequence, asked.state


def _spread(parts: ScoreParts, places: Rows, rows: Rows, size: int) -> ScoreParts:
    """Evidence at `places` as arrays of the whole catalogue, where those who give reasons look it up by row."""
    whole = {}
    for one in fields(ScoreParts):
        whole[one.name] = np.zeros(size, dtype=np.float32)
        whole[one.name][rows] = getattr(parts, one.name)[places]
    return ScoreParts(**whole)

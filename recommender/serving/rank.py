"""Scores: standardised kinds of evidence for every item, and one score that a learned ranker makes of them."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from recommender.errors import ModelError
from recommender.model.embeddings import Embeddings
from recommender.serving.nearest import best
from recommender.serving.profile import Profile
from recommender.serving.sequence import SequenceEncoder

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]

TASTE = ("hybrid", "recent", "neighbours", "newest", "text", "sequence")
"""Parts that know the person; for items without history they come from text and weigh differently."""
PARTS = (*TASTE, "popularity", "trend")
"""Parts that the ranker weighs."""
BUCKETS = (1, 3, 6, 12)
"""A person with up to so many liked items has a bucket of weights; those with more have one of their own."""

SLOW, FAST = 0.9, 0.5  # per step back in the history: what somebody likes, and what they like just now
FOLDED = 0.8  # the same for the fold-in of recent items into the hybrid's space
RANKED = 256  # deeper ranks say nothing
DEPTH, TOP = 10.0, 3.0  # where the two rank columns bend


@dataclass(frozen=True)
class ScoreParts:
    """Standardised evidence for every item, (n,) each; a part that has nothing to say is all zeros.

    hybrid: LightFM with the person as trained; recent: LightFM with the newest likes folded in; neighbours and newest:
    links of the liked items, all of them or the last ones; text: resemblance to what is liked; sequence: what follows
    on those in this order; popularity and trend: of all time and of late; query, anchor, conversation: what is asked.
    """

    hybrid: Floats
    recent: Floats
    neighbours: Floats
    newest: Floats
    text: Floats
    sequence: Floats
    popularity: Floats
    trend: Floats
    query: Floats
    anchor: Floats
    conversation: Floats

    def spoken(self) -> tuple[Floats, ...]:
        """Those parts that say something."""
        return tuple(part for part in (getattr(self, f.name) for f in fields(self)) if part.any())


@dataclass(frozen=True)
class Questions:
    """What each part asks of the items; None: it has nothing to ask.

    taste and folded (d+1,) are held against LightFM's item vectors; likes, query and anchor (t,) against the texts;
    state against the sequence model's item vectors. linked (l,) are rows, ascending, that the evidence leads to, links
    (2, l) what all of it and what the newest says of them; `gone` rows, ascending, that the person likes already.
    """

    taste: Floats
    folded: Floats
    likes: Floats | None
    query: Floats | None
    anchor: Floats | None
    state: Floats | None
    linked: Rows
    links: Floats
    gone: Rows


class Scorer:
    """Scores items for profiles with one model; thread-safe.

    popularity and trend (n,): standardised, or `nothing`, (n,) zeros, where they do not count.
    """

    def __init__(self, embeddings: Embeddings) -> None:
        """Opens the sequence network, if the model has one.

        Args:
            embeddings: aligned with the catalogue.

        Raises:
            ModelError: the sequence network is damaged, or the ranker learned from other evidence than there is.
        """
        if embeddings.ranker.names != _COLUMNS or len(embeddings.ranker.context_mean) != len(BUCKETS) + 1:
            raise ModelError(
                f"Model {embeddings.card.version} weighs other evidence than this release has; `parley train` makes "
                "one that fits."
            )
        self.embeddings = embeddings
        self._network = SequenceEncoder(embeddings.sequence.network) if embeddings.sequence else None
        self.nothing = np.zeros(len(embeddings.item_ids), dtype=np.float32)
        counted = self._has("popularity")
        self.popularity = standardise(np.log1p(embeddings.popularity)) if counted else self.nothing
        self.trend = standardise(np.log1p(embeddings.trend)) if counted else self.nothing
        self._cold = (~embeddings.warm).astype(np.float32)
        self._mean_item = embeddings.item_vectors.mean(axis=0)

    def parts(
        self,
        profile: Profile,
        query: Floats | None = None,
        anchor: int | None = None,
        conversation: Floats | None = None,
    ) -> ScoreParts:
        """What each part says of every item.

        Args:
            profile: who is asking.
            query: (t,) centred, L2-normalised vector of what was said beyond constraints.
            anchor: row of the item that the result should resemble.
            conversation: (n,) standardised evidence from the names and wishes in what was said.
        """
        asked, model = self.questions(profile, query, anchor), self.embeddings
        return ScoreParts(
            hybrid=standardise(model.item_vectors @ asked.taste),
            recent=standardise(model.item_vectors @ asked.folded),
            neighbours=self._linked(asked, 0),
            newest=self._linked(asked, 1),
            text=self._texts(asked.likes),
            sequence=self.nothing
            if model.sequence is None or asked.state is None
            else standardise(model.sequence.item_vectors @ asked.state),
            popularity=self.popularity,
            trend=self.trend,
            query=self._texts(asked.query),
            anchor=self._texts(asked.anchor),
            conversation=self.nothing if conversation is None else conversation,
        )

    def questions(self, profile: Profile, query: Floats | None = None, anchor: int | None = None) -> Questions:
        """What the parts ask; arguments as of `parts`."""
        text, rows = self.embeddings.text_vectors, profile.evidence
        owner, items, weights = self.embeddings.neighbours.of_rows(rows)
        linked, place = np.unique(items, return_inverse=True)
        strengths = (profile.decayed(SLOW)[owner] * weights, profile.decayed(FAST)[owner] * weights)
        links = [np.bincount(place, strength, len(linked)) for strength in strengths]
        return Questions(
            taste=profile.vector,
            folded=self._folded(profile),
            likes=profile.weights @ text[rows] if len(rows) and self._has("text") else None,
            query=query,
            anchor=None if anchor is None else text[anchor],
            state=self._state(profile),
            linked=linked.astype(np.intp),
            links=np.array(links, dtype=np.float32),
            gone=np.unique(rows[profile.strengths > 0]),  # liked again, an item is there twice
        )

    def scores(self, parts: ScoreParts, profile: Profile, places: Rows, rows: Rows | None = None) -> Floats:
        """(c,) what the ranker and the wish make of `places`, in standard deviations of the ranker's scores.

        Args:
            parts: evidence for all items, or for `rows`.
            profile: who is asking.
            places: in the arrays of `parts`.
            rows: those that `parts` are about, ascending; None: all.
        """
        weights = self.embeddings.card.weights
        learnt = self.embeddings.ranker.score(self.columns(parts, profile, places, rows), context(profile))
        asked = (
            weights.query * parts.query[places]
            + weights.anchor * parts.anchor[places]
            + weights.conversation * parts.conversation[places]
        )
        total: Floats = (learnt / weights.spread + asked).astype(np.float32)
        return total

    def columns(self, parts: ScoreParts, profile: Profile, places: Rows, rows: Rows | None = None) -> Floats:
        """(c, f) what the ranker sees, in the order of `column_names`; arguments as of `scores`.

        Standard deviations say how much better one item is, ranks which is better: either alone lost up to a twentieth
        of NDCG. What the person liked already takes no rank.
        """
        gone = np.unique(profile.evidence[profile.strengths > 0])  # liked again, an item is there twice
        cold = self._cold[places if rows is None else rows[places]]
        if rows is not None:
            gone = np.flatnonzero(np.isin(rows, gone))
        found = np.zeros((len(places), len(_COLUMNS)), dtype=np.float32)
        for place, name in enumerate(PARTS):
            part: Floats = getattr(parts, name)
            if not part.any():
                continue
            rank = _ranks(part, gone)[places]
            own = np.arcsinh(part[places])  # neighbourhood scores reach a hundred standard deviations
            found[:, place] = own
            found[:, len(PARTS) + place] = -np.log1p(rank / DEPTH)
            found[:, 2 * len(PARTS) + place] = TOP / (rank + TOP)
            if name in TASTE:
                found[:, 3 * len(PARTS) + TASTE.index(name)] = own * cold
        found[:, -1] = cold
        return found

    def _has(self, family: str) -> bool:
        return family in self.embeddings.card.parts

    def _folded(self, profile: Profile) -> Floats:
        """The mean person, moved by the newest likes; biases are no part of a person's taste."""
        rows, weights = profile.evidence, profile.decayed(FOLDED)
        vector = self.embeddings.mean_person.astype(np.float32)
        if len(rows):
            taste = (weights @ (self.embeddings.item_vectors[rows] - self._mean_item)) / np.abs(weights).sum()
            taste[-1] = 0.0
            vector = vector + self.embeddings.card.weights.fold_in * taste
        return vector.astype(np.float32)

    def _state(self, profile: Profile) -> Floats | None:
        model = self.embeddings.sequence
        liked = profile.evidence[profile.strengths > 0][::-1]
        if model is None or self._network is None or not len(liked):
            return None
        state: Floats = self._network.states([model.item_vectors[liked, :-1]])[0]
        return state

    def _texts(self, query: Floats | None) -> Floats:
        return self.nothing if query is None else standardise(self.embeddings.text_vectors @ query)

    def _linked(self, asked: Questions, kind: int) -> Floats:
        if not len(asked.linked):
            return self.nothing
        found = np.zeros(len(self.nothing), dtype=np.float32)
        found[asked.linked] = asked.links[kind]
        return standardise(found)


def column_names() -> tuple[str, ...]:
    """Names of the columns that the ranker sees."""
    return _COLUMNS


def context(profile: Profile) -> Floats:
    """(len(BUCKETS)+1,) one-hot: how much is known of the person."""
    hot = np.zeros(len(BUCKETS) + 1, dtype=np.float32)
    hot[np.searchsorted(BUCKETS, int((profile.strengths > 0).sum()))] = 1.0
    return hot


def standardise(values: Floats) -> Floats:
    """`values` with mean 0 and standard deviation 1; all zeros where they do not vary."""
    centred: Floats = (values - values.mean()).astype(np.float32)
    spread = (float(centred @ centred) / max(len(centred), 1)) ** 0.5  # a third of the time of numpy's own
    if spread < 1e-9:
        return np.zeros_like(centred)
    centred /= np.float32(spread)
    return centred


_COLUMNS = (
    *PARTS,
    *(f"{name} rank" for name in PARTS),
    *(f"{name} top" for name in PARTS),
    *(f"{name} of new" for name in TASTE),
    "new",
)


def _ranks(part: Floats, gone: Rows) -> Floats:
    """(n,) 0 for the best, RANKED for all beyond that many."""
    scores = part.copy()
    scores[gone] = -np.inf
    ranks = np.full(len(part), RANKED, dtype=np.float32)
    top = best(scores, min(RANKED, len(part) - len(gone)))
    ranks[top] = np.arange(len(top), dtype=np.float32)
    return ranks

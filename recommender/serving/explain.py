"""Reasons: what made an item's score, with the evidence, and the words for it.

A reason is given only when it is true of the score: a resemblance to a liked item only if that item's own share of the
score is positive, popularity only if it counts and the item is among the popular ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from recommender.model.embeddings import Embeddings
from recommender.serving.index import INCLUDES, CatalogueIndex
from recommender.serving.profile import Profile
from recommender.serving.rank import ScoreParts
from recommender.types import Constraint, Item, Reason, Request

ALIKE = 0.2  # centred cosine: below, texts have little in common (unrelated pairs spread around 0)
POPULAR_SHARE = 0.05  # the best twentieth of the catalogue counts as popular
NEW_DAYS = 45
LIFT = 1.5  # how much more often than others a person chooses a value, to call it their taste
TASTE_ITEMS = 4
MOST = 3  # more reasons are not read

Floats = NDArray[np.float32]

LOOKS = ("material", "colour", "pattern")
RESEMBLANCE = ("category", *LOOKS, "brand")
NO_RESEMBLANCE = frozenset({"audience", "size", "season"})  # says for whom or when, not what something is like


@dataclass(frozen=True)
class Explainer:
    """Gives reasons for one list; built once a request."""

    index: CatalogueIndex
    embeddings: Embeddings
    profile: Profile
    parts: ScoreParts
    request: Request

    def reasons(self, row: int) -> tuple[Reason, ...]:
        """The strongest true reasons for the item in `row`, at least one."""
        anchor, resembles = self._anchor(row), self._resembles(row)
        if anchor and resembles and anchor.evidence["item"] == resembles.evidence["item"]:
            resembles = None  # once is enough
        found = [
            self._matches(row),
            anchor,
            resembles,
            self._text(row),
            self._taste(row),
            self._popular(row),
            self._new(row),
        ]
        reasons = [reason for reason in found if reason is not None][:MOST]
        return tuple(reasons) or (self._fallback(row),)

    def _matches(self, row: int) -> Reason | None:
        item, evidence = self.index.items[row], dict[str, str | float]()
        for constraint in self.request.constraints:
            if not constraint.exclude:
                evidence[constraint.attribute] = _held(item, constraint)
        evidence |= {r.attribute: item.numbers[r.attribute] for r in self.request.ranges if r.limit}
        limit = self.request.price
        if limit and item.price is not None:
            evidence["price"] = item.price
            if limit.minimum is not None:
                evidence["minimum"] = limit.minimum
            if limit.maximum is not None:
                evidence["maximum"] = limit.maximum
        return Reason("matches", evidence) if evidence else None

    def _anchor(self, row: int) -> Reason | None:
        anchor = self.index.rows.get(self.request.anchor or "")
        if anchor is None or self.parts.anchor[row] <= 0:
            return None
        return Reason("anchor", self._shared(anchor, row))

    def _resembles(self, row: int) -> Reason | None:
        """The liked or past item with the largest positive share of this item's score, if they really are alike."""
        rows, weights, texts = self._spoken_for
        if not len(rows):
            return None
        alike = texts @ self.embeddings.text_vectors[row]
        best = int((alike * weights).argmax())
        if alike[best] < ALIKE or self.parts.text[row] <= 0:
            return None
        source = int(rows[best])
        return Reason("liked" if source in self.profile.liked else "history", self._shared(source, row))

    def _text(self, row: int) -> Reason | None:
        if not self.request.text or self.parts.query[row] < 1.0:
            return None
        return Reason("text", {"text": self.request.text})

    def _taste(self, row: int) -> Reason | None:
        """A value that this person chooses far more often than the catalogue offers it."""
        mine = len(self._mine)
        if mine < TASTE_ITEMS or self.parts.hybrid[row] <= 0:
            return None
        asked = {c.attribute for c in self.request.constraints}
        best: tuple[float, str, str] | None = None
        for attribute, values in self.index.items[row].attributes.items():
            if attribute in NO_RESEMBLANCE or attribute in asked:
                continue
            for value in values:
                often = self._often(attribute, value)
                lift = often / self.index.frequency(attribute, value)
                if often * mine >= TASTE_ITEMS - 1 and lift >= LIFT and (best is None or lift > best[0]):
                    best = (lift, attribute, value)
        return None if best is None else Reason("taste", {best[1]: best[2]})

    def _popular(self, row: int) -> Reason | None:
        # An item's bias is its popularity as the hybrid part sees it.
        bias = self.embeddings.item_vectors[row, -1] - self._mean_bias
        if self.parts.popularity[row] + bias <= 0:
            return None
        rank = self._popularity_rank(row)
        return Reason("popular", {"rank": rank}) if rank <= POPULAR_SHARE * len(self.index) else None

    def _new(self, row: int) -> Reason | None:
        added = self.index.items[row].added
        if added is None or not self.index.newest:
            return None
        age = (date.fromisoformat(self.index.newest) - added).days
        return Reason("new", {"added": added.isoformat()}) if age <= NEW_DAYS else None

    # What all items of a list are held against: made once, because ten times took as long as the scores.

    @cached_property
    def _spoken_for(self) -> tuple[NDArray[np.intp], Floats, Floats]:
        """Rows of liked and past items, what each counts, and their texts."""
        weights = self.profile.weights
        rows = self.profile.evidence[weights > 0]
        return rows, weights[weights > 0], self.embeddings.text_vectors[rows]

    @cached_property
    def _mine(self) -> list[int]:
        return [*self.profile.liked, *self.profile.past]

    def _often(self, attribute: str, value: str) -> float:
        """Share of what this person chose that has `value`."""
        key = attribute, value
        if key not in self._shares:
            self._shares[key] = self.index.share(attribute, value, self._mine)
        return self._shares[key]

    @cached_property
    def _shares(self) -> dict[tuple[str, str], float]:
        return {}

    @cached_property
    def _mean_bias(self) -> float:
        return float(self.embeddings.item_vectors[:, -1].mean())

    def _fallback(self, row: int) -> Reason:
        if self.profile.known or self.profile.liked:
            return Reason("taste")
        return Reason("popular", {"rank": self._popularity_rank(row)})

    def _popularity_rank(self, row: int) -> int:
        return int((self.embeddings.popularity > self.embeddings.popularity[row]).sum()) + 1

    def _shared(self, source: int, row: int) -> dict[str, str | float]:
        ours, theirs = self.index.items[row].attributes, self.index.items[source].attributes
        shared: dict[str, str | float] = {"item": self.index.items[source].id}
        for attribute in (*RESEMBLANCE, *(a for a in ours if a not in NO_RESEMBLANCE and a not in RESEMBLANCE)):
            common = [value for value in ours.get(attribute, ()) if value in theirs.get(attribute, ())]
            if common:
                shared[attribute] = common[0]
        return shared


def _held(item: Item, constraint: Constraint) -> str:
    """The item's own value that meets `constraint`: the wanted one, or one that includes it ("unisex" for "women")."""
    own = item.attributes[constraint.attribute]
    including = (v for v in own if set(INCLUDES.get((constraint.attribute, v), ())) & set(constraint.values))
    return next((v for v in own if v in constraint.values), None) or next(including)


def describe_source(item: Item) -> Sequence[tuple[str, str]]:
    """The attribute values that name `item` in a few words: what it is made of or looks like, and what it is."""
    values = item.attributes
    others = (a for a in values if a not in NO_RESEMBLANCE and a not in RESEMBLANCE)
    looks = next(((a, values[a][0]) for a in (*LOOKS, *others) if values.get(a)), None)
    kind = ("category", values["category"][0]) if values.get("category") else None
    return [pair for pair in (looks, kind) if pair is not None]

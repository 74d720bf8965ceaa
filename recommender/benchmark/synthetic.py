"""Interactions of any size that look like a shop's: few popular items, many rare ones, communities of taste.

Item popularity and people's activity follow Zipf laws, and a person keeps mostly to one to three communities of items.
Everything is drawn by inverse distribution functions over flat arrays: nothing of size people × items is ever made.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.learning.interactions import KINDS, Interactions

Floats = NDArray[np.float32]

PER_COMMUNITY = 400  # items
POPULARITY = 0.8  # Zipf exponent of items, within a community and in all
ACTIVITY = 0.5  # Zipf exponent of people
LOYALTY = 0.85  # share of interactions within a person's own communities
DAYS = 365
START = 1_700_000_000
SHARES = (0.6, 0.25, 0.13, 0.02)  # of KINDS: view, like, purchase, dislike


@dataclass(frozen=True)
class Shop:
    """How large it is; `people` is a tenth of the interactions, at least 100."""

    items: int
    interactions: int
    seed: int = 7

    @property
    def people(self) -> int:
        """How many there are."""
        return max(100, self.interactions // 10)

    @property
    def communities(self) -> int:
        """How many there are."""
        return max(4, self.items // PER_COMMUNITY)

    def community(self) -> NDArray[np.int64]:
        """(items,) the community of each item, ascending: items of one stand together. Sizes differ threefold."""
        generator = np.random.default_rng([self.seed, 0])
        sizes = generator.uniform(0.5, 1.5, size=self.communities)
        ends = np.cumsum(sizes) / sizes.sum() * self.items
        return np.searchsorted(ends, np.arange(self.items), side="right").clip(max=self.communities - 1)

    def log(self) -> Interactions:
        """Ids are i0000000… and p0000000…; times run through DAYS days."""
        generator = np.random.default_rng([self.seed, 1])
        mass = np.concatenate([[0.0], np.cumsum(self._popularity())])
        starts = np.searchsorted(self.community(), np.arange(self.communities + 1))
        activity = np.cumsum(generator.permutation(np.arange(1, self.people + 1) ** -ACTIVITY))
        person = np.searchsorted(activity, generator.uniform(high=activity[-1], size=self.interactions))
        own = generator.integers(self.communities, size=(self.people, 3), dtype=np.int32)
        chosen = own[person, generator.integers(3, size=self.interactions)]
        low, high = mass[starts[chosen]], mass[starts[chosen + 1]]
        stray = generator.random(self.interactions) >= LOYALTY
        low[stray], high[stray] = 0.0, mass[-1]
        item = np.searchsorted(mass, generator.uniform(low, high), side="right") - 1
        kind = generator.choice(len(KINDS), p=SHARES, size=self.interactions)
        return Interactions(
            tuple(f"p{number:07d}" for number in range(self.people)),
            tuple(f"i{number:07d}" for number in range(self.items)),
            person.astype(np.int32),
            item.clip(max=self.items - 1).astype(np.int32),
            generator.integers(START, START + DAYS * 86_400, size=self.interactions),
            kind.astype(np.int8),
        )

    def texts(self, dimensions: int = 64) -> Floats:
        """(items, dimensions) L2-normalised, around the community's direction, which is around one of a few topics."""
        generator = np.random.default_rng([self.seed, 2])
        topics = generator.normal(size=(max(4, self.communities // 20), dimensions))
        centres = topics[generator.integers(len(topics), size=self.communities)]
        centres += 0.7 * generator.normal(size=centres.shape)
        vectors = generator.standard_normal((self.items, dimensions), dtype=np.float32)
        vectors *= 0.7
        vectors += centres.astype(np.float32)[self.community()]
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def _popularity(self) -> NDArray[np.float64]:
        generator = np.random.default_rng([self.seed, 3])
        return generator.permutation(np.arange(1, self.items + 1) ** -POPULARITY)

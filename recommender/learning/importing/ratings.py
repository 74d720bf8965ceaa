"""How strangers write down what people did → the kinds of interactions and seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.errors import FeedbackError
from recommender.learning.interactions import KINDS

EVENTS: Mapping[str, str] = {
    **{kind: kind for kind in KINDS},
    **dict.fromkeys(("pv", "click", "clicks", "detail", "visit", "read", "watch", "open", "impression"), "view"),
    **dict.fromkeys(("fav", "favourite", "favorite", "cart", "addtocart", "add_to_cart", "wishlist", "save"), "like"),
    **dict.fromkeys(("buy", "order", "transaction", "bought", "checkout", "rent"), "purchase"),
    **dict.fromkeys(("hide", "skip", "remove", "thumbs_down", "downvote"), "dislike"),
}
"""Words for events, in small letters, and the kind that each is."""

CLOCK = 100_000_000
"""Seconds since 1970 below which numbers are an order and no time: 3 March 1973."""

_MILLISECONDS = 100_000_000_000
"""From here on a number counts milliseconds; in seconds it would be the year 5138."""


@dataclass(frozen=True)
class Reading:
    """How ratings become kinds: `like` and above is a like, `dislike` and below a dislike, between is a view.

    Where a source has neither rating nor event, every row is an `event`.

    Raises:
        FeedbackError: the thresholds cross, or the event is unknown.
    """

    like: float = 4.0
    dislike: float = 2.0
    event: str = "purchase"

    def __post_init__(self) -> None:
        if not self.dislike < self.like:
            raise FeedbackError(
                f"Ratings up to {self.dislike} would be dislikes and from {self.like} likes; swap them."
            )
        if self.event not in KINDS:
            raise FeedbackError(f"“{self.event}” is no event; use one of {', '.join(KINDS)}.")

    def kinds(self, ratings: NDArray[np.float64]) -> NDArray[np.int8]:
        """(n,) int8 into KINDS of (n,) ratings."""
        view, like, dislike = (KINDS.index(kind) for kind in ("view", "like", "dislike"))
        chosen = np.where(ratings >= self.like, like, np.where(ratings <= self.dislike, dislike, view))
        return chosen.astype(np.int8)


def seconds(numbers: NDArray[np.float64]) -> NDArray[np.int64]:
    """(n,) int64 whole seconds of (n,) seconds or milliseconds since 1970."""
    scaled = np.where(np.abs(numbers) >= _MILLISECONDS, numbers / 1000, numbers)
    return np.floor(scaled).astype(np.int64)

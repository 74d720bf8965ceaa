"""Histories as what one training step reads: pieces of like length, each place with the items that come after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.model.sequence import Histories

Rows = NDArray[np.intp]

PLACES = 2048  # places of histories in one step, fewer where that would leave a round with few steps
STEPS = 16
JUDGED = 1000  # people at most whose newest items tell when to stop


def batches(
    histories: Histories, length: int, ahead: int, generator: np.random.Generator
) -> Iterator[tuple[Rows, Rows]]:
    """One round over every step of every history, in random order.

    Args:
        histories: people's items.
        length: places of a piece at most.
        ahead: how many items after a place it shall foresee.
        generator: cuts long histories, and shuffles.

    Yields:
        inputs (b, l) and targets (b, l, ahead), nearest first: rows of items, -1 where there is none.
    """
    items = histories.items.astype(np.intp)
    first, last = _pieces(histories, length, generator)
    steps = last - first
    order = np.argsort(steps + generator.random(len(steps)), kind="stable")
    cuts = _cuts(steps[order], min(PLACES, max(64, int(steps.sum()) // STEPS)))
    for batch in generator.permutation(len(cuts) - 1):
        rows = order[cuts[batch] : cuts[batch + 1]]
        place = np.arange(steps[rows].max() + ahead)
        where = np.minimum(first[rows][:, None] + place, len(items) - 1)
        piece = np.where(place <= steps[rows][:, None], items[where], -1)
        inputs = piece[:, : place.size - ahead]
        targets = np.stack([piece[:, 1 + step : 1 + step + inputs.shape[1]] for step in range(ahead)], axis=-1)
        # The newest item of a piece has nothing to foresee: it is a target only.
        yield np.where(targets[:, :, 0] >= 0, inputs, -1), targets


def _pieces(histories: Histories, length: int, generator: np.random.Generator) -> tuple[Rows, Rows]:
    """First and last item of pieces of at most `length` steps that cover each step once, cut anew in every round."""
    firsts, lasts = [], []
    for begin, end in zip(histories.start[:-1].tolist(), histories.start[1:].tolist(), strict=True):
        last = end - 1
        reach = int(generator.integers(1, length + 1)) if last - begin > length else length
        while last > begin:
            firsts.append(max(begin, last - reach))
            lasts.append(last)
            last, reach = last - reach, length
    return np.array(firsts, dtype=np.intp), np.array(lasts, dtype=np.intp)


def _cuts(steps: Rows, places: int) -> list[int]:
    """Where batches of about `places` places begin and end in ascending `steps`."""
    cuts = [0]
    for place, longest in enumerate(steps.tolist(), start=1):
        if (place - cuts[-1]) * longest >= places:
            cuts.append(place)
    return cuts if cuts[-1] == len(steps) else [*cuts, len(steps)]


@dataclass(frozen=True)
class HeldOut:
    """People's histories, oldest first, and the items that came after each."""

    pasts: list[Rows]
    futures: list[Rows]


def hold_out(histories: Histories, generator: np.random.Generator) -> tuple[Histories, HeldOut]:
    """Takes the newest fifth, at least one item, of some people's histories of three or more away."""
    lengths = np.diff(histories.start)
    able = np.flatnonzero(lengths >= 3)
    chosen = generator.permutation(able)[: min(JUDGED, len(able) // 5 + 1)]
    held = np.zeros(len(lengths), dtype=np.int64)
    held[chosen] = np.maximum(1, lengths[chosen] // 5)
    ends = histories.start[1:] - held
    items = histories.items.astype(np.intp)
    pasts = [items[histories.start[person] : ends[person]] for person in chosen]
    futures = [items[ends[person] : histories.start[person + 1]] for person in chosen]
    kept = np.arange(len(items)) < np.repeat(ends, lengths)
    start = np.append(0, np.cumsum(lengths - held)).astype(np.int64)
    return Histories(start, histories.items[kept]), HeldOut(pasts, futures)

"""The next question: the attribute whose answer says most about which of the good candidates is meant.

Which item somebody wants is unknown; the ranker's scores make it a distribution p over the candidates. Who wants item i
answers a question about an attribute with one of its values, each equally likely. The question's worth is the mutual
information of item and answer, I = H(answer) − Σ p(i) log2 k(i) for k(i) values of item i, in bits; items that lack the
attribute tell nothing and count as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.serving.index import PRICE, CatalogueIndex, Mask
from recommender.types import NO_LIMIT, Limit

TEMPERATURE = 1.0  # standard deviations of score that make an item e times as likely to be meant
# Measured on wishes in the demo shop, the item meant drawn by its score: an answer worth .9 to 1.2 bits saves .9 lists
# of five, one worth less than .6 about half a list; among 12 to 16 items it saves .4 lists, among 16 to 24 .7.
LEAST_ITEMS = 16
LEAST_GAIN = 0.9  # bits
CHOICES = 5  # more quick replies are not read

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that leaves `count` items: a canonical value, or for numbers a range."""

    count: int
    value: str | None = None
    limit: Limit = NO_LIMIT


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """What to ask about, the answers to offer (most likely first, numbers ascending), and its worth in bits."""

    attribute: str
    choices: tuple[Choice, ...]
    gain: float


@dataclass(frozen=True)
class _Column:
    """An attribute as numbers: row r has the values codes[starts[r]:starts[r + 1]]."""

    values: tuple[str, ...]
    codes: NDArray[np.int32]
    starts: NDArray[np.intp]


class Asker:
    """Finds questions about one catalogue; columns are made once, when they are first needed."""

    def __init__(self, index: CatalogueIndex) -> None:
        self._index = index
        self._columns: dict[str, _Column] = {}

    def next_question(
        self,
        mask: Mask,
        rows: Rows,
        scores: NDArray[np.float32],
        attributes: Sequence[str],
        *,
        needed: bool = False,
    ) -> NextQuestion | None:
        """The question that is worth most, None when none is worth asking.

        Args:
            mask: (n,) what meets all wishes; quick replies count these.
            rows: (c,) candidates.
            scores: (c,) of the candidates, in standard deviations.
            attributes: what may be asked about, numbers and "price" too; the first wins a tie.
            needed: whether anything is better than no question, because nothing is known yet.
        """
        if not len(rows) or (mask.sum() < LEAST_ITEMS and not needed):
            return None
        likely = np.exp((scores - scores.max()) / TEMPERATURE).astype(np.float64)
        likely /= likely.sum()
        worth = [(self.gain(attribute, rows, likely), attribute) for attribute in attributes]
        for gain, attribute in sorted(worth, key=lambda each: -each[0]):
            if gain < LEAST_GAIN and not needed:
                return None
            choices = self._choices(attribute, mask, rows, likely)
            if len(choices) > 1:
                return NextQuestion(attribute, choices, gain)
        return None

    def gain(self, attribute: str, rows: Rows, likely: Floats) -> float:
        """Bits that an answer about `attribute` tells of which of `rows`, with probabilities `likely`, is meant."""
        if self._is_number(attribute):
            numbers = self._index.number(attribute)[rows]
            known = ~np.isnan(numbers)
            bounds = round_bounds(numbers[known])
            return _entropy(np.bincount(np.searchsorted(bounds, numbers[known]), weights=likely[known]))
        codes, counts = self._entries(attribute, rows)
        has = counts > 0
        told = np.bincount(codes, weights=np.repeat(likely[has] / counts[has], counts[has]))
        return _entropy(told) - float((likely[has] * np.log2(counts[has])).sum())

    def _choices(self, attribute: str, mask: Mask, rows: Rows, likely: Floats) -> tuple[Choice, ...]:
        if self._is_number(attribute):
            numbers = self._index.number(attribute)
            return _ranges(numbers[mask & ~np.isnan(numbers)], round_bounds(numbers[rows][~np.isnan(numbers[rows])]))
        column = self._column(attribute)
        codes, counts = self._entries(attribute, rows)
        has = counts > 0
        told = np.bincount(codes, np.repeat(likely[has] / counts[has], counts[has]), len(column.values))
        best = np.argsort(-told, kind="stable")[:CHOICES]
        values = [column.values[code] for code in best if told[code] > 0]
        # Counting only these takes a fourth of the time of counting all.
        counted = (Choice(int(mask[self._index.postings[attribute, value]].sum()), value) for value in values)
        return tuple(choice for choice in counted if choice.count)

    def _is_number(self, attribute: str) -> bool:
        return attribute == PRICE or attribute in self._index.numbers

    def _entries(self, attribute: str, rows: Rows) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
        """Codes of all values of `rows`, one row after the other, and how many each row has."""
        column = self._column(attribute)
        first, counts = column.starts[rows], column.starts[rows + 1] - column.starts[rows]
        shift = np.repeat(first - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
        return column.codes[np.arange(counts.sum()) + shift], counts

    def _column(self, attribute: str) -> _Column:
        if attribute not in self._columns:
            found = [(value, rows) for (name, value), rows in self._index.postings.items() if name == attribute]
            rows = np.concatenate([np.empty(0, dtype=np.int32), *(rows for _, rows in found)]).astype(np.intp)
            codes = np.repeat(np.arange(len(found), dtype=np.int32), [len(rows) for _, rows in found])
            order = np.argsort(rows, kind="stable")
            starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(self._index)))]).astype(np.intp)
            self._columns[attribute] = _Column(tuple(value for value, _ in found), codes[order], starts)
        return self._columns[attribute]


def round_bounds(numbers: Floats) -> Floats:
    """Up to three ascending round numbers that cut `numbers` into parts of about the same size."""
    if not len(numbers) or numbers.min() == numbers.max():
        return np.empty(0)
    quartiles = np.percentile(numbers, [25, 50, 75])
    spread = max(float(quartiles[2] - quartiles[0]), float(numbers.max() - numbers.min()) / 10)
    unit = 10.0 ** floor(log10(spread / 4))
    step = next(unit * factor for factor in (10, 5, 2, 1) if unit * factor <= spread / 2 or factor == 1)
    bounds = np.unique(np.round(quartiles / step) * step)
    inside: Floats = bounds[(bounds > numbers.min()) & (bounds < numbers.max())]
    return inside


def _ranges(numbers: Floats, bounds: Floats) -> tuple[Choice, ...]:
    edges = [None, *(float(bound) for bound in bounds), None]
    found = []
    for low, high in pairwise(edges):
        inside = np.ones(len(numbers), dtype=bool) if low is None else numbers >= low
        count = int((inside if high is None else inside & (numbers <= high)).sum())
        if count and (low, high) != (None, None):
            found.append(Choice(count, limit=Limit(low, high)))
    return tuple(found)


def _entropy(weights: NDArray[Any]) -> float:
    """Entropy in bits of `weights`, which may sum to less than 1: what is missing tells nothing."""
    total = float(weights.sum())
    if total <= 0:
        return 0.0
    shares = weights[weights > 0] / total
    return total * float(-(shares * np.log2(shares)).sum())

"""What is not in a list, and why: which wish keeps it out, and what is nearest to a limit that nothing meets."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from recommender.serving.filters import allowed, limits, within, without
from recommender.serving.index import CatalogueIndex, Mask
from recommender.serving.preferences import forbidden
from recommender.types import NO_LIMIT, Direction, Limit, Preference, Request


@dataclass(frozen=True, slots=True)
class Absence:
    """Why some goods are not shown. Counts are items; `blockers` come with how many of these goods each keeps out.

    total      in the catalogue; in_stock of them; fitting: that meet every wish, and could be shown
    blockers   attribute of a wish ("price" too) → how many of those in stock do not meet it, most first
    never      lasting wishes that keep some out
    place      of the best that fits among all that fit, from 1; None when none fits or it is no candidate
    best       row of that one, or of one that is in stock, or of any; None when the catalogue has none
    """

    total: int
    in_stock: int
    fitting: int
    blockers: tuple[tuple[str, int], ...] = ()
    never: tuple[Preference, ...] = ()
    place: int | None = None
    best: int | None = None


def absence(index: CatalogueIndex, request: Request, goods: Mask, total: NDArray[np.float32]) -> Absence:
    """Why `goods` are not among what `request` shows.

    Args:
        index: n items.
        request: what was asked for, without the wish for `goods` itself.
        goods: (n,) what was missed.
        total: (n,) scores, -inf for what is no candidate.
    """
    stocked = goods & index.in_stock
    fitting = goods & allowed(index, request)
    nearest = next(kind for kind in (fitting, stocked, goods) if kind is goods or kind.any())
    best = int(np.where(nearest, total, -np.inf).argmax()) if np.isfinite(total[nearest]).any() else _first(nearest)
    place = int((total > total[best]).sum()) + 1 if best is not None and fitting[best] else None
    return Absence(
        total=int(goods.sum()),
        in_stock=int(stocked.sum()),
        fitting=int(fitting.sum()),
        blockers=_blockers(index, request, stocked),
        never=_never(index, request, stocked),
        place=place if best is not None and np.isfinite(total[best]) else None,
        best=best,
    )


def nearest_number(index: CatalogueIndex, request: Request, attribute: str) -> tuple[int, float] | None:
    """(row, number) of what comes nearest to a limit on `attribute` that nothing meets; None when nothing would."""
    limit = next((limit for name, limit in limits(request) if name == attribute), None)
    if limit is None:
        return None
    numbers = index.number(attribute)
    left = allowed(index, without(request, attribute)) & ~np.isnan(numbers)
    rows = np.flatnonzero(left)
    if not len(rows):
        return None
    best = int(rows[_distance(numbers[rows], limit).argmin()])
    return best, float(numbers[best])


def _first(mask: Mask) -> int | None:
    rows = np.flatnonzero(mask)
    return int(rows[0]) if len(rows) else None


def outermost(index: CatalogueIndex, request: Request, attribute: str, direction: Direction, count: int) -> Limit:
    """The limit that only the `count` items with the most or least of a number meet, of those that are allowed."""
    numbers = index.number(attribute)[allowed(index, request)]
    numbers = np.sort(numbers[~np.isnan(numbers)])
    if not len(numbers):
        return NO_LIMIT
    if direction == "less":
        return Limit(maximum=float(numbers[min(count, len(numbers)) - 1]))
    return Limit(minimum=float(numbers[-min(count, len(numbers))]))


def _distance(numbers: NDArray[np.float64], limit: Limit) -> NDArray[np.float64]:
    low = -np.inf if limit.minimum is None else limit.minimum
    high = np.inf if limit.maximum is None else limit.maximum
    return np.asarray(np.maximum(np.maximum(numbers - high, low - numbers), 0.0))


def _blockers(index: CatalogueIndex, request: Request, stocked: Mask) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for constraint in request.constraints:
        met = index.mask(constraint.attribute, constraint.values) ^ constraint.exclude
        counts[constraint.attribute] = max(counts.get(constraint.attribute, 0), int((stocked & ~met).sum()))
    for attribute, limit in limits(request):
        counts[attribute] = int((stocked & ~within(index.number(attribute), limit)).sum())
    return tuple(sorted(((a, n) for a, n in counts.items() if n), key=lambda each: -each[1]))


def _never(index: CatalogueIndex, request: Request, stocked: Mask) -> tuple[Preference, ...]:
    def keeps_out(wish: Preference) -> bool:
        return bool((forbidden(index, replace(request, preferences=(wish,))) & stocked).any())

    return tuple(wish for wish in request.preferences if wish.kind == "never" and keeps_out(wish))

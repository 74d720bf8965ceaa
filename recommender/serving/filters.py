"""Hard constraints hold, always; when they leave little, these say which one to relax."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from recommender.serving.index import CatalogueIndex, Mask
from recommender.types import NO_LIMIT, Constraint, Limit, Relaxation, Request

PRICE = "price"


def allowed(index: CatalogueIndex, request: Request) -> Mask:
    """(n,) items that are in stock, not hidden, and meet every constraint of `request` and its price limit."""
    mask = index.in_stock.copy()
    for constraint in request.constraints:
        mask &= _holds(index, constraint)
    mask &= _within(index, request.price)
    hidden = index.rows_of(sorted(request.hidden))
    if request.anchor is not None:
        hidden += index.rows_of([request.anchor])
    mask[hidden] = False
    return mask


def relaxations(index: CatalogueIndex, request: Request) -> tuple[Relaxation, ...]:
    """For each constrained attribute (and "price"): how many items dropping it alone would give, most first.

    The category is offered last: who asks for a dress rarely wants a watch.
    """
    attributes = {constraint.attribute for constraint in request.constraints}
    options = [
        Relaxation(attribute, int(allowed(index, without(request, attribute)).sum()))
        for attribute in sorted(attributes)
    ]
    if request.price:
        options.append(Relaxation(PRICE, int(allowed(index, without(request, PRICE)).sum())))
    helpful = [option for option in options if option.count > 0]
    return tuple(sorted(helpful, key=lambda option: (option.attribute == "category", -option.count)))


def without(request: Request, attribute: str) -> Request:
    """`request` with every constraint on `attribute` (or the price limit, for "price") dropped."""
    if attribute == PRICE:
        return replace(request, price=NO_LIMIT)
    return replace(request, constraints=tuple(c for c in request.constraints if c.attribute != attribute))


def _within(index: CatalogueIndex, limit: Limit) -> Mask:
    low = -np.inf if limit.minimum is None else limit.minimum
    high = np.inf if limit.maximum is None else limit.maximum
    if limit.exclusive:
        return (index.prices > low) & (index.prices < high)
    return (index.prices >= low) & (index.prices <= high)


def _holds(index: CatalogueIndex, constraint: Constraint) -> Mask:
    mask = index.mask(constraint.attribute, constraint.values)
    return ~mask if constraint.exclude else mask

"""Hard constraints hold, always; when they leave little, these say which one to relax."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from recommender.serving.index import PRICE, CatalogueIndex, Mask
from recommender.serving.preferences import forbidden
from recommender.types import NO_LIMIT, Constraint, Limit, Relaxation, Request


def allowed(index: CatalogueIndex, request: Request) -> Mask:
    """(n,) items that are in stock, neither hidden nor never wanted, and meet each constraint and limit of `request`.

    An item whose price or number is unknown meets no limit on it: nobody is promised what the catalogue does not say.
    """
    mask = index.in_stock.copy()
    for constraint in request.constraints:
        mask &= _holds(index, constraint)
    for attribute, limit in limits(request):
        mask &= within(index.number(attribute), limit)
    if request.preferences:
        mask &= ~forbidden(index, request)
    hidden = index.rows_of(sorted(request.hidden))
    if request.anchor is not None:
        hidden += index.rows_of([request.anchor])
    mask[hidden] = False
    return mask


def relaxations(index: CatalogueIndex, request: Request) -> tuple[Relaxation, ...]:
    """For each constrained or limited attribute ("price" too): how many items dropping it alone would give, most first.

    The category is offered last: who asks for a dress rarely wants a watch.
    """
    attributes = {constraint.attribute for constraint in request.constraints} | dict(limits(request)).keys()
    options = [
        Relaxation(attribute, int(allowed(index, without(request, attribute)).sum()))
        for attribute in sorted(attributes)
    ]
    helpful = [option for option in options if option.count > 0]
    return tuple(sorted(helpful, key=lambda option: (option.attribute == "category", -option.count)))


def without(request: Request, attribute: str) -> Request:
    """`request` with every constraint and limit on `attribute` ("price" too) dropped."""
    return replace(
        request,
        constraints=tuple(c for c in request.constraints if c.attribute != attribute),
        ranges=tuple(r for r in request.ranges if r.attribute != attribute),
        price=NO_LIMIT if attribute == PRICE else request.price,
    )


def limits(request: Request) -> tuple[tuple[str, Limit], ...]:
    """Every number that `request` limits, the price among them."""
    own = ((PRICE, request.price),) if request.price else ()
    return (*own, *((r.attribute, r.limit) for r in request.ranges if r.limit))


def within(values: NDArray[np.float64], limit: Limit) -> Mask:
    """(n,) which of `values` lie inside `limit`; unknown ones (NaN) never do."""
    low = -np.inf if limit.minimum is None else limit.minimum
    high = np.inf if limit.maximum is None else limit.maximum
    if limit.exclusive:
        return (values > low) & (values < high)
    return (values >= low) & (values <= high)


def _holds(index: CatalogueIndex, constraint: Constraint) -> Mask:
    mask = index.mask(constraint.attribute, constraint.values)
    return ~mask if constraint.exclude else mask

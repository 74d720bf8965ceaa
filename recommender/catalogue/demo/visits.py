"""A year of visits: who looks at what, likes it, buys it or turns it down."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from recommender.catalogue.demo.design import FIRST_DAY, GARMENTS, LAST_DAY
from recommender.catalogue.demo.looks import Look
from recommender.catalogue.demo.people import PEOPLE, Bools, Crowd, Floats, gather
from recommender.types import EventKind

Ints = npt.NDArray[np.int64]

DAYS = (LAST_DAY - FIRST_DAY).days + 1
LATE_PEOPLE, LATE_FROM = 0.15, 0.75
"""Share of people who come only in the last quarter of the year."""

VISITS, LOOKED_AT = 6.6, 2.2
"""Mean visits of a person who is there all year, and mean items seen beyond the first in a visit."""

ATTENTION = 1.5
"""How strongly what is looked at follows taste; 0 is blind browsing."""

FASHION, NEWS, NEWS_DAYS = 0.55, 0.9, 45
"""Spread of the items' own appeal, and what being new adds at first."""

SEASON_MONTHS = {"spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "winter": (12, 1, 2)}
IN_SEASON = 0.8

KEEPS_CATEGORY = 0.75
"""Chance that the next item of a visit is of the same category."""


@dataclass(frozen=True, slots=True)
class Interaction:
    """One row of interactions.csv; `at` is UTC, to the minute, without a zone's name."""

    at: datetime
    person: str
    item: str
    event: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """What every visit needs to know of the items, each array in their order."""

    ids: Sequence[str]
    column: Sequence[int]
    day: Ints
    appeal: Floats
    in_season: Bools


def simulate(looks: Sequence[Look], seed: int) -> list[Interaction]:
    """All interactions of the year in the order of time; the same for the same looks and seed."""
    rng = np.random.default_rng([seed, 2])
    names = [garment.category for garment in GARMENTS]
    crowd = gather(looks, names, rng)
    shelf = _shelf(looks, names, rng)
    late = rng.random(PEOPLE) < LATE_PEOPLE
    arrivals = np.where(late, rng.uniform(LATE_FROM, 0.97, PEOPLE), rng.random(PEOPLE) ** 3 * LATE_FROM)
    visits = rng.gamma(1.6, VISITS / 1.6, PEOPLE)
    found: list[Interaction] = []
    for person in range(PEOPLE):
        found += _year(person, float(arrivals[person]), float(visits[person]), crowd, shelf, rng)
    return sorted(found, key=lambda one: one.at)  # stable: within a minute a view stays before its like


def _shelf(looks: Sequence[Look], names: list[str], rng: np.random.Generator) -> Shelf:
    months = np.array([[any(m in SEASON_MONTHS[s] for s in look.seasons) for m in range(1, 13)] for look in looks])
    return Shelf(
        ids=[look.id for look in looks],
        column=[names.index(look.garment.category) for look in looks],
        day=np.array([(look.added - FIRST_DAY).days for look in looks]),
        appeal=np.round(FASHION * rng.standard_normal(len(looks)), 6),
        in_season=months,
    )


def _year(
    person: int, arrival: float, visits: float, crowd: Crowd, shelf: Shelf, rng: np.random.Generator
) -> Iterator[Interaction]:
    count = max(1, int(rng.poisson(visits * (1 - arrival * 0.8))))
    days = np.sort(arrival * DAYS + rng.random(count) * (1 - arrival) * DAYS).astype(int)
    seen = np.zeros(len(shelf.ids), dtype=bool)
    for day in days:
        yield from _visit(person, int(day), seen, crowd, shelf, rng)


def _visit(
    person: int, day: int, seen: Bools, crowd: Crowd, shelf: Shelf, rng: np.random.Generator
) -> Iterator[Interaction]:
    today = FIRST_DAY + timedelta(days=day)
    at = datetime(today.year, today.month, today.day) + timedelta(minutes=int(rng.triangular(0, 780, 1380)))  # noqa: DTZ001
    column = np.array(shelf.column)
    utility = crowd.utility[person]
    news = NEWS * np.clip(1 - (day - shelf.day) / NEWS_DAYS, 0, 1)
    pull = ATTENTION * utility + shelf.appeal + news + IN_SEASON * shelf.in_season[:, today.month - 1]
    open_to = crowd.fits[person] & (shelf.day <= day)
    wish = -1
    for _ in range(1 + int(rng.poisson(LOOKED_AT))):
        if wish < 0 or rng.random() > KEEPS_CATEGORY:
            weights = np.cumsum(crowd.categories[person])
            wish = int(np.searchsorted(weights, rng.random() * weights[-1]))
        choice = np.flatnonzero(open_to & ~seen & (column == wish))
        if not len(choice):
            continue
        item = int(choice[np.argmax(pull[choice] + rng.gumbel(size=len(choice)))])
        seen[item] = True
        for event in _verdict(float(utility[item]), rng):
            yield Interaction(at, f"p{person + 1:04d}", shelf.ids[item], event)
            at += timedelta(minutes=int(rng.integers(0, 3)))


def _verdict(utility: float, rng: np.random.Generator) -> Iterator[EventKind]:
    yield "view"
    if rng.random() < _chance(1.2 * utility - 2.8):
        yield "like"
        if rng.random() < _chance(0.6 * utility - 2.2):
            yield "purchase"
    elif rng.random() < _chance(-0.9 * utility - 0.2):
        yield "dislike"


def _chance(logit: float) -> float:
    return float(1 / (1 + np.exp(-logit)))


def interactions_csv(interactions: Sequence[Interaction]) -> bytes:
    """The rows as interactions.csv has them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["person", "item", "event", "timestamp"])
    writer.writerows((i.person, i.item, i.event, i.at.isoformat(timespec="minutes")) for i in interactions)
    return text.getvalue().encode()

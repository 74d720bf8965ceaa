from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np

from recommender.serving.absence import absence, nearest_number
from recommender.serving.index import CatalogueIndex
from recommender.types import Constraint, Limit, Preference, Request

DRESS = Constraint("category", ("dress",))
RED = Constraint("colour", ("red",))


def request(**fields: Any) -> Request:
    return Request("bob", "s", **fields)


def goods(index: CatalogueIndex, attribute: str, value: str) -> np.ndarray:
    return index.mask(attribute, (value,))


def flat(index: CatalogueIndex) -> np.ndarray:
    return np.zeros(len(index), dtype=np.float32)


def test_a_wish_keeps_out_what_does_not_meet_it_and_is_counted(index: CatalogueIndex) -> None:
    asked = request(constraints=(RED,), price=Limit(maximum=300))
    found = absence(index, asked, goods(index, "category", "boots"), flat(index))
    assert (found.total, found.in_stock, found.fitting) == (2, 2, 0)
    assert dict(found.blockers) == {"colour": 2, "price": 2}
    assert found.place is None


def test_an_exclusion_keeps_out_what_it_names(index: CatalogueIndex) -> None:
    asked = request(constraints=(Constraint("material", ("wool",), exclude=True),))
    assert absence(index, asked, goods(index, "category", "hat"), flat(index)).blockers == (("material", 2),)


def test_what_is_sold_out_is_in_the_catalogue_but_not_in_stock(index: CatalogueIndex) -> None:
    found = absence(index, request(), goods(index, "material", "cotton"), flat(index))
    assert (found.total, found.in_stock, found.fitting) == (1, 0, 0)


def test_what_the_catalogue_does_not_have_is_nowhere(index: CatalogueIndex) -> None:
    found = absence(index, request(), goods(index, "material", "gold"), flat(index))
    assert (found.total, found.best) == (0, None)


def test_a_lasting_wish_is_named(index: CatalogueIndex) -> None:
    never = Preference("never", "bob", "s", datetime(2026, 1, 1, tzinfo=UTC), "material", "wool")
    found = absence(index, request(preferences=(never,)), goods(index, "category", "hat"), flat(index))
    assert found.never == (never,)
    assert found.fitting == 0


def test_the_place_is_that_of_the_best_that_fits(index: CatalogueIndex) -> None:
    scores = np.arange(len(index), 0, -1).astype(np.float32)
    found = absence(index, request(), goods(index, "category", "boots"), scores)
    assert (found.fitting, found.place) == (2, 5)
    assert index.items[found.best or 0].id == "boots-1"


def test_the_nearest_number_to_a_limit_that_nothing_meets(index: CatalogueIndex) -> None:
    cheap = nearest_number(index, request(constraints=(DRESS, RED), price=Limit(maximum=100)), "price")
    assert cheap is not None
    assert (index.items[cheap[0]].id, cheap[1]) == ("dress-1", 399.0)  # the one at 150 is sold out
    dear = nearest_number(index, request(constraints=(DRESS,), price=Limit(minimum=5000)), "price")
    assert dear is not None
    assert dear[1] == 899.0
    assert nearest_number(index, request(constraints=(DRESS,)), "price") is None

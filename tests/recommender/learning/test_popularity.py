from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from recommender.learning.interactions import DAY, Interactions
from recommender.learning.popularity import HALF_LIVES, best_half_life, popularity

NOW = 400 * DAY


def log(*days: tuple[str, int, int]) -> Interactions:
    """(item, days ago, how many people like it then), each by somebody else."""
    return Interactions.of(
        [(f"{item}-{ago}-{who}", item, "like", NOW - ago * DAY) for item, ago, many in days for who in range(many)]
    )


def likes(interactions: Interactions, *items: str) -> sp.csr_matrix:
    """Each of these items by a person of its own."""
    found = sp.lil_matrix((len(items), len(interactions.items)), dtype=bool)
    for person, item in enumerate(items):
        found[person, interactions.items.index(item)] = True
    return found.tocsr()


def half_life(interactions: Interactions, *later: str) -> float:
    relevant = likes(interactions, *later)
    return best_half_life(interactions, relevant, sp.csr_matrix(relevant.shape, dtype=bool))


CLASSIC, SEASON, FASHION = ("classic", 300, 90), ("season", 40, 12), ("fashion", 0, 2)


def test_where_yesterdays_fashion_is_what_people_take_memory_is_short() -> None:
    """The trend of 3 days puts it first, that of 30 days what was liked more often 40 days ago."""
    told = log(CLASSIC, SEASON, FASHION)
    assert popularity(told, 3.0).argmax() == told.items.index("fashion")
    assert popularity(told, 30.0).argmax() == told.items.index("season")
    assert half_life(told, "fashion") < 30.0


def test_where_old_favourites_go_on_memory_is_long() -> None:
    assert half_life(log(CLASSIC, SEASON, FASHION), "classic") == 90.0


@pytest.mark.parametrize("later", [(), ("season",)])
def test_without_a_reason_to_change_the_usual_stays(later: tuple[str, ...]) -> None:
    assert half_life(log(CLASSIC, SEASON, FASHION), *later) == HALF_LIVES[0] == 30.0


def test_times_that_are_only_an_order_have_no_half_life() -> None:
    rows = Interactions.of([("ann", item, "like", place) for place, item in enumerate("abc")])
    assert best_half_life(rows, likes(rows, "c"), sp.csr_matrix((1, 3), dtype=bool)) == 30.0
    nothing = rows.rows(np.zeros(3, dtype=bool))
    assert best_half_life(nothing, likes(rows, "c"), sp.csr_matrix((1, 3), dtype=bool)) == 30.0

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from recommender.serving import retrieve
from recommender.serving.rank import ScoreParts
from recommender.serving.retrieve import candidates

N = 40


def parts(**said: np.ndarray) -> ScoreParts:
    """Those parts say something, the others nothing."""
    nothing = np.zeros(N, dtype=np.float32)
    return ScoreParts(**{one.name: said.get(one.name, nothing) for one in fields(ScoreParts)})


def rising() -> np.ndarray:
    return np.linspace(-1, 1, N, dtype=np.float32)


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrieve, "PER_PART", 3)


def test_every_part_that_says_something_brings_its_best() -> None:
    found = candidates(parts(hybrid=rising(), trend=-rising()), np.ones(N, dtype=bool))
    assert found.tolist() == [0, 1, 2, 37, 38, 39]


def test_only_what_is_allowed_is_a_candidate() -> None:
    odd = np.arange(N) % 2 == 1
    assert candidates(parts(neighbours=rising()), odd).tolist() == [35, 37, 39]


def test_few_allowed_items_are_all_candidates() -> None:
    mask = np.zeros(N, dtype=bool)
    mask[[4, 9]] = True
    assert candidates(parts(hybrid=rising()), mask).tolist() == [4, 9]


def test_a_longer_list_asks_for_more() -> None:
    assert candidates(parts(hybrid=rising()), np.ones(N, dtype=bool), least=5).tolist() == [35, 36, 37, 38, 39]


def test_where_nothing_is_said_the_first_items_are_taken() -> None:
    assert candidates(parts(), np.ones(N, dtype=bool)).tolist() == [0, 1, 2]


def test_nothing_allowed_is_nothing_found() -> None:
    assert not len(candidates(parts(hybrid=rising()), np.zeros(N, dtype=bool)))

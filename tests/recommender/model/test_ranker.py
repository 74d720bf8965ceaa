from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from recommender.learning.listwise import Group, ListwiseParameters, fit_ranker, hit_rate
from recommender.model.ranker import Ranker

SMALL = ListwiseParameters(factors=3, hidden=4, epochs=30, learning_rate=0.02, dropout=0.0, batch=8)


def slow_score(ranker: Ranker, x: np.ndarray, q: np.ndarray) -> float:
    """The formula in the module's docstring, one item at a time."""
    x = np.clip((x - ranker.mean) / ranker.scale, -5, 5)
    q = np.clip((q - ranker.context_mean) / ranker.context_scale, -5, 5)
    linear = sum(w * v for w, v in zip(ranker.weights, x, strict=True))
    bilinear = sum((x @ ranker.factors)[i] * ((q @ ranker.query_factors)[i] + ranker.query_bias[i]) for i in range(3))
    inner = [max(0.0, v) for v in x @ ranker.inner + q @ ranker.query_inner + ranker.inner_bias]
    outer = [max(0.0, v) for v in np.array(inner) @ ranker.outer + ranker.outer_bias]
    return float(linear + bilinear + np.array(outer) @ ranker.out)


def question(kind: int, seed: int) -> Group:
    """Five items with two columns; the context says which column matters."""
    generator = np.random.default_rng(seed)
    columns = generator.normal(size=(5, 2)).astype(np.float32)
    chosen = np.arange(5) == columns[:, kind].argmax()
    return Group(columns, np.array([kind], dtype=np.float32), chosen)


@pytest.fixture(scope="module")
def lists() -> list[Group]:
    return [question(seed % 2, seed) for seed in range(200)]


@pytest.fixture(scope="module")
def ranker(lists: list[Group]) -> Ranker:
    return fit_ranker(lists, ["a", "b"], SMALL)


def hits(ranker: Ranker, first: int) -> float:
    asked = [question(seed % 2, seed) for seed in range(first, first + 100)]
    return float(np.mean([g.chosen[ranker.score(g.columns, g.context).argmax()] for g in asked]))


def test_it_learns_that_the_question_decides_which_evidence_counts(lists: list[Group], ranker: Ranker) -> None:
    linear = fit_ranker(lists, ["a", "b"], ListwiseParameters(factors=0, hidden=0, epochs=30, learning_rate=0.02))
    assert hits(ranker, 1000) > 0.85
    assert hits(linear, 1000) < 0.75


def test_scores_are_the_formula(lists: list[Group], ranker: Ranker) -> None:
    group = lists[0]
    slow = [slow_score(ranker, row, group.context) for row in group.columns]
    assert ranker.score(group.columns, group.context) == pytest.approx(slow, abs=1e-4)


def test_the_same_seed_gives_the_same_ranker(lists: list[Group], ranker: Ranker) -> None:
    again = fit_ranker(lists, ["a", "b"], SMALL)
    assert (again.score(lists[0].columns, lists[0].context) == ranker.score(lists[0].columns, lists[0].context)).all()


def test_members_are_averaged_in_what_they_say(lists: list[Group]) -> None:
    alone = [fit_ranker(lists, ["a", "b"], replace(SMALL, seed=seed, epochs=2)) for seed in (5, 6, 7)]
    both = fit_ranker(lists, ["a", "b"], replace(SMALL, seed=5, epochs=2, members=3))
    group = lists[3]
    mean = np.mean([ranker.score(group.columns, group.context) for ranker in alone], axis=0)
    assert both.score(group.columns, group.context) == pytest.approx(mean, abs=1e-5)


def test_hits_are_counted_by_choice_and_ties_against_it() -> None:
    sure = Ranker.linear({"a": 1.0}, ["a"])
    columns = np.arange(12, dtype=np.float32)[:, None] / 10
    context = np.zeros(0, dtype=np.float32)
    top, low = np.arange(12) == 11, np.arange(12) <= 1
    assert hit_rate(sure, [Group(columns, context, top)]) == 1.0
    assert hit_rate(sure, [Group(columns, context, low)]) == 0.0
    assert hit_rate(sure, [Group(columns * 0, context, top)]) == 0.0
    assert hit_rate(sure, [Group(columns, context, np.arange(12) == 9)]) == 0.5


def test_sampled_candidates_stand_for_those_that_were_not_drawn() -> None:
    """Half of the choices have the sign, and of a thousand items ten: the sign is worth log(990/10)."""
    sign = np.zeros(1000, dtype=np.float32)
    sign[:10] = 1.0
    few = np.concatenate([sign[:10], sign[-20:]])[:, None]
    offset = np.concatenate([np.zeros(10), np.full(20, np.log(990 / 20))]).astype(np.float32)
    context = np.zeros(0, dtype=np.float32)

    def worth(stands_for: np.ndarray | None) -> float:
        lists = [Group(few, context, np.arange(30) == (n % 2) * 29, stands_for) for n in range(200)]
        linear = ListwiseParameters(factors=0, hidden=0, epochs=60, learning_rate=0.05, weight_decay=0.0)
        scores = fit_ranker(lists, ["sign"], linear).score(few, context)
        return float(scores[0] - scores[-1])

    assert worth(offset) == pytest.approx(np.log(990 / 10), abs=0.3)
    assert worth(None) < 1.0


def test_arrays_make_the_same_ranker(lists: list[Group], ranker: Ranker) -> None:
    again = Ranker.of_arrays(ranker.arrays())
    assert again.names == ("a", "b")
    assert (again.score(lists[1].columns, lists[1].context) == ranker.score(lists[1].columns, lists[1].context)).all()


def test_a_linear_ranker_is_a_weighted_sum_of_the_columns_it_knows() -> None:
    ranker = Ranker.linear({"b": 2.0, "elsewhere": 9.0}, ["a", "b"], context=1)
    columns = np.array([[5.0, 1.0], [0.0, 2.0]], dtype=np.float32)
    assert ranker.score(columns, np.zeros(1, dtype=np.float32)).tolist() == [2.0, 4.0]


def test_other_evidence_than_it_learned_from_is_refused(ranker: Ranker) -> None:
    with pytest.raises(ValueError, match="fit it again"):
        ranker.score(np.zeros((2, 3), dtype=np.float32), np.zeros(1, dtype=np.float32))


def test_lists_without_a_choice_teach_nothing() -> None:
    nothing = Group(np.zeros((2, 1), dtype=np.float32), np.zeros(0, dtype=np.float32), np.zeros(2, dtype=bool))
    with pytest.raises(ValueError, match="nothing to learn"):
        fit_ranker([nothing], ["a"], SMALL)

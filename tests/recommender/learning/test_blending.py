from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import approx_fprime, check_grad

from recommender.learning import blending
from recommender.learning.blending import RIDGES, Choice, fit_blend
from recommender.model.ranker import Ranker

NAMES = ("good", "noise", "new")
BUCKETS = 3
FREE = ("new",)


def people(
    weights: tuple[float, float, float], lists: int, bucket: int = 2, seed: int = 0, shown: bool = True
) -> list[Choice]:
    """Each takes two of twelve candidates, those with the largest weighted columns; a little luck is in it."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(lists):
        columns = rng.normal(size=(12, 3)).astype(np.float32)
        columns[:, 2] = rng.random(12) < 0.3
        chosen = np.zeros(12, dtype=bool)
        chosen[np.argsort(-(columns @ np.array(weights) + rng.gumbel(size=12)))[:2]] = True
        found.append(Choice(columns, chosen, bucket, 2, shown))
    return found


def learnt(choices: list[Choice], free: tuple[str, ...] = FREE, seed: int = 7) -> Ranker:
    return fit_blend(choices, NAMES, BUCKETS, free, seed)


def common(ranker: Ranker) -> dict[str, float]:
    return dict(zip(NAMES, ranker.weights.tolist(), strict=True))


def of_bucket(ranker: Ranker, bucket: int) -> np.ndarray:
    """(f,) what each column is worth to somebody in `bucket`, read off the scores."""
    hot = np.eye(BUCKETS, dtype=np.float32)[bucket]
    return ranker.score(np.eye(3, dtype=np.float32), hot)


def test_the_column_that_decides_is_found_and_noise_counts_for_nothing() -> None:
    weights = common(learnt(people((3.0, 0.0, 0.0), 300)))
    assert weights["good"] > 0.5
    assert weights["noise"] < 0.05 * weights["good"]


def test_evidence_against_is_not_subtracted_but_a_free_column_is() -> None:
    weights = common(learnt(people((3.0, -1.5, -2.0), 300)))
    assert weights["noise"] == 0.0
    assert weights["new"] < -0.2
    assert common(learnt(people((3.0, -1.5, -2.0), 300), free=("noise", "new")))["noise"] < -0.2


@pytest.mark.parametrize("seed", range(3))
def test_weights_of_evidence_are_never_negative_in_any_bucket(seed: int) -> None:
    choices = [*people((-2.0, 1.0, -1.0), 40, 0, seed), *people((1.0, -2.0, 1.0), 40, 1, seed)]
    ranker = learnt(choices)
    assert all((of_bucket(ranker, bucket)[:2] >= -1e-6).all() for bucket in range(BUCKETS))


def test_a_bucket_has_weights_of_its_own_when_its_people_differ() -> None:
    ranker = learnt([*people((3.0, 0.0, 0.0), 200, 2), *people((0.0, 3.0, 0.0), 200, 0, seed=1)])
    new, known = of_bucket(ranker, 0), of_bucket(ranker, 2)
    assert new[1] > 2 * new[0]
    assert known[0] > 2 * known[1]


def test_a_bucket_without_lists_has_the_weights_of_all() -> None:
    ranker = learnt(people((3.0, 0.0, 0.0), 100, 2))
    np.testing.assert_allclose(of_bucket(ranker, 1), ranker.weights, rtol=1e-6)


def test_few_lists_move_a_bucket_less_than_many() -> None:
    everybody = people((3.0, 0.0, 0.0), 400, 2)
    moved = [
        of_bucket(learnt([*everybody, *people((0.0, 3.0, 0.0), lists, 0, seed=1)]), 0)[1] for lists in (2, 20, 200)
    ]
    assert moved[0] < moved[1] < moved[2]


def test_lists_that_are_not_shown_teach_their_bucket_and_nobody_else() -> None:
    everybody = people((3.0, 0.0, 0.0), 200, 2)
    alone = learnt(everybody)
    joined = learnt([*everybody, *people((0.0, 3.0, 0.0), 200, 0, seed=1, shown=False)])
    np.testing.assert_array_equal(joined.weights, alone.weights)
    assert of_bucket(joined, 0)[1] > of_bucket(joined, 0)[0]
    assert of_bucket(alone, 0)[0] > of_bucket(alone, 0)[1]


def test_the_same_seed_gives_the_same_weights() -> None:
    choices = [*people((1.0, 0.3, -0.5), 60, 2), *people((0.2, 1.0, 0.5), 40, 0)]
    first, second = learnt(choices).arrays(), learnt(choices).arrays()
    for name, array in first.items():
        np.testing.assert_array_equal(array, second[name])


def test_the_order_of_lists_only_matters_to_the_folds() -> None:
    choices = people((1.0, 0.3, -0.5), 7)  # too few for folds
    np.testing.assert_allclose(learnt(choices).weights, learnt(choices[::-1]).weights, atol=1e-4)


def test_where_all_ridges_rank_alike_the_strongest_is_taken() -> None:
    """One column alone gives the same order at any size of its weight."""
    choices = [
        replace(choice, columns=choice.columns * np.array([1, 0, 0], dtype=np.float32))
        for choice in people((3.0, 0.0, 0.0), 80)
    ]
    assert blending._ridge(choices, np.zeros(3), 1) == RIDGES[-1]


def test_too_few_lists_to_compare_take_the_strongest_ridge() -> None:
    assert blending._ridge(people((3.0, 0.0, 0.0), 2 * blending.FOLDS - 1), np.zeros(3), 1) == RIDGES[-1]


def test_a_ridge_that_costs_quality_is_not_taken() -> None:
    """The second column tells what is chosen, in steps so small that it takes a large weight against the first."""
    rng = np.random.default_rng(0)
    choices = []
    for _ in range(200):
        columns = rng.normal(size=(30, 3)).astype(np.float32)
        columns[:, 1] *= 0.02
        chosen = np.zeros(30, dtype=bool)
        chosen[np.argsort(-columns[:, 1])[:2]] = True
        columns[:, 0] = np.where(chosen, -1.0, columns[:, 0] + 0.5)
        choices.append(Choice(columns, chosen, 0, 2))
    assert blending._ridge(choices, np.array([0.3, 0.0, 0.0]), 1) == RIDGES[0]


def test_the_gradient_is_that_of_the_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    import scipy.optimize

    checked: list[float] = []
    minimize = scipy.optimize.minimize

    def checking(loss: object, start: np.ndarray, **options: object) -> object:
        for place in (start, start + 0.3, start + np.linspace(0.1, 2, len(start))):
            error = check_grad(lambda w: loss(w)[0], lambda w: loss(w)[1], place, epsilon=1e-6)  # type: ignore[operator]
            size = np.abs(approx_fprime(place, lambda w: loss(w)[0], 1e-6)).max()  # type: ignore[operator]
            checked.append(error / max(size, 1e-3))
        return minimize(loss, start, **options)

    monkeypatch.setattr(scipy.optimize, "minimize", checking)
    learnt([*people((1.0, 0.3, -0.5), 5, 2), *people((0.2, 1.0, 0.5), 2, 0)])
    assert len(checked) >= 9
    assert max(checked) < 1e-3


def slow_loss(choices: list[Choice], weights: np.ndarray, ridge: float) -> float:
    total = 0.0
    for choice in choices:
        shares = np.exp(choice.columns.astype(np.float64) @ weights)
        shares /= shares.sum()
        total -= float(np.log(shares[choice.chosen]).mean())
    return total / len(choices) + ridge * float(weights @ weights)


def test_no_other_weights_have_a_smaller_cross_entropy() -> None:
    choices = people((1.0, 0.3, -0.5), 7)
    found = learnt(choices).weights.astype(np.float64)
    least = slow_loss(choices, found, RIDGES[-1])
    rng = np.random.default_rng(0)
    for step in rng.normal(scale=0.05, size=(200, 3)):
        near = found + step
        near[:2] = np.maximum(near[:2], 0.0)
        assert slow_loss(choices, near, RIDGES[-1]) >= least - 1e-6


def test_ndcg_counts_what_no_part_has_found_as_missed() -> None:
    columns = np.array([[3.0], [2.0], [1.0]], dtype=np.float32)
    first = Choice(columns, np.array([True, False, False]), 0, 1)
    assert blending._ndcg(first, np.ones(1)) == 1.0
    assert blending._ndcg(first, -np.ones(1)) == pytest.approx(1 / np.log2(4))
    assert blending._ndcg(replace(first, held_out=2), np.ones(1)) == pytest.approx(1 / (1 + 1 / np.log2(3)))


def test_lists_without_a_choice_teach_nothing() -> None:
    teaching = people((3.0, 0.0, 0.0), 20)
    idle = [replace(teaching[0], chosen=np.full(12, value)) for value in (True, False)]
    np.testing.assert_array_equal(learnt([*idle, *teaching]).weights, learnt(teaching).weights)
    with pytest.raises(ValueError, match="nothing to learn from"):
        learnt(idle)
    with pytest.raises(ValueError, match="nothing to learn from"):
        learnt([])
    with pytest.raises(ValueError, match="nothing to learn from"):
        learnt(people((3.0, 0.0, 0.0), 20, shown=False))


def test_an_empty_list_is_no_list() -> None:
    none = Choice(np.zeros((0, 3), dtype=np.float32), np.zeros(0, dtype=bool), 1, 1)
    teaching = people((3.0, 0.0, 0.0), 20)
    np.testing.assert_array_equal(learnt([none, *teaching]).weights, learnt(teaching).weights)

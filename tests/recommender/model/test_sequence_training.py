from __future__ import annotations

import numpy as np
import pytest

from recommender.model.sequence import SequenceParameters

torch = pytest.importorskip("torch")

ITEMS = 500  # more than four times as many as are sampled
SHARPNESS = 1.0  # of the logarithm: with less even scores a few items decide, and many draws are needed


def losses(parameters: SequenceParameters, times: int) -> list[float]:
    """The loss of one batch under several draws of negatives."""
    from recommender.model.sequence_training import Objective, SequenceTask

    torch.manual_seed(1)
    rng = np.random.default_rng(0)
    task = SequenceTask(rng.normal(size=(ITEMS, 8)).astype(np.float32), parameters).eval()
    with torch.no_grad():
        task.biases.copy_(torch.from_numpy(rng.normal(size=ITEMS).astype(np.float32)))
        task.network.sharpness.fill_(SHARPNESS)
    items = np.minimum(rng.geometric(0.05, size=5000), ITEMS) - 1
    inputs = np.array([[5, 6, 7], [8, 9, -1]])
    targets = np.array([[[6, 7], [7, 8], [8, -1]], [[9, 20], [20, -1], [-1, -1]]])
    objective = Objective(items, ITEMS, parameters, np.random.default_rng(2))
    with torch.inference_mode():
        return [float(objective(task, inputs, targets)) for _ in range(times)]


def test_the_exact_loss_is_the_weighted_mean_of_cross_entropies() -> None:
    """The same, one place and one item after the other."""
    from recommender.model.sequence_training import SequenceTask

    parameters = SequenceParameters(dimensions=8, length=4, decay=0.5, sampled=ITEMS)
    (found,) = losses(parameters, 1)
    torch.manual_seed(1)
    rng = np.random.default_rng(0)
    task = SequenceTask(rng.normal(size=(ITEMS, 8)).astype(np.float32), parameters).eval()
    biases = rng.normal(size=ITEMS).astype(np.float32)
    with torch.no_grad():
        task.network.sharpness.fill_(SHARPNESS)
    with torch.inference_mode():
        vectors = task.vectors()
        places = [([5], [6, 7]), ([5, 6], [7, 8]), ([5, 6, 7], [8]), ([8], [9, 20]), ([8, 9], [20])]
        slow = []
        for history, after in places:
            state = task.states(vectors, np.array([history]))[0, -1]
            chances = torch.softmax(vectors @ state + torch.from_numpy(biases), dim=0)
            weights = np.array([1.0, 0.5])[: len(after)] / sum([1.0, 0.5][: len(after)])
            slow.append(sum(-w * float(torch.log(chances[item])) for w, item in zip(weights, after, strict=True)))
    assert found == pytest.approx(np.mean(slow), rel=1e-4)


def test_sampled_negatives_estimate_the_exact_loss() -> None:
    (exact,) = losses(SequenceParameters(dimensions=8, length=4, sampled=ITEMS), 1)
    sampled = losses(SequenceParameters(dimensions=8, length=4, sampled=100), 150)
    assert len(set(sampled)) > 1
    # The logarithm of a noisy sum is a little below that of its mean.
    assert np.mean(sampled) == pytest.approx(exact, abs=0.1)

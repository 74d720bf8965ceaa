from __future__ import annotations

import time

import numpy as np
import pytest

from recommender.errors import ModelError
from recommender.serving.sequence import SequenceEncoder

torch = pytest.importorskip("torch")

DIMENSIONS, LENGTH = 16, 6


@pytest.fixture(scope="module")
def network() -> torch.nn.Module:
    from recommender.model.sequence_network import SequenceNetwork

    torch.manual_seed(0)
    network = SequenceNetwork(DIMENSIONS, layers=2, heads=2, length=LENGTH, dropout=0.5)
    for weight in network.parameters():  # nothing may stay at a value that hides a missing node
        torch.nn.init.normal_(weight, std=0.3)
    return network.eval()


@pytest.fixture(scope="module")
def encoder(network: torch.nn.Module) -> SequenceEncoder:
    from recommender.model.sequence_graph import to_onnx

    return SequenceEncoder(to_onnx(network))


def history(items: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(items, DIMENSIONS)).astype(np.float32)


@pytest.mark.parametrize("items", [1, 2, 5, LENGTH])
def test_the_state_is_that_of_torch(encoder: SequenceEncoder, network: torch.nn.Module, items: int) -> None:
    with torch.inference_mode():
        expected = network(torch.from_numpy(history(items))[None])[0, -1].numpy()
    np.testing.assert_allclose(encoder.states([history(items)])[0, :-1], expected, atol=1e-4)


def test_people_together_have_the_states_that_each_has_alone(encoder: SequenceEncoder) -> None:
    people = [history(items, seed=items) for items in (4, 0, 1, 9, 6, 2)]
    alone = np.vstack([encoder.states([person]) for person in people])
    np.testing.assert_allclose(encoder.states(people), alone, atol=1e-5)


def test_the_last_column_counts_biases_in(encoder: SequenceEncoder) -> None:
    assert encoder.states([history(3), history(0)])[:, -1].tolist() == [1.0, 1.0]


def test_without_a_history_only_biases_count(encoder: SequenceEncoder) -> None:
    assert encoder.states([history(0)])[0].tolist() == [0.0] * DIMENSIONS + [1.0]


def test_nobody_has_no_states(encoder: SequenceEncoder) -> None:
    assert encoder.states([]).shape == (0, DIMENSIONS + 1)


def test_of_a_long_history_the_newest_items_count(encoder: SequenceEncoder) -> None:
    long = history(LENGTH + 5)
    np.testing.assert_array_equal(encoder.states([long]), encoder.states([long[-LENGTH:]]))


def test_the_order_counts(encoder: SequenceEncoder) -> None:
    there = history(4)
    assert np.abs(encoder.states([there]) - encoder.states([there[::-1]])).max() > 0.01


def test_one_history_takes_a_millisecond_at_most() -> None:
    from recommender.model.sequence_graph import to_onnx
    from recommender.model.sequence_network import SequenceNetwork

    encoder = SequenceEncoder(to_onnx(SequenceNetwork(128, layers=1, heads=2, length=50, dropout=0.0)))
    person = np.random.default_rng(0).normal(size=(50, 128)).astype(np.float32)
    encoder.states([person])

    def once() -> float:
        began = time.perf_counter()
        encoder.states([person])
        return time.perf_counter() - began

    # The best of many: other work on the machine only ever makes it slower.
    assert min(once() for _ in range(200)) < 0.001


def test_a_damaged_network_says_what_to_do() -> None:
    with pytest.raises(ModelError, match="train the model anew"):
        SequenceEncoder(b"not a network")

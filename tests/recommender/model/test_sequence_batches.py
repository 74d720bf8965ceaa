from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.model.sequence import Histories
from recommender.model.sequence_batches import batches, hold_out

PEOPLE = st.lists(st.integers(0, 14), min_size=1, max_size=12)


def histories_of(lengths: list[int]) -> Histories:
    """Every item occurs once, in order, so that an item's number tells where it comes from."""
    start = np.append(0, np.cumsum(lengths)).astype(np.int64)
    return Histories(start, np.arange(start[-1], dtype=np.int32))


@settings(max_examples=60, deadline=None)
@given(lengths=PEOPLE, length=st.integers(1, 6), ahead=st.integers(1, 3), seed=st.integers(0, 5))
def test_a_round_has_every_step_of_every_person_once(lengths: list[int], length: int, ahead: int, seed: int) -> None:
    histories = histories_of(lengths)
    expected = {
        (item, item + 1)
        for begin, end in zip(histories.start[:-1], histories.start[1:], strict=True)
        for item in range(begin, end - 1)
    }
    found: Counter[tuple[int, int]] = Counter()
    for inputs, targets in batches(histories, length, ahead, np.random.default_rng(seed)):
        assert inputs.shape[1] <= length
        assert targets.shape == (*inputs.shape, ahead)
        there = inputs >= 0
        found.update(zip(inputs[there].tolist(), targets[there][:, 0].tolist(), strict=True))
    assert set(found) == expected
    assert set(found.values()) <= {1}


@settings(max_examples=60, deadline=None)
@given(lengths=PEOPLE, length=st.integers(1, 6), seed=st.integers(0, 5))
def test_what_comes_later_is_the_same_persons_and_in_order(lengths: list[int], length: int, seed: int) -> None:
    histories = histories_of(lengths)
    person = np.repeat(np.arange(len(lengths)), lengths)
    for inputs, targets in batches(histories, length, 3, np.random.default_rng(seed)):
        for step in range(3):
            both = (inputs >= 0) & (targets[:, :, step] >= 0)
            assert (targets[:, :, step][both] == inputs[both] + step + 1).all()
            assert (person[targets[:, :, step][both]] == person[inputs[both]]).all()


def test_pieces_are_padded_behind() -> None:
    ((inputs, targets),) = list(batches(histories_of([3, 2]), 5, 2, np.random.default_rng(0)))
    rows = {tuple(row) for row in inputs.tolist()}
    assert rows == {(0, 1), (3, -1)}
    assert sorted(targets[inputs[:, 0] == 0][0].tolist()) == [[1, 2], [2, -1]]


@settings(max_examples=40, deadline=None)
@given(lengths=PEOPLE, seed=st.integers(0, 5))
def test_held_out_items_are_the_newest_and_nobody_learns_from_them(lengths: list[int], seed: int) -> None:
    histories = histories_of(lengths)
    learning, judged = hold_out(histories, np.random.default_rng(seed))
    held = np.concatenate([*judged.futures, np.empty(0, dtype=np.intp)])
    assert sorted([*learning.items.tolist(), *held.tolist()]) == histories.items.tolist()
    assert len(learning) == len(histories)
    for past, future in zip(judged.pasts, judged.futures, strict=True):
        assert len(past) >= 2
        assert future[0] == past[-1] + 1

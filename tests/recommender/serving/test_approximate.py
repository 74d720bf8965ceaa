from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from recommender.errors import ModelError
from recommender.serving.approximate import ApproximateIndex

Floats = NDArray[np.float32]


def catalogue(rows: int, seed: int, tail: float = 3.0) -> tuple[Floats, Floats]:
    """Clusters of unlike size, lengths and biases with a heavy tail; people near clusters, with a 1 for the bias."""
    generator = np.random.default_rng(seed)
    tastes = generator.normal(size=(30, 12))
    items = tastes[generator.zipf(1.5, size=rows) % 30] + 0.4 * generator.normal(size=(rows, 12))
    items *= 0.5 + generator.pareto(tail, size=(rows, 1)).clip(max=3)
    bias = 0.2 * generator.pareto(tail, size=rows).clip(max=10)
    people = tastes + 0.4 * generator.normal(size=(30, 12))
    return (
        np.column_stack([items, bias]).astype(np.float32),
        np.column_stack([people, np.ones(30)]).astype(np.float32),
    )


def exact(vectors: Floats, query: Floats, k: int) -> list[int]:
    scores = vectors @ query
    return sorted(range(len(vectors)), key=lambda row: (-scores[row], row))[:k]


def recall(index: ApproximateIndex, people: Floats, k: int) -> float:
    found = [set(index.search(person, k)[0].tolist()) & set(exact(index.vectors, person, k)) for person in people]
    return sum(map(len, found)) / (k * len(people))


@pytest.fixture(scope="module")
def people() -> Floats:
    return catalogue(8_000, 5)[1]


@pytest.fixture(scope="module")
def index(people: Floats) -> ApproximateIndex:
    return ApproximateIndex.build(catalogue(8_000, 5)[0], seed=5, queries=people)


def test_nearly_all_of_the_exact_best_are_found_in_a_part_of_the_catalogue(
    index: ApproximateIndex, people: Floats
) -> None:
    assert index.probes < len(index.centres) / 2
    assert recall(index, people, 10) >= 0.97
    assert recall(index, people, 100) >= 0.97


def test_long_vectors_win_as_in_an_exact_search() -> None:
    vectors = np.array([[1, 0, 0], [5, 1, 0], [0, 9, 0], [0.9, 0, 4.3]], dtype=np.float32)
    rows, scores = ApproximateIndex.build(vectors, seed=1).search(np.array([1, 0, 1], dtype=np.float32), 3)
    assert rows.tolist() == [3, 1, 0]
    assert scores == pytest.approx([5.2, 5.0, 1.0])


def test_scores_are_exact_and_fall(index: ApproximateIndex, people: Floats) -> None:
    rows, scores = index.search(people[3], 50)
    assert np.array_equal(scores, index.vectors[rows] @ people[3])
    assert np.all(np.diff(scores) <= 0)


def test_without_sample_queries_it_is_calibrated_on_its_own_vectors(people: Floats) -> None:
    assert recall(ApproximateIndex.build(catalogue(8_000, 5)[0], seed=5), people, 10) >= 0.9


@pytest.mark.parametrize("rows", [1, 2, 3, 10])
def test_tiny_catalogues_are_found_whole(rows: int) -> None:
    vectors, people = catalogue(rows, 2)
    index = ApproximateIndex.build(vectors, seed=2)
    assert index.search(people[0], 20, np.ones(rows, dtype=bool))[0].tolist()[:1] == exact(vectors, people[0], 1)


def test_copies_of_one_item_make_no_trouble() -> None:
    vectors = np.ones((400, 4), dtype=np.float32)
    rows, _ = ApproximateIndex.build(vectors, seed=1).search(vectors[0], 5)
    assert len(set(rows.tolist())) == 5


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32 - 1), share=st.sampled_from([0.0, 0.001, 0.03, 0.3, 0.9]), k=st.integers(1, 40))
def test_a_masked_row_never_comes(index: ApproximateIndex, people: Floats, seed: int, share: float, k: int) -> None:
    mask = np.random.default_rng(seed).random(len(index.vectors)) < share
    rows, _ = index.search(people[seed % len(people)], k, mask)
    assert mask[rows].all()
    assert len(rows) <= k


def test_the_same_seed_gives_the_same_index(people: Floats) -> None:
    vectors = catalogue(3_000, 8)[0]
    one, two = (ApproximateIndex.build(vectors, seed=3, queries=people) for _ in range(2))
    assert one.probes == two.probes
    assert np.array_equal(one.centres, two.centres)
    assert np.array_equal(one.lists, two.lists)
    for person in people:
        assert np.array_equal(one.search(person, 20)[0], two.search(person, 20)[0])


def test_a_saved_index_answers_as_before_and_holds_no_vectors(
    index: ApproximateIndex, people: Floats, tmp_path: Path
) -> None:
    file = tmp_path / "index.npz"
    index.save(file)
    assert file.stat().st_size < index.vectors.nbytes / 4
    again = ApproximateIndex.load(file, index.vectors)
    for person in people:
        assert np.array_equal(again.search(person, 20)[0], index.search(person, 20)[0])


def test_an_index_of_other_vectors_is_refused(index: ApproximateIndex, tmp_path: Path) -> None:
    file = tmp_path / "index.npz"
    index.save(file)
    changed = index.vectors.copy()
    changed[17, 3] += 1
    with pytest.raises(ModelError, match="other vectors"):
        ApproximateIndex.load(file, changed)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"\x80\x04pickled"])
def test_a_damaged_file_is_named(content: bytes, index: ApproximateIndex, tmp_path: Path) -> None:
    file = tmp_path / "index.npz"
    file.write_bytes(content)
    with pytest.raises(ModelError, match=r"index\.npz"):
        ApproximateIndex.load(file, index.vectors)


def test_parts_that_do_not_fit_are_refused(index: ApproximateIndex, tmp_path: Path) -> None:
    file = tmp_path / "index.npz"
    index.save(file)
    with np.load(file) as archive:
        parts = dict(archive)
    parts["lists"] = parts["lists"] + len(index.centres)
    np.savez(file, **parts)
    with pytest.raises(ModelError, match="do not fit"):
        ApproximateIndex.load(file, index.vectors)

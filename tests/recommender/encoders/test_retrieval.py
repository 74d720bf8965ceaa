from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.encoders.pairs import Corpus, Pair
from recommender.encoders.retrieval import choose_pool, estimate, ranks_of, scores_of


@given(
    st.lists(st.builds(Pair, st.sampled_from("abc"), st.sampled_from("vwxyz")), min_size=1, max_size=15),
    st.integers(0, 99),
    st.integers(0, 9),
)
def test_ranks_are_those_of_a_slow_count(pairs: list[Pair], seed: int, size: int) -> None:
    corpus = Corpus.of(pairs, list("mnopqr"))
    generator = np.random.default_rng(seed)
    queries = generator.integers(-2, 3, size=(len(corpus.queries), 2)).astype(np.float32)
    passages = generator.integers(-2, 3, size=(len(corpus.passages), 2)).astype(np.float32)
    rows = generator.permutation(len(corpus))[: 1 + len(corpus) // 2]
    pool = choose_pool(corpus, rows, size, seed)
    assert set(corpus.passage_of[rows]) <= set(pool.tolist())
    assert len(pool) == (
        len(corpus.passages) if size == 0 else min(len(corpus.passages), max(size, len(set(corpus.passage_of[rows]))))
    )
    right = set(zip(corpus.query_of.tolist(), corpus.passage_of.tolist(), strict=True))
    for row, rank in zip(rows, ranks_of(corpus, rows, queries, passages, pool), strict=True):
        query, own = int(corpus.query_of[row]), int(corpus.passage_of[row])
        rivals = [p for p in pool.tolist() if (query, p) not in right]
        assert rank == 1 + sum(queries[query] @ passages[p] >= queries[query] @ passages[own] for p in rivals)


def test_a_broken_encoder_finds_nothing() -> None:
    corpus = Corpus.of([Pair("q", "a")], ["b", "c"])
    nothing = np.full((3, 2), np.nan, dtype=np.float32)
    assert ranks_of(corpus, np.array([0]), nothing[:1], nothing, np.arange(3)).tolist() == [3]


def test_recall_and_reciprocal_ranks_by_hand() -> None:
    values = scores_of(np.array([1, 10, 11, 51]))
    assert values["recall@1"].tolist() == [1, 0, 0, 0]
    assert values["recall@10"].tolist() == [1, 1, 0, 0]
    assert values["recall@50"].tolist() == [1, 1, 1, 0]
    assert values["mrr"].tolist() == [1, 0.1, 1 / 11, 1 / 51]


def test_bounds_are_wider_when_values_of_a_group_go_together() -> None:
    generator = np.random.default_rng(0)
    values = np.repeat(generator.integers(0, 2, size=40), 25).astype(float)
    grouped = estimate(values, np.repeat(np.arange(40), 25), seed=1)
    single = estimate(values, np.arange(1000), seed=1)
    assert grouped.mean == single.mean == pytest.approx(values.mean())
    assert grouped.high - grouped.low > 3 * (single.high - single.low)
    assert single.low < single.mean < single.high

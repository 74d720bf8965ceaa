from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from recommender.encoders.contrastive import info_nce, make_batch
from recommender.encoders.pairs import Corpus, Pair

words = st.sampled_from("abcdef")
some_pairs = st.lists(st.builds(Pair, words, words), min_size=2, max_size=12)


def slow_loss(
    corpus: Corpus, rows: list[int], extra: set[int], queries: np.ndarray, passages: np.ndarray, t: float
) -> float:
    """Pair by pair: e to its own cosine over the sum with all wrong passages that occur in the batch."""
    right = {(int(q), int(p)) for q, p in zip(corpus.query_of, corpus.passage_of, strict=True)}
    present = {int(corpus.passage_of[row]) for row in rows} | extra
    total = 0.0
    for row in rows:
        asked, own = int(corpus.query_of[row]), int(corpus.passage_of[row])
        wrong = [p for p in present if (asked, p) not in right]
        weight = {p: math.exp(float(queries[asked] @ passages[p]) / t) for p in [own, *wrong]}
        total -= math.log(weight[own] / sum(weight.values()))
    return total / len(rows)


def slow_reverse(corpus: Corpus, rows: list[int], queries: np.ndarray, passages: np.ndarray, t: float) -> float:
    right = {(int(q), int(p)) for q, p in zip(corpus.query_of, corpus.passage_of, strict=True)}
    present = {int(corpus.query_of[row]) for row in rows}
    total = 0.0
    for row in rows:
        asked, own = int(corpus.query_of[row]), int(corpus.passage_of[row])
        wrong = [q for q in present if (q, own) not in right]
        weight = {q: math.exp(float(queries[q] @ passages[own]) / t) for q in [asked, *wrong]}
        total -= math.log(weight[asked] / sum(weight.values()))
    return total / len(rows)


@given(some_pairs, st.integers(0, 9), st.booleans())
def test_the_loss_is_that_of_a_slow_count_in_which_right_passages_are_never_wrong(
    pairs: list[Pair], seed: int, symmetric: bool
) -> None:
    corpus = Corpus.of(pairs, ["x", "y"])
    generator = np.random.default_rng(seed)
    rows = generator.permutation(len(corpus))[: max(2, len(corpus) // 2)]
    negatives = generator.integers(-1, len(corpus.passages), size=(len(rows), 2))
    queries = generator.normal(size=(len(corpus.queries), 4)).astype(np.float32)
    passages = generator.normal(size=(len(corpus.passages), 4)).astype(np.float32)
    batch = make_batch(corpus, rows, negatives)
    vectors = torch.from_numpy(queries[batch.queries]), torch.from_numpy(passages[batch.passages])
    expected = slow_loss(corpus, rows.tolist(), set(negatives[negatives >= 0].tolist()), queries, passages, 0.5)
    if symmetric:
        expected = (expected + slow_reverse(corpus, rows.tolist(), queries, passages, 0.5)) / 2
    assert float(info_nce(*vectors, batch, 0.5, symmetric)) == pytest.approx(expected, rel=1e-4, abs=1e-5)


def test_a_passage_that_two_queries_share_is_no_negative_of_either() -> None:
    corpus = Corpus.of([Pair("q", "a"), Pair("r", "a"), Pair("q", "b")])
    batch = make_batch(corpus, np.array([0, 1]), np.array([[1], [1]]))
    assert batch.passages.tolist() == [0, 1]
    assert batch.other_passages.tolist() == [[False, True], [False, False]]
    assert batch.other_queries.tolist() == [[False, True], [True, False]]

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recommender.encoders.mining import mine
from recommender.encoders.pairs import Corpus, Pair

ONE = np.array([0])


def on_a_line(*cosines: float) -> np.ndarray:
    """Unit vectors whose cosines to (1, 0) are these."""
    return np.array([[c, np.sqrt(1 - c * c)] for c in cosines], dtype=np.float32)


def test_the_best_ranked_wrong_passage_is_found() -> None:
    corpus = Corpus.of([Pair("q", "right")], ["near", "far"])
    found = mine(corpus, ONE, on_a_line(1), on_a_line(0.9, 0.8, 0.1), 1, 1, 0.05, np.random.default_rng(0))
    assert found.tolist() == [[1]]


def test_what_beats_the_right_passage_by_a_margin_is_taken_for_right() -> None:
    corpus = Corpus.of([Pair("q", "right")], ["too near", "near", "far"])
    passages = on_a_line(0.8, 0.95, 0.84, 0.1)
    found = mine(corpus, ONE, on_a_line(1), passages, 3, 3, 0.05, np.random.default_rng(0))
    assert sorted(found[0].tolist()) == [-1, 2, 3]
    strict = mine(corpus, ONE, on_a_line(1), passages, 3, 3, -0.05, np.random.default_rng(0))
    assert sorted(strict[0].tolist()) == [-1, -1, 3]


@given(
    st.lists(st.builds(Pair, st.sampled_from("abc"), st.sampled_from("vwxyz")), min_size=1, max_size=15),
    st.integers(0, 99),
    st.integers(1, 4),
    st.integers(1, 9),
    st.floats(-0.3, 2),
)
def test_no_right_passage_is_ever_mined_nor_any_twice(
    pairs: list[Pair], seed: int, count: int, depth: int, margin: float
) -> None:
    corpus = Corpus.of(pairs, list("stuvwxyz"))
    generator = np.random.default_rng(seed)
    queries, passages = (
        generator.normal(size=(n, 3)).astype(np.float32) for n in (len(corpus.queries), len(corpus.passages))
    )
    found = mine(corpus, np.arange(len(corpus)), queries, passages, count, depth, margin, generator)
    assert found.shape == (len(corpus), count)
    for row, drawn in enumerate(found.tolist()):
        query = corpus.query_of[row]
        cosines = passages @ queries[query]
        right = {int(p) for q, p in zip(corpus.query_of, corpus.passage_of, strict=True) if q == query}
        real = [p for p in drawn if p >= 0]
        assert len(real) == len(set(real))
        assert not right & set(real)
        assert all(cosines[p] <= cosines[corpus.passage_of[row]] + margin + 1e-5 for p in real)
        possible = [
            p
            for p in range(len(passages))
            if p not in right and cosines[p] <= cosines[corpus.passage_of[row]] + margin - 1e-5
        ]
        assert len(real) >= min(count, depth, len(possible))

from __future__ import annotations

import pytest

from recommender.benchmark.nearest_contexts import SIZES, NearestContexts
from recommender.conversations.contexts import matrix_of
from recommender.conversations.dialogue import Dialogue

pytest.importorskip("bm25s", reason="bm25s comes with the benchmark extra")

SAID = ("a scary film with clowns", "space ships and robots", "robots fall in love", "a wedding comedy")


@pytest.fixture
def nearest() -> NearestContexts:
    contexts = [Dialogue(("hello", said)) for said in SAID]
    return NearestContexts(contexts, ["a", "b", "c", "d"], matrix_of([(0,), (1,), (1, 2), (3,)], 5), seed=0)


def test_what_answered_similar_contexts_scores(nearest: NearestContexts) -> None:
    scores = nearest.scores(Dialogue(("something with robots",)))
    assert scores.argmax() == 1
    assert scores[2] > 0
    assert scores[0] == scores[3] == scores[4] == 0


@pytest.mark.parametrize("turns", [(), ("",), ("the of and",), ("银翼",)])
def test_words_that_no_context_has_find_nothing(nearest: NearestContexts, turns: tuple[str, ...]) -> None:
    assert not nearest.scores(Dialogue(turns)).any()


def test_how_many_are_asked_is_one_of_the_sizes(nearest: NearestContexts) -> None:
    assert nearest.nearest in SIZES

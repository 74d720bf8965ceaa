from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from recommender.learning.evaluation import Evaluator, summary, tune
from recommender.learning.interactions import Interactions
from recommender.learning.metrics import ndcg_at
from recommender.learning.split import Split, split_by_time
from recommender.learning.texts import Texts
from recommender.learning.training import Recipe, fit
from recommender.model.embeddings import BlendWeights, Embeddings
from recommender.model.hybrid import HybridParameters

ITEMS = tuple(f"i{n:02d}" for n in range(24))
KINDS = np.arange(24) % 3  # three kinds of items, told apart by their texts; everybody likes one kind


@pytest.fixture(scope="module")
def texts() -> Texts:
    rng = np.random.default_rng(0)
    raw = np.eye(3, 8)[KINDS] + rng.normal(scale=0.1, size=(24, 8))
    return Texts.of(ITEMS, raw.astype(np.float32), "e")


@pytest.fixture(scope="module")
def split(texts: Texts) -> Split:
    rng = np.random.default_rng(1)
    rows = []
    for person in range(60):
        own = rng.permutation(np.flatnonzero(person % 3 == KINDS))
        rows += [(f"p{person:02d}", ITEMS[item], "like", 100 * place + person) for place, item in enumerate(own[:6])]
    return split_by_time(Interactions.of(rows).restrict(texts.item_ids), 0.8)


@pytest.fixture(scope="module")
def model(texts: Texts, split: Split) -> Embeddings:
    return fit(split.train, texts, Recipe(HybridParameters(dimensions=8, epochs=20)), BlendWeights())


def test_a_model_that_knows_the_kinds_ranks_what_comes_next_high(model: Embeddings, split: Split) -> None:
    measured = summary(Evaluator(model, split).ranks())
    assert measured["people"] == len(np.unique(split.test.person))
    assert measured["recall@10"] > 0.9
    assert measured["percentile_rank"] < 0.3


def test_the_tuned_blend_is_at_least_as_good_as_where_it_started(model: Embeddings, split: Split) -> None:
    evaluator = Evaluator(model, split)
    start = replace(model.card.weights, popularity=1.5, text=0.0)
    odd = replace(model, card=replace(model.card, weights=start))
    tuned = tune(odd, split)
    assert ndcg_at(evaluator.ranks(tuned), 10).mean() >= ndcg_at(evaluator.ranks(start), 10).mean()
    assert tuned.hybrid == start.hybrid


def test_opinions_after_the_training_are_folded_in_as_in_serving(texts: Texts, split: Split) -> None:
    newcomer = [("new", ITEMS[item], "like", 10_000 + item) for item in np.flatnonzero(KINDS == 2)[:4]]
    later = split.train.merge(Interactions.of(newcomer)).restrict(texts.item_ids)
    old = fit(split.train, texts, Recipe(HybridParameters(dimensions=8, epochs=20)), BlendWeights())
    whole = Split(later, later.rows(np.zeros(len(later), dtype=bool)), (), (), ())
    parts = Evaluator(old, whole).parts(later.persons.index("new"))
    assert parts.text[KINDS == 2].mean() > parts.text[KINDS != 2].mean()
    assert parts.hybrid[KINDS == 2].mean() > parts.hybrid[KINDS != 2].mean()


def test_a_dislike_after_a_like_takes_it_back(texts: Texts, split: Split) -> None:
    rows = [("new", ITEMS[2], "like", 10_000), ("new", ITEMS[2], "dislike", 10_001)]
    later = split.train.merge(Interactions.of(rows)).restrict(texts.item_ids)
    old = fit(split.train, texts, Recipe(HybridParameters(dimensions=8, epochs=20)), BlendWeights())
    whole = Split(later, later.rows(np.zeros(len(later), dtype=bool)), (), (), ())
    parts = Evaluator(old, whole).parts(later.persons.index("new"))
    assert parts.text[2] == parts.text.min()


def test_nobody_to_ask_leaves_the_weights_as_they_are(model: Embeddings, split: Split) -> None:
    nobody = Split(split.train, split.test.rows(np.zeros(len(split.test), dtype=bool)), (), (), ())
    assert tune(model, nobody) == replace(model.card.weights, cold_offset=0.0)
    assert summary(Evaluator(model, nobody).ranks()) == {"people": 0.0}

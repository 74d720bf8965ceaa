from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from recommender.learning import evaluation
from recommender.learning.blending import Choice
from recommender.learning.evaluation import EACH, STRANGERS, Blend, Evaluator, contenders, rank_all, summary, tune
from recommender.learning.interactions import Interactions
from recommender.learning.metrics import ndcg_at
from recommender.learning.split import Split, split_by_time
from recommender.learning.texts import Texts
from recommender.learning.training import Recipe, fit
from recommender.model.embeddings import Embeddings
from recommender.model.hybrid import HybridParameters
from recommender.model.neighbours import NeighbourParameters
from recommender.model.ranker import Ranker
from recommender.serving.profile import build_profile
from recommender.serving.rank import BUCKETS, PARTS, Scorer, column_names, context

ITEMS = tuple(f"i{n:02d}" for n in range(24))
KINDS = np.arange(24) % 3  # three kinds of items, told apart by their texts; everybody likes one kind
RECIPE = Recipe(
    HybridParameters(dimensions=8, epochs=20),
    NeighbourParameters(penalty=10.0),
    parts=("neighbours", "text", "popularity"),
)


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
    return fit(split.train, texts, RECIPE, Blend.untaught())


def with_blend(model: Embeddings, blend: Blend) -> Embeddings:
    return replace(model, ranker=blend.ranker, card=replace(model.card, weights=blend.weights))


def quality(model: Embeddings, split: Split) -> float:
    return float(ndcg_at(Evaluator(model, split).ranks(), 10).mean())


def later(split: Split, texts: Texts, rows: Sequence[tuple[str, str, str, int]]) -> Split:
    """`split` with more rows to know of, and nothing to find."""
    train = split.train.merge(Interactions.of(rows)).restrict(texts.item_ids)
    return Split(train, train.rows(np.zeros(len(train), dtype=bool)), (), (), ())


def test_a_model_that_knows_the_kinds_ranks_what_comes_next_high(model: Embeddings, split: Split) -> None:
    measured = summary(Evaluator(model, split).ranks())
    assert measured["people"] == len(np.unique(split.test.person))
    assert measured["recall@10"] > 0.9
    assert measured["percentile_rank"] < 0.3


def test_tuning_finds_its_way_back_from_a_blend_that_listens_to_the_wrong_part(model: Embeddings, split: Split) -> None:
    popular = Ranker.linear({"popularity": 1.0, "text": -0.5}, column_names(), len(BUCKETS) + 1)
    astray = replace(model, ranker=popular)
    tuned = tune(astray, split)
    assert quality(with_blend(model, tuned), split) > quality(astray, split) + 0.2
    assert quality(with_blend(model, tuned), split) >= quality(model, split) - 0.02


def test_tuned_weights_are_the_same_every_time_and_keep_what_is_not_learnt_here(
    model: Embeddings, split: Split
) -> None:
    first, second = tune(model, split), tune(model, split)
    for name, array in first.ranker.arrays().items():
        np.testing.assert_array_equal(array, second.ranker.arrays()[name])
    assert first.weights == second.weights
    assert replace(first.weights, spread=1.0) == replace(model.card.weights, spread=1.0)


def test_tuning_learns_what_is_late_from_what_was_known_then(
    model: Embeddings, split: Split, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is made to know more than the model learnt from, tells so."""
    asked: list[int] = []

    def week(known: Interactions, *_: object) -> float:
        asked.append(len(known))
        return 7.0

    monkeypatch.setattr(evaluation, "best_half_life", week)
    assert tune(model, split).weights.half_life == 7.0
    some = split.train.rows(np.arange(len(split.train)) % 2 == 0)
    assert tune(model, split, some).weights.half_life == 7.0
    assert asked == [len(split.train), len(some)]


def test_the_spread_makes_scores_as_wide_as_a_wish(model: Embeddings, split: Split) -> None:
    tuned = with_blend(model, tune(model, split))
    evaluator = Evaluator(tuned, split)
    everything = np.arange(len(ITEMS))
    widths = []
    for person in range(len(split.train.persons)):
        profile = evaluator.profile(person)
        widths.append(float(evaluator.scorer.scores(evaluator.scorer.parts(profile), profile, everything).std()))
    assert np.mean(widths) == pytest.approx(1.0, abs=0.1)


def test_known_people_are_also_looked_at_as_strangers_whose_lists_are_not_for_everybody(
    model: Embeddings, split: Split, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Choice] = []
    learn = evaluation.fit_blend

    def spy(choices: Sequence[Choice], *rest: object) -> Ranker:
        seen.extend(choices)
        return learn(choices, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(evaluation, "fit_blend", spy)
    tune(model, split)
    known = {len(split.train.history(person)) for person in split.train.persons}
    assert known == {4, 5}, "all fall into one bucket"
    assert {choice.bucket for choice in seen if choice.shown} == {BUCKETS.index(6)}
    strangers = [choice for choice in seen if not choice.shown]
    assert {choice.bucket for choice in strangers} == {int(np.searchsorted(BUCKETS, few)) for few in STRANGERS[:2]}
    assert len(strangers) < sum(choice.shown for choice in seen)


def test_strangers_teach_their_own_bucket(model: Embeddings, split: Split) -> None:
    ranker = tune(model, split).ranker
    taught = [bool(ranker.factors[:, bucket].any()) for bucket in range(len(BUCKETS) + 1)]
    assert taught[:2] == [True, True], "strangers with one and with three likes"
    assert taught[3:] == [False, False], "nobody likes that many"


def test_opinions_after_the_training_are_folded_in_as_in_serving(model: Embeddings, texts: Texts, split: Split) -> None:
    newcomer = [("new", ITEMS[item], "like", 10_000 + item) for item in np.flatnonzero(KINDS == 2)[:4]]
    whole = later(split, texts, newcomer)
    evaluator = Evaluator(model, whole)
    profile = evaluator.profile(whole.train.persons.index("new"))
    assert not profile.known
    assert [ITEMS[row] for row in profile.evidence] == ["i11", "i08", "i05", "i02"], "newest first"
    parts = evaluator.scorer.parts(profile)
    for name in ("hybrid", "recent", "neighbours", "newest", "text"):
        part = getattr(parts, name)
        assert part[KINDS == 2].mean() > part[KINDS != 2].mean(), name


def test_a_dislike_after_a_like_takes_it_back(model: Embeddings, texts: Texts, split: Split) -> None:
    rows = [("new", ITEMS[2], "like", 10_000), ("new", ITEMS[2], "dislike", 10_001)]
    whole = later(split, texts, rows)
    evaluator = Evaluator(model, whole)
    parts = evaluator.scorer.parts(evaluator.profile(whole.train.persons.index("new")))
    assert parts.text[2] == parts.text.min()


def test_what_a_model_was_trained_on_is_not_told_to_it_again(model: Embeddings, split: Split) -> None:
    profile = Evaluator(model, split).profile(0)
    assert profile.known
    assert not profile.liked
    assert len(profile.past) == len(split.train.history(split.train.persons[0]))


def test_nobody_to_ask_leaves_what_serves_before_anything_is_learnt(model: Embeddings, split: Split) -> None:
    nobody = Split(split.train, split.test.rows(np.zeros(len(split.test), dtype=bool)), (), (), ())
    blend = tune(model, nobody)
    np.testing.assert_array_equal(blend.ranker.weights, Blend.untaught().ranker.weights)
    assert blend.weights == model.card.weights
    assert summary(Evaluator(model, nobody).ranks()) == {"people": 0.0}


def test_lists_without_a_choice_leave_it_too() -> None:
    """Everybody knows everything but what they come to like."""
    texts = Texts.of(["a", "b", "c"], np.eye(3, dtype=np.float32), "e")
    rows = [(person, item, "like", at) for person in ("ann", "bob") for at, item in enumerate("abc")]
    log = Interactions.of(rows).restrict(texts.item_ids)
    split = Split(log.rows(log.at < 2), log.rows(log.at == 2), (), (), ())
    model = fit(split.train, texts, replace(RECIPE, parts=()), Blend.untaught())
    np.testing.assert_array_equal(tune(model, split).ranker.weights, Blend.untaught().ranker.weights)


def test_before_anything_is_learnt_taste_comes_first() -> None:
    ranker = Blend.untaught().ranker
    weights = dict(zip(ranker.names, ranker.weights.tolist(), strict=True))
    assert max(weights, key=weights.__getitem__) == "hybrid"
    assert {name for name, weight in weights.items() if weight} <= set(PARTS)
    assert (
        ranker.score(np.zeros((2, len(column_names())), np.float32), np.zeros(len(BUCKETS) + 1, np.float32)).any() == 0
    )


@pytest.fixture(scope="module")
def large() -> Embeddings:
    """Half a thousand items that differ at random, of which nobody knows anything but three."""
    rng = np.random.default_rng(2)
    items = tuple(f"i{n:03d}" for n in range(500))
    texts = Texts.of(items, rng.normal(size=(500, 8)).astype(np.float32), "e")
    rows = [(f"p{n}", items[item], "like", n) for n in range(9) for item in (n, n + 1, n + 2)]
    recipe = replace(RECIPE, hybrid=HybridParameters(dimensions=4, epochs=2), parts=("text", "popularity"))
    return fit(Interactions.of(rows), texts, recipe, Blend.untaught())


def test_what_could_be_served_ranks_above_all_other_items(large: Embeddings) -> None:
    scorer, profile = Scorer(large), build_profile(large, 0, (20,), ())
    parts = scorer.parts(profile)
    rows = contenders(parts, profile)
    rest = np.setdiff1d(np.arange(500), rows)
    found = rank_all(scorer, profile)
    assert EACH <= len(rows) < 500
    assert found[rows].min() > found[rest].max()
    served = scorer.scores(parts, profile, rows)
    np.testing.assert_allclose(found[rows] - found[rows].min(), served - served.min(), atol=1e-5)
    assert list(np.argsort(-found[rest])) == list(np.argsort(-parts.hybrid[rest]))


def test_every_part_brings_in_its_best_and_nothing_that_is_liked(large: Embeddings) -> None:
    profile = build_profile(large, 0, (20,), ())
    parts = Scorer(large).parts(profile)
    rows = contenders(parts, profile, each=7)
    gone = {0, 1, 2, 20}
    expected = set()
    for part in parts.spoken():
        expected |= set([row for row in np.argsort(-part, kind="stable").tolist() if row not in gone][:7])
    assert set(rows.tolist()) == expected


def test_where_no_part_says_anything_the_first_items_compete(large: Embeddings) -> None:
    silent = replace(
        large,
        item_vectors=np.zeros_like(large.item_vectors),
        popularity=np.zeros_like(large.popularity),
        trend=np.zeros_like(large.trend),
    )
    profile = build_profile(silent, None, (), ())
    scorer = Scorer(silent)
    assert list(contenders(scorer.parts(profile), profile, each=4)) == [0, 1, 2, 3]
    assert np.isfinite(rank_all(scorer, profile)).all()
    assert context(profile).tolist() == [1.0, 0.0, 0.0, 0.0, 0.0]

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps

from recommender.errors import ModelError
from recommender.model.embeddings import BlendWeights, Embeddings
from recommender.model.neighbours import Links
from recommender.model.ranker import Ranker
from recommender.model.sequence import Histories, SequenceModel, SequenceParameters, fit_sequences
from recommender.serving.profile import Profile, build_profile
from recommender.serving.rank import (
    BUCKETS,
    DEPTH,
    PARTS,
    RANKED,
    TASTE,
    TOP,
    ScoreParts,
    Scorer,
    column_names,
    context,
    standardise,
)
from tests.recommender.serving.conftest import SHELF, links, unit

IDS = [row[0] for row in SHELF]
EVERYTHING = np.arange(len(SHELF))
DRESS_1, DRESS_2, DRESS_3, BOOTS_1, HAT_2 = 0, 1, 2, 4, 7


def listening(embeddings: Embeddings, **weights: float) -> Embeddings:
    """A model whose ranker hears these columns only; spaces in names are underscores."""
    named = {name.replace("_", " "): weight for name, weight in weights.items()}
    assert set(named) <= set(column_names())
    return replace(embeddings, ranker=Ranker.linear(named, column_names(), len(BUCKETS) + 1))


def stranger(embeddings: Embeddings, *liked: int, disliked: tuple[int, ...] = ()) -> Profile:
    return build_profile(embeddings, None, liked, disliked)


def first(embeddings: Embeddings, profile: Profile) -> str:
    """The best item that is not liked already."""
    scorer = Scorer(embeddings)
    scores = scorer.scores(scorer.parts(profile), profile, EVERYTHING)
    scores[profile.evidence[profile.strengths > 0]] = -np.inf
    return IDS[int(scores.argmax())]


@pytest.fixture(scope="module")
def sequence() -> SequenceModel:
    """People take the shelf's items one after the other, from anywhere, and begin again."""
    people = [[(start + step) % 8 for step in range(5)] for start in range(8) for _ in range(6)]
    start = np.arange(len(people) + 1, dtype=np.int64) * 5
    small = SequenceParameters(
        dimensions=16, length=6, epochs=25, patience=25, learning_rate=0.02, dropout=0.0, ahead=1, seed=1, seconds=None
    )
    texts = unit(np.random.default_rng(0).normal(size=(8, 16)).tolist())
    return fit_sequences(Histories(start, np.array(people, dtype=np.int32).ravel()), texts, small)


@pytest.mark.parametrize("column", ["{}", "{} rank", "{} top"])
@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("hybrid", "dress"),
        ("recent", "dress"),
        ("neighbours", "dress-2"),
        ("newest", "dress-2"),
        ("text", "dress-2"),
        ("popularity", "boots-1"),
        ("trend", "hat-1"),
    ],
)
def test_each_part_alone_puts_the_obvious_item_first(
    embeddings: Embeddings, part: str, column: str, expected: str
) -> None:
    """To somebody who likes the first dress."""
    model = listening(embeddings, **{column.format(part).replace(" ", "_"): 1.0})
    assert first(model, stranger(model, DRESS_1)).startswith(expected)


@pytest.mark.parametrize("column", ["sequence", "sequence rank", "sequence top"])
@pytest.mark.parametrize("newest", range(8))
def test_the_sequence_part_puts_first_what_follows_on_the_newest_like(
    embeddings: Embeddings, sequence: SequenceModel, column: str, newest: int
) -> None:
    model = listening(replace(embeddings, sequence=sequence), **{column.replace(" ", "_"): 1.0})
    assert first(model, stranger(model, (newest - 1) % 8, newest)) == IDS[(newest + 1) % 8]


def test_likes_of_the_conversation_follow_on_the_history(embeddings: Embeddings, sequence: SequenceModel) -> None:
    """Ann's history is dress-1, then boots-1; a stranger who says the same is read the same."""
    scorer = Scorer(replace(embeddings, sequence=sequence))
    ann = scorer.parts(build_profile(embeddings, 0, (5,), ())).sequence
    same = scorer.parts(stranger(embeddings, DRESS_1, BOOTS_1, 5)).sequence
    other = scorer.parts(stranger(embeddings, 5, BOOTS_1, DRESS_1)).sequence
    np.testing.assert_allclose(ann, same, atol=1e-5)
    assert np.abs(ann - other).max() > 0.1
    assert IDS[int(ann.argmax())] == IDS[6]


def test_a_dislike_is_no_step_of_the_sequence(embeddings: Embeddings, sequence: SequenceModel) -> None:
    scorer = Scorer(replace(embeddings, sequence=sequence))
    assert not scorer.parts(stranger(embeddings, disliked=(1,))).sequence.any()
    both, liked = stranger(embeddings, 3, disliked=(1,)), stranger(embeddings, 3)
    np.testing.assert_array_equal(scorer.parts(both).sequence, scorer.parts(liked).sequence)


def test_the_newest_like_counts_more_where_the_newest_is_asked_for(embeddings: Embeddings) -> None:
    """Two older likes lead to a hat, the newest to boots."""
    told = replace(
        embeddings,
        neighbours=links(("dress-1", "hat-2", 0.4), ("dress-3", "hat-2", 0.4), ("boots-1", "boots-2", 0.5)),
    )
    profile = stranger(told, DRESS_1, DRESS_3, BOOTS_1)
    assert first(listening(told, neighbours=1.0), profile) == "hat-2"
    assert first(listening(told, newest=1.0), profile) == "boots-2"


def test_recent_taste_needs_no_training_of_the_person(embeddings: Embeddings) -> None:
    """Bob's vector says nothing; what he just liked does."""
    bob = build_profile(embeddings, 1, (DRESS_1, HAT_2), ())
    parts = Scorer(embeddings).parts(bob)
    assert IDS[int(parts.recent.argmax())].startswith("hat")
    nobody = Scorer(embeddings).parts(build_profile(embeddings, None, (), ()))
    assert not nobody.recent.any(), "the mean person has no taste here"


def test_what_is_disliked_pulls_its_neighbours_and_likenesses_down(embeddings: Embeddings) -> None:
    parts = Scorer(embeddings).parts(stranger(embeddings, disliked=(DRESS_1,)))
    for name in ("hybrid", "recent", "neighbours", "newest", "text"):
        part = getattr(parts, name)
        assert part[DRESS_2] < part[BOOTS_1], name


@pytest.mark.parametrize("liked", [(), (DRESS_1,)])
def test_every_part_is_standardised_or_says_nothing(embeddings: Embeddings, liked: tuple[int, ...]) -> None:
    parts = Scorer(embeddings).parts(stranger(embeddings, *liked), np.array([0, 0, 1], np.float32), BOOTS_1)
    for one in fields(ScoreParts):
        part = getattr(parts, one.name)
        assert part.shape == (8,)
        assert part.dtype == np.float32
        if part.any():
            assert part.mean() == pytest.approx(0, abs=1e-5)
            assert part.std() == pytest.approx(1, abs=1e-4)
    assert len(parts.spoken()) == (9 if liked else 4), "without a like there is no taste"


def test_parts_that_are_switched_off_are_zeros(embeddings: Embeddings) -> None:
    bare = replace(embeddings, neighbours=Links.none(8), card=replace(embeddings.card, parts=()))
    scorer, profile = Scorer(bare), stranger(bare, DRESS_1)
    parts = scorer.parts(profile)
    off = ("neighbours", "newest", "text", "sequence", "popularity", "trend")
    assert not any(getattr(parts, name).any() for name in off)
    assert parts.hybrid.any()
    columns = scorer.columns(parts, profile, EVERYTHING)
    silent = [place for place, name in enumerate(column_names()) if name.split()[0] in off]
    assert not columns[:, silent].any(), "a part that is off has no ranks either"


def test_a_part_in_the_card_is_what_switches_it(embeddings: Embeddings) -> None:
    for family, names in {"text": ("text",), "popularity": ("popularity", "trend")}.items():
        only = replace(embeddings, card=replace(embeddings.card, parts=(family,)))
        parts = Scorer(only).parts(stranger(only, DRESS_1))
        assert {n for n in ("text", "popularity", "trend") if getattr(parts, n).any()} == set(names)


def test_names_and_columns_agree(embeddings: Embeddings) -> None:
    names = column_names()
    assert len(set(names)) == len(names)
    cold = replace(embeddings, warm=np.array([True] * 6 + [False, True]))
    scorer, profile = Scorer(cold), stranger(cold, DRESS_1, BOOTS_1)
    parts = scorer.parts(profile)
    rows = np.array([6, 1, 2])
    columns = dict(zip(names, scorer.columns(parts, profile, rows).T, strict=True))
    for name in PARTS:
        part = getattr(parts, name)
        order = [row for row in np.argsort(-part, kind="stable").tolist() if row not in (DRESS_1, BOOTS_1)]
        ranks = np.array([order.index(row) for row in rows])
        said = part.any()
        np.testing.assert_allclose(columns[name], np.arcsinh(part[rows]), atol=1e-6)
        np.testing.assert_allclose(columns[f"{name} rank"], -np.log1p(ranks / DEPTH) * said, atol=1e-6)
        np.testing.assert_allclose(columns[f"{name} top"], TOP / (ranks + TOP) * said, atol=1e-6)
    for name in TASTE:
        np.testing.assert_allclose(columns[f"{name} of new"], columns[name] * [1, 0, 0], atol=1e-6)
    assert columns["new"].tolist() == [1, 0, 0]


def test_columns_of_some_rows_are_those_rows_of_all_columns(embeddings: Embeddings) -> None:
    scorer, profile = Scorer(embeddings), stranger(embeddings, DRESS_1)
    parts = scorer.parts(profile)
    whole = scorer.columns(parts, profile, EVERYTHING)
    some = np.array([7, 0, 3])
    np.testing.assert_array_equal(scorer.columns(parts, profile, some), whole[some])
    assert scorer.columns(parts, profile, EVERYTHING[:0]).shape == (0, len(column_names()))


@pytest.mark.parametrize("again", [(), (DRESS_1,), (DRESS_1, BOOTS_1)])
def test_what_is_liked_takes_no_rank_even_when_it_is_liked_twice(
    embeddings: Embeddings, again: tuple[int, ...]
) -> None:
    """Ann liked both before; the six other items share the first six places."""
    profile = build_profile(embeddings, 0, again, ())
    scorer = Scorer(embeddings)
    columns = scorer.columns(scorer.parts(profile), profile, EVERYTHING)
    ranks = np.expm1(-columns[:, column_names().index("text rank")]) * DEPTH
    np.testing.assert_allclose(ranks[[DRESS_1, BOOTS_1]], RANKED, rtol=1e-4)
    np.testing.assert_allclose(sorted(ranks.tolist())[:6], range(6), atol=1e-3)


def test_a_dislike_keeps_its_place_in_the_ranks(embeddings: Embeddings) -> None:
    profile = stranger(embeddings, DRESS_1, disliked=(BOOTS_1,))
    scorer = Scorer(embeddings)
    columns = scorer.columns(scorer.parts(profile), profile, EVERYTHING)
    assert columns[BOOTS_1, column_names().index("popularity rank")] == 0, "the first of all"


def test_a_long_tail_bends_so_that_it_drowns_nothing(embeddings: Embeddings) -> None:
    """Near the mean, evidence counts as it is; a hundred standard deviations count like five."""
    scorer, profile = Scorer(embeddings), stranger(embeddings, DRESS_1)
    wild = np.array([100, -100, 0.1, 0, 0, 0, 0, 0], dtype=np.float32)
    columns = scorer.columns(replace(scorer.parts(profile), neighbours=wild), profile, EVERYTHING)
    np.testing.assert_allclose(columns[:3, column_names().index("neighbours")], [5.3, -5.3, 0.1], rtol=0.01)


def test_items_without_history_can_be_weighed_differently(embeddings: Embeddings) -> None:
    cold = replace(embeddings, warm=np.arange(8) != DRESS_2)
    profile = stranger(cold, DRESS_1)
    assert first(listening(cold, text=1.0), profile) == "dress-2"
    assert first(listening(cold, text=1.0, text_of_new=-1.0), profile) == "dress-4"
    assert first(listening(cold, text=1.0, new=-5.0), profile) == "dress-4"


def test_a_wish_is_weighed_against_taste_by_the_card(embeddings: Embeddings) -> None:
    profile = stranger(embeddings, DRESS_1)
    weights = BlendWeights(query=2.0, anchor=0.5, conversation=3.0, spread=4.0)
    model = replace(embeddings, card=replace(embeddings.card, weights=weights))
    scorer = Scorer(model)
    said = np.arange(8, dtype=np.float32)
    parts = scorer.parts(profile, np.array([0, 1, 0], np.float32), BOOTS_1, said)
    learnt = model.ranker.score(scorer.columns(parts, profile, EVERYTHING), context(profile))
    expected = learnt / 4 + 2.0 * parts.query + 0.5 * parts.anchor + 3.0 * said
    np.testing.assert_allclose(scorer.scores(parts, profile, EVERYTHING), expected, rtol=1e-5)
    rows = np.array([5, 2])
    np.testing.assert_allclose(scorer.scores(parts, profile, rows), expected[rows], rtol=1e-5)


def test_what_is_asked_for_comes_first(embeddings: Embeddings) -> None:
    scorer = Scorer(embeddings)
    profile = stranger(embeddings)
    hat = scorer.parts(profile, query=np.array([0, 0, 1], dtype=np.float32))
    assert {IDS[row] for row in np.argsort(-hat.query)[:2]} == {"hat-1", "hat-2"}
    boots = scorer.parts(profile, anchor=BOOTS_1)
    assert [IDS[row] for row in np.argsort(-boots.anchor)[:2]] == ["boots-1", "boots-2"]
    named = np.eye(8, dtype=np.float32)[3]
    assert scorer.parts(profile, conversation=named).conversation is named
    assert not any(part.any() for part in (hat.anchor, hat.conversation, boots.query))


@pytest.mark.parametrize(
    ("likes", "bucket"), [(0, 0), (1, 0), (2, 1), (3, 1), (4, 2), (6, 2), (7, 3), (12, 3), (13, 4), (99, 4)]
)
def test_the_more_is_known_of_a_person_the_later_their_bucket(embeddings: Embeddings, likes: int, bucket: int) -> None:
    profile = stranger(embeddings, *[n % 8 for n in range(likes)], disliked=(1, 2, 3, 4))
    assert context(profile).tolist() == np.eye(len(BUCKETS) + 1)[bucket].tolist()


def test_people_in_different_buckets_are_scored_by_their_own_weights(embeddings: Embeddings) -> None:
    columns, buckets = column_names(), len(BUCKETS) + 1
    plain = Ranker.linear({"popularity": 1.0}, columns, buckets)
    own = np.zeros((len(columns), buckets), dtype=np.float32)
    own[columns.index("trend"), 1] = 9.0  # people with two or three likes follow the trend
    ranker = replace(
        plain,
        factors=own,
        query_factors=np.eye(buckets, dtype=np.float32),
        query_bias=np.zeros(buckets, dtype=np.float32),
    )
    model = replace(embeddings, ranker=ranker)
    assert first(model, stranger(model, DRESS_1)) == "boots-1"
    assert first(model, stranger(model, DRESS_1, DRESS_2)) == "hat-1"


@pytest.mark.parametrize(
    "ranker",
    [
        Ranker.linear({}, column_names()[:-1], len(BUCKETS) + 1),
        Ranker.linear({}, column_names()[::-1], len(BUCKETS) + 1),
        Ranker.linear({}, column_names(), len(BUCKETS)),
    ],
    ids=["a column less", "another order", "a bucket less"],
)
def test_a_ranker_of_other_evidence_is_refused_before_it_serves(embeddings: Embeddings, ranker: Ranker) -> None:
    with pytest.raises(ModelError, match=r"Model tiny weighs other evidence.*parley train"):
        Scorer(replace(embeddings, ranker=ranker))


def test_a_damaged_network_is_refused_before_it_serves(embeddings: Embeddings, sequence: SequenceModel) -> None:
    with pytest.raises(ModelError, match="sequence network cannot be read"):
        Scorer(replace(embeddings, sequence=replace(sequence, network=b"damaged")))


VALUES = nps.arrays(np.float32, st.integers(1, 40), elements=st.floats(-1e4, 1e4, width=32))


@given(VALUES)
def test_standardised_values_keep_their_order(values: np.ndarray) -> None:
    standard = standardise(values)
    assert standard.dtype == np.float32
    assert np.isfinite(standard).all()
    assert (np.diff(standard[np.argsort(values)]) >= 0).all()


def test_values_that_do_not_vary_say_nothing() -> None:
    assert not standardise(np.full(5, 3.25, dtype=np.float32)).any()

"""One test for every peer, on people of two camps whose right answers anyone can see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from recommender.benchmark.contenders import Fitted
from recommender.benchmark.exams import TrainingData, View, without
from recommender.benchmark.lineup import peers
from recommender.benchmark.peers.linear import break_ties
from recommender.benchmark.peers.log import Histories, Log
from recommender.benchmark.peers_client import PYTHON, PeersMissingError, PeersProcess, attribute_matrix, wire
from recommender.benchmark.protocols import WARM
from recommender.errors import ParleyError
from tests.recommender.benchmark.conftest import COFFEE, TEA, dataset_of, texts_of

THINGS = (*TEA, *COFFEE)
OPTIONS: dict[str, dict[str, Any]] = {
    "neighbours": {"kind": "cosine", "neighbours": 5},
    "ease": {"penalty": 3.0, "decay": 0.9},
    "als": {"factors": 2, "regularization": 0.1, "alpha": 5.0, "iterations": 15},
    "als-ridge": {"factors": 2, "regularization": 0.1, "alpha": 5.0, "iterations": 15, "ridge": 1.0},
    "bpr": {"factors": 8, "learning_rate": 0.1, "regularization": 0.01, "iterations": 200},
    "lightfm": {"dimensions": 8, "epochs": 30, "learning_rate": 0.05, "attributes": True},
    "sasrec": {
        "factors": 16,
        "blocks": 1,
        "heads": 1,
        "dropout": 0.1,
        "length": 5,
        "learning_rate": 0.01,
        "epochs": 20,
        "every": 10,
        "seconds": 60,
    },
}
needs_peers = pytest.mark.skipif(
    not PYTHON.is_file(), reason="the peers' packages are not installed: `make .venv-peers/.installed` does it"
)


@pytest.fixture(scope="module")
def process() -> Iterator[PeersProcess]:
    with PeersProcess() as found:
        yield found


def numbers(*names: str) -> np.ndarray:
    return np.array([THINGS.index(name) for name in names], dtype=np.int32)


def tea_drinkers(fitted: Fitted, people: Histories) -> list[bool]:
    scores = fitted.score(people)
    assert scores.shape == (len(people), len(THINGS))
    assert np.isfinite(scores).all()
    unseen = people.matrix(len(THINGS)).toarray() == 0
    best = np.where(unseen, scores, -np.inf).argmax(axis=1)
    return [THINGS[item] in TEA for item in best]


@needs_peers
@pytest.mark.parametrize("peer", OPTIONS)
def test_known_and_new_people_get_what_their_camp_likes(peer: str, camps: TrainingData, process: PeersProcess) -> None:
    fitted = process.fit(peer, camps, OPTIONS[peer], seed=1)
    assert tea_drinkers(fitted, camps.histories) == [person % 2 == 1 for person in range(40)]
    new = Histories.of(np.array([-1, -1]), [numbers("tea", "cup"), numbers("bean", "mill")])
    assert tea_drinkers(fitted, new) == [True, False]


@needs_peers
@pytest.mark.parametrize("peer", ["popularity", *OPTIONS])
def test_a_person_of_whom_nothing_is_known_gets_finite_scores_that_tell_items_apart(
    peer: str, camps: TrainingData, process: PeersProcess
) -> None:
    fitted = process.fit(peer, camps, OPTIONS.get(peer, {}), seed=1)
    (scores,) = fitted.score(Histories.of(np.array([-1]), [numbers()]))
    assert np.isfinite(scores).all()
    assert len(set(scores.tolist())) > 1


@needs_peers
@pytest.mark.parametrize("peer", ["neighbours", "ease", "als", "bpr", "lightfm", "sasrec"])
def test_the_same_seed_gives_the_same_scores(peer: str, camps: TrainingData, process: PeersProcess) -> None:
    first, second = (process.fit(peer, camps, OPTIONS[peer], seed=4).score(camps.histories) for _ in range(2))
    np.testing.assert_allclose(first, second, rtol=1e-4, atol=1e-5)


@needs_peers
@pytest.mark.parametrize("peer", ["lightfm", "als-ridge"])
def test_an_item_without_likes_is_ranked_by_what_is_said_of_it(
    peer: str, camps: TrainingData, process: PeersProcess
) -> None:
    rows = [
        (camps.log.persons[p], THINGS[i], "like", int(at))
        for p, i, at in zip(camps.log.person, camps.log.item, camps.log.at, strict=True)
        if THINGS[i] != "lemon"
    ]
    found = dataset_of(rows, THINGS)
    data = TrainingData(found.items, texts_of(THINGS), found.interactions, True)
    fitted = process.fit(peer, data, OPTIONS[peer], seed=1)
    lemon = fitted.score(data.histories)[:, THINGS.index("lemon")]
    assert lemon[1::2].mean() > lemon[::2].mean()


@needs_peers
def test_popularity_counts_people_and_recent_popularity_the_last_days(process: PeersProcess) -> None:
    day = 86_400
    rows = [(f"p{n}", "tea", "like", n * day) for n in range(5)] + [
        (f"q{n}", "cup", "like", 99 * day) for n in range(3)
    ]
    found = dataset_of(rows, THINGS)
    data = TrainingData(found.items, texts_of(THINGS), found.interactions, True)
    nobody = Histories.of(np.array([-1]), [numbers()])
    (ever,) = process.fit("popularity", data, {}, 1).score(nobody)
    (late,) = process.fit("popularity", data, {"days": 7}, 1).score(nobody)
    np.testing.assert_allclose(ever[:2], [5, 3], atol=1e-3)
    np.testing.assert_allclose(late[:2], [0, 3], atol=1e-3)


@needs_peers
def test_a_decayed_history_weighs_the_newest_like_most(camps: TrainingData, process: PeersProcess) -> None:
    fitted = process.fit("ease", camps, {"penalty": 3.0, "decay": 0.1}, seed=1)
    people = Histories.of(np.array([-1, -1]), [numbers("tea", "bean"), numbers("bean", "tea")])
    assert tea_drinkers(fitted, people) == [False, True]


@needs_peers
def test_sasrec_stops_where_the_validation_no_longer_gains(camps: TrainingData, process: PeersProcess) -> None:
    told = Histories.of(camps.histories.row, [camps.histories.of_person(p)[:3] for p in range(40)])
    seen = told.matrix(12) > 0
    view = View("all", told, without(camps.histories.matrix(12) > 0, seen), seen)
    fitted = process.fit("sasrec", camps, {**OPTIONS["sasrec"], "every": 1, "epochs": 200}, 1, view)
    assert 1 <= fitted.option["epochs"] < 200


@needs_peers
def test_a_peer_that_fails_says_why(camps: TrainingData, process: PeersProcess) -> None:
    with pytest.raises(ParleyError, match=r"neighbours failed.*magic"):
        process.fit("neighbours", camps, {"kind": "magic", "neighbours": 5}, seed=1)


@needs_peers
def test_a_scorer_whose_model_is_gone_says_so(camps: TrainingData, process: PeersProcess) -> None:
    old = process.fit("popularity", camps, {}, 1)
    process.fit("popularity", camps, {}, 1)
    with pytest.raises(RuntimeError, match="another model"):
        old.score(camps.histories)


def test_without_their_environment_the_remedy_is_named(camps: TrainingData, tmp_path: object) -> None:
    with pytest.raises(PeersMissingError, match=r"make \.venv-peers"):
        PeersProcess(PYTHON.with_name("no-such-python")).fit("als", camps, {}, 1)


def test_what_goes_to_the_peers_is_what_was_liked_in_order(camps: TrainingData) -> None:
    log: Log = wire(camps)
    assert log.people == 40
    assert (np.diff(log.start) == 4).all()
    assert (log.at.reshape(40, 4) == np.arange(4) * 86_400).all()
    assert log.matrix().sum() == 160
    assert log.item.tolist() == camps.histories.item.tolist()  # asking for the matrix has not sorted it


def test_attributes_are_values_that_several_items_have_and_not_all(camps: TrainingData) -> None:
    assert attribute_matrix(camps).toarray().tolist() == [[1, 0]] * 6 + [[0, 1]] * 6


def test_sets_without_clock_or_attributes_are_left_out_by_those_who_need_them(camps: TrainingData) -> None:
    bare = dataset_of([("ann", "tea", "like", 0)], ("tea",), clock=False)
    data = TrainingData(bare.items, texts_of(("tea",)), bare.interactions, False)
    told = {contender.name: contender.takes_part(WARM, data) for contender in peers(PeersProcess())}
    assert told["recent popularity"] == "the set has no clock"
    assert told["LightFM with attributes"] == "the set has no attributes"
    assert not told["EASE"]


def test_popularity_decides_only_between_equals() -> None:
    scores = np.array([[1.0, 1.0, 2.0], [0.0, 0.0, 0.0]], dtype=np.float32)
    order = np.argsort(-break_ties(scores, np.array([1, 9, 0], dtype=np.float32)), axis=1)
    assert order.tolist() == [[2, 1, 0], [1, 0, 2]]


@needs_peers
def test_a_process_that_is_closed_starts_anew_and_leaves_no_files(camps: TrainingData) -> None:
    found = PeersProcess()
    found.fit("popularity", camps, {}, 1)
    folder = found._folder
    assert folder is not None
    found.close()
    assert not folder.exists()
    with found:
        assert found.fit("popularity", camps, {}, 1).score(camps.histories).shape == (40, 12)

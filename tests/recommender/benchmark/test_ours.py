from __future__ import annotations

import json

import numpy as np
import pytest

from recommender.benchmark.contenders import PARLEY, SHUFFLED
from recommender.benchmark.exams import Exam, TrainingData, View
from recommender.benchmark.ours import LIGHTFM, Parley, _heard, _model, ours, split_of
from recommender.benchmark.peers.log import Histories
from recommender.benchmark.protocols import Limits, items_task, persons_task, warm_task
from recommender.learning.training import Recipe
from recommender.model.hybrid import HybridParameters
from recommender.model.neighbours import NeighbourParameters
from recommender.model.sequence import SequenceParameters
from recommender.serving.profile import build_profile
from recommender.serving.rank import Scorer
from recommender.types import EVIDENCE
from tests.recommender.benchmark.conftest import COFFEE, TEA, dataset_of, texts_of

THINGS = (*TEA, *COFFEE)
QUICK = Recipe(
    HybridParameters(dimensions=4, epochs=20),
    NeighbourParameters(penalty=5.0),
    SequenceParameters(dimensions=4, epochs=2, seconds=None),
)


def tea_drinkers(scores: np.ndarray, people: Histories) -> list[bool]:
    unseen = people.matrix(len(THINGS)).toarray() == 0
    return [THINGS[item] in TEA for item in np.where(unseen, scores, -np.inf).argmax(axis=1)]


def watched(camps: TrainingData) -> Exam:
    """Everybody is asked for the camp's things that they do not know."""
    seen = camps.histories.matrix(12) > 0
    camp = np.array([[THINGS[item] in TEA for item in range(12)]] * 40) == (np.arange(40) % 2 == 1)[:, None]
    relevant = type(seen)(camp & ~seen.toarray())
    return Exam(camps, (View("all", camps.histories, relevant, seen),))


def test_known_and_new_people_get_what_their_camp_likes(camps: TrainingData) -> None:
    contender = Parley(PARLEY, "parley", recipe=QUICK)
    fitted = contender.fit(camps, contender.options(camps)[0], 7, watched(camps))
    assert tea_drinkers(fitted.score(camps.histories), camps.histories) == [person % 2 == 1 for person in range(40)]
    new = Histories.of(np.array([-1, -1]), [np.array([0, 1], dtype=np.int32), np.array([6, 7], dtype=np.int32)])
    assert tea_drinkers(fitted.score(new), new) == [True, False]


def test_what_the_validation_settled_is_what_the_test_uses(camps: TrainingData) -> None:
    contender = Parley(PARLEY, "parley", recipe=QUICK)
    settled = contender.fit(camps, contender.options(camps)[0], 7, watched(camps))
    again = contender.fit(camps, settled.option, 7)
    assert again.option == settled.option
    np.testing.assert_array_equal(again.score(camps.histories), settled.score(camps.histories))


@pytest.mark.parametrize("contender", [one for one in ours() if isinstance(one, Parley)], ids=lambda one: one.name)
def test_every_part_can_be_missed(contender: Parley, camps: TrainingData) -> None:
    quick = type(contender)(
        contender.name, contender.kind, texts=contender.texts, without=contender.without, recipe=QUICK
    )
    scores = quick.fit(camps, quick.options(camps)[0], 7, watched(camps)).score(camps.histories)
    assert scores.shape == (40, 12)
    assert np.isfinite(scores).all()


@pytest.mark.parametrize("part", EVIDENCE)
def test_a_part_that_is_left_out_says_nothing(part: str, camps: TrainingData) -> None:
    families = {
        "neighbours": ("neighbours", "newest"),
        "text": ("text",),
        "sequence": ("sequence",),
        "popularity": ("popularity", "trend"),
    }
    assert set(families) == set(EVIDENCE)
    model = _model(camps, "true", part, QUICK, 7)
    for contender, heard in ((Parley(PARLEY, "parley"), True), (Parley("x", "ablation", without=part), False)):
        blank = contender._blank(model)
        parts = Scorer(blank).parts(build_profile(blank, 0, (), ()))
        assert [bool(getattr(parts, name).any()) for name in families[part]] == [heard] * len(families[part])


def test_without_lightfm_only_the_other_parts_speak(camps: TrainingData) -> None:
    blank = Parley("x", "ablation", without=LIGHTFM)._blank(_model(camps, "true", LIGHTFM, QUICK, 7))
    parts = Scorer(blank).parts(build_profile(blank, 0, (), ()))
    assert not parts.hybrid.any()
    assert not parts.recent.any()
    assert parts.neighbours.any()


def test_a_blend_survives_the_way_through_json(camps: TrainingData) -> None:
    """Options are kept in a report; a blend that comes back from it scores the same."""
    contender = Parley(PARLEY, "parley", recipe=QUICK)
    option = contender.fit(camps, contender.options(camps)[0], 7, watched(camps)).option
    told = _heard(option)
    back = _heard(json.loads(json.dumps(option)))
    assert told is not None
    assert back is not None
    assert back.weights == told.weights
    for name, array in told.ranker.arrays().items():
        np.testing.assert_array_equal(back.ranker.arrays()[name], array)
        assert back.ranker.arrays()[name].shape == array.shape
    assert _heard({"recipe": "default"}) is None


def test_shuffled_texts_are_other_items_texts(camps: TrainingData) -> None:
    true, shuffled = (
        Parley(name, "control", texts=texts, recipe=QUICK).fit(camps, {"recipe": "default"}, 7).score(camps.histories)
        for name, texts in ((PARLEY, "true"), (SHUFFLED, "shuffled"))
    )
    assert np.abs(true - shuffled).max() > 0.1


@pytest.mark.parametrize("clock", [True, False])
def test_a_split_asks_what_the_exam_asks(clock: bool) -> None:
    generator = np.random.default_rng(3)
    rows = [
        (f"p{person:02}", str(item), "view" if (person + at) % 5 == 0 else "like", at * 10 + person)
        for person in range(40)
        for at, item in enumerate(generator.permutation(list(THINGS))[: 4 + person % 6])
    ]
    found = dataset_of(rows, THINGS, clock)
    for make in (warm_task, items_task, persons_task):
        exam = make(found, texts_of(THINGS), Limits(seed=3)).validation
        split = split_of(exam)
        assert split.train.persons == split.test.persons
        relevant, seen = split.relevant().toarray(), split.seen().toarray()
        places = []
        for number, view in enumerate(exam.views):
            for place in range(len(view)):
                row = int(view.people.row[place])
                places.append(row if row >= 0 else split.train.persons.index(f"new-{number}-{place}"))
                assert (relevant[places[-1]] == view.relevant[place].toarray().ravel()).all()
                assert set(np.flatnonzero(seen[places[-1]])) >= set(view.excluded[place].indices)
                told = [THINGS.index(item) for item in split.train.history(split.train.persons[places[-1]])]
                assert told == view.people.of_person(place).tolist()
        assert set(np.flatnonzero(relevant.sum(axis=1))) == set(places)

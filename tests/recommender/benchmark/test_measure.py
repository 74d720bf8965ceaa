from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp

from recommender.benchmark import exams
from recommender.benchmark.contenders import Contender, Fitted, Floats, Option
from recommender.benchmark.exams import Exam, Task, TrainingData, View
from recommender.benchmark.measure import LISTS, METRICS, PRIMARY, Bench, Store, examine
from recommender.benchmark.peers.log import Histories
from recommender.benchmark.run import measure
from recommender.benchmark.simple import TextNeighbours
from tests.recommender.benchmark.conftest import COFFEE, TEA


@dataclass(frozen=True)
class Fake(Contender):
    """Scores everybody by what its option says, and counts how often it is fitted."""

    lists: tuple[tuple[float, ...], ...] = ()
    fits: list[Option] = field(default_factory=list)
    source: str = "as it was"

    def options(self, data: TrainingData) -> tuple[Option, ...]:
        return tuple({"list": number} for number in range(len(self.lists)))

    def fit(self, data: TrainingData, option: Option, seed: int, watch: Exam | None = None) -> Fitted:
        self.fits.append(option)
        row = np.array(self.lists[option["list"]], dtype=np.float32)
        settled = {**option, "settled": True} if watch is not None else option
        return Fitted(lambda people: np.tile(row, (len(people), 1)), 1.5, settled)

    def sources(self) -> str:
        return self.source


def view_of(camps: TrainingData, liked: str, size: int = 3, name: str = "all") -> View:
    people = camps.histories.take(np.arange(size))
    relevant = np.zeros((size, 12), dtype=bool)
    relevant[:, [item.id for item in camps.items].index(liked)] = True
    return View(name, people, sp.csr_matrix(relevant), sp.csr_matrix((size, 12), dtype=bool))


@pytest.fixture
def task(camps: TrainingData) -> Task:
    exam = Exam(camps, (view_of(camps, "tea"),))
    return Task("tiny", "warm", exam, exam)


@pytest.fixture
def bench_at(tmp_path: Path) -> Callable[..., Bench]:
    return lambda fresh=False, seeds=3: Bench(Store(tmp_path, fresh), seeds, 7, lambda _: None)


FIRST, SECOND, LAST = (12.0, *[1.0] * 11), (5.0, 6.0, *[1.0] * 10), (-1.0, *[1.0] * 11)


def test_metrics_are_those_of_the_list(camps: TrainingData) -> None:
    row = np.array(SECOND, dtype=np.float32)
    found = examine(
        Fitted(lambda people: np.tile(row, (len(people), 1)), 0.0, {}), Exam(camps, (view_of(camps, "tea"),)), True
    )
    values = found.values["all"]
    assert values[PRIMARY] == pytest.approx([1 / np.log2(3)] * 3)
    assert values["MRR"].tolist() == [0.5] * 3
    assert values["Recall@10"].tolist() == [1.0] * 3
    assert set(values) == {*METRICS, *LISTS}
    assert found.coverage["all"] == pytest.approx(10 / 12)


def test_more_people_than_one_batch_holds_are_asked_in_order(camps: TrainingData) -> None:
    people = Histories.of(np.arange(1200) % 40, [camps.histories.of_person(p % 40) for p in range(1200)])
    right = sp.csr_matrix((np.ones(1200, dtype=bool), (np.arange(1200), np.arange(1200) % 12)), shape=(1200, 12))
    view = View("all", people, right, sp.csr_matrix((1200, 12), dtype=bool))

    def score(asked: Histories) -> Floats:
        return np.eye(12, dtype=np.float32)[asked.row % 12] + 0.0

    found = examine(Fitted(score, 0.0, {}), Exam(camps, (view,)), False)
    expected = [place % 40 % 12 == place % 12 for place in range(1200)]
    assert (found.values["all"][PRIMARY] == 1.0).tolist() == expected


def test_the_option_that_does_best_in_the_validation_is_tested(task: Task, bench_at: Callable[..., Bench]) -> None:
    line = bench_at().line(Fake("fake", "peer", seeds=False, lists=(LAST, FIRST, SECOND)), task)
    assert line.option == {"list": 1, "settled": True}
    assert line.tried == 3
    assert line.values["all"][PRIMARY].tolist() == [1.0] * 3


def test_chance_is_tried_with_every_seed_and_the_rest_once(task: Task, bench_at: Callable[..., Bench]) -> None:
    for seeds, runs in ((True, 3), (False, 1)):
        fake = Fake(f"fake {seeds}", "peer", seeds=seeds, lists=(FIRST,))
        line = bench_at().line(fake, task)
        assert line.seeds == runs
        assert len(fake.fits) == 1 + runs


def test_what_takes_long_has_one_seed_and_no_fewer_options(task: Task, bench_at: Callable[..., Bench]) -> None:
    slow = Fake("slow", "peer", once=True, lists=(LAST, FIRST, SECOND))
    line = bench_at().line(slow, task)
    assert (line.seeds, line.tried) == (1, 3)


def test_on_many_likes_everybody_has_one_seed_and_every_other_option(
    task: Task, bench_at: Callable[..., Bench], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exams, "MANY_LIKES", len(task.test.data.log) - 1)
    line = bench_at().line(Fake("fake", "peer", lists=(LAST, FIRST, SECOND)), task)
    assert (line.seeds, line.tried) == (1, 2)
    assert line.option == {"list": 2, "settled": True}, "the best one was left out"


def test_a_choice_from_before_is_not_tried_again(task: Task, bench_at: Callable[..., Bench]) -> None:
    fake = Fake("fake", "peer", seeds=False, lists=(FIRST, LAST))
    line = bench_at().line(fake, task, choice={"list": 1})
    assert fake.fits == [{"list": 1}]
    assert line.tried == 0


def test_what_was_measured_is_not_measured_again(task: Task, bench_at: Callable[..., Bench]) -> None:
    fake = Fake("fake", "peer", lists=(FIRST, LAST))
    first = bench_at().line(fake, task)
    again = bench_at().line(fake, task)
    assert len(fake.fits) == 5
    assert again.option == first.option
    assert again.fit_seconds == first.fit_seconds == 1.5
    assert again.coverage == first.coverage
    for metric in (*METRICS, *LISTS):
        np.testing.assert_array_equal(again.values["all"][metric], first.values["all"][metric])


def test_other_code_other_data_or_fresh_measure_again(
    task: Task, camps: TrainingData, bench_at: Callable[..., Bench]
) -> None:
    fits: list[Option] = []
    bench_at(seeds=1).line(Fake("fake", "peer", lists=(FIRST,), fits=fits), task)
    assert len(fits) == 2
    bench_at(seeds=1).line(Fake("fake", "peer", lists=(FIRST,), fits=fits, source="changed"), task)
    assert len(fits) == 4
    other = Exam(camps, (view_of(camps, "bean"),))
    bench_at(seeds=1).line(Fake("fake", "peer", lists=(FIRST,), fits=fits), Task("tiny", "warm", other, other))
    assert len(fits) == 6
    bench_at(fresh=True, seeds=1).line(Fake("fake", "peer", lists=(FIRST,), fits=fits), task)
    assert len(fits) == 8


def test_a_damaged_memory_costs_time_and_nothing_else(
    task: Task, tmp_path: Path, bench_at: Callable[..., Bench]
) -> None:
    fake = Fake("fake", "peer", seeds=False, lists=(FIRST,))
    bench_at().line(fake, task)
    for path in tmp_path.glob("*.npz"):
        path.write_bytes(path.read_bytes()[:40])
    bench_at().line(fake, task)
    assert len(fake.fits) == 4


def test_somebody_of_whom_nothing_is_held_out_is_an_error(camps: TrainingData) -> None:
    view = view_of(camps, "tea")
    nothing = View("all", view.people, sp.csr_matrix((3, 12), dtype=bool), view.excluded)
    with pytest.raises(ValueError, match="nothing is held out"):
        examine(
            Fitted(lambda people: np.zeros((len(people), 12), dtype=np.float32), 0.0, {}), Exam(camps, (nothing,)), True
        )


@pytest.mark.parametrize("nearest", [True, False])
def test_text_neighbours_give_tea_to_whoever_drinks_tea(camps: TrainingData, nearest: bool) -> None:
    contender = TextNeighbours("text kNN", "text", seeds=False)
    scorer = contender.fit(camps, {"decay": 0.9, "nearest": nearest}, 1).score
    scores = scorer(camps.histories)
    tea = scores[:, : len(TEA)].mean(axis=1) > scores[:, -len(COFFEE) :].mean(axis=1)
    assert tea.tolist() == [person % 2 == 1 for person in range(40)]


def test_where_only_some_items_compete_the_others_take_no_place(camps: TrainingData) -> None:
    view = view_of(camps, "cup")
    competing = np.arange(12) != 0  # the tea stands aside
    row = np.array(FIRST, dtype=np.float32)
    row[1] = 2.0
    fitted = Fitted(lambda people: np.tile(row, (len(people), 1)), 0.0, {})
    whole = examine(fitted, Exam(camps, (view,)), True)
    without = View("all", view.people, view.relevant, view.excluded, competing)
    some = examine(fitted, Exam(camps, (without,)), True)
    assert whole.values["all"]["MRR"].tolist() == [0.5] * 3
    assert some.values["all"]["MRR"].tolist() == [1.0] * 3
    assert Exam(camps, (view,)).fingerprint != Exam(camps, (without,)).fingerprint


def test_scoring_is_timed_by_the_clock_of_whoever_scores(camps: TrainingData) -> None:
    ticks = iter(range(100))
    row = np.array(FIRST, dtype=np.float32)
    fitted = Fitted(lambda people: np.tile(row, (len(people), 1)), 0.0, {}, lambda: float(next(ticks)))
    assert examine(fitted, Exam(camps, (view_of(camps, "tea"),)), True).score_seconds == 1.0


def test_what_is_slow_keeps_its_choice_for_new_people_and_no_other(task: Task, bench_at: Callable[..., Bench]) -> None:
    slow = Fake("slow", "peer", seeds=False, lists=(FIRST, LAST), reuses_choice=True)
    quick = Fake("quick", "peer", seeds=False, lists=(FIRST, LAST))
    choices: dict[str, Option] = {}
    tried = []
    for protocol in ("warm", "warm, per person", "new people"):
        result = measure(replace(task, protocol=protocol), (slow, quick), bench_at(), choices)
        tried.append([line.tried for line in result.lines])
    assert tried == [[2, 2], [2, 2], [0, 2]]

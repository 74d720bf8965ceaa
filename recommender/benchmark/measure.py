"""Chooses, fits and measures one contender at one task, and remembers each fit, so that a stopped run goes on."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recommender.benchmark.contenders import Contender, Fitted, Option
from recommender.benchmark.exams import Exam, Task, View
from recommender.benchmark.fingerprints import fingerprint_of, fingerprint_of_files
from recommender.learning import metrics

Values = NDArray[np.float64]
Say = Callable[[str], None]

PRIMARY = "NDCG@10"
METRICS = (PRIMARY, "Recall@10", "Recall@50", "MRR")
LISTS = ("novelty", "diversity")
BATCH = 512  # people scored at a time
LISTED = 2_000  # people whose lists are looked at for coverage, novelty and diversity


@dataclass(frozen=True)
class Measured:
    """What one fit gave: view → metric → (people,) values, view → coverage@10, CPU seconds, the option settled for."""

    values: Mapping[str, Mapping[str, Values]]
    coverage: Mapping[str, float]
    fit_seconds: float
    score_seconds: float
    option: Option

    def quality(self) -> float:
        """Mean NDCG@10 over the views."""
        return float(np.mean([found[PRIMARY].mean() for found in self.values.values()]))


@dataclass(frozen=True)
class Line:
    """One contender at one task: values are means over its seeds, `spread` the standard deviation of their NDCGs."""

    name: str
    kind: str
    option: Option
    tried: int
    seeds: int
    values: Mapping[str, Mapping[str, Values]]
    coverage: Mapping[str, float]
    spread: Mapping[str, float]
    fit_seconds: float
    tuning_seconds: float
    score_milliseconds: float


@dataclass(frozen=True)
class Store:
    """Measurements by key below a folder; `fresh` ignores what is there."""

    folder: Path
    fresh: bool = False
    _made: set[str] = field(default_factory=set)

    def read(self, key: str) -> Measured | None:
        """What was measured, if it was."""
        if self.fresh and key not in self._made:
            return None
        try:
            with np.load(self.folder / f"{key}.npz", allow_pickle=False) as arrays:
                told = json.loads(str(arrays["told"]))
                values: dict[str, dict[str, Values]] = {}
                for view, metric in told["order"]:
                    values.setdefault(view, {})[metric] = arrays[f"{view}/{metric}"]
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None
        return Measured(values, told["coverage"], told["fit_seconds"], told["score_seconds"], told["option"])

    def write(self, key: str, found: Measured) -> None:
        """Replaces."""
        self.folder.mkdir(parents=True, exist_ok=True)
        arrays = {f"{view}/{metric}": row for view, rows in found.values.items() for metric, row in rows.items()}
        told = {
            "order": [name.split("/", 1) for name in arrays],
            "coverage": dict(found.coverage),
            "fit_seconds": found.fit_seconds,
            "score_seconds": found.score_seconds,
            "option": dict(found.option),
        }
        scratch = self.folder / f".{key}-{os.getpid()}.npz"
        np.savez(scratch, told=np.array(json.dumps(told)), **arrays)  # type: ignore[arg-type]
        os.replace(scratch, self.folder / f"{key}.npz")
        self._made.add(key)


@dataclass(frozen=True)
class Bench:
    """Where fits are remembered, how many seeds there are, the first of them, and who is told how far it is."""

    store: Store
    seeds: int
    seed: int
    say: Say

    def line(self, contender: Contender, task: Task, choice: Option | None = None) -> Line:
        """Chooses an option unless it is given, fits each seed, asks every view."""
        tried, tuning = 0, 0.0
        if choice is None:
            choice, tried, tuning = self.choose(contender, task)
        found = []
        seeds = 1 if contender.once or not contender.seeds or task.test.data.many else self.seeds
        for seed in range(self.seed, self.seed + seeds):
            found.append(self._measured(contender, task.test, choice, seed, None))
        people = sum(len(view) for view in task.test.views)
        return Line(
            name=contender.name,
            kind=contender.kind,
            option=choice,
            tried=tried,
            seeds=len(found),
            values=_mean_values([one.values for one in found]),
            coverage={view: float(np.mean([one.coverage[view] for one in found])) for view in found[0].coverage},
            spread={view: _spread([one.values[view][PRIMARY] for one in found]) for view in found[0].values},
            fit_seconds=float(np.mean([one.fit_seconds for one in found])),
            tuning_seconds=tuning,
            score_milliseconds=float(np.mean([one.score_seconds for one in found])) / max(people, 1) * 1000,
        )

    def choose(self, contender: Contender, task: Task) -> tuple[Option, int, float]:
        """The option that does best in the validation, how many there were, and the CPU seconds of them all."""
        options = contender.options(task.validation.data)[:: 2 if task.test.data.many else 1]
        if len(options) == 1 and not options[0]:
            return options[0], 1, 0.0
        found = [self._measured(contender, task.validation, one, self.seed, task.validation) for one in options]
        best = max(found, key=Measured.quality)
        return best.option, len(found), sum(one.fit_seconds + one.score_seconds for one in found)

    def _measured(self, contender: Contender, exam: Exam, option: Option, seed: int, watch: Exam | None) -> Measured:
        key = fingerprint_of(
            [contender.name, contender.sources(), _OWN, exam.fingerprint, dict(option), seed, watch is not None]
        )
        found = self.store.read(key)
        if found is None:
            where = "validation" if watch is not None else f"seed {seed}"
            self.say(f"  {contender.name}, {where}: {_brief(option)}")
            found = examine(contender.fit(exam.data, option, seed, watch), exam, lists=watch is None)
            self.store.write(key, found)
        return found


def examine(fitted: Fitted, exam: Exam, lists: bool) -> Measured:
    """Asks every view; `lists`: also what stands in the first ten."""
    seconds = 0.0
    values: dict[str, dict[str, Values]] = {}
    coverage: dict[str, float] = {}
    for view in exam.views:
        items = np.arange(len(exam.data.items)) if view.competing is None else np.flatnonzero(view.competing)
        relevant, excluded = view.relevant[:, items], view.excluded[:, items]
        found: dict[str, list[Values]] = {metric: [] for metric in METRICS}
        tops = []
        chosen = np.zeros(len(view), dtype=bool)
        chosen[np.random.default_rng(0).permutation(len(view))[:LISTED]] = lists
        for first in range(0, len(view), BATCH):
            window = slice(first, min(first + BATCH, len(view)))
            people = view.people.take(np.arange(window.start, window.stop))
            started = fitted.clock()
            scores = fitted.score(people)[:, items]
            seconds += fitted.clock() - started
            _rank(found, metrics.rank_held_out(scores, relevant[window], excluded[window]), view, len(scores))
            rows = np.flatnonzero(chosen[window])
            top = metrics.top_items(scores[rows], 10, excluded[window][rows])
            tops.append(np.where(top >= 0, items[top], -1).astype(np.int32))
        values[view.name] = {metric: np.concatenate(parts) for metric, parts in found.items()}
        if lists:
            _look_at_lists(np.concatenate(tops), exam, view, values, coverage)
    return Measured(values, coverage, fitted.seconds, seconds, fitted.option)


def _rank(found: dict[str, list[Values]], ranks: metrics.HeldOutRanks, view: View, people: int) -> None:
    """Adds the metrics of some people."""
    if len(ranks) != people:
        raise ValueError(f"View {view.name!r} asks about people of whom nothing is held out.")
    found[PRIMARY].append(metrics.ndcg_at(ranks, 10))
    found["Recall@10"].append(metrics.recall_at(ranks, 10))
    found["Recall@50"].append(metrics.recall_at(ranks, 50))
    found["MRR"].append(metrics.reciprocal_rank(ranks))


def _look_at_lists(
    top: NDArray[np.int32], exam: Exam, view: View, values: dict[str, dict[str, Values]], coverage: dict[str, float]
) -> None:
    data = exam.data
    likes = np.bincount(data.log.item, minlength=len(data.items)).astype(np.float64)
    people = len(np.unique(data.log.person))
    values[view.name]["novelty"] = metrics.novelty(top, likes, people)
    values[view.name]["diversity"] = metrics.intra_list_diversity(top, data.texts.vectors)
    coverage[view.name] = metrics.coverage(top, len(data.items))


def _mean_values(seeds: list[Mapping[str, Mapping[str, Values]]]) -> dict[str, dict[str, Values]]:
    return {
        view: {metric: np.mean([one[view][metric] for one in seeds], axis=0) for metric in rows}
        for view, rows in seeds[0].items()
    }


def _spread(values: list[Values]) -> float:
    means = [float(one.mean()) for one in values]
    return float(np.std(means, ddof=1)) if len(means) > 1 else 0.0


def _brief(option: Option) -> str:
    told = ", ".join(f"{name} {value}" for name, value in option.items())
    return told[:120] or "nothing to choose"


_OWN = fingerprint_of_files((Path(__file__), Path(metrics.__file__), Path(__file__).with_name("contenders.py")))

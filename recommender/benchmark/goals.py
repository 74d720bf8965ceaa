"""What the benchmark is held to: each goal a ratio of two lines of one run, with its interval over people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from recommender.benchmark.contenders import PARLEY, SHUFFLED, TEXTLESS
from recommender.benchmark.lineup import LIGHTFM_ATTRIBUTES, PLAIN_LIGHTFM
from recommender.benchmark.measure import PRIMARY, Line
from recommender.benchmark.protocols import AMONG_ALL, ITEMS, PER_PERSON, PERSONS, TOLD, WARM, told_name
from recommender.benchmark.results import Result
from recommender.learning.uncertainty import Interval, compare_ratio, ratio_samples

RECALL = "Recall@10"
TEXT_FREE = ("peer", "lightfm")
ANY = ("peer", "lightfm", "text")


@dataclass(frozen=True)
class Goal:
    """One line of the goals' table; `measured` None: it could not be measured, and `against` says why."""

    what: str
    wanted: float
    measured: Interval | None
    against: str
    surely: bool = False  # reached only if the whole interval is above what is wanted

    @property
    def reached(self) -> bool | None:
        """Whether the measured ratio is what is wanted."""
        if self.measured is None:
            return None
        return (self.measured.low > self.wanted) if self.surely else self.measured.mean >= self.wanted


def films(set_name: str) -> bool:
    """Whether a set is one of films, of which text says little: MovieLens' folders are called ml-something."""
    name = set_name.lower()
    return name.startswith(("ml-", "ml_", "movielens")) or "movie" in name


def goals(results: Sequence[Result], seed: int) -> tuple[Goal, ...]:
    """Every goal that the results can tell of."""
    found: list[Goal] = []
    for result in results:
        if result.line(PARLEY) is not None:
            judge = {WARM: _warm, PER_PERSON: _warm, ITEMS: _items, PERSONS: _persons}[result.protocol]
            found += judge(result, seed)
    return (*found, *_over_sets(results, seed))


def _warm(result: Result, seed: int) -> list[Goal]:
    where, view = f"{result.set_name}, {result.protocol}", "all"
    found = []
    for metric in (PRIMARY, RECALL):
        found.append(
            _goal(result, view, metric, result.best(TEXT_FREE, view, metric), 1.10, f"{where}: best peer", seed)
        )
        found.append(_goal(result, view, metric, result.line(PLAIN_LIGHTFM), 1.30, f"{where}: plain LightFM", seed))
    if not films(result.set_name):
        found.append(_goal(result, view, PRIMARY, result.line(TEXTLESS), 1.15, f"{where}: blend without text", seed))
    control = _goal(result, view, PRIMARY, result.line(SHUFFLED), 1.0, f"{where}: shuffled texts", seed)
    return [*found, replace(control, surely=True)]


def _items(result: Result, seed: int) -> list[Goal]:
    where = f"{result.set_name}, new items among all"
    best, attributes = (1.1, 1.2) if films(result.set_name) else (1.35, 3.0)
    strongest = result.best(ANY, AMONG_ALL, PRIMARY)
    parley = result.line(PARLEY)
    shown = float(parley.values[AMONG_ALL][RECALL].mean()) if parley else 0.0
    return [
        _goal(result, AMONG_ALL, PRIMARY, strongest, best, f"{where}: best peer, from text or not", seed),
        _goal(
            result,
            AMONG_ALL,
            PRIMARY,
            result.line(LIGHTFM_ATTRIBUTES),
            attributes,
            f"{where}: LightFM, attributes",
            seed,
        ),
        Goal(f"{where}: Recall@10 itself, above 0", 0.0, Interval(shown, shown, shown), "", surely=True),
    ]


def _persons(result: Result, seed: int) -> list[Goal]:
    wanted = 1.0 if films(result.set_name) else 1.2
    found = []
    for told in TOLD[:2]:
        view = told_name(told)
        if result.lines and view in result.lines[0].values:
            best = result.best(TEXT_FREE, view, PRIMARY)
            found.append(
                _goal(result, view, PRIMARY, best, wanted, f"{result.set_name}, new people {view}: best peer", seed)
            )
    return found


def _goal(result: Result, view: str, metric: str, other: Line | None, wanted: float, what: str, seed: int) -> Goal:
    parley = result.line(PARLEY)
    if other is None or parley is None:
        return Goal(f"{what}, {metric}", wanted, None, "not measured")
    ratio = result.ratio(parley, other, view, metric, seed)
    return Goal(f"{what}, {metric}", wanted, ratio, other.name)


def _over_sets(results: Sequence[Result], seed: int) -> list[Goal]:
    """Geometric means over sets; where a set is split by its clock and per person, each way has a row of its own."""
    by_clock = [result for result in results if result.protocol == WARM]
    per_person = {result.set_name: result for result in results if result.protocol == PER_PERSON}
    ways = {"": by_clock}
    if per_person:
        ways = {
            ", films by the clock": by_clock,
            ", films per person": [per_person.get(result.set_name, result) for result in by_clock],
        }
    rules: tuple[tuple[str, float, Callable[[Result, str], Line | None]], ...] = (
        ("best peer", 1.25, lambda result, metric: result.best(TEXT_FREE, "all", metric)),
        ("plain LightFM", 1.60, lambda result, _: result.line(PLAIN_LIGHTFM)),
    )
    found = []
    for way, chosen in ways.items():
        for metric in (PRIMARY, RECALL):
            for name, wanted, other in rules:
                pairs = [(result.line(PARLEY), other(result, metric)) for result in chosen]
                whole = [(a, b) for a, b in pairs if a is not None and b is not None]
                if len(chosen) > 1 and len(whole) == len(chosen):
                    what = f"geometric mean over {len(chosen)} sets{way}: {name}, {metric}"
                    found.append(Goal(what, wanted, _geometric(whole, metric, seed), ""))
    return found


def _geometric(lines: Sequence[tuple[Line, Line]], metric: str, seed: int) -> Interval:
    means, samples = [], []
    for number, (ours, theirs) in enumerate(lines):
        a, b = ours.values["all"][metric], theirs.values["all"][metric]
        means.append(compare_ratio(a, b, seed, samples=2).mean)
        samples.append(ratio_samples(a, b, seed + number))
    spread = np.exp(np.mean(np.log(np.maximum(samples, 1e-12)), axis=0))
    low, high = np.quantile(spread, [0.025, 0.975])
    return Interval(float(np.exp(np.mean(np.log(np.maximum(means, 1e-12))))), float(low), float(high))

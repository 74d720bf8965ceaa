"""The tables in markdown, and every figure as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from recommender.benchmark.contenders import PARLEY
from recommender.benchmark.goals import Goal
from recommender.benchmark.measure import LISTS, METRICS, PRIMARY, Line
from recommender.benchmark.protocols import ITEMS, PERSONS
from recommender.benchmark.results import Result
from recommender.learning.uncertainty import Interval


@dataclass(frozen=True)
class Head:
    """What a reader needs to take the figures again."""

    command: str
    commit: str
    machine: str
    seeds: tuple[int, ...]
    started: str
    minutes: float


def markdown(head: Head, results: Sequence[Result], goals: Sequence[Goal]) -> str:
    """The report."""
    parts = [_head(head), _goals(goals)]
    names: list[str] = []
    for result in results:
        if result.set_name not in names:
            names.append(result.set_name)
            parts.append(f"## {result.set_name}")
        parts.append(_task(result, head.seeds[0]))
    return "\n\n".join(part for part in parts if part) + "\n"


def figures(head: Head, results: Sequence[Result], goals: Sequence[Goal]) -> str:
    """JSON: the head, each goal, and for each set, protocol, line and view the means and their intervals."""
    told = {
        "head": asdict(head),
        "goals": [{**asdict(goal), "reached": goal.reached} for goal in goals],
        "results": [_result(result, head.seeds[0]) for result in results],
    }
    return json.dumps(_finite(told), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _finite(told: Any) -> Any:
    """The same with null for what JSON has no number for: ratios to nothing."""
    if isinstance(told, dict):
        return {name: _finite(value) for name, value in told.items()}
    if isinstance(told, list | tuple):
        return [_finite(value) for value in told]
    return None if isinstance(told, float) and not math.isfinite(told) else told


def _head(head: Head) -> str:
    seeds = ", ".join(str(seed) for seed in head.seeds)
    return "\n".join(
        [
            "# Parley against its peers",
            "",
            f"`{head.command}` · commit {head.commit} · {head.started} · {head.minutes:.0f} minutes · {head.machine} · "
            f"seeds {seeds} where chance plays a part.",
            "",
            "Full ranking, no sampled negatives, items that a person had touched removed; a tie counts against the "
            "right item. Brackets are 95% bootstrap intervals over people, in pairs for ratios. Options were chosen "
            "by NDCG@10 on a validation split off the training part; *tried* says how many (– where the choice "
            "of the table before is kept). Seconds are CPU seconds of one thread. Likes and candidates are the same "
            "for every line.",
        ]
    )


def _goals(goals: Sequence[Goal]) -> str:
    if not goals:
        return ""
    rows = ["## Goals", "", "| Parley ÷ … | wanted | measured | against | reached |", "|---|---|---|---|---|"]
    for goal in goals:
        measured = "–" if goal.measured is None else _interval(goal.measured, 2 if goal.measured.mean >= 0.1 else 4)
        sign = ">" if goal.surely else "≥"
        reached = {True: "yes", False: "**no**", None: "–"}[goal.reached]
        rows.append(f"| {goal.what} | {sign} {goal.wanted:g} | {measured} | {goal.against} | {reached} |")
    return "\n".join(rows)


def _task(result: Result, seed: int) -> str:
    if not result.lines:
        return ""
    wide = {ITEMS: _many_views, PERSONS: _many_views}.get(result.protocol, _one_view)
    absent = "; ".join(f"{name}: {why}" for name, why in result.absent if why != "not asked")
    parts = [f"### {result.set_name}: {result.protocol}", "; ".join(result.notes) + ".", wide(result, seed)]
    parts.append(_choices(result.lines))
    if absent:
        parts.append(f"Not here: {absent}.")
    return "\n\n".join(parts)


def _one_view(result: Result, seed: int) -> str:
    (view,) = result.lines[0].values
    rows = [
        "| | NDCG@10 | Recall@10 | Recall@50 | MRR | coverage@10 | novelty, bits | diversity | Parley ÷ this | tried "
        "| fit s | ms a person |",
        "|---" * 12 + "|",
    ]
    for line in result.lines:
        values = line.values[view]
        cells = [
            _mean(result, line, view, seed),
            *(f"{values[metric].mean():.3f}" for metric in METRICS[1:]),
            f"{line.coverage[view]:.2f}",
            f"{values['novelty'].mean():.1f}",
            f"{values['diversity'].mean():.2f}",
            _ratio(result, line, view, seed),
            str(line.tried or "–"),
            f"{line.fit_seconds:.1f}",
            f"{line.score_milliseconds:.2f}",
        ]
        rows.append(f"| {_name(line)} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def _many_views(result: Result, seed: int) -> str:
    views = list(result.lines[0].values)
    heads = [f"{view} ({len(result.lines[0].values[view][PRIMARY]):,})" for view in views]
    rows = [
        "| NDCG@10 / Recall@10 | " + " | ".join(f"{head} | Parley ÷ this" for head in heads) + " | tried | fit s |",
        "|---" * (2 * len(views) + 3) + "|",
    ]
    for line in result.lines:
        cells = []
        for view in views:
            recall = line.values[view]["Recall@10"].mean()
            cells += [f"{_mean(result, line, view, seed)} / {recall:.3f}", _ratio(result, line, view, seed)]
        rows.append(f"| {_name(line)} | {' | '.join(cells)} | {line.tried or '–'} | {line.fit_seconds:.1f} |")
    return "\n".join(rows)


def _choices(lines: Sequence[Line]) -> str:
    chosen = [f"{line.name} ({_option(line.option)})" for line in lines if line.option and line.kind != "ablation"]
    return "Chosen: " + "; ".join(chosen) + "." if chosen else ""


def _option(option: Any) -> str:
    return ", ".join(f"{name} {_short(value)}" for name, value in option.items())


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} {_short(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return f"[{len(value)}]" if len(value) > 8 else "[" + ", ".join(_short(one) for one in value) + "]"
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _name(line: Line) -> str:
    return f"**{line.name}**" if line.kind == "parley" else line.name


def _mean(result: Result, line: Line, view: str, seed: int) -> str:
    return _interval(result.interval(line, view, PRIMARY, seed), 3)


def _ratio(result: Result, line: Line, view: str, seed: int) -> str:
    parley = result.line(PARLEY)
    if parley is None or line is parley:
        return "–"
    return _interval(result.ratio(parley, line, view, PRIMARY, seed), 2)


def _interval(found: Interval, digits: int) -> str:
    return f"{found.mean:.{digits}f} ({found.low:.{digits}f}–{found.high:.{digits}f})"


def _result(result: Result, seed: int) -> dict[str, Any]:
    return {
        "set": result.set_name,
        "protocol": result.protocol,
        "notes": list(result.notes),
        "absent": dict(result.absent),
        "lines": [_line(result, line, seed) for line in result.lines],
    }


def _line(result: Result, line: Line, seed: int) -> dict[str, Any]:
    views: dict[str, dict[str, Any]] = {}
    for view, values in line.values.items():
        views[view] = {metric: asdict(result.interval(line, view, metric, seed)) for metric in METRICS}
        views[view] |= {name: {"mean": float(values[name].mean())} for name in LISTS if name in values}
        views[view] |= {"coverage@10": {"mean": line.coverage[view]}, "seeds": {"spread": line.spread[view]}}
    told = {name: getattr(line, name) for name in ("name", "kind", "tried", "seeds", "fit_seconds", "tuning_seconds")}
    return {**told, "score_milliseconds": line.score_milliseconds, "option": dict(line.option), "views": views}

"""How well the recommender ranks what people came to like, against simple and strong others.

    .venv/bin/python tests/benchmarks/recommender.py [--data FOLDER] …

The log is split in time: the newest tenth tests, the newest tenth of the rest chooses, then everything before the test
trains. All items that a person has not touched compete. Every line but the blends chooses among six options; the
blends keep the settings that `parley train` has and tune their weights as it does. Seed 7 chooses for all seeds.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"  # before numpy: what is compared has one thread each
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from contenders import Blend, Contender, contenders  # noqa: E402
from numpy.typing import NDArray  # noqa: E402
from tasks import Task, View, demo, published  # noqa: E402

from recommender.learning.evaluation import AT  # noqa: E402
from recommender.learning.metrics import ndcg_at, rank_in_batches, recall_at  # noqa: E402
from recommender.learning.uncertainty import bootstrap_interval, compare  # noqa: E402
from recommender.settings import load_settings  # noqa: E402

SEED = 7
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Line:
    """One contender's (people,) NDCG and recall for each view, means over its seeds, and its CPU seconds in all."""

    name: str
    option: str
    ndcg: tuple[Values, ...]
    recall: tuple[Values, ...]
    seconds: float


def main() -> None:
    """Prints one table for each log."""
    parser = argparse.ArgumentParser(description="Measures the recommender; prints markdown.")
    parser.add_argument(
        "--data",
        type=Path,
        action="append",
        default=[],
        help="folder with interactions.csv and items.jsonl, see tasks.py",
    )
    parser.add_argument("--only-data", action="store_true", help="leave the demo's log out")
    chosen = parser.parse_args()
    settings = load_settings()
    if not chosen.only_data:
        say(report(demo(settings)))
    for folder in chosen.data:
        if (folder / "interactions.csv").is_file() and (folder / "items.jsonl").is_file():
            say(report(published(folder, settings)))
        else:
            say(f"Skipped {folder}: it has no interactions.csv and items.jsonl.\n")


def report(task: Task) -> str:
    """The tables of one task in markdown."""
    lines = [measure(contender, task) for contender in contenders()]
    return f"{_head(task)}\n\n{_overall(lines)}\n\n{_views(lines, task.views)}\n\n{_choices(lines)}\n"


def measure(contender: Contender, task: Task) -> Line:
    """Chooses, fits each seed, asks every view."""
    started = time.process_time()
    option = contender.choose(task.validation, task.texts, SEED)
    ndcg: list[list[Values]] = []
    recall: list[list[Values]] = []
    for seed in range(SEED, SEED + contender.seeds):
        score = contender.fit(task.test.train, task.texts, option, seed)
        ranks = [
            rank_in_batches(lambda rows, s=score, v=view: s(v.split, rows), view.relevant, view.split.seen())
            for view in task.views
        ]
        ndcg.append([ndcg_at(r, AT) for r in ranks])
        recall.append([recall_at(r, AT) for r in ranks])
    means = [tuple(np.mean(seeds, axis=0) for seeds in zip(*values, strict=True)) for values in (ndcg, recall)]
    return Line(contender.name, str(option), means[0], means[1], time.process_time() - started)


def _head(task: Task) -> str:
    people, pairs = (np.diff(task.views[0].relevant.indptr) > 0).sum(), task.views[0].relevant.nnz
    return (
        f"### {task.name}\n\n{len(task.test.train):,} interactions train, "
        f"{pairs:,} later likes and purchases of {people:,} people test, "
        f"{len(task.texts.item_ids):,} items compete."
    )


def _overall(lines: Sequence[Line]) -> str:
    blend = next(line for line in lines if line.name == Blend("served blend").name)
    rows = [
        f"| | NDCG@{AT} (95%) | Recall@{AT} (95%) | NDCG against the served blend (95%) | CPU s |",
        "|---|---|---|---|---|",
    ]
    for line in lines:
        difference = "–"
        if line is not blend:
            found = compare(line.ndcg[0], blend.ndcg[0], SEED)
            difference = f"{found.difference:+.4f} ({found.low:+.4f} to {found.high:+.4f})"
        ndcg, recall = (_interval(values[0]) for values in (line.ndcg, line.recall))
        rows.append(f"| {line.name} | {ndcg} | {recall} | {difference} | {line.seconds:.0f} |")
    return "\n".join(rows)


def _views(lines: Sequence[Line], views: Sequence[View]) -> str:
    people = [int((np.diff(view.relevant.indptr) > 0).sum()) for view in views]
    heads = [f"{view.name} ({number:,})" for view, number in zip(views, people, strict=True)]
    rows = [f"| NDCG@{AT} / Recall@{AT} | " + " | ".join(heads[1:]) + " |", "|---" * len(views) + "|"]
    for line in lines:
        cells = [
            f"{n.mean():.3f} ±{_half(n):.3f} / {r.mean():.3f}"
            for n, r in zip(line.ndcg[1:], line.recall[1:], strict=True)
        ]
        rows.append(f"| {line.name} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def _choices(lines: Sequence[Line]) -> str:
    return "Chosen on the validation part:\n" + "\n".join(f"- {line.name}: {line.option}" for line in lines)


def _interval(values: Values) -> str:
    found = bootstrap_interval(values, SEED)
    return f"{found.mean:.4f} ({found.low:.4f} to {found.high:.4f})"


def _half(values: Values) -> float:
    found = bootstrap_interval(values, SEED)
    return (found.high - found.low) / 2


def say(text: str) -> None:
    """Prints."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

"""`parley benchmark`: every contender on every set under every protocol, and the report after each."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from recommender.benchmark.contenders import Contender, Option
from recommender.benchmark.exams import Task
from recommender.benchmark.goals import goals
from recommender.benchmark.lineup import peers
from recommender.benchmark.measure import Bench, Line, Store
from recommender.benchmark.peers_client import PeersProcess
from recommender.benchmark.protocols import ITEMS, PER_PERSON, PERSONS, WARM, Limits, tasks
from recommender.benchmark.report import Head, figures, markdown
from recommender.benchmark.results import Result
from recommender.benchmark.sets import load_sets
from recommender.errors import ParleyError
from recommender.language.encoder import Encoder
from recommender.learning.datasets import Dataset
from recommender.learning.texts import Texts, encode_catalogue
from recommender.settings import ROOT, Settings

Say = Callable[[str], None]
SEED = 7
_PROTOCOLS = ", ".join((WARM, PER_PERSON, ITEMS, PERSONS))


@dataclass(frozen=True)
class Wanted:
    """What is to be measured: sets (none: the demo shop), seeds, words in the names of contenders and protocols.

    `skip`: words in the names of contenders that are left out.
    """

    data: tuple[Path, ...] = ()
    seeds: int = 3
    only: tuple[str, ...] = ()
    protocols: tuple[str, ...] = ()
    people: int = Limits.persons
    fresh: bool = False
    out: Path | None = None
    skip: tuple[str, ...] = ()


def run(wanted: Wanted, settings: Settings, say: Say) -> Path:
    """Measures, and writes benchmark.md and benchmark.json after every task.

    Returns:
        The markdown file.

    Raises:
        ParleyError: a set, the encoder or the peers' environment is missing.
    """
    from recommender.benchmark.ours import ours  # the whole product, which nothing else here needs

    started, clock = datetime.now(UTC), time.monotonic()
    folder = settings.var / "benchmark"
    folder.mkdir(parents=True, exist_ok=True)
    out = wanted.out or settings.var / "reports"
    results: list[Result] = []
    sets = load_sets(wanted.data, settings)
    with PeersProcess(log=folder / "peers.log") as process:
        chosen = choose_contenders((*peers(process), *ours()), wanted.only, wanted.skip)
        bench = Bench(Store(folder / "fits", wanted.fresh), wanted.seeds, SEED, say)
        for dataset in sets:
            texts = _texts(dataset, settings, folder, say)
            choices: dict[str, Option] = {}
            for task in tasks(dataset, texts, Limits(persons=wanted.people, seed=SEED)):
                if not _named(task.protocol, wanted.protocols):
                    continue
                say(f"{task.set_name}, {task.protocol}: {'; '.join(task.notes)}")
                results.append(measure(task, chosen, bench, choices))
                head = _head(wanted, started, (time.monotonic() - clock) / 60)
                write(out, head, results)
    if not results:
        raise ParleyError(f"No protocol is called {' or '.join(wanted.protocols)}. There are: {_PROTOCOLS}.")
    return out / "benchmark.md"


def measure(task: Task, contenders: Sequence[Contender], bench: Bench, choices: dict[str, Option]) -> Result:
    """The lines of one task; `choices` carries what is too slow to be chosen anew from known people to new ones."""
    lines: list[Line] = []
    absent: list[tuple[str, str]] = []
    for contender in contenders:
        why = contender.takes_part(task.protocol, task.test.data)
        if why:
            absent.append((contender.name, why))
            continue
        kept = contender.reuses_choice and task.protocol not in (WARM, PER_PERSON)
        line = bench.line(contender, task, choices.get(contender.name) if kept else None)
        choices[contender.name] = line.option
        lines.append(line)
        bench.say(f"{task.set_name}, {task.protocol}, {contender.name}: {_brief(line)}")
    return Result(task.set_name, task.protocol, task.notes, tuple(lines), tuple(absent))


def choose_contenders(
    contenders: Sequence[Contender], only: Sequence[str], skip: Sequence[str] = ()
) -> tuple[Contender, ...]:
    """Those whose name has one of the words in `only`, in any case, or all where it has none; and none in `skip`.

    Raises:
        ParleyError: nobody is called so.
    """
    chosen = tuple(contender for contender in contenders if _named(contender.name, only))
    found = tuple(contender for contender in chosen if not skip or not _named(contender.name, skip))
    if not found:
        names = ", ".join(contender.name for contender in contenders)
        left = f" without {' and '.join(skip)}" if skip else ""
        raise ParleyError(f"Nobody is called {' or '.join(only) or 'anything'}{left}. There are: {names}.")
    return found


def write(out: Path, head: Head, results: Sequence[Result]) -> None:
    """Both files, each replaced as a whole."""
    out.mkdir(parents=True, exist_ok=True)
    judged = goals(results, head.seeds[0])
    for name, text in (("md", markdown(head, results, judged)), ("json", figures(head, results, judged))):
        scratch = out / f".benchmark-{os.getpid()}.{name}"
        scratch.write_text(text, encoding="utf-8")
        os.replace(scratch, out / f"benchmark.{name}")


def _texts(dataset: Dataset, settings: Settings, folder: Path, say: Say) -> Texts:
    encoder = Encoder.load(settings.encoder_dir)
    memory = folder / f"texts-{dataset.name}.npz"
    return encode_catalogue(dataset.items, encoder, memory, lambda told: say(f"{dataset.name}: {told}"))


def _named(name: str, words: Sequence[str]) -> bool:
    return not words or any(word.lower() in name.lower() for word in words)


def _brief(line: Line) -> str:
    found = ", ".join(f"{view} {rows['NDCG@10'].mean():.4f}" for view, rows in line.values.items())
    return f"NDCG@10 {found}"


def _head(wanted: Wanted, started: datetime, minutes: float) -> Head:
    words = ["parley", "benchmark", *(f"--data {folder}" for folder in wanted.data), f"--seeds {wanted.seeds}"]
    words += [f"--only {','.join(wanted.only)}"] if wanted.only else []
    words += [f"--skip '{','.join(wanted.skip)}'"] if wanted.skip else []
    words += [f"--protocols {','.join(wanted.protocols)}"] if wanted.protocols else []
    words += [f"--people {wanted.people}"] if wanted.people != Limits.persons else []
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {sys.version.split()[0]}"
    seeds = tuple(range(SEED, SEED + wanted.seeds))
    return Head(" ".join(words), _commit(), machine, seeds, f"{started:%Y-%m-%d %H:%M} UTC", minutes)


def _commit() -> str:
    git = ["git", "-C", str(ROOT), "describe", "--always", "--dirty"]
    try:
        found = subprocess.run(git, capture_output=True, text=True, timeout=10, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return found.stdout.strip()

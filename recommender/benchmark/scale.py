"""Time and memory against size: a table and a plot of what every part of the recommender costs.

Each step runs in a process of its own (`scale_steps`), with one thread, on a synthetic shop (`synthetic`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from recommender.benchmark.synthetic import Shop
from recommender.errors import ParleyError

Say = Callable[[str], None]
Figures = Mapping[str, float]

SIZES = ((10_000, 100_000), (31_600, 316_000), (100_000, 1_000_000), (316_000, 3_160_000), (1_000_000, 10_000_000))
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
TIMED = {
    "ids": "ids → columns",
    "matrix": "columns → CSR matrix",
    "popularity": "popularity",
    "histories": "histories of everybody",
    "neighbours": "item-kNN, 200 neighbours",
    "epoch": "one LightFM epoch, d = 64",
    "index": "approximate index",
    "save": "model to disk",
    "load": "model from disk",
}
LINES = {"exact": "ten best, exact", "approximate": "ten best, approximate"}


@dataclass(frozen=True)
class Scale:
    """The figures of each step for one shop; a step that failed is absent."""

    shop: Shop
    steps: Mapping[str, Figures]

    def seconds(self, name: str) -> float | None:
        """CPU seconds of a line of TIMED."""
        if name == "load":
            return self.steps.get("save", {}).get("load")
        return self.steps.get(name, {}).get("seconds")

    def peak(self, name: str) -> float | None:
        """Peak memory of a step's process in bytes; loading shares one with saving."""
        return None if name == "load" else self.steps.get(name, {}).get("peak")


def measure(sizes: Sequence[tuple[int, int]], seed: int, folder: Path, say: Say) -> Path:
    """Measures shops of these (items, interactions) and writes scale.md, scale.json and scale.png to `folder`.

    Returns:
        The path of scale.md.

    Raises:
        ParleyError: a step failed; the text names it and how it ended.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for items, interactions in sizes:
        found.append(_measured(Shop(items, interactions, seed), folder, say))
        _write(found, folder)  # a run that is stopped leaves what it has
    return folder / "scale.md"


def _measured(shop: Shop, folder: Path, say: Say) -> Scale:
    from recommender.benchmark.scale_steps import STEPS

    steps: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory(prefix=".scale-", dir=folder) as scratch:
        for step in STEPS:
            steps[step] = _run(step, shop, Path(scratch))
            say(
                f"{shop.items:,} items, {shop.interactions:,} interactions: {step} {steps[step]['seconds']:.2f} s, "
                f"{steps[step]['peak'] / 2**20:,.0f} MiB"
            )
    return Scale(shop, steps)


def _run(step: str, shop: Shop, scratch: Path) -> Figures:
    numbers = [str(number) for number in (shop.items, shop.interactions, shop.seed)]
    command = [sys.executable, "-m", "recommender.benchmark.scale_steps", step, str(scratch), *numbers]
    root = Path(__file__).resolve().parents[2]
    environment = os.environ | dict.fromkeys(THREADS, "1")
    ended = subprocess.run(command, capture_output=True, text=True, cwd=root, env=environment, check=False)  # noqa: S603
    if ended.returncode:
        last = (ended.stderr.strip().splitlines() or [f"exit code {ended.returncode}"])[-1]
        raise ParleyError(
            f"The step {step} failed with {shop.items:,} items and {shop.interactions:,} interactions: {last}. "
            "Exit code -9 is a lack of memory: measure smaller sizes with --items and --interactions."
        )
    figures: Figures = json.loads(ended.stdout.strip().splitlines()[-1])
    return figures


def _write(found: Sequence[Scale], folder: Path) -> None:
    plain = [
        {"items": one.shop.items, "interactions": one.shop.interactions, "seed": one.shop.seed, "steps": one.steps}
        for one in found
    ]
    (folder / "scale.json").write_text(json.dumps(plain, indent=1), encoding="utf-8")
    (folder / "scale.md").write_text(table(found), encoding="utf-8")
    _plot(found, folder / "scale.png")


def table(found: Sequence[Scale]) -> str:
    """Markdown: CPU seconds and peak memory of every step, then milliseconds and recall of a search."""
    head = [f"{_short(one.shop.items)} × {_short(one.shop.interactions)}" for one in found]
    lines = [
        "# Time and memory against size",
        "",
        "CPU seconds on one thread / peak memory of the step's process in MiB (interpreter, libraries and input "
        "included), by items × interactions of a synthetic shop: Zipf popularity and activity, communities of taste, "
        f"a tenth as many people as interactions, seed {found[0].shop.seed}.",
        "",
        _row(["step", *head]),
        _row(["---", *["---:"] * len(head)]),
    ]
    lines += [
        _row([label, *(_cell(one.seconds(name), one.peak(name)) for one in found)]) for name, label in TIMED.items()
    ]
    lines += ["", _row(["one person, 65 dimensions", *head]), _row(["---", *["---:"] * len(head)])]
    for name, label in LINES.items():
        lines.append(_row([f"{label}, ms", *(f"{1e3 * one.steps['index'][name]:.3g}" for one in found)]))
    ratios = [one.steps["index"]["exact"] / one.steps["index"]["approximate"] for one in found]
    lines.append(_row(["approximate is so many times faster", *(f"{ratio:.1f}" for ratio in ratios)]))
    lines.append(_row(["recall@10 against exact", *(f"{one.steps['index']['recall']:.3f}" for one in found)]))
    lines.append(_row(["index on disk, MiB", *(f"{one.steps['index']['bytes'] / 2**20:.1f}" for one in found)]))
    return "\n".join(lines) + "\n\n![Time and memory against size](scale.png)\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(seconds: float | None, peak: float | None) -> str:
    if seconds is None:
        return "-"
    return f"{seconds:.3g}" if peak is None else f"{seconds:.3g} / {peak / 2**20:,.0f}"


def _short(number: int) -> str:
    for unit, name in ((1_000_000, "M"), (1_000, "k")):
        if number >= unit:
            return f"{number / unit:.3g}{name}"
    return str(number)


def _plot(found: Sequence[Scale], file: Path) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    figure, (left, middle, right) = pyplot.subplots(1, 3, figsize=(16, 5), layout="constrained")
    sizes = [one.shop.interactions for one in found]
    for name, label in TIMED.items():
        left.plot(sizes, [one.seconds(name) or float("nan") for one in found], marker="o", label=label)
        if name != "load":
            middle.plot(sizes, [(one.peak(name) or float("nan")) / 2**20 for one in found], marker="o", label=label)
    for name, label in LINES.items():
        right.plot(
            [one.shop.items for one in found], [1e3 * one.steps["index"][name] for one in found], "o-", label=label
        )
    axes = (
        (left, "interactions", "CPU seconds"),
        (middle, "interactions", "peak MiB"),
        (right, "items", "ms a person"),
    )
    for axis, across, up in axes:
        axis.set(xscale="log", yscale="log", xlabel=across, ylabel=up)
        axis.grid(visible=True, which="major", alpha=0.3)
        axis.legend(fontsize=8)
    figure.savefig(file, dpi=110)
    pyplot.close(figure)

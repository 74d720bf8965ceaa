"""Verdicts as Markdown, as JSON and as pictures of confusion."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from evaluation.judge import Figures, Verdict
from evaluation.measures import Share

WORST = 12


def write(verdicts: Sequence[Verdict], folder: Path) -> Path:
    """Writes nlu.md, nlu.json and nlu-<set>.png below `folder`; returns the first."""
    folder.mkdir(parents=True, exist_ok=True)
    for verdict in verdicts:
        draw(verdict, folder / f"nlu-{verdict.name}.png")
    content = [{name: value for name, value in asdict(v).items() if name not in {"wanted", "found"}} for v in verdicts]
    (folder / "nlu.json").write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    target = folder / "nlu.md"
    target.write_text("\n".join(["# Understanding\n", *(_section(verdict) for verdict in verdicts)]), encoding="utf-8")
    return target


def sentences(verdict: Verdict) -> list[str]:
    """One line for the terminal per language."""
    return [
        f"{verdict.name}, {language}: intents {figures.accuracy.value:.3f} of {figures.accuracy.count}"
        + (f", entity F1 {figures.entities[2]:.3f}" if figures.entities[2] == figures.entities[2] else "")
        + (f", out-of-scope AUROC {figures.auroc:.3f}" if figures.auroc == figures.auroc else "")
        for language, figures in verdict.figures.items()
    ] + [f"{verdict.name}: calibration error {verdict.error:.3f}"]


def draw(verdict: Verdict, target: Path) -> None:
    """A picture of how often each intent (rows) was taken for which (columns)."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    names = sorted({*verdict.wanted, *verdict.found})
    place = {name: row for row, name in enumerate(names)}
    counts = np.zeros((len(names), len(names)))
    for wanted, found in zip(verdict.wanted, verdict.found, strict=True):
        counts[place[wanted], place[found]] += 1
    shares = counts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    side = 3 + 0.22 * len(names)
    figure, axes = pyplot.subplots(figsize=(side, side))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), labels=names, rotation=90, fontsize=6)
    axes.set_yticks(range(len(names)), labels=names, fontsize=6)
    axes.set_xlabel("understood as")
    axes.set_ylabel("meant")
    for row, column in np.argwhere(counts):
        shade = "white" if shares[row, column] > 0.5 else "black"
        if len(names) <= 40:
            axes.text(column, row, int(counts[row, column]), ha="center", va="center", fontsize=5, color=shade)
    axes.set_title(f"{verdict.name}: {verdict.figures['all'].accuracy.value:.1%} of {len(verdict.wanted)} right")
    figure.savefig(target, dpi=130, bbox_inches="tight")
    pyplot.close(figure)


def _section(verdict: Verdict) -> str:
    rows = [_row(language, figures) for language, figures in verdict.figures.items()]
    worst = [f"- {wanted} taken for {found}: {count}" for wanted, found, count in verdict.confusions[:WORST]]
    bins = [f"| {one.confidence:.2f} | {one.accuracy:.2f} | {one.count} |" for one in verdict.bins]
    return "\n".join(
        [
            f"## {verdict.name}\n",
            f"{len(verdict.wanted)} messages; {verdict.learnt} were learnt. Intervals hold 95%. “Unseen” leaves out "
            "messages that stand among the learnt ones word for word; “after fallback” is what the dialogue gets.\n",
            "| language | intents | unseen | after fallback | entity F1 (precision, recall) | out-of-scope AUROC |",
            "|---|---|---|---|---|---|",
            *rows,
            f"\nExpected calibration error {verdict.error:.3f}.\n",
            "| confidence | right | messages |\n|---|---|---|",
            *bins,
            f"\nMost frequent confusions (picture: nlu-{verdict.name}.png):\n",
            *(worst or ["- none"]),
            "",
        ]
    )


def _row(language: str, figures: Figures) -> str:
    precision, recall, mean = figures.entities
    entities = "–" if mean != mean else f"{mean:.3f} ({precision:.3f}, {recall:.3f})"
    scope = "–" if figures.auroc != figures.auroc else f"{figures.auroc:.3f}"
    shares = " | ".join(map(_share, (figures.accuracy, figures.unseen, figures.decided)))
    return f"| {language} | {shares} | {entities} | {scope} |"


def _share(share: Share) -> str:
    return f"{share.value:.3f} [{share.low:.3f}, {share.high:.3f}] of {share.count}" if share.count else "–"

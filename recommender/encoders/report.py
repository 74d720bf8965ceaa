"""What a fine-tuning run did, for people and as a file."""

from __future__ import annotations

import json
import os
import resource
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from recommender.encoders.pairs import Ints
from recommender.encoders.recipe import FinetuneSettings
from recommender.encoders.retrieval import Estimate, estimate, scores_of


@dataclass(frozen=True, slots=True)
class Change:
    """A metric on the held-out pairs before and after, and the difference pair by pair, with 95% bounds."""

    before: Estimate
    after: Estimate
    gain: Estimate


@dataclass(frozen=True, slots=True)
class FinetuneReport:
    """What a run did.

    `changes` by metric (recall@1, recall@10, recall@50, mrr), all passages competing; `seconds` without export;
    `peak_mb` of memory of the whole process; `cosine` agreement of the int8 export, None without one.
    """

    pairs: int
    held_out: int
    groups: int
    passages: int
    steps: int
    best_step: int
    stopped: str
    precision: str
    seconds: float
    peak_mb: int
    changes: dict[str, Change]
    cosine: float | None = None

    def sentences(self) -> tuple[str, ...]:
        """For people."""
        lines = [
            f"{self.pairs:,} pairs learned from, {self.held_out:,} held out ({self.groups:,} groups), "
            f"{self.passages:,} passages compete.",
            f"{self.steps} steps in {self.seconds:.0f} s ({self.precision}), {self.peak_mb:,} MB at most; it ended "
            f"because {self.stopped}; the best weights are those of step {self.best_step}.",
        ]
        for name, change in self.changes.items():
            lines.append(f"{name:>9}: {change.before} → {change.after}, gain {change.gain}")
        if self.cosine is not None:
            lines.append(f"The int8 encoder agrees with the float model to a mean cosine of {self.cosine:.4f}.")
        return tuple(lines)

    def save(self, file: Path, settings: FinetuneSettings) -> None:
        """Writes the report and the settings that led to it as JSON, whole or not at all."""
        scratch = file.with_name(f".{file.name}-{os.getpid()}")
        scratch.write_text(json.dumps(asdict(self) | {"settings": asdict(settings)}, indent=2) + "\n", encoding="utf-8")
        os.replace(scratch, file)


def changes_of(before: Ints, after: Ints, groups: Ints, seed: int) -> dict[str, Change]:
    """Each metric's change from the ranks (b,) `before` to those `after`, bounds by resampling groups."""
    old, new = scores_of(before), scores_of(after)
    return {
        name: Change(
            estimate(old[name], groups, seed),
            estimate(new[name], groups, seed),
            estimate(new[name] - old[name], groups, seed),
        )
        for name in old
    }


def peak_mb() -> int:
    """The most memory that this process has held, in megabytes."""
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kibibytes
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit // 1_000_000)

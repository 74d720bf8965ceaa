"""Which answers say the same in the two languages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recommender.answers.entry import Entry
from recommender.answers.faults import Fault


def translations(entries: Sequence[Entry]) -> tuple[NDArray[np.intp], tuple[Fault, ...]]:
    """(e,) the row of each entry's translation, its own where it has none; and what keeps files from being paired.

    `delivery.en.md` and `delivery.zh.md` are paired question by question, in their order, if they have as many.
    """
    pairs = np.arange(len(entries))
    files: dict[str, list[int]] = {}
    for row, entry in enumerate(entries):
        files.setdefault(entry.file, []).append(row)
    faults = []
    for name, rows in files.items():
        other = _counterpart(name)
        if not name.endswith(".en.md") or other not in files:
            continue
        if len(rows) != len(files[other]):
            problem = f"{len(rows)} questions here, {len(files[other])} in {other}"
            remedy = "write the same questions in the same order, so that each language helps to find the other's"
            faults.append(Fault(name, None, problem, remedy, "warning"))
            continue
        pairs[rows], pairs[files[other]] = files[other], rows
    return pairs, tuple(faults)


def _counterpart(name: str) -> str:
    stem = Path(name).stem
    return f"{Path(stem).stem}.zh.md" if stem.endswith(".en") else ""

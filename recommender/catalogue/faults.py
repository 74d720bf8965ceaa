"""What can be wrong with a catalogue file: a place, a problem and a remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a catalogue file.

    `row` counts as a person sees it: in CSV the header is row 1 (as in a spreadsheet), in JSONL it is the line, in
    Parquet the first row is 1; None concerns the whole file. `column` None concerns the whole row. With an error
    nothing is loaded; with a warning the file loads, and `remedy` says how it was understood or what to better.
    """

    row: int | None
    column: str | None
    problem: str
    remedy: str
    severity: Severity = "error"

    def __str__(self) -> str:
        row = "" if self.row is None else f"row {self.row}"
        column = "" if self.column is None else f"column {self.column}"
        place = ", ".join(part for part in (row, column) if part) or "file"
        return f"{place}: {self.problem} → {self.remedy}"


def errors(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Those faults that forbid loading."""
    return tuple(fault for fault in faults if fault.severity == "error")


def grouped(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Warnings that say the same of the same column become one, at the first of their rows; errors all stay."""
    found: dict[tuple[object, ...], list[Fault]] = {}
    for place, fault in enumerate(faults):
        key = (fault.column, fault.problem) if fault.severity == "warning" else (place,)
        found.setdefault(key, []).append(fault)
    return tuple(_with_count(same) for same in found.values())


def _with_count(same: list[Fault]) -> Fault:
    more = len(same) - 1
    if not more:
        return same[0]
    return replace(same[0], problem=f"{same[0].problem} (and in {more} more row{'s' if more > 1 else ''})")


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults of the whole file first, then by row; errors before warnings within a row."""
    return tuple(sorted(faults, key=lambda f: (f.row or 0, f.severity != "error")))

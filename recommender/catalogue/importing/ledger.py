"""What became of every row of an imported file: kept, dropped or mended, why, and where."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from recommender.catalogue.faults import Fault, in_order
from recommender.errors import CatalogueError

LISTED = 10
"""Rows that are named for one reason, unless more are asked for; a file of millions may be wrong in every row."""

_QUOTED = re.compile(r"“[^”]*”|'[^']*'(…)?")


@dataclass(frozen=True)
class Tally:
    """A closed ledger. `mended` counts (row, reason) pairs: a row may be mended in several ways.

    `faults` names the first rows of every reason: errors are dropped rows, warnings are rows that were mended.

    Raises:
        CatalogueError: a row was read that was neither kept nor dropped, or was counted twice.
    """

    read: int
    kept: int
    dropped: Mapping[str, int]
    mended: Mapping[str, int]
    faults: tuple[Fault, ...]

    def __post_init__(self) -> None:
        lost = self.read - self.kept - sum(self.dropped.values())
        if lost:
            raise CatalogueError(
                f"{self.read:,} rows were read, {self.kept:,} kept and {sum(self.dropped.values()):,} dropped; "
                f"{lost:,} are unaccounted for. This is a fault of Parley: please report it with the file."
            )

    def __str__(self) -> str:
        lines = [f"{self.read:,} rows read = {self.kept:,} kept + {sum(self.dropped.values()):,} dropped."]
        for word, reasons in (("dropped", self.dropped), ("mended or noted", self.mended)):
            lines += [f"  {word}: {count:,} × {reason}" for reason, count in reasons.items()]
        return "\n".join(lines)


@dataclass(slots=True)
class Ledger:
    """Where importers write down what they do; `close` adds it up.

    Of each reason the first `listed` rows are named; the counts are of all.
    """

    listed: int = LISTED
    read: int = 0
    kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    mended: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    def drop(self, fault: Fault) -> None:
        """One row is left out because of `fault`."""
        self._note(fault, self.dropped)

    def refuse(self, fault: Fault) -> None:
        """A reader leaves out a row that nobody else has counted as read."""
        self.read += 1
        self.drop(fault)

    def mend(self, fault: Fault) -> None:
        """One row is kept although of `fault`, a warning."""
        self._note(fault, self.mended)

    def drop_rows(self, count: int, faults: Sequence[Fault]) -> None:
        """Leave out `count` rows for one reason; `faults` are those of the first of them, at least one."""
        for fault in faults:
            self.drop(fault)
        self.dropped[reason(faults[0])] += count - len(faults)

    def note(self, fault: Fault) -> None:
        """Something that concerns the whole file and no row."""
        self.faults.append(fault)

    def close(self) -> Tally:
        """The counts, most frequent reasons first."""
        dropped, mended = (MappingProxyType(dict(c.most_common())) for c in (self.dropped, self.mended))
        return Tally(self.read, self.kept, dropped, mended, in_order(self.faults))

    def _note(self, fault: Fault, counts: Counter[str]) -> None:
        counts[reason(fault)] += 1
        if counts[reason(fault)] <= self.listed:
            self.faults.append(fault)


def reason(fault: Fault) -> str:
    """What `fault` has in common with others of its kind: column and problem, without the cell's own words."""
    problem = _QUOTED.sub("…", fault.problem)
    problem = re.sub(r"\d[\d,]*", "…", problem)
    return f"{fault.column}: {problem}" if fault.column else problem

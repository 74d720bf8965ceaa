"""What can be wrong with a file of answers: a line, a problem and a remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a file of answers. What an error concerns is left out; after a warning it is used as read.

    `line` counts from 1, None concerns the whole file.
    """

    file: str
    line: int | None
    problem: str
    remedy: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{place}: {self.problem} → {self.remedy}"

"""Questions whose answer is known, or known to be none: what a threshold is fitted and judged on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from recommender.answers.entry import Entry
from recommender.answers.faults import Fault
from recommender.catalogue.tables import read_table
from recommender.language.detect import detect
from recommender.types import Language


@dataclass(frozen=True, slots=True)
class Example:
    """A question in `language`; `question` is the heading that answers it, None where no answer may be given."""

    text: str
    language: Language
    question: str | None = None


def read_examples(path: Path, entries: Sequence[Entry]) -> tuple[tuple[Example, ...], tuple[Fault, ...]]:
    """The examples of a table with columns text, language, question; an empty question means that none fits.

    Rows that expect a heading which `entries` do not have are left out and named. A missing file has no rows.
    """
    if not path.exists():
        return (), ()
    table = read_table(path)
    faults = [Fault(path.name, fault.row, fault.problem, fault.remedy, fault.severity) for fault in table.faults]
    if table.header and "text" not in table.header:
        faults.append(Fault(path.name, 1, "there is no column “text”", "name the columns text, language and question"))
    headings = {entry.question for entry in entries}
    examples = []
    for row in table.rows:
        text, expected = row.text("text"), row.text("question")
        if expected and expected not in headings:
            problem, remedy = f"no answer is headed “{expected}”", "copy the heading's words, or leave it empty"
            faults.append(Fault(path.name, row.number, problem, remedy))
        elif text:
            language = row.text("language")
            spoken: Language = language if language in ("en", "zh") else detect(text)  # type: ignore[assignment]
            examples.append(Example(text, spoken, expected or None))
    return tuple(examples), tuple(faults)


def background() -> tuple[Example, ...]:
    """What people say to a shop's chat that no folder of answers answers: wishes, small talk, other trades."""
    table = read_table(Path(__file__).with_name("background.csv"))
    return tuple(Example(row.text("text"), "zh" if row.text("language") == "zh" else "en") for row in table.rows)

"""Entries → a Markdown file that `document` reads back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from recommender.answers.entry import Entry
from recommender.errors import AnswersError

TITLE = "Past conversations / 往期答疑"


def write_imported(entries: Sequence[Entry], target: Path, source: str, day: date, force: bool = False) -> None:
    """Write `entries` to `target`, marked as imported from `source` on `day`.

    Raises:
        AnswersError: nothing is to be written, `target` is there and not to be replaced, or cannot be written.
    """
    if not entries:
        raise AnswersError(f"No row of {source} could be kept, so {target} was not written.")
    if target.exists() and not force:
        raise AnswersError(f"{target} is there already; --force replaces it, --to writes another file.")
    name = source.replace("--", "-")
    mark = f"<!-- Imported from {name} on {day.isoformat()}. Read it through: people see it as it is. -->"
    text = "\n\n".join([f"# {TITLE}", mark, *(_section(entry) for entry in entries)])
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        raise AnswersError(f"{target} cannot be written ({error.strerror}): check the folder's rights.") from error


def _section(entry: Entry) -> str:
    listed = [f"- {words}" for words in entry.phrasings]
    # An answer that began like a list would be read as ways to ask; lines that follow each other would be joined.
    answer = "\n\n".join(line for line in entry.text.lstrip(" -*+•·–").splitlines() if line.strip())
    return "\n".join([f"## {entry.question}", *listed, "", answer])

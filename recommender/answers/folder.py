"""A folder of Markdown files → all its entries, and what tells that one of them changed."""

from __future__ import annotations

from pathlib import Path

from recommender.answers.document import read_document
from recommender.answers.entry import Entry
from recommender.answers.faults import Fault
from recommender.language.tokens import fold

VALIDATION = "validation.csv"
Stamp = frozenset[tuple[str, int, int]]


def documents(folder: Path) -> list[Path]:
    """The Markdown files of `folder` by name; README.md is for people."""
    return sorted(path for path in folder.glob("*.md") if path.is_file() and path.name.lower() != "readme.md")


def stamp(folder: Path) -> Stamp:
    """Differs once a file that answers are made of is new, gone or saved again; reads no file."""
    found = set()
    for path in (*documents(folder), folder / VALIDATION):
        try:
            state = path.stat()
        except OSError:  # gone since it was listed
            continue
        found.add((path.name, state.st_mtime_ns, state.st_size))
    return frozenset(found)


def read_folder(folder: Path) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    """All entries of `folder`, each question once in a language, and all faults; a missing folder has no answers."""
    entries: list[Entry] = []
    faults: list[Fault] = []
    asked: dict[tuple[str, str], Entry] = {}
    for path in documents(folder):
        read, wrong = read_document(path)
        faults += wrong
        for entry in read:
            first = asked.get((entry.language, fold(entry.question)))
            if first is not None and fold(first.question) == fold(entry.question):
                problem = f"“{entry.question}” is answered in {first.file}, line {first.line} already"
                faults.append(Fault(entry.file, entry.line, problem, "keep one of the two"))
                continue
            faults += _shared(entry, asked)
            asked |= {(entry.language, fold(words)): entry for words in entry.asked}
            entries.append(entry)
    return tuple(entries), tuple(faults)


def _shared(entry: Entry, asked: dict[tuple[str, str], Entry]) -> list[Fault]:
    """Ways to ask that another question claims too, so that nobody can tell which of them is meant."""
    found = []
    for words in entry.asked:
        other = asked.get((entry.language, fold(words)))
        if other is not None:
            problem = f"“{words}” also asks for “{other.question}” ({other.file}, line {other.line})"
            found.append(Fault(entry.file, entry.line, problem, "keep it below one of the two", "warning"))
    return found

"""A Markdown file of questions and answers → entries, with everything that is wrong with it.

    # Delivery

    ## How long does delivery take?
    - When will my parcel arrive?

    One or two days in large cities.

A heading of the first level is the file's title, any deeper one a question; the list directly below it holds further
ways to ask, the rest up to the next heading is the answer. `delivery.en.md` and `delivery.zh.md` name their language;
elsewhere each question tells its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile, takewhile
from pathlib import Path

from recommender.answers.entry import Entry
from recommender.answers.faults import Fault
from recommender.answers.markdown import Line, lines_of, paragraphs
from recommender.catalogue.tables import decode
from recommender.language.detect import detect
from recommender.types import Language

LONGEST = 1200
"""Characters of an answer that a chat window shows at a glance."""

_LANGUAGES: dict[str, Language] = {".en": "en", ".zh": "zh"}


def read_document(path: Path) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    """The entries of one file in its order, and its faults; a bad file raises nothing."""
    try:
        text, problems = decode(path.read_bytes())
    except OSError as error:
        return (), (Fault(path.name, None, f"it cannot be read ({error.strerror})", "check the file's rights"),)
    faults = [Fault(path.name, None, p.problem, p.remedy, p.severity) for p in problems]
    lines = list(lines_of(text or ""))
    deepest = max((line.level for line in lines), default=0)
    if text is not None and not deepest:
        faults.append(Fault(path.name, None, "it has no question", "write one as `## How long does delivery take?`"))
    asking = min(2, deepest)  # a file whose headings are all of the first level has questions and no title
    title = next((line.text for line in lines if line.level and line.level < asking and line.text), "")
    entries = []
    for section in _sections(lines, asking):
        entry, found = _entry(section, title or path.name.split(".")[0], path)
        entries += [entry] if entry else []
        faults += found
    return tuple(entries), (*faults, *_before(lines, path.name))


def _sections(lines: Sequence[Line], asking: int) -> list[list[Line]]:
    """Each question's heading and what stands below it."""
    sections: list[list[Line]] = []
    inside = False
    for line in lines:
        if line.level:
            inside = line.level >= asking
            sections += [[line]] if inside else []
        elif inside:
            sections[-1].append(line)
    return sections


def _entry(section: Sequence[Line], title: str, path: Path) -> tuple[Entry | None, list[Fault]]:
    heading = section[0]
    body = list(dropwhile(lambda line: line.kind == "blank", section[1:]))
    phrased = list(takewhile(lambda line: line.kind in ("bullet", "blank"), body))
    phrasings = tuple(dict.fromkeys(line.text for line in phrased if line.text and line.text != heading.text))
    text = paragraphs(body[len(phrased) :])
    if not heading.text:
        problem, remedy = "a heading without words", "write the question behind the ##"
        return None, [Fault(path.name, heading.number, problem, remedy)]
    if not text:
        problem = f"“{heading.text}” has no answer"
        remedy = "write it below the list; an answer that is a list itself starts with a sentence"
        return None, [Fault(path.name, heading.number, problem, remedy)]
    language = _LANGUAGES.get(Path(path.stem).suffix) or detect(heading.text)
    entry = Entry(heading.text, phrasings, text, language, title, path.name, heading.number)
    return entry, _long(entry)


def _long(entry: Entry) -> list[Fault]:
    if len(entry.text) <= LONGEST:
        return []
    problem = f"the answer to “{entry.question}” has {len(entry.text):,} characters"
    remedy = f"up to {LONGEST:,} read well in a chat; make several questions of it"
    return [Fault(entry.file, entry.line, problem, remedy, "warning")]


def _before(lines: Sequence[Line], file: str) -> list[Fault]:
    """Text that belongs to no question is shown to nobody."""
    first = next((line for line in lines if line.kind != "blank"), None)
    if first is None or first.level or not any(line.level for line in lines):
        return []
    return [Fault(file, first.number, "text before the first heading", "put it below a `## question`", "warning")]

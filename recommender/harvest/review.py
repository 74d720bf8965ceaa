"""The file that a person reviews, and what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from recommender.catalogue.files import write_whole
from recommender.errors import FeedbackError
from recommender.harvest.gather import Group, key

_HEAD = """\
# Messages that Parley was unsure of, anonymised. Check that no line tells who wrote it; mend the text where it does.
# Write after `accept` the intent that a line means: yes for the guess, or another's name. What stays empty is left out.
# Then: parley bot accept {name}
"""
_HARVESTED = "# Real messages, anonymised and reviewed; `parley bot accept` adds to them.\n"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many lines became training data, were there already, stand in a held-out file, or were left empty."""

    accepted: int
    known: int
    held_out: int
    empty: int

    def __str__(self) -> str:
        return (
            f"{self.accepted} lines accepted, {self.empty} left empty, {self.known} known already, "
            f"{self.held_out} refused because they are held out to measure with."
        )


def write_review(groups: Sequence[Group], file: Path) -> int:
    """Writes `groups` with an empty `accept` for each line; returns the number of lines.

    Raises:
        FeedbackError: the file exists, and somebody's decisions may stand in it.
        CatalogueError: the place cannot be written to.
    """
    if file.exists():
        raise FeedbackError(f"{file} exists and may hold decisions: accept it first, or name another file.")
    content = [
        {
            "group": number,
            "lines": [
                {
                    "text": one.text,
                    "guess": one.guess,
                    "confidence": round(one.confidence, 2),
                    "heard": one.count,
                    "accept": None,
                }
                for one in group
            ],
        }
        for number, group in enumerate(groups, 1)
    ]
    body = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000).replace("accept: null", "accept:")
    write_whole(file, (_HEAD.format(name=file) + body).encode())
    return sum(len(group) for group in groups)


def accept(
    review: Path, target: Path, intents: Collection[str], training: Collection[str], held_out: Collection[str]
) -> Outcome:
    """Adds the accepted lines of `review` to the NLU file `target`.

    Args:
        review: as `write_review` wrote it, with decisions.
        target: is made if need be; what stands in it stays.
        intents: that exist.
        training: keys of the lines that are learnt already.
        held_out: keys of the lines that must never be learnt.

    Raises:
        FeedbackError: the review cannot be read, or names an intent that does not exist.
        CatalogueError: the target cannot be written.
    """
    found: dict[str, list[str]] = _stored(target)
    known = set(training) | {key(line) for lines in found.values() for line in lines}
    counts = {"accepted": 0, "known": 0, "held_out": 0, "empty": 0}
    for text, intent in _decisions(review, intents):
        name = key(text)
        if intent is None:
            counts["empty"] += 1
        elif name in held_out:
            counts["held_out"] += 1
        elif name in known:
            counts["known"] += 1
        else:
            counts["accepted"] += 1
            known.add(name)
            found.setdefault(intent, []).append(text)
    if counts["accepted"]:
        write_whole(target, (_HARVESTED + _nlu(found)).encode())
    return Outcome(**counts)


def keys_of(files: Iterable[Path]) -> Iterator[str]:
    """Keys of every example in Rasa NLU files.

    Raises:
        FeedbackError: one of them cannot be read.
    """
    for file in files:
        for lines in _stored(file).values():
            yield from map(key, lines)


def _decisions(review: Path, intents: Collection[str]) -> Iterator[tuple[str, str | None]]:
    content: Any = _load(review)
    try:
        for line in (line for group in content or () for line in group["lines"]):
            said = line.get("accept")
            wanted = str(line["guess"]) if said is True or str(said).strip().lower() in {"yes", "y", "是"} else said
            if wanted in (None, False, "", "no"):
                yield str(line["text"]), None
            elif wanted in intents:
                yield " ".join(str(line["text"]).split()), str(wanted)
            else:
                raise FeedbackError(
                    f"{review}: {line['text']!r} is accepted as {wanted!r}, which is no intent; there are "
                    f"{', '.join(sorted(intents))}. Nothing was accepted."
                )
    except (KeyError, TypeError, AttributeError) as error:
        raise FeedbackError(f"{review} is not a review as `parley bot harvest` writes them: {error!r}.") from error


def _stored(file: Path) -> dict[str, list[str]]:
    """Examples by intent, without the marks of entities."""
    if not file.exists():
        return {}
    content: Any = _load(file)
    found: dict[str, list[str]] = {}
    try:
        for block in content["nlu"]:
            if "intent" in block:
                lines = block.get("examples", "").splitlines()
                found.setdefault(block["intent"], []).extend(_bare(line) for line in lines if line.strip())
    except (KeyError, TypeError, AttributeError) as error:
        raise FeedbackError(f"{file} is no Rasa NLU file: {error!r}.") from error
    return found


def _bare(line: str) -> str:
    return re.sub(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})", r"\1", line.strip().removeprefix("- ").strip())


def _load(file: Path) -> Any:
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise FeedbackError(f"{file} cannot be read: {error}") from error


def _nlu(lines: Mapping[str, Sequence[str]]) -> str:
    out = ['version: "3.1"', "", "nlu:"]
    for intent in sorted(lines):
        out += [f"  - intent: {intent}", "    examples: |", *(f"      - {line}" for line in lines[intent])]
    return "\n".join(out) + "\n"

"""Lines of a Markdown file, and what stands in them without its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from recommender.language.tokens import HAN_PATTERN

_HEADING = re.compile(r"\s{0,3}([#＃]{1,6})\s*(.*?)\s*[#＃]*\s*$")
_BULLET = re.compile(r"\s*[-*+•·–]\s+(.*\S)\s*$")
_NUMBERED = re.compile(r"\s*\d{1,2}[.)、]\s*\S")
_COMMENT = re.compile(r"<!--.*?(-->|\Z)", re.DOTALL)
_LINK = re.compile(r"!?\[([^\]]*)\]\(\s*([^)\s]+)[^)]*\)")
_MARKS = re.compile(r"\*\*|__|`|(?<![\w*])[*_](?=\S)|(?<=\S)[*_](?![\w*])")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its number from 1. `level` is that of a heading, 0 for others; `text` has no heading or list mark."""

    number: int
    kind: Literal["heading", "bullet", "text", "blank"]
    text: str
    level: int = 0


def lines_of(text: str) -> Iterator[Line]:
    """The lines of a file, comments blanked out."""
    bare = _COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)
    for number, raw in enumerate(bare.splitlines(), start=1):
        if heading := _HEADING.match(raw):
            yield Line(number, "heading", plain(heading[2]), len(heading[1]))
        elif bullet := _BULLET.match(raw):
            yield Line(number, "bullet", plain(bullet[1]))
        else:
            yield Line(number, "text" if raw.strip() else "blank", raw.strip())


def paragraphs(lines: Sequence[Line]) -> str:
    """An answer's lines as a chat shows them: wrapped lines joined, lists and empty lines kept, marks left out."""
    out: list[str] = []
    joins = False
    for line in lines:
        if line.kind == "bullet":
            out.append(f"• {line.text}")
        elif line.kind == "heading":
            out.append(line.text)
        elif line.kind == "blank" or not joins or _NUMBERED.match(line.text):
            out.append(plain(line.text))
        else:
            out[-1] = _joined(out[-1], plain(line.text))
        joins = line.kind in ("text", "bullet")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip()


def plain(text: str) -> str:
    """`text` without the marks of Markdown; a link keeps its address."""
    linked = _LINK.sub(lambda found: found[2] if found[1] in ("", found[2]) else f"{found[1]} ({found[2]})", text)
    return _MARKS.sub("", linked).strip()


def _joined(first: str, second: str) -> str:
    """Two halves of a wrapped sentence; Chinese has no space between words."""
    chinese = HAN_PATTERN.match(second[:1]) or HAN_PATTERN.match(first[-1:])
    return f"{first}{'' if chinese or first[-1:] in '，。；：、！？' else ' '}{second}"

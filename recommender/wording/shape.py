"""What can be told of a rephrasing before it is read: length, markup, characters."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from recommender.language.tokens import HAN_PATTERN, fold

Reason = Literal[
    "empty", "length", "markup", "character", "language", "title", "order", "number", "attribute", "claim", "polarity",
    "word", "name", "quote", "omission",
]  # fmt: skip
"""Why a rephrasing is turned down."""

LONGEST = 2000
_MARKUP = re.compile(
    r"<[/!a-z]|```|`|\*\*|__|~~|!?\[[^\]\n]*\]\s*\(|&[a-z#0-9]+;|\{|\}|\||^\s{0,3}#{1,6}\s|^\s*[-*>]\s|<\||^\s*/\w|\\[a-z]",
    re.IGNORECASE | re.MULTILINE,
)
_SMILES = frozenset("😊🙂😀😄✨👍👌🎉❤️🌟")


def shape(text: str, template: str) -> Reason | None:
    """Whether `text` is empty, too long or marked up beside its template."""
    if not text.strip():
        return "empty"
    if len(text) > min(LONGEST, 2 * len(template) + 80):
        return "length"
    if _MARKUP.search(text) and not _MARKUP.search(template):
        return "markup"
    return None


def characters(text: str, template: str) -> Reason | None:
    """Whether `text` has characters that its template lacks and that hide, imitate or count something."""
    for character in set(text) - set(template):
        kind = unicodedata.category(character)
        if kind in ("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp") and character != "\n":
            return "character"
        if kind[0] == "N" and not HAN_PATTERN.match(character) and fold(character) not in "0123456789":
            return "number"  # ², ①, ½, ٣
        if kind[0] == "L" and not HAN_PATTERN.match(character) and not fold(character).isascii():
            return "language"  # а of another alphabet looks like a
        if kind == "So" and character not in _SMILES:
            return "character"
    return None

"""People who are spoken of and for whom nothing is bought: "my wife says the red one", 我妈看上一号."""

from __future__ import annotations

import re

_POSSESSED = re.compile(r"\b(?:my|our|his|her)\s+$")
_OPINION = re.compile(
    r"(?:'s (?:taking|getting|coming)|\s+(?:says?|said|thinks?|thought|swears?|points?|pointed|"
    r"would (?:like|love|approve|hate)|told|finds?|reckons?|approves?|insists?))\b"
)
_HAN_OPINION = re.compile("看[上中了]|说|觉得|相中|见了|嫌")


def has_opinion(folded: str, start: int, end: int) -> bool:
    """Whether the word at [start:end] of a folded text is somebody whose opinion is told."""
    if _POSSESSED.search(folded, 0, start):
        return _OPINION.match(folded, end) is not None
    return folded[max(0, start - 1) : start] in ("我", "咱") and _HAN_OPINION.match(folded, end) is not None

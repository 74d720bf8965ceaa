"""Lasting wishes in a message: what somebody never wants, would rather avoid, or prefers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from actions.state import EXCLUDE, State, Turn
from recommender.language.aversion import AVOID, NEVER
from recommender.language.residue import residue
from recommender.serving.index import WHAT
from recommender.types import Preference, PreferenceKind

_LASTING = re.compile(
    r"\b(?:always|ever|usually|generally|normally|remember|keep in mind|prefer|like|love|"
    r"favou?rite|into|my|i'm|i am|from now)\b"
    r"|一直|总是|永远|通常|平时|一般|记住|记得|以后|偏爱|喜欢|最爱|只穿|只看|习惯|我是|我的|体质"
)


_FOR_GOOD = re.compile(r"\b(?:no|not)\b[^.!?;]*\bever\b|n't\b[^.!?;]*\bever\b|\bnever\b|永远|从[来不]|再也不|绝不")
_PAUSE = re.compile("[,.;!，。；！]")


def is_lasting(text: str) -> bool:
    """Whether a message speaks of what holds beyond this search."""
    lower = text.lower()
    return any(pattern.search(lower) for pattern in (NEVER, AVOID, _LASTING))


def asks_too(turn: Turn) -> bool:
    """Whether a kind of thing is asked for before it is said what is never wanted: "a black dress, no pink ever"."""
    kinds = [e for e in turn.entities if e["entity"] == WHAT and "role" not in e]
    never = [e for e in turn.entities if e.get("role") == EXCLUDE and e["entity"] != WHAT]
    return bool(kinds and never) and any(_PAUSE.search(turn.text, k["end"], n["start"]) for k in kinds for n in never)


def wishes_in(turn: Turn, state: State, at: datetime) -> list[Preference]:
    """The lasting wishes of `turn`: about each value that it names, else about what it says in words."""
    return list(_wishes(turn, state, at))


def bans_in(turn: Turn, state: State, at: datetime) -> list[Preference]:
    """What a wish for now rules out for good: "a dress, no pink ever"."""
    if turn.clicked or not _FOR_GOOD.search(turn.text.lower()):
        return []
    return [
        Preference("never", state.person, state.session, at, wish.attribute, value, _said(turn))
        for wish in turn.wishes
        if wish.exclude and wish.attribute != WHAT
        for value in wish.values
    ]


def _wishes(turn: Turn, state: State, at: datetime) -> Iterator[Preference]:
    text = turn.text.lower()
    # "I never wear wool sweaters" is about wool.
    for wish in [wish for wish in turn.wishes if wish.attribute != WHAT] or turn.wishes:
        kind = _kind(text, excluded=wish.exclude)
        for value in wish.values:
            yield Preference(kind, state.person, state.session, at, wish.attribute, value, _said(turn))
    if not turn.wishes and not turn.clicked:
        spans = [(int(e["start"]), int(e["end"])) for e in turn.entities if e["end"]]
        words = AVOID.sub(" ", NEVER.sub(" ", residue(turn.text, spans))).strip()
        if words:
            kind = _kind(text, excluded=False)
            # Words cannot be held against an item with certainty: they only make it sink.
            yield Preference("avoid" if kind == "never" else kind, state.person, state.session, at, text=words)


def _kind(text: str, *, excluded: bool) -> PreferenceKind:
    if NEVER.search(text):
        return "never"
    if AVOID.search(text):
        return "avoid"
    return "never" if excluded else "prefer"


def _said(turn: Turn) -> str:
    return "" if turn.clicked else turn.text

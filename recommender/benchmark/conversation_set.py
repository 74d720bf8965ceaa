"""A set of recommending conversations, read: who asked what, what answered, and what had been named before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from recommender.conversations.dialogue import Answered
from recommender.conversations.words import key_of, without_article
from recommender.language.typos import common_words
from recommender.types import Item

YEAR = re.compile(r"\s*\((\d{4})\)\s*$")
"""The year at the end of a title."""


@dataclass(frozen=True)
class EvaluatedTurn:
    """A turn, and which of its items the dialogue had named before."""

    turn: Answered
    repeated: frozenset[str]


@dataclass(frozen=True)
class ConversationSet:
    """One data set, read: `train` shares no dialogue with `evaluated`.

    `dropped` train turns shared one. `links` maps items to ids elsewhere, by the name of the field ("imdb_id").
    `unknown` gold titles are not in the catalogue and count as missed. `notes` say how the catalogue was made.
    """

    name: str
    part: str
    items: tuple[Item, ...]
    train: tuple[Answered, ...]
    evaluated: tuple[EvaluatedTurn, ...]
    dropped: int
    unknown: int
    links: Mapping[str, Mapping[str, str]]
    notes: tuple[str, ...] = ()


def stands_in(title: str, turns: Iterable[str]) -> bool:
    """Whether a turn names `title`, with or without its article and year, in any case.

    A single ordinary word ("It", "Joker") has to be written as in the title.
    """
    bare = YEAR.sub("", title)
    key = without_article(key_of(bare))
    telling = len(key) > 1 or any(word not in common_words() and len(word) > 4 for word in key)
    exact = re.compile(rf"(?<!\w){re.escape(bare)}(?!\w)")
    return any((telling and _contains(key_of(text), key)) or exact.search(text) for text in turns)


def _contains(words: Sequence[str], key: Sequence[str]) -> bool:
    return any(tuple(words[i : i + len(key)]) == tuple(key) for i in range(len(words) - len(key) + 1))


def dated(item: Item) -> str:
    """Title and year, by which a film is the same in another set."""
    title = YEAR.sub("", item.title("en")).lower()
    return f"{title} ({item.attributes.get('year', ('',))[0]})"

"""What a model makes of a message, kept only as far as the message itself bears it out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from recommender.language.tokens import HAN_PATTERN, fold, tokenize
from recommender.language.vocabulary import Mention, Vocabulary

INTENTS = (
    "ask_recommendation", "show_more", "more_like_item", "go_back", "refine", "reset", "skip", "ask_why", "ask_why_not",
    "ask_details", "compare_items", "like_item", "dislike_item", "purchase_item", "remember", "forget", "ask_service",
    "hand_over", "greet", "goodbye", "thanks", "affirm", "deny", "bot_challenge", "help", "chitchat", "insult",
)  # fmt: skip
"""What a model may take a message for; out_of_scope is where the message already is."""

ALIKE = 0.8  # of the letters of a word: "crimsn" is crimson, "cotton" is no "button"
MEANT = 0.6  # centred cosine from which two words mean much the same
_MOST = 12  # entities: nobody says more in a message
_OBJECT = re.compile(r"\{.*\}", re.DOTALL)
_DENIES = re.compile(r"\b(?:no|not|never|without|except|hate|avoid|but|non)\b|n't\b|不|没|别|无|非|除|讨厌|免")

Similar = Callable[[str, str], float]


@dataclass(frozen=True)
class Entity:
    """A canonical value of an attribute, with `exclude` one that is ruled out."""

    attribute: str
    value: str
    exclude: bool = False


@dataclass(frozen=True)
class Guess:
    """An intent of `INTENTS` and the values that the message names."""

    intent: str
    entities: tuple[Entity, ...] = ()


def read_guess(answer: str, message: str, vocabulary: Vocabulary, similar: Similar | None = None) -> Guess | None:
    """The guess in a model's `answer` about `message`; None when it is no JSON of ours or names no known intent.

    An entity is dropped unless attribute and value are the catalogue's and the message has a word like one of the
    value's, in letters (one slip in five) or, given `similar`, in meaning. Whether a value is ruled out is read from
    the message where it says so itself.
    """
    found = _OBJECT.search(answer)
    if not found:
        return None
    try:
        data = json.loads(found.group())
    except (ValueError, RecursionError):
        return None
    intent = data.get("intent")
    if not isinstance(intent, str) or intent not in INTENTS:
        return None
    listed = data.get("entities", [])
    if not isinstance(listed, list):
        return None
    kept = dict.fromkeys(_entities(listed[:_MOST], message, vocabulary, similar))
    return Guess(intent, tuple(kept))


def _entities(listed: list[Any], message: str, vocabulary: Vocabulary, similar: Similar | None) -> Iterator[Entity]:
    said = {(mention.attribute, mention.value): mention for mention in vocabulary.find(message)}
    for entry in listed:
        if not isinstance(entry, Mapping):
            continue
        attribute, value = entry.get("attribute"), entry.get("value")
        if not isinstance(attribute, str) or value not in vocabulary.values(attribute):
            continue
        mention = said.get((attribute, value))
        if mention or supports(message, attribute, value, vocabulary, similar):
            yield Entity(attribute, value, _excluded(entry.get("exclude"), mention, message))


def _excluded(guessed: object, mention: Mention | None, message: str) -> bool:
    if mention:
        return mention.exclude
    return guessed is True and _DENIES.search(fold(message)) is not None


def supports(message: str, attribute: str, value: str, vocabulary: Vocabulary, similar: Similar | None = None) -> bool:
    """Whether some word of `message` is like a word for the value."""
    words = [word for word, name, meant in vocabulary.meanings() if (name, meant) == (attribute, value)]
    pieces = _pieces(fold(message))
    return any(_alike(word, piece, similar) for word in words for piece in pieces)


def _pieces(folded: str) -> list[str]:
    """Words of a message, and neighbours joined: "t shirt", "真 丝"."""
    words = [token.text for token in tokenize(folded)]
    pairs = ("".join(pair) if HAN_PATTERN.search(pair[0]) else " ".join(pair) for pair in pairwise(words))
    return [*words, *pairs]


def _alike(word: str, piece: str, similar: Similar | None) -> bool:
    if word == piece:
        return True
    # Two characters of Chinese that share one are no slip: 真皮, 真丝.
    shortest = 3 if HAN_PATTERN.search(word) else 4
    if min(len(word), len(piece)) >= shortest and SequenceMatcher(None, word, piece).ratio() >= ALIKE:
        return True
    return similar is not None and len(piece) > 1 and similar(word, piece) >= MEANT

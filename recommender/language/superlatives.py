"""Which of what was shown: "the cheapest", "最长的那个"; and which number is asked for: "how heavy is it", "有多重"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from recommender.language.tokens import fold
from recommender.language.vocabulary import Vocabulary
from recommender.types import Direction

PRICE = "price"

_PRICE: tuple[tuple[Direction, str], ...] = (
    (
        "less",
        r"\b(?:the )?(?:cheapest|least expensive|most affordable|lowest[- ]priced?)\b|\bcheaper one\b"
        r"|最便宜|最实惠|最低价|价格最低|(?<!更)便宜的?那|那[个件条双款部本]便宜",
    ),
    (
        "more",
        r"\b(?:the )?(?:most expensive|dearest|priciest|costliest|highest[- ]priced?)\b"
        r"|\b(?:more expensive|dearer|pricier) one\b|最贵|价格最高|贵的?那|那[个件条双款部本]贵",
    ),
)
_ONE = re.compile(r" one$|那")
_NEXT_ONE = re.compile(r"\s*one\b|的?[那这]")
_SOFT = re.compile(r"^更|(?:一点儿?|一些|些|点)的?$|的$")
_DIRECTIONS: tuple[Direction, ...] = ("more", "less")


@dataclass(frozen=True)
class Superlative:
    """The most (`more`) or least of a number, "price" among them, at [start:end].

    "The cheapest" may ask for the cheapest of all; "the cheapest one" and "the cheaper one" tell shown things apart
    (`apart`).
    """

    attribute: str
    direction: Direction
    start: int
    end: int
    apart: bool = False


def find_superlatives(text: str, vocabulary: Vocabulary) -> list[Superlative]:
    """The superlatives of `text`, in order.

    Those of a number follow from its words for more and less: from "longer" comes "longest", from 更长 最长.
    """
    folded = fold(text)
    found = [
        Superlative(attribute, direction, *match.span(), apart=_tells_apart(folded, match))
        for attribute, direction, pattern in _patterns(vocabulary)
        for match in pattern.finditer(folded)
    ]
    return sorted(found, key=lambda each: (each.start, each.end))


def numbers_asked(text: str, vocabulary: Vocabulary) -> list[str]:
    """Numeric attributes whose amount `text` asks for by an adjective: "how heavy", "多长"."""
    folded = fold(text)
    return [attribute for attribute, pattern in _questions(vocabulary) if pattern.search(folded)]


@lru_cache(maxsize=8)
def _patterns(vocabulary: Vocabulary) -> list[tuple[str, Direction, re.Pattern[str]]]:
    found = [(PRICE, direction, re.compile(pattern)) for direction, pattern in _PRICE]
    for attribute in vocabulary.numbers:
        for direction in _DIRECTIONS:
            words = vocabulary.change_words(attribute, direction)
            forms = [rf"\b{re.escape(form)}\b" for word in words.get("en", ()) for form in _english(fold(word).strip())]
            forms += [re.escape(f"最{root}") for word in words.get("zh", ()) if (root := _root(fold(word).strip()))]
            if forms:
                found.append((attribute, direction, re.compile("|".join(forms))))
    return found


@lru_cache(maxsize=8)
def _questions(vocabulary: Vocabulary) -> list[tuple[str, re.Pattern[str]]]:
    found = []
    for attribute in vocabulary.numbers:
        forms: list[str] = []
        for direction in _DIRECTIONS:
            words = vocabulary.change_words(attribute, direction)
            for word in words.get("en", ()):
                forms += [rf"\bhow {re.escape(plain)}\b" for plain in _positive(fold(word).strip())]
            for word in words.get("zh", ()):
                root = _root(fold(word).strip())
                forms += [re.escape(f"多{root}")] if root else []
        if forms:
            found.append((attribute, re.compile("|".join(forms))))
    return found


def _tells_apart(folded: str, match: re.Match[str]) -> bool:
    return bool(_ONE.search(match.group()) or _NEXT_ONE.match(folded, match.end()))


def _english(word: str) -> Iterator[str]:
    """Superlatives of a comparative."""
    if word.startswith("more "):
        yield "most " + word[5:]
    elif word.startswith("less "):
        yield "least " + word[5:]
    elif word.endswith("er") and " " not in word:
        yield word[:-2] + "est"


def _positive(word: str) -> Iterator[str]:
    """Adjectives that a comparative may come from: heavier → heavy, bigger → big, larger → large."""
    if word.startswith(("more ", "less ")):
        yield word[5:]
    elif word.endswith("ier"):
        yield word[:-3] + "y"
    elif word.endswith("er") and " " not in word:
        yield word[:-2]
        yield word[:-1]
        if len(word) > 4 and word[-3] == word[-4]:
            yield word[:-3]


def _root(word: str) -> str:
    """更长, 长一点, 长些的 → 长."""
    return _SOFT.sub("", _SOFT.sub("", word))

"""Patterns → example sentences with the values, numbers and names of one catalogue."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from recommender.botbuild.patterns import GAP, Pattern, Patterns
from recommender.language.display import format_price
from recommender.language.forms import inflections
from recommender.language.vocabulary import Vocabulary
from recommender.types import Language

CATEGORY = "category"
T = TypeVar("T")
ROUNDS = 2
"""Sentences made of each pattern, with other values; nothing is gained by more, as values are masked in training."""

_PRICES = (20.0, 50.0, 100.0, 200.0, 500.0, 1000.0)
_NAMELESS = {"en": ("something", "things"), "zh": ("东西", "东西")}


@dataclass
class Deck(Generic[T]):
    """Cards dealt in a random order, all of them before any comes again."""

    cards: Sequence[T]
    chance: random.Random
    _left: list[T] = field(default_factory=list)

    def draw(self) -> T:
        """The next card."""
        if not self._left:
            self._left = self.chance.sample(list(self.cards), len(self.cards))
        return self._left.pop()


class Filler:
    """Fills gaps evenly: attributes take turns, and each attribute's values do."""

    def __init__(self, vocabulary: Vocabulary, patterns: Patterns, language: Language, seed: int) -> None:
        self._vocabulary = vocabulary
        self._language = language
        self._chance = random.Random(f"{seed} {language}")  # noqa: S311 (nothing secret)
        valued = [name for name in vocabulary.attributes if name != CATEGORY and vocabulary.values(name)]
        numbers = [name for name in vocabulary.numbers if vocabulary.range(name)]
        self._choices = self._deck(valued)
        self._numbers = self._deck(numbers)
        self._categories = self._deck(vocabulary.values(CATEGORY))
        self._values = {name: self._deck(vocabulary.values(name)) for name in valued}
        self._prices = self._deck(_PRICES if vocabulary.currency else ())
        self._phrases = {kind: self._deck(by.get(language, ())) for kind, by in patterns.limits.items()}

    def _deck(self, cards: Sequence[T]) -> Deck[T]:
        return Deck(cards, self._chance)

    def fill(self, pattern: Pattern) -> str | None:
        """`pattern` with its gaps filled; None where this shop has nothing for one of them."""
        words = dict(self._words(pattern.gaps))
        if any(not words.get(gap) for gap in pattern.gaps):
            return None
        return GAP.sub(lambda match: words[match[1]], pattern.text)

    def _words(self, gaps: frozenset[str]) -> Iterator[tuple[str, str]]:
        one, many = self._thing()
        yield from (("thing", one), ("things", many), ("a.thing", self._with_article(one)))
        if any(gap.endswith("category") for gap in gaps):
            category = self._label(CATEGORY, self._categories.draw()) if self._categories.cards else one
            yield from (("category", category), ("a.category", self._with_article(category)))
        if any(gap.startswith("choice") for gap in gaps) and self._choices.cards:
            yield from self._choice(gaps)
        if any(gap.startswith("number") for gap in gaps) and self._numbers.cards:
            yield from self._number()
        if "price.limit" in gaps and self._prices.cards:
            yield "price.limit", self._price_limit()

    def _thing(self) -> tuple[str, str]:
        words = self._vocabulary.things(self._language)
        if not words:
            return _NAMELESS[self._language]
        return words[0], next(iter(inflections(words[0])), words[0])

    def _with_article(self, noun: str) -> str:
        if self._language == "zh" or noun == _NAMELESS["en"][0]:
            return noun
        if noun.endswith("s") and not noun.endswith("ss"):
            return f"some {noun}"
        return f"{'an' if noun[0].lower() in 'aeiou' else 'a'} {noun}"

    def _label(self, attribute: str, value: str) -> str:
        return self._vocabulary.label(attribute, value, self._language)

    def _choice(self, gaps: frozenset[str]) -> Iterator[tuple[str, str]]:
        attribute = self._choices.draw()
        value = self._values[attribute].draw()
        yield "choice", self._label(attribute, value)
        yield "choice.name", self._vocabulary.attribute_label(attribute, self._language)
        if "choice.other" in gaps and len(self._values[attribute].cards) > 1:
            other = next(v for v in iter(self._values[attribute].draw, None) if v != value)
            yield "choice.other", self._label(attribute, other)
        if "choice2" in gaps and len(self._choices.cards) > 1:
            second = next(a for a in iter(self._choices.draw, None) if a != attribute)
            yield "choice2", self._label(second, self._values[second].draw())

    def _number(self) -> Iterator[tuple[str, str]]:
        attribute = self._numbers.draw()
        name = self._vocabulary.attribute_label(attribute, self._language)
        low, high = self._pair(attribute)
        yield "number.name", name
        yield "number.more", self._vocabulary.change_label(attribute, "more", self._language)
        yield "number.less", self._vocabulary.change_label(attribute, "less", self._language)
        yield "number.value", self._format(attribute, high)
        kind = "year.limit" if self._vocabulary.is_year(attribute) else "number.limit"
        phrase = self._phrases[kind].draw()
        decade = f"{high // 10 * 10:.0f}"
        said = phrase.format(n=self._format(attribute, high), m=self._format(attribute, low), d=decade)
        bare = not self._vocabulary.unit(attribute, self._language) and not self._vocabulary.is_year(attribute)
        gap = " " if self._language == "en" else ""
        yield "number.limit", f"{name}{gap}{said}" if bare else said

    def _pair(self, attribute: str) -> tuple[float, float]:
        """Two numbers as people say them, from between the least and the greatest in the catalogue."""
        low, high = self._vocabulary.range(attribute) or (0.0, 0.0)
        whole = self._vocabulary.is_year(attribute)
        first, second = (_rounded(low + (high - low) * self._chance.uniform(*part), whole) for part in _PARTS)
        return first, second

    def _format(self, attribute: str, value: float) -> str:
        said = self._vocabulary.format_number(attribute, value, self._language).replace(",", "")
        return said.replace(" ", "") if self._language == "zh" else said

    def _price_limit(self) -> str:
        high = self._prices.draw()
        currency = self._vocabulary.currency or ""
        said = [_price(value, currency, self._language) for value in (high / 2, high)]
        return self._phrases["price.limit"].draw().format(m=said[0], n=said[1])


_PARTS = ((0.1, 0.35), (0.4, 0.8))


def _rounded(value: float, whole: bool) -> float:
    """Two figures of `value`, which is what people say; a year as it is."""
    if whole or not value:
        return float(round(value))
    digits = 1 - math.floor(math.log10(abs(value)))
    return round(value, digits)


def _price(value: float, currency: str, language: Language) -> str:
    if currency == "CNY":
        return f"{value:.0f}元" if language == "zh" else f"{value:.0f} yuan"
    return format_price(value, currency)

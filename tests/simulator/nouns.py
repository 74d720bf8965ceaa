"""Wishes as noun phrases and as attributes: "red wool dress under 500", "500以内的红色连衣裙", "in red, size M"."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from recommender.serving.index import PRICE
from recommender.types import Constraint, Language, Range
from tests.simulator.numerals import in_words, money, plain
from tests.simulator.parts import Part, excludes
from tests.simulator.phrasebook import Phrasebook, phrasebook
from tests.simulator.shop import CATEGORY, Shop

SYNONYM = 0.35
OTHER: dict[Language, Language] = {"en": "zh", "zh": "en"}
ONLY_LABELS = frozenset({"audience"})  # "for my girlfriend" needs another sentence than "for women"


@dataclass
class Nouns:
    """Words for parts in one language; with `switched`, the first value said is named in the other one."""

    shop: Shop
    language: Language
    rng: random.Random
    switched: bool = False
    book: Phrasebook = field(init=False)

    def __post_init__(self) -> None:
        self.book = phrasebook(self.language)

    def phrase(self, parts: Sequence[Part]) -> str:
        """A noun phrase with a head: the category asked for, else the shop's word for its things."""
        kinds = [p for p in parts if p.attribute == CATEGORY and not excludes(p)]
        head = self.value(kinds[0]) if kinds else self._thing()
        before, after = [], []
        for part in (p for p in parts if p not in kinds):
            frame, words = self._frame(part)
            place = self.rng.choice([name for name in ("before", "after") if name in frame])
            (before if place == "before" else after).append(frame[place].format(v=words, label=self._label(part)))
        return self._english(before, head, after) if self.language == "en" else self._chinese(before, head, after)

    def attributes(self, parts: Sequence[Part]) -> str:
        """Parts without a head: "red, under 500", "红色的、500以内"."""
        said = []
        for part in parts:
            frame, words = self._frame(part)
            priced = isinstance(part, Range) and part.attribute == PRICE
            said.append(words if priced else frame["alone"].format(v=words, label=self._label(part)))
        return self.book.joins["and"].join(said)

    def value(self, part: Part) -> str:
        """The bare words of one part: "red or burgundy", "under 500"."""
        if isinstance(part, Range):
            return self._limit(part)
        return self.book.joins["or"].join(self._word(part.attribute, value) for value in part.values)

    def _frame(self, part: Part) -> tuple[dict[str, str], str]:
        frames, words = self.book.frames, self.value(part)
        if excludes(part):
            return dict(frames["exclude"]), words
        if isinstance(part, Range):
            spaced = {"zh": {"before": "{v}的", "after": "，{v}"}, "en": {"after": "{v}"}}[self.language]
            return (spaced if part.attribute == PRICE else dict(frames["number"])), words
        return dict(frames.get(part.attribute, frames["other"])), words

    def _word(self, attribute: str, value: str) -> str:
        language = OTHER[self.language] if self.switched else self.language
        self.switched = False
        words = self.shop.words(attribute, value, language)
        loose = attribute in ONLY_LABELS or len(words) == 1 or self.rng.random() > SYNONYM
        return words[0] if loose else self.rng.choice(words[1:])

    def _limit(self, part: Range) -> str:
        limit = part.limit
        low, high = limit.minimum, limit.maximum
        kind = "between" if None not in (low, high) else "less" if high is not None else "more"
        forms = self.book.year if self.shop.vocabulary.is_year(part.attribute) else self.book.number
        if kind != "between":
            return self.rng.choice(forms[kind]).format(n=self._amount(part.attribute, low if high is None else high))
        spoken = self.rng.random() < 0.2  # "fifty-two hundred" would be one number: words want words between them
        variants = [form for form in forms[kind] if not spoken or not set(form) & set("-~—")]
        first, second = (in_words(v, self.language) if spoken else plain(v) for v in (low, high) if v is not None)
        unit = "" if part.attribute == PRICE else self._unit(part.attribute)
        return self.rng.choice(variants).format(n=first, m=second + unit)

    def _amount(self, attribute: str, amount: float | None) -> str:
        if attribute == PRICE:
            return money(amount or 0.0, self.shop.currency, self.language, self.rng)
        return plain(amount or 0.0) + ("" if self.shop.vocabulary.is_year(attribute) else self._unit(attribute))

    def _unit(self, attribute: str) -> str:
        unit = self.shop.vocabulary.unit(attribute, self.language)
        return f" {unit}" if unit.isascii() and unit.isalpha() else unit

    def _label(self, part: Constraint | Range) -> str:
        return self.shop.vocabulary.attribute_label(part.attribute, self.language)

    def _thing(self) -> str:
        things = self.shop.vocabulary.things(self.language)
        return things[0] if things else {"en": "something", "zh": "东西"}[self.language]

    def _english(self, before: list[str], head: str, after: list[str]) -> str:
        self.rng.shuffle(before)
        after.sort(key=lambda words: words.startswith("but not"))
        return " ".join([*before, head, *after])

    def _chinese(self, before: list[str], head: str, after: list[str]) -> str:
        self.rng.shuffle(before)
        if len(before) > 1 and self.rng.random() < 0.5:  # 红色羊毛的大衣 rather than 红色的羊毛的大衣
            before = [words.removesuffix("的") for words in before[:-1]] + before[-1:]
        return "".join([*before, head, *after])


def with_article(phrase: str) -> str:
    """An English noun phrase with its article: "an olive coat", "some jeans", "something in red"."""
    first = phrase.split()[0].lower()
    head = phrase.split(" for ")[0].split(" in ")[0].split(" by ")[0].split(" under ")[0].split()[-1].lower()
    if first == "something" or head == "something":
        return phrase
    if head.endswith("s") and not head.endswith("ss"):
        return f"some {phrase}"
    return f"{'an' if first[0] in 'aeiou' else 'a'} {phrase}"

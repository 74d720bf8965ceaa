"""Acts → words: a sentence by hand, filled with the catalogue's words, and sometimes a slip or a foreign word."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from recommender.serving.index import PRICE
from recommender.types import Language
from tests.simulator.acts import Act
from tests.simulator.nouns import Nouns, with_article
from tests.simulator.numerals import han
from tests.simulator.parts import Part
from tests.simulator.phrasebook import Phrasebook, phrasebook
from tests.simulator.shop import Shop
from tests.simulator.slips import slip

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
SUFFIXES = {1: "st", 2: "nd", 3: "rd"}
PRICE_LABEL: dict[Language, str] = {"en": "price", "zh": "价格"}


@dataclass
class Speech:
    """How one person speaks. `slips` and `switches` are the shares of messages with a typing slip, with a word of the
    other language.
    """

    shop: Shop
    language: Language
    rng: random.Random
    slips: float = 0.1
    switches: float = 0.1
    book: Phrasebook = field(init=False)

    def __post_init__(self) -> None:
        self.book = phrasebook(self.language)

    def utter(self, act: Act) -> str:
        """The message for `act`; what a button sends where it is a click."""
        if act.payload:
            return act.payload
        text = self._fill(self.rng.choice(self.book.acts[act.name]), act)
        return slip(text, self.rng, self.shop.misleads) if self.rng.random() < self.slips else text

    def _fill(self, sentence: str, act: Act) -> str:
        nouns = Nouns(self.shop, self.language, self.rng, switched=self.rng.random() < self.switches)
        values = {"label": self._label(act.attribute), "why": self.rng.choice(self.book.reasons)}
        values |= {"nth": self.place(act.position), "mth": self.place(act.other)}
        if act.parts:
            values |= self._parts(sentence, nouns, act.parts)
        return sentence.format(**values)

    def _parts(self, sentence: str, nouns: Nouns, parts: tuple[Part, ...]) -> dict[str, str]:
        if "{a}" in sentence:
            phrase = nouns.phrase(parts)
            return {"a": with_article(phrase)}
        if "{np}" in sentence:
            return {"np": nouns.phrase(parts)}
        if "{p}" in sentence:
            return {"p": nouns.attributes(parts)}
        return {"v": nouns.book.joins["and"].join(nouns.value(part) for part in parts)}

    def _label(self, attribute: str | None) -> str:
        if attribute is None or attribute == PRICE:
            return PRICE_LABEL[self.language]
        return self.shop.vocabulary.attribute_label(attribute, self.language)

    def place(self, position: int | None) -> str:
        """A place in the list: "the second one", "#2", "第二个"; nothing named: the whole list."""
        if position is None or position > len(ORDINALS):
            return {"en": "these", "zh": "这些"}[self.language] if position is None else f"#{position}"
        form = self.rng.choice(self.book.position)
        ordinal = f"{position}{SUFFIXES.get(position, 'th')}"
        # 第二, not 第两: an ordinal is counted, not measured.
        counted = "二" if position == 2 else han(position)
        return form.format(word=ORDINALS[position - 1], n=position, ordinal=ordinal, han=counted)

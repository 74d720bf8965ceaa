"""What a simulated person and the judge know of a shop: its items, its words, and which items meet a wish."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from recommender.api import Recommender
from recommender.language.tokens import fold
from recommender.language.typos import common_words, one_apart
from recommender.language.vocabulary import Vocabulary
from recommender.serving.filters import within
from recommender.serving.index import INCLUDES, PRICE, CatalogueIndex, Mask
from recommender.types import Item
from tests.simulator.parts import Part, Range

CATEGORY = "category"
Pair = tuple[str, str]


@dataclass(frozen=True)
class Shop:
    """A catalogue with the words for it."""

    index: CatalogueIndex
    vocabulary: Vocabulary
    currency: str

    @classmethod
    def of(cls, recommender: Recommender) -> Shop:
        """The shop that `recommender` serves."""
        return cls(recommender.live.snapshot().index, recommender.vocabulary, recommender.currency)

    def item(self, item_id: str) -> Item:
        """The item of an id."""
        return self.index.items[self.index.rows[item_id]]

    def meets(self, part: Part) -> Mask:
        """(n,) which items meet `part`, by the index's rules: what is unisex suits women and men."""
        if isinstance(part, Range):
            return within(self.index.number(part.attribute), part.limit)
        mask = self.index.mask(part.attribute, part.values)
        return ~mask if part.exclude else mask

    def fitting(self, parts: Iterable[Part]) -> Mask:
        """(n,) which items are in stock and meet all `parts`."""
        mask = self.index.in_stock.copy()
        for part in parts:
            mask &= self.meets(part)
        return mask

    def breaks(self, item_id: str, part: Part) -> bool:
        """Whether an item does not meet `part`; one that the catalogue does not have meets nothing."""
        row = self.index.rows.get(item_id)
        return row is None or not self.meets(part)[row]

    @cached_property
    def choices(self) -> tuple[str, ...]:
        """Attributes with values to choose from, in the vocabulary's order."""
        seen = {attribute for attribute, _ in self.index.postings}
        return tuple(a for a in self.vocabulary.attributes if a in seen and self.vocabulary.values(a))

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """Numbers that at least a third of the items have, the price among them."""
        named = (PRICE, *(n for n in self.vocabulary.attributes if n in self.index.numbers))
        return tuple(n for n in named if np.isfinite(self.index.number(n)).mean() > 1 / 3)

    def values(self, item: Item, attribute: str) -> tuple[str, ...]:
        """Values of `item` that a person would ask for: women's or men's rather than unisex."""
        found = [v for value in item.attributes.get(attribute, ()) for v in INCLUDES.get((attribute, value), (value,))]
        return tuple(dict.fromkeys(found))

    def words(self, attribute: str, value: str, language: str) -> tuple[str, ...]:
        """Words for a value that mean it and nothing else, the label first; only the label where all are loose.

        "Shoes" stands for boots too, "denim jacket" speaks of a material: who says them wants something else.
        """
        label = self.vocabulary.label(attribute, value, language)
        declared = self._declared.get((attribute, value), {}).get(language, ())
        fair = tuple(word for word in declared if self._plain(word, (attribute, value)))
        return fair if fair and label in fair else (label, *fair)

    @cached_property
    def _meanings(self) -> dict[str, set[Pair]]:
        found: dict[str, set[Pair]] = {}
        for word, attribute, value in self.vocabulary.meanings():
            found.setdefault(word, set()).add((attribute, value))
        return found

    @cached_property
    def _declared(self) -> dict[Pair, dict[str, tuple[str, ...]]]:
        """Words by value and language; Chinese ones are those with a Chinese character."""
        found: dict[Pair, dict[str, list[str]]] = {}
        for word, pairs in self._meanings.items():
            language = "zh" if any("\u4e00" <= c <= "\u9fff" for c in word) else "en"
            for pair in pairs:
                found.setdefault(pair, {}).setdefault(language, []).append(word)
        return {pair: {k: tuple(v) for k, v in by.items()} for pair, by in found.items()}

    def _plain(self, word: str, pair: Pair) -> bool:
        folded = fold(word).strip()
        if self._meanings.get(folded) != {pair} or len(folded) < 2 or folded.isdigit():  # "M", "130" alone say little
            return False
        pieces: Sequence[str] = _pieces(folded)
        return all(self._meanings.get(piece, {pair}) <= {pair} for piece in pieces if piece != folded)

    def misleads(self, word: str) -> bool:
        """Whether a mistyped `word` is another word, or could be two values of the catalogue ("sirt": shirt, skirt)."""
        folded = fold(word).strip()
        meant = {frozenset(pairs) for known, pairs in self._meanings.items() if one_apart(folded, known)}
        return self.known(word) or len(meant) > 1

    def known(self, word: str) -> bool:
        """Whether `word` is one already, of the vocabulary in either number or of everyday English."""
        folded = fold(word).strip()
        if folded in common_words():
            return True
        return bool({folded, folded + "s", folded.removesuffix("s")} & self._meanings.keys())


def _pieces(word: str) -> list[str]:
    """Parts of a word that could be words themselves: runs of whole English words, any run of Chinese characters."""
    if any("\u4e00" <= c <= "\u9fff" for c in word):
        return [word[i:j] for i in range(len(word)) for j in range(i + 1, len(word) + 1)]
    split = word.replace("-", " ").split()
    return [" ".join(split[i:j]) for i in range(len(split)) for j in range(i + 1, len(split) + 1)]

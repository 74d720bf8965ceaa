"""Examples of what one can say, made of what the catalogue really has."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10
from zlib import crc32

from actions.names import Names
from recommender.serving.explain import describe_source
from recommender.serving.index import PRICE
from recommender.types import Change, Item

POPULAR = 12  # an example names one of so many


@dataclass(frozen=True)
class Examples:
    """Examples in the language of `names`; which ones follows from `seed`."""

    names: Names
    seed: str = ""

    def wish(self) -> str:
        """Something to ask for: "red dress under ¥500"."""
        item = self._item()
        what = self._what(item)
        if item.price is None:
            return what
        return self.names.fixed("example_price", what=what, price=self.names.amount(PRICE, _above(item.price)))

    def change(self) -> str:
        """A change to ask for: "cheaper", "longer"."""
        numbers = self.names.vocabulary.numbers
        attribute = PRICE if self._item().price is not None or not numbers else numbers[0]
        return self.names.change(Change(attribute, "less"))

    def value(self) -> str:
        """A value that somebody may not want: "silk"."""
        described = describe_source(self._item())
        return self.names.value(*described[0]) if described else self.names.thing

    def _item(self) -> Item:
        popular = self.names.recommender.popular(POPULAR)
        return popular[crc32(self.seed.encode()) % len(popular)]

    def _what(self, item: Item) -> str:
        words = [self.names.value(attribute, value) for attribute, value in describe_source(item)]
        return ("" if self.names.language == "zh" else " ").join(words) or item.title(self.names.language)


def _above(price: float) -> float:
    """A round number above `price`, as people say it: 419 → 500."""
    if price <= 0:
        return 1.0
    unit = 10.0 ** floor(log10(price))
    return ceil(price / unit + 1e-9) * unit

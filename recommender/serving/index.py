"""A catalogue as arrays: what filters, ranking and reasons look things up in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.types import Item

Mask = NDArray[np.bool_]

# What suits everybody suits women and men: who asks for a women's coat also wants to see the unisex ones.
INCLUDES = {("audience", "unisex"): ("women", "men")}


@dataclass(frozen=True)
class CatalogueIndex:
    """n items in catalogue order: rows by id, prices (n,), in_stock (n,), and a mask (n,) per attribute value."""

    items: tuple[Item, ...]
    rows: Mapping[str, int]
    prices: NDArray[np.float64]
    in_stock: Mask
    masks: Mapping[tuple[str, str], Mask]
    newest: str

    @classmethod
    def build(cls, items: Sequence[Item]) -> CatalogueIndex:
        """Indexes `items`."""
        masks: dict[tuple[str, str], Mask] = {}
        for row, item in enumerate(items):
            for attribute, values in item.attributes.items():
                for value in values:
                    for known in (value, *INCLUDES.get((attribute, value), ())):
                        masks.setdefault((attribute, known), np.zeros(len(items), dtype=bool))[row] = True
        return cls(
            items=tuple(items),
            rows={item.id: row for row, item in enumerate(items)},
            prices=np.array([item.price for item in items], dtype=np.float64),
            in_stock=np.array([item.stock is None or item.stock > 0 for item in items], dtype=bool),
            masks=masks,
            newest=max((item.added.isoformat() for item in items if item.added), default=""),
        )

    def __len__(self) -> int:
        return len(self.items)

    def mask(self, attribute: str, values: Sequence[str]) -> Mask:
        """(n,) items that have one of `values`; all False for values that the catalogue does not have."""
        found = np.zeros(len(self), dtype=bool)
        for value in values:
            mask = self.masks.get((attribute, value))
            if mask is not None:
                found |= mask
        return found

    def rows_of(self, ids: Sequence[str]) -> list[int]:
        """Rows of those `ids` that the catalogue still has, in the given order."""
        return [self.rows[i] for i in ids if i in self.rows]

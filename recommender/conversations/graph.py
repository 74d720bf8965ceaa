"""A catalogue as a graph of items and the values that they share: cast, brand, genre or material."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.types import Item

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class AttributeGraph:
    """n items and v values of k attributes.

    attributes: names, the most telling first; values: (attribute number, value) of each column;
    has: (n, v) float32 CSR, 1 where an item has the value; of: (v, n) its transpose.
    """

    attributes: tuple[str, ...]
    values: tuple[tuple[int, str], ...]
    has: sp.csr_matrix

    @classmethod
    def build(cls, items: Sequence[Item]) -> AttributeGraph:
        """The graph of all attributes of `items`; one that only a single value fills tells nothing and is left out.

        Values that differ in case alone are one.
        """
        seen: dict[str, Counter[str]] = {}
        for item in items:
            for attribute, found in item.attributes.items():
                seen.setdefault(attribute, Counter()).update({value.casefold() for value in found})
        telling = sorted((a for a, c in seen.items() if len(c) > 1), key=lambda a: (-seen[a].total(), a))
        number = {attribute: index for index, attribute in enumerate(telling)}
        columns: dict[tuple[int, str], int] = {}
        written: list[str] = []
        rows, places = [], []
        for row, item in enumerate(items):
            for attribute, found in item.attributes.items():
                names = {value.casefold(): value for value in reversed(found)} if attribute in number else {}
                for key, value in sorted(names.items()):
                    rows.append(row)
                    places.append(columns.setdefault((number[attribute], key), len(columns)))
                    written += [value] * (len(columns) - len(written))
        ones = np.ones(len(rows), dtype=np.float32)
        has = sp.csr_matrix((ones, (rows, places)), shape=(len(items), len(columns)))
        values = tuple((attribute, value) for (attribute, _), value in zip(columns, written, strict=True))
        return cls(tuple(telling), values, has)

    @cached_property
    def of(self) -> sp.csr_matrix:
        """(v, n) which items have a value."""
        return sp.csr_matrix(self.has.T)

    @cached_property
    def attribute(self) -> NDArray[np.intp]:
        """(v,) number of each value's attribute."""
        return np.array([attribute for attribute, _ in self.values], dtype=np.intp)

    @cached_property
    def degree(self) -> Floats:
        """(v,) items that have each value."""
        degree: Floats = np.diff(self.of.indptr).astype(np.float32)
        return degree

    def items_with(self, value: int) -> NDArray[np.int32]:
        """Rows of the items that have the value in this column."""
        rows: NDArray[np.int32] = self.of.indices[self.of.indptr[value] : self.of.indptr[value + 1]]
        return rows

    def values_of(self, item: int) -> NDArray[np.int32]:
        """Columns of the values of the item in this row."""
        columns: NDArray[np.int32] = self.has.indices[self.has.indptr[item] : self.has.indptr[item + 1]]
        return columns

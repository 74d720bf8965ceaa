"""Rows of any source → a catalogue; whatever is mended or left out stands in the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from recommender.catalogue.faults import Fault, errors
from recommender.catalogue.importing.draft import Draft
from recommender.catalogue.importing.ledger import Ledger
from recommender.catalogue.importing.mending import Mender
from recommender.catalogue.items import Catalogue
from recommender.catalogue.rows import RowReader
from recommender.catalogue.schema import Columns, read_columns
from recommender.catalogue.tables import Row
from recommender.types import Item

DISPENSABLE = frozenset({"image", "url", "stock", "added", "currency"})
"""Columns without which an item is still worth keeping: a faulty cell is emptied."""

UNPRICED = Fault(
    None,
    "price",
    "no column holds it; items have no price",
    "name it with --column price=NAME, if there is one",
    "warning",
)


@dataclass(slots=True)
class _Builder:
    columns: Columns
    currency: str
    ledger: Ledger
    first: dict[str, int]  # the row of each id

    def take(self, row: Row) -> Item | None:
        item, faults = self._read(row)
        wrong = errors(faults)
        if wrong and all(fault.column in DISPENSABLE for fault in wrong):
            for fault in wrong:
                remedy = f"{fault.remedy} (the cell was left out)"
                self.ledger.mend(replace(fault, remedy=remedy, severity="warning"))
            emptied = dict.fromkeys((fault.column or "" for fault in wrong), "")
            item, faults = self._read(Row(row.number, {**row.cells, **emptied}))
        elif wrong:
            self.ledger.drop(wrong[0])
            return None
        if item.id in self.first:
            problem, remedy = f"“{item.id}” is already the id of row {self.first[item.id]}", "the first row was kept"
            self.ledger.drop(Fault(row.number, "id", problem, remedy))
            return None
        self.first[item.id] = row.number
        for fault in faults:
            if fault.column != "price":  # an empty price was noted when it was mended
                self.ledger.mend(fault)
        self.ledger.kept += 1
        return item

    def _read(self, row: Row) -> tuple[Item, list[Fault]]:
        reader = RowReader(row, self.columns, [])
        return reader.item(self.currency), reader.faults


def build_catalogue(draft: Draft, ledger: Ledger, currency: str, guess: bool = True) -> Catalogue:
    """Every row of `draft` that makes an item; of equal ids the first.

    Args:
        draft: what a reader found; its header has id and a title.
        ledger: counts rows, and is told of everything that was mended or left out.
        currency: of prices that name none.
        guess: whether a missing category is taken from the title; without it, it is "other".
    """
    money = ("currency",) if "price" in draft.header else ()
    header = tuple(dict.fromkeys((*draft.header, "category", *money)))
    columns, faults = read_columns(header)
    for fault in faults:
        ledger.note(fault)
    mender = Mender(frozenset(draft.header), columns, ledger, guess)
    if "price" not in draft.header:
        ledger.note(UNPRICED)
    builder = _Builder(columns, currency, ledger, {})
    items = tuple(_items(draft, mender, builder))
    names = (attribute for _, attribute in columns.attributes)
    used = {attribute for item in items for attribute in item.attributes}
    return Catalogue(items, tuple(name for name in names if name in used))


def _items(draft: Draft, mender: Mender, builder: _Builder) -> Iterator[Item]:
    for row in draft.rows:
        builder.ledger.read += 1
        mended = mender.mend(row)
        if mended is not None and (item := builder.take(mended)) is not None:
            yield item

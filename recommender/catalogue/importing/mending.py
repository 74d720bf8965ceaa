"""One row's cells made readable, each change counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from recommender.catalogue.faults import Fault
from recommender.catalogue.importing.categories import OTHER, guess_category
from recommender.catalogue.importing.cells import ABSENT, plain, read_audience, read_colour, read_price
from recommender.catalogue.importing.ledger import Ledger
from recommender.catalogue.schema import SEPARATOR, TEXT, Columns, canonical
from recommender.catalogue.tables import Cell, Row

_ADDRESS = re.compile(r"https?://[^\s\"',;|\[\]]+")


@dataclass(frozen=True)
class Mender:
    """Mends rows of one table; `present` are the columns that the source itself has.

    Without `guess`, an unknown category is "other" whatever the title says.
    """

    present: frozenset[str]
    columns: Columns
    ledger: Ledger
    guess: bool = True

    def mend(self, row: Row) -> Row | None:
        """The row with readable cells; None where it cannot be kept, which the ledger then knows."""
        cells = {column: self._text(row, column, cell) for column, cell in row.cells.items()}
        cells |= {
            column: self._values(row, column, cells[column]) for column, _ in self.columns.attributes if column in cells
        }
        priced = self._price(row, cells)
        if priced is None:
            return None
        cells |= priced | self._picture(row, cells)
        if not _filled(cells.get("category", "")):
            cells["category"] = self._category(row, cells)
        return Row(row.number, cells)

    def _text(self, row: Row, column: str, cell: Cell) -> Cell:
        parts = (cell,) if isinstance(cell, str) else cell
        cleaned = tuple(plain(part) for part in parts)
        if any(new != " ".join(old.split(" ")).strip() for new, old in zip(cleaned, parts, strict=True)):
            visible = any(new != " ".join(old.split()) for new, old in zip(cleaned, parts, strict=True))
            problem = "HTML or characters that nobody sees" if visible else "line breaks or several spaces"
            self._mended(row, column, problem, "they were taken out")
        return cleaned[0] if isinstance(cell, str) else cleaned

    def _values(self, row: Row, column: str, cell: Cell) -> Cell:
        """An attribute's cell: what means nothing is left out, audiences and colours get the catalogue's words."""
        if column == "category":
            return "" if isinstance(cell, str) and cell.lower() in ABSENT else cell
        parts = cell.split(SEPARATOR) if isinstance(cell, str) else list(cell)
        filled = [part for part in parts if canonical(part) not in ABSENT]
        if not filled:
            if any(part.strip() for part in parts):
                self._mended(row, column, f"“{SEPARATOR.join(parts)}” says nothing", "the cell was left out")
            return ""
        if column == "audience":
            return self._renamed(row, column, filled, [word for part in filled for word in read_audience(part)])
        if column == "colour":
            several = [word for part in filled for word in part.replace("/", SEPARATOR).split(SEPARATOR)]
            return self._renamed(row, column, filled, [read_colour(word) for word in several if word.strip()])
        return cell if len(filled) == len(parts) else SEPARATOR.join(filled)

    def _renamed(self, row: Row, column: str, before: Sequence[str], after: Sequence[str]) -> str:
        if [canonical(part) for part in before] == list(after):
            return SEPARATOR.join(before)  # only capitals differ, which the catalogue's own reader says
        joined = SEPARATOR.join(dict.fromkeys(after))
        self._mended(row, column, f"“{SEPARATOR.join(before)}” in other words", f"“{joined}” was written")
        return joined

    def _price(self, row: Row, cells: dict[str, Cell]) -> dict[str, Cell] | None:
        written = Row(row.number, cells).text("price")
        if written.lower() in ABSENT:
            if "price" in self.present:
                self._mended(row, "price", "empty", "the item has no price: it is not shown to who names a limit")
            return {"price": ""} if "price" in self.present else {}
        found = read_price(written)
        if found is None:
            self.ledger.drop(Fault(row.number, "price", f"“{written}” is not a price", "write digits only, e.g. 399"))
            return None
        digits, currency = found
        if digits != written:
            self._mended(row, "price", f"“{written}” is not digits only", f"{digits} was written")
        named = _filled(cells.get("currency", ""))
        return {"price": digits} if named or not currency else {"price": digits, "currency": currency}

    def _picture(self, row: Row, cells: dict[str, Cell]) -> dict[str, Cell]:
        """The first of several addresses, as shops write them: one after the other, or as a list in brackets."""
        written = Row(row.number, cells).text("image")
        addresses = _ADDRESS.findall(written)
        if not addresses or addresses == [written]:
            return {}
        self._mended(row, "image", f"“{written}” is not one address", f"{addresses[0]} was written")
        return {"image": addresses[0]}

    def _category(self, row: Row, cells: dict[str, Cell]) -> str:
        if not self.guess:
            return OTHER
        whole = Row(row.number, cells)
        titles = [whole.text(column) for column in cells if (m := TEXT.fullmatch(column)) and m[1] == "title"]
        guessed = guess_category(" ".join(titles[:1]), whole.text("brand"))
        problem = "empty" if "category" in self.present else "no column holds it"
        self._mended(row, "category", f"{problem}; the title says “{guessed}”", "it was written")
        return guessed

    def _mended(self, row: Row, column: str, problem: str, remedy: str) -> None:
        self.ledger.mend(Fault(row.number, column, problem, remedy, "warning"))


def _filled(cell: Cell) -> bool:
    return bool(cell.strip() if isinstance(cell, str) else any(part.strip() for part in cell))

"""One row of a table → an Item, with every fault of its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from recommender.catalogue.faults import Fault
from recommender.catalogue.schema import SEPARATOR, Columns, canonical
from recommender.catalogue.shop_schema import NO_SCHEMA, ShopSchema
from recommender.catalogue.tables import Row
from recommender.types import AttributeKind, Item

PICTURE_ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg", ".avif")
LONGEST_ID = 100
LARGEST_PRICE = 1e9

NUMBER = re.compile(r"[+-]?\d+(\.\d*)?([eE][+-]?\d+)?|[+-]?\.\d+")
"""A number as programs write it."""

_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})([T ]\d{1,2}:\d{2}.*)?")  # Chinese Excel saves 2026/3/1
_CURRENCY = re.compile(r"[A-Z]{3}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_OTHER_SEPARATORS = re.compile(r"\s*[,;，；、]\s*")


@dataclass(slots=True)
class RowReader:
    """Reads the cells of one row and keeps what is wrong with them in `faults`; `schema` tells numbers from words."""

    row: Row
    columns: Columns
    faults: list[Fault]
    schema: ShopSchema = NO_SCHEMA
    _kinds: dict[str, AttributeKind] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._kinds = {attribute.column: attribute.kind for attribute in self.schema.attributes.values()}

    def fault(self, column: str, problem: str, remedy: str, *, warning: bool = False) -> None:
        """Note a fault of this row."""
        self.faults.append(Fault(self.row.number, column, problem, remedy, "warning" if warning else "error"))

    def item(self, currency: str) -> Item:
        """The row as an item. Where a cell is faulty the value is a stand-in: use the item only without errors."""
        return Item(
            id=self._id(),
            titles=self._texts("title"),
            descriptions=self._descriptions(),
            attributes=dict(self._attributes()),
            price=self._price(),
            currency=self._currency(currency),
            stock=self._stock(),
            image=self._image(),
            url=self._url(),
            added=self._added(),
            numbers=dict(self._numbers()),
        )

    def _id(self) -> str:
        text = self.row.text("id")
        if not text:
            self.fault("id", "empty", "give every item an id of its own")
        elif len(text) > LONGEST_ID or not text.isprintable():
            self.fault("id", f"{text[:20]!r}… cannot be an id", f"use at most {LONGEST_ID} printable characters")
        return text

    def _texts(self, field: str) -> dict[str, str]:
        texts: dict[str, str] = {}
        named = sorted(self.columns.texts, key=lambda c: not c[2])  # a plain column fills what named ones leave
        for column, kind, language in named:
            text = self.row.text(column)
            if kind == field and text:
                texts.setdefault(language or ("zh" if _HAN.search(text) else "en"), text)
        if field == "title" and not texts and (titles := [c for c, kind, _ in named if kind == field]):
            self.fault(titles[0], "the item has no title", "write one, in one language at least")
        return texts

    def _descriptions(self) -> dict[str, str]:
        """The descriptions, and after them what columns of text say."""
        texts = self._texts("description")
        for column, _ in self.columns.attributes:
            if self._kinds.get(column) == "text" and (text := self.row.text(column)):
                language = "zh" if _HAN.search(text) else "en"
                if text not in texts.get(language, ""):  # a catalogue that was written with it
                    texts[language] = f"{texts[language]} {text}" if language in texts else text
        return texts

    def _numbers(self) -> Iterator[tuple[str, float]]:
        for column, attribute in self.columns.attributes:
            if self._kinds.get(column) == "number" and (text := self.row.text(column)):
                number = self._number(column, text)
                if number is not None and abs(number) > LARGEST_PRICE:
                    self.fault(column, f"{text} is out of all reason", f"write a number up to {LARGEST_PRICE:.0f}")
                elif number is not None:
                    yield attribute, number

    def _attributes(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for column, attribute in self.columns.attributes:
            if self._kinds.get(column) in ("number", "text"):
                continue
            cell = self.row.cells.get(column, "")
            parts = chain.from_iterable(part.split(SEPARATOR) for part in ((cell,) if isinstance(cell, str) else cell))
            written = [part for part in parts if part.strip()]
            values = tuple(dict.fromkeys(canonical(part) for part in written))
            self._check_values(column, written, values)
            if values:
                yield attribute, values
            elif attribute == "category" and not self.schema.things:
                self.fault(column, "empty", "write what kind of thing it is, e.g. dress")

    def _check_values(self, column: str, written: list[str], values: tuple[str, ...]) -> None:
        if any(raw != canonical(raw) for raw in written):
            remedy = f"write “{SEPARATOR.join(values)}”: small letters, no spaces around (it is read so)"
            self.fault(column, f"“{SEPARATOR.join(written)}” is not in canonical form", remedy, warning=True)
        for value in values:
            if not value.isprintable():
                self.fault(column, f"{value!r} has characters that nobody can type", "remove them")
            elif len(several := [part for part in _OTHER_SEPARATORS.split(value) if part]) > 1:
                remedy = f"if it is several values, write “{SEPARATOR.join(several)}”"
                self.fault(column, f"“{value}” was read as one value", remedy, warning=True)

    def _number(self, column: str, text: str) -> float | None:
        if NUMBER.fullmatch(text):
            return float(text)
        digits = re.sub(r"[^\d.,-]", "", text)
        guess = re.sub(r",(?=\d{3}(\D|$))", "", digits).replace(",", ".")
        example = guess if NUMBER.fullmatch(guess) else "399"
        self.fault(column, f"“{text}” is not a number", f"write digits only, e.g. {example}")
        return None

    def _price(self) -> float | None:
        if "price" not in self.columns.plain:
            return None
        text = self.row.text("price")
        if not text:
            remedy = "write what the item costs, e.g. 399; without it the item is not shown to who names a limit"
            self.fault("price", "empty", remedy, warning=True)
            return None
        price = self._number("price", text)
        if price is None:
            return None
        if not 0 <= price <= LARGEST_PRICE:
            self.fault("price", f"{text} cannot be a price", f"write a number from 0 to {LARGEST_PRICE:.0f}")
        elif price == 0:
            self.fault("price", "the item costs nothing", "write its price, unless it really is free", warning=True)
        return price

    def _currency(self, default: str) -> str:
        text = self.row.text("currency").upper()
        if text and not _CURRENCY.fullmatch(text):
            self.fault(
                "currency", f"“{text}” is not a currency", f"write three letters as ISO 4217 does, e.g. {default}"
            )
        return text or default

    def _stock(self) -> int | None:
        text = self.row.text("stock")
        stock = self._number("stock", text) if text else None
        if stock is None:
            return None
        if stock < 0:
            self.fault("stock", f"{text} is negative", "write 0 for sold out, nothing where stock is not counted")
        elif stock > LARGEST_PRICE or not stock.is_integer():
            self.fault("stock", f"{text} is not a count", "write a whole number")
            return None
        return int(stock)

    def _image(self) -> str | None:
        text = self.row.text("image")
        if not text:
            return None
        path = text.partition("?")[0].lower()
        if not text.startswith(("/", "http://", "https://")) or "\\" in text:
            remedy = "write a web address, or /media/NAME.png for a file in the media folder"
            self.fault("image", f"“{text}” is not an address", remedy)
        elif not path.endswith(PICTURE_ENDINGS):
            remedy = f"pictures usually end in {', '.join(PICTURE_ENDINGS)}"
            self.fault("image", f"“{text}” does not look like a picture", remedy, warning=True)
        return text

    def _url(self) -> str | None:
        text = self.row.text("url")
        if text and not text.startswith(("/", "http://", "https://")):
            self.fault("url", f"“{text}” is not an address", "write it whole, with https:// in front")
        return text or None

    def _added(self) -> date | None:
        text = self.row.text("added")
        if not text:
            return None
        try:
            match = _DAY.fullmatch(text)
            return date(int(match[1]), int(match[2]), int(match[3])) if match else date.fromisoformat(text)
        except ValueError:
            self.fault("added", f"“{text}” is not a day", "write year-month-day, e.g. 2026-03-01")
            return None

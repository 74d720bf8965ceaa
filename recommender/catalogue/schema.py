"""The columns of a catalogue: which have a meaning of their own; every other column is an attribute of items.

`shop_schema` says what kind of attribute; data/README.md describes the format for people.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from recommender.catalogue.faults import Fault
from recommender.catalogue.shop_schema import NO_SCHEMA, ShopSchema

SEPARATOR = "|"
"""Between the values of a cell that has several."""

REQUIRED = ("id", "category")
PLAIN = ("id", "price", "currency", "stock", "image", "url", "added")
"""Columns that are fields of Item rather than texts or attributes."""

TEXT = re.compile(r"(title|description)(?:_([a-z]{2}))?")
"""title and description in one language, or title_en, description_zh and so on."""

RENAMED = {"sizes": "size"}
"""Columns whose attribute has another name."""

TAKEN = frozenset({"price_change", "reference", "drop", "another", "range", "change", "language", "item_id", "intent"})
"""What the dialogue understands besides attributes; a column of this name would be confused with it."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table's columns go: texts as (column, field, language or ""), attributes as (column, attribute)."""

    plain: tuple[str, ...]
    texts: tuple[tuple[str, str, str], ...]
    attributes: tuple[tuple[str, str], ...]


def column_name(written: str) -> str:
    """A column's name as Parley knows it: "Heel Height " is heel_height."""
    return re.sub(r"[\s\-]+", "_", written.strip().lower())


def canonical(value: str) -> str:
    """An attribute value in canonical form: lower-case, trimmed, single spaces."""
    return " ".join(value.split()).lower()


def read_columns(header: Sequence[str], schema: ShopSchema = NO_SCHEMA) -> tuple[Columns, tuple[Fault, ...]]:
    """Sort a table's column names (already through `column_name`) and find what is wrong with them.

    Args:
        header: names in the file's order; empty names are ignored here.
        schema: what is declared of them; a shop that says what it sells needs no category.

    Returns:
        The columns, and faults that concern the header.
    """
    names = [name for name in header if name]
    texts = tuple((n, m[1], m[2] or "") for n in names if (m := TEXT.fullmatch(n)))
    taken_up = {*PLAIN, *(column for column, _, _ in texts)}
    named = RENAMED | {attribute.column: attribute.name for attribute in schema.attributes.values()}
    attributes = tuple((n, named.get(n, n)) for n in dict.fromkeys(names) if n not in taken_up)
    columns = Columns(tuple(n for n in PLAIN if n in names), texts, attributes)
    return columns, (*_missing(names, columns, schema), *_repeated(names), *_unusable(columns))


def _missing(names: Sequence[str], columns: Columns, schema: ShopSchema) -> list[Fault]:
    absent = [name for name in REQUIRED if name not in names and not (name == "category" and schema.things)]
    if not any(field == "title" for _, field, _ in columns.texts):
        absent.append("title")
    faults = [Fault(None, name, "this column is missing", _how_to_add(name, names)) for name in absent]
    if "price" not in names and (alike := _alike("price", names)):
        problem = f"no column of this name; items have no price, but there is a column {alike}"
        faults.append(Fault(None, "price", problem, _how_to_add("price", names), "warning"))
    for attribute in schema.attributes.values():
        if attribute.column not in names:
            problem = f"the schema declares {attribute.name}, but this column is missing"
            faults.append(Fault(None, attribute.column, problem, "add it, or take it out of the schema", "warning"))
    return faults


_OFTEN_CALLED = {
    "id": ("item_id", "sku", "product_id", "asin", "code"),
    "title": ("name", "product_name", "titel", "标题", "名称"),
    "category": ("type", "kind", "product_type", "品类", "类别"),
    "price": ("cost", "amount", "price_cny", "价格"),
}


def _alike(name: str, names: Sequence[str]) -> str | None:
    alike = [other for other in _OFTEN_CALLED[name] if other in names] or get_close_matches(name, names, 1, 0.75)
    return alike[0] if alike else None


def _how_to_add(name: str, names: Sequence[str]) -> str:
    if alike := _alike(name, names):
        return f"rename the column {alike} to {name}, if that is what it holds"
    if name == "category":
        return "add a column category, or write in schema.yaml what is sold, e.g. things: {en: [film], zh: [电影]}"
    wanted = "title, or title_en and title_zh" if name == "title" else name
    return f"add a column {wanted}"


def _repeated(names: Sequence[str]) -> list[Fault]:
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    faults = [Fault(None, name, "this column stands there more than once", "keep one of them") for name in twice]
    if "size" in names and "sizes" in names:
        faults.append(Fault(None, "sizes", "both size and sizes are columns and mean the same", "keep one of them"))
    return faults


def _unusable(columns: Columns) -> list[Fault]:
    faults = []
    for column, attribute in columns.attributes:
        if attribute in TAKEN:
            faults.append(Fault(None, column, "Parley uses this word itself", f"rename it, e.g. to item_{column}"))
        elif not attribute.isidentifier():
            remedy = "name it with letters, digits and _ only, and a letter first, e.g. heel_height"
            faults.append(Fault(None, column, "an attribute cannot have this name", remedy))
    return faults

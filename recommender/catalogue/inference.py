"""What a catalogue's columns are where the schema does not say: guessed from their cells, and from their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from recommender.catalogue.rows import NUMBER
from recommender.catalogue.schema import SEPARATOR, Columns, canonical
from recommender.catalogue.schema_file import known
from recommender.catalogue.shop_schema import NO_WORDS, Attribute, ShopSchema, Words
from recommender.catalogue.tables import Row
from recommender.types import AttributeKind

MANY = 12
"""From so many different numbers on, people ask for limits and not for one of them."""

FEW = 30
"""Up to so many different values, one can be asked for."""

KIND = "category"
"""What is asked for however many there are: nothing says more of what is wanted."""

_LONG = 60  # characters of a text, on average; a Chinese one says about twice as much with as many
_HAN = range(0x3400, 0xA000)


def complete(declared: ShopSchema, columns: Columns, rows: Sequence[Row]) -> ShopSchema:
    """`declared` with every attribute of `columns`: undeclared ones follow in the file's order, with guessed kinds.

    What is declared but has no column is left out. Well-known numbers get their units and words for more and less where
    the schema has none, and `things` those for a category that all items share.
    """
    named = {attribute.column: attribute for attribute in declared.attributes.values()}
    guessed = {
        attribute: _guess(attribute, column, [row.cells.get(column, "") for row in rows])
        for column, attribute in columns.attributes
        if column not in named
    }
    every = {**declared.attributes, **guessed}
    held = {column for column, _ in columns.attributes}
    attributes = {name: _with_known_units(attribute) for name, attribute in every.items() if attribute.column in held}
    return replace(declared, attributes=attributes, things=declared.things or _things(columns, rows))


def _guess(name: str, column: str, cells: Iterable[str | tuple[str, ...]]) -> Attribute:
    filled = [
        [part.strip() for part in (cell.split(SEPARATOR) if isinstance(cell, str) else cell) if part.strip()]
        for cell in cells
    ]
    filled = [parts for parts in filled if parts]
    distinct = {canonical(part) for parts in filled for part in parts}
    kind = _kind(filled, distinct)
    words = not all(NUMBER.fullmatch(value) for value in distinct)  # nobody chooses by a count of pictures
    ask = kind in ("choice", "tags") and len(distinct) > 1 and (name == KIND or (words and len(distinct) <= FEW))
    return Attribute(name, kind, column, ask=ask, declared=False)


def _kind(filled: Sequence[Sequence[str]], distinct: set[str]) -> AttributeKind:
    if any(len(parts) > 1 for parts in filled):
        return "tags"
    singles = [parts[0] for parts in filled]
    if len(distinct) >= MANY and all(NUMBER.fullmatch(single) for single in singles):
        return "number"
    if singles and 2 * len(distinct) > len(singles) and sum(map(_length, singles)) > _LONG * len(singles):
        return "text"
    return "choice"


def _length(text: str) -> int:
    return sum(2 if ord(letter) in _HAN else 1 for letter in text)


def _with_known_units(attribute: Attribute) -> Attribute:
    found = known().schema.attributes.get(attribute.name)
    if found is None or attribute.kind != "number" or found.kind != "number":
        return attribute
    bare = not attribute.units and not attribute.calendar
    return replace(
        attribute,
        units=found.units if bare else attribute.units,
        calendar=found.calendar if bare else attribute.calendar,
        more=attribute.more or found.more,
        less=attribute.less or found.less,
    )


def _things(columns: Columns, rows: Sequence[Row]) -> Words:
    column: Mapping[str, str] = {attribute: column for column, attribute in columns.attributes}
    if "category" not in column:
        return NO_WORDS
    kinds = {canonical(row.text(column["category"])) for row in rows} - {""}
    return known().things.get(next(iter(kinds)), NO_WORDS) if len(kinds) == 1 else NO_WORDS

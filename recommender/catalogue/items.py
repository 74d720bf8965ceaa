"""The catalogue: read and checked once at the door, then an immutable collection of items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from recommender.catalogue.faults import Fault, errors, grouped, in_order
from recommender.catalogue.inference import complete
from recommender.catalogue.rows import RowReader
from recommender.catalogue.schema import read_columns
from recommender.catalogue.schema_file import read_schema, schema_beside
from recommender.catalogue.shop_schema import NO_SCHEMA, Attribute, ShopSchema
from recommender.catalogue.tables import read_table
from recommender.errors import CatalogueError, UnknownItemError
from recommender.types import Item

SHOWN_FAULTS = 5


@dataclass(frozen=True)
class Catalogue:
    """All items in the file's order.

    `index` maps an id to its position in `items`; `attributes` names those whose values people choose from, in the
    order of the schema or the columns; `schema` says more of them, and which `numbers` there are.
    """

    items: tuple[Item, ...]
    attributes: tuple[str, ...]
    schema: ShopSchema = NO_SCHEMA
    index: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.schema.attributes:
            plain = {name: Attribute(name, "tags", name, ask=True, declared=False) for name in self.attributes}
            object.__setattr__(self, "schema", ShopSchema(plain))
        places = {item.id: position for position, item in enumerate(self.items)}
        object.__setattr__(self, "index", MappingProxyType(places))

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __contains__(self, item_id: object) -> bool:
        return item_id in self.index

    def __getitem__(self, item_id: str) -> Item:
        """The item of this id.

        Raises:
            UnknownItemError: the catalogue has no such item.
        """
        try:
            return self.items[self.index[item_id]]
        except KeyError:
            raise UnknownItemError(f"The catalogue has no item “{item_id}”.") from None

    @property
    def numbers(self) -> tuple[str, ...]:
        """Names of the numeric attributes, the price not among them."""
        return self.schema.of_kind("number")

    @property
    def currency(self) -> str | None:
        """The currency of most prices; None where no item has a price."""
        usual = Counter(item.currency for item in self.items if item.price is not None).most_common(1)
        return usual[0][0] if usual else None

    def values(self, attribute: str) -> Mapping[str, int]:
        """Every value of `attribute` with the number of items that have it, most frequent first."""
        counts = Counter(value for item in self.items for value in item.attributes.get(attribute, ()))
        return dict(counts.most_common())


def load_catalogue(path: Path, currency: str = "CNY", schema: Path | None = None) -> Catalogue:
    """Read a catalogue from CSV, JSONL or Parquet; data/README.md describes the format.

    Args:
        path: the file; its ending names the format.
        currency: of items whose row has none, where the schema names none either.
        schema: what its attributes are; None takes schema.yaml beside it, if there. What it does not say is guessed.

    Raises:
        CatalogueError: a file cannot be read or has errors; the text holds the first and how to see all.
    """
    catalogue, faults = read_catalogue(path, currency, schema)
    wrong = errors(faults)
    if not wrong:
        return catalogue
    first = "\n".join(f"  {fault}" for fault in wrong[:SHOWN_FAULTS])
    noun = "error" if len(wrong) == 1 else "errors"
    raise CatalogueError(
        f"The catalogue {path.name} has {len(wrong)} {noun}:\n{first}\nSee all with: parley catalogue check {path}"
    )


def read_catalogue(
    path: Path, currency: str = "CNY", schema: Path | None = None
) -> tuple[Catalogue, tuple[Fault, ...]]:
    """What can be read of a catalogue, and everything that is wrong with it.

    The catalogue is to be used only where no fault is an error.

    Raises:
        CatalogueError: the schema cannot be used; the text says why.
    """
    table = read_table(path)
    if not table.header:
        return Catalogue((), ()), table.faults
    schema = schema or schema_beside(path)
    declared = read_schema(schema) if schema else NO_SCHEMA
    columns, faults = read_columns(table.header, declared)
    shop = complete(declared, columns, table.rows)
    missing = {fault.column for fault in faults}
    found = [*table.faults, *faults]
    items: list[Item] = []
    for row in table.rows:
        reader = RowReader(row, columns, [], shop)
        items.append(reader.item(declared.currency or currency))
        found += [fault for fault in reader.faults if fault.column not in missing]
    found += _repeated_ids(items, [row.number for row in table.rows])
    found += _other_currencies(items, [row.number for row in table.rows])
    if not items and not errors(found):
        found.append(Fault(None, None, "there are no items", "write one row per item below the header"))
    return Catalogue(tuple(items), shop.of_kind("choice", "tags"), shop), in_order(grouped(found))


def _repeated_ids(items: list[Item], numbers: list[int]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for item, number in zip(items, numbers, strict=True):
        before = first.setdefault(item.id, number) if item.id else number
        if before != number:
            remedy = "give every item an id of its own, or delete one row"
            yield Fault(number, "id", f"“{item.id}” is already the id of row {before}", remedy)


def _other_currencies(items: list[Item], numbers: list[int]) -> Iterator[Fault]:
    usual = Counter(item.currency for item in items if item.price is not None).most_common(1)
    for item, number in zip(items, numbers, strict=True):
        if item.price is not None and item.currency != usual[0][0]:
            remedy = f"give its price in {usual[0][0]}: price limits compare numbers and convert nothing"
            yield Fault(
                number, "currency", f"{item.currency} where most prices are in {usual[0][0]}", remedy, "warning"
            )

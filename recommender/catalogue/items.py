"""The catalogue: read and checked once at the door, then an immutable collection of items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from recommender.catalogue.faults import Fault, errors, grouped, in_order
from recommender.catalogue.rows import RowReader
from recommender.catalogue.schema import read_columns
from recommender.catalogue.tables import read_table
from recommender.errors import CatalogueError, UnknownItemError
from recommender.types import Item

SHOWN_FAULTS = 5


@dataclass(frozen=True)
class Catalogue:
    """All items in the file's order.

    `index` maps an id to its position in `items`; `attributes` names every attribute in the order of the columns.
    """

    items: tuple[Item, ...]
    attributes: tuple[str, ...]
    index: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
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

    def values(self, attribute: str) -> Mapping[str, int]:
        """Every value of `attribute` with the number of items that have it, most frequent first."""
        counts = Counter(value for item in self.items for value in item.attributes.get(attribute, ()))
        return dict(counts.most_common())


def load_catalogue(path: Path, currency: str = "CNY") -> Catalogue:
    """Read a catalogue from CSV, JSONL or Parquet; data/README.md describes the format.

    Args:
        path: the file; its ending names the format.
        currency: of items whose row has none.

    Raises:
        CatalogueError: the file cannot be read or has errors; the text holds the first and how to see all.
    """
    catalogue, faults = read_catalogue(path, currency)
    wrong = errors(faults)
    if not wrong:
        return catalogue
    first = "\n".join(f"  {fault}" for fault in wrong[:SHOWN_FAULTS])
    noun = "error" if len(wrong) == 1 else "errors"
    raise CatalogueError(
        f"The catalogue {path.name} has {len(wrong)} {noun}:\n{first}\nSee all with: parley catalogue check {path}"
    )


def read_catalogue(path: Path, currency: str = "CNY") -> tuple[Catalogue, tuple[Fault, ...]]:
    """What can be read of a catalogue, and everything that is wrong with it.

    The catalogue is to be used only where no fault is an error.
    """
    table = read_table(path)
    if not table.header:
        return Catalogue((), ()), table.faults
    columns, faults = read_columns(table.header)
    missing = {fault.column for fault in faults}
    found = [*table.faults, *faults]
    items: list[Item] = []
    for row in table.rows:
        reader = RowReader(row, columns, [])
        items.append(reader.item(currency))
        found += [fault for fault in reader.faults if fault.column not in missing]
    found += _repeated_ids(items, [row.number for row in table.rows])
    found += _other_currencies(items, [row.number for row in table.rows])
    if not items and not errors(found):
        found.append(Fault(None, None, "there are no items", "write one row per item below the header"))
    return Catalogue(tuple(items), tuple(attribute for _, attribute in columns.attributes)), in_order(grouped(found))


def _repeated_ids(items: list[Item], numbers: list[int]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for item, number in zip(items, numbers, strict=True):
        before = first.setdefault(item.id, number) if item.id else number
        if before != number:
            remedy = "give every item an id of its own, or delete one row"
            yield Fault(number, "id", f"“{item.id}” is already the id of row {before}", remedy)


def _other_currencies(items: list[Item], numbers: list[int]) -> Iterator[Fault]:
    usual = Counter(item.currency for item in items).most_common(1)
    for item, number in zip(items, numbers, strict=True):
        if item.currency != usual[0][0]:
            remedy = f"give its price in {usual[0][0]}: price limits compare numbers and convert nothing"
            yield Fault(
                number, "currency", f"{item.currency} where most prices are in {usual[0][0]}", remedy, "warning"
            )

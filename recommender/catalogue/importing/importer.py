"""A recognised source → its catalogue and the tally of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from recommender.catalogue.importing import amazon, films
from recommender.catalogue.importing.build import build_catalogue
from recommender.catalogue.importing.columns import ColumnMap, choose_columns, rename
from recommender.catalogue.importing.draft import Draft
from recommender.catalogue.importing.ledger import LISTED, Ledger, Tally
from recommender.catalogue.importing.sources import FORMATS, Source
from recommender.catalogue.items import Catalogue
from recommender.catalogue.tables import read_table
from recommender.errors import CatalogueError

_FIXED = {
    "movielens-100k": films.read_100k,
    "movielens-1m": films.read_1m,
    "movielens-25m": films.read_25m,
    "amazon-sequences": amazon.read_sequences,
    "amazon-reviews": amazon.read_metadata,
}


def import_catalogue(
    source: Source, currency: str, chosen: ColumnMap | None = None, guess: bool = True, listed: int = LISTED
) -> tuple[Catalogue, Tally, Mapping[str, str]]:
    """Read the items of `source`.

    Args:
        source: as `recognise` found it.
        currency: ISO 4217, of prices that name none.
        chosen: which column is what, for tables; None guesses all of it from the columns' names.
        guess: whether a missing category is taken from the title.
        listed: rows that the tally names for each reason.

    Returns:
        The catalogue; what became of every row; for tables the map that was used, column → meaning.

    Raises:
        CatalogueError: the source has no file of items, it cannot be read, or a needed column is missing.
    """
    if source.items is None:
        raise CatalogueError(
            f"There are no items beside {source.interactions}; {source.kind} is {FORMATS[source.kind]}."
        )
    ledger = Ledger(listed)
    draft, used = _draft(source, source.items, ledger, chosen or ColumnMap())
    return build_catalogue(draft, ledger, currency, guess), ledger.close(), used


def _draft(source: Source, path: Path, ledger: Ledger, chosen: ColumnMap) -> tuple[Draft, Mapping[str, str]]:
    if source.kind not in _FIXED:
        table = read_table(path)
        if not table.header:
            raise CatalogueError(f"{path} cannot be imported: {'; '.join(str(fault) for fault in table.faults)}.")
        used = choose_columns(table.header, chosen, path)
        return rename(table, used, ledger), used
    return _FIXED[source.kind](path, ledger), {}

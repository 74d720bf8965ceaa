"""`parley catalogue import` and `parley interactions import`: what they print and write."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from recommender.catalogue.importing.columns import ColumnMap
from recommender.catalogue.importing.importer import import_catalogue
from recommender.catalogue.importing.ledger import Tally
from recommender.catalogue.importing.sources import recognise
from recommender.catalogue.writing import save_catalogue
from recommender.errors import CatalogueError, FeedbackError
from recommender.learning.importing.ratings import Reading
from recommender.learning.importing.reading import import_interactions
from recommender.learning.importing.writing import write_interactions

Echo = Callable[[str], None]


def read_column_map(pairs: Sequence[str], file: Path | None, dropped: Sequence[str], only_named: bool) -> ColumnMap:
    """The map of --column MEANING=COLUMN, --columns FILE, --drop COLUMN; what was said last counts.

    Raises:
        CatalogueError: a pair has no "=", or the file is no list of `meaning: column`.
    """
    named = _columns_file(file) if file else {}
    for pair in pairs:
        meaning, sign, column = pair.partition("=")
        if not (sign and meaning.strip() and column.strip()):
            raise CatalogueError(f"--column {pair} says nothing; write --column price=Price.")
        named[meaning.strip()] = column.strip()
    return ColumnMap(named, tuple(dropped), only_named)


def _columns_file(path: Path) -> dict[str, str]:
    import yaml

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CatalogueError(f"The column map {path} cannot be read ({error}).") from error
    if not isinstance(content, dict) or not all(isinstance(column, str) for column in content.values()):
        raise CatalogueError(f"The column map {path} has to hold lines such as `price: Selling_Price`.")
    return {str(meaning): column for meaning, column in content.items()}


def catalogue_to_file(
    path: Path, target: Path, kind: str | None, chosen: ColumnMap, currency: str, force: bool, listed: int, echo: Echo
) -> None:
    """Import the items at `path` into the catalogue file `target`.

    Raises:
        CatalogueError: nothing could be kept, or `target` is there and not to be replaced.
    """
    _free(target, force)
    source = recognise(path, kind)
    echo(f"{path} is read as {source.kind}.")
    catalogue, tally, used = import_catalogue(source, currency, chosen, listed=listed)
    _tell(tally, used, echo)
    if not len(catalogue):
        raise CatalogueError(f"No item of {path} could be kept, so {target} was not written.")
    save_catalogue(catalogue, target)
    echo(f"Wrote {len(catalogue):,} items to {target}; attributes: {', '.join(catalogue.attributes)}.")


def interactions_to_file(
    path: Path,
    target: Path,
    kind: str | None,
    named: Mapping[str, str],
    reading: Reading,
    force: bool,
    listed: int,
    echo: Echo,
) -> None:
    """Import the interactions at `path` into the CSV file `target`.

    Raises:
        ParleyError: nothing could be kept, or `target` is there and not to be replaced.
    """
    _free(target, force)
    source = recognise(path, kind)
    echo(f"{path} is read as {source.kind}.")
    imported = import_interactions(source, reading, named, listed)
    _tell(imported.tally, {column: meaning for meaning, column in imported.used.items()}, echo)
    past = imported.interactions
    if not len(past):
        raise FeedbackError(f"No row of {path} could be kept, so {target} was not written.")
    write_interactions(imported, target)
    echo(
        f"Wrote {len(past):,} interactions of {len(past.persons):,} persons with {len(past.items):,} items to {target}."
    )
    if not imported.clock:
        echo("Their times are only an order: they are written as seconds after 1970-01-01, and no age can be told.")


def _free(target: Path, force: bool) -> None:
    if target.exists() and not force:
        raise CatalogueError(f"{target} is there already; name another file, or replace it with --force.")


def _tell(tally: Tally, used: Mapping[str, str], echo: Echo) -> None:
    if used:
        echo("Columns: " + ", ".join(f"{column} → {meaning}" for column, meaning in used.items()) + ".")
    for fault in tally.faults:
        echo(f"{'dropped' if fault.severity == 'error' else 'mended'}: {fault}")
    echo(str(tally))

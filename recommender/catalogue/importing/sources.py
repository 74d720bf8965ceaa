"""Which format a folder or file is in, by what is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from recommender.catalogue.importing.lines import open_text, parse_object
from recommender.errors import CatalogueError

Format = Literal[
    "parley", "movielens-100k", "movielens-1m", "movielens-25m", "amazon-sequences", "amazon-reviews", "table"
]

FORMATS: Mapping[Format, str] = {
    "parley": "a folder with catalogue.csv and interactions.csv",
    "movielens-100k": "a folder with u.item and u.data",
    "movielens-1m": "a folder with movies.dat and ratings.dat (1M, 10M)",
    "movielens-25m": "a folder with movies.csv and ratings.csv or ratings_clean.csv (20M, 25M, 32M, latest)",
    "amazon-sequences": "a folder with items.jsonl and interactions.csv",
    "amazon-reviews": "reviews and metadata as .json or .jsonl, also .gz: a folder with both, or one such file",
    "table": "a .csv, .tsv, .jsonl or .parquet file with any columns",
}

_TABLES = (".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".parquet")
_LINES = (".json", ".jsonl", ".json.gz", ".jsonl.gz")
_PEEK = 20  # lines by which a file is known


@dataclass(frozen=True)
class Source:
    """A recognised source: the file of items and that of interactions; each may be absent."""

    kind: Format
    items: Path | None
    interactions: Path | None


def recognise(path: Path, kind: str | None = None) -> Source:
    """The source at `path`, a folder or a file.

    Args:
        path: where to look; only this folder, not those within.
        kind: one of FORMATS, to be taken rather than what the files say.

    Raises:
        CatalogueError: nothing is there, or it is in no known format, or not in `kind`.
    """
    if not path.exists():
        raise CatalogueError(f"{path} is not there; check the path.")
    if kind is not None and kind not in FORMATS:
        raise CatalogueError(f"“{kind}” is no format; use one of these:\n{_known()}")
    found = [source for source in _candidates(path) if kind in (None, source.kind)]
    if found:
        return found[0]
    if kind is None:
        raise CatalogueError(f"{path} is in no format that Parley knows; these are:\n{_known()}")
    raise CatalogueError(f"{path} is not in the format {kind}, which is {FORMATS[kind]}.")  # type: ignore[index]


def _known() -> str:
    return "\n".join(f"  {name}: {meaning}" for name, meaning in FORMATS.items())


def _candidates(path: Path) -> Iterator[Source]:
    if path.is_dir():
        yield from _folders(path)
        yield from _reviews(sorted(file for file in path.iterdir() if file.name.endswith(_LINES)))
        tables = sorted(file for file in path.iterdir() if file.suffix.lower() in _TABLES)
        if len(tables) == 1:
            yield Source("table", tables[0], tables[0])
        return
    if path.name.endswith(_LINES):
        yield from _reviews([path])
    if path.suffix.lower() in _TABLES:
        yield Source("table", path, path)


def _folders(folder: Path) -> Iterator[Source]:
    named: tuple[tuple[Format, tuple[str, ...], tuple[str, ...]], ...] = (
        ("movielens-100k", ("u.item",), ("u.data",)),
        ("movielens-1m", ("movies.dat",), ("ratings.dat",)),
        ("movielens-25m", ("movies.csv",), ("ratings.csv", "ratings_clean.csv")),
        ("amazon-sequences", ("items.jsonl",), ("interactions.csv",)),
        ("parley", ("catalogue.csv", "catalogue.jsonl", "catalogue.parquet"), ("interactions.csv",)),
    )
    for kind, items, interactions in named:
        first, second = _present(folder, items), _present(folder, interactions)
        # interactions.csv alone says nothing: two formats have it
        if first or (second and second.name != "interactions.csv"):
            yield Source(kind, first, second)


def _present(folder: Path, names: tuple[str, ...]) -> Path | None:
    return next((folder / name for name in names if (folder / name).is_file()), None)


def _reviews(files: list[Path]) -> Iterator[Source]:
    """Review sets are known by the keys of their first lines."""
    kinds = {file: _lines_kind(file) for file in files}
    items = next((file for file, kind in kinds.items() if kind == "metadata"), None)
    reviews = next((file for file, kind in kinds.items() if kind == "reviews"), None)
    if items or reviews:
        yield Source("amazon-reviews", items, reviews)


def _lines_kind(path: Path) -> Literal["reviews", "metadata", "other"]:
    try:
        with open_text(path) as file:
            found = [record for line in islice(file, _PEEK) if (record := parse_object(line)) is not None]
    except (OSError, EOFError):
        return "other"
    keys = {key for record in found for key in record}
    if {"reviewerID", "asin"} <= keys or ({"user_id", "rating"} <= keys and keys & {"asin", "parent_asin"}):
        return "reviews"
    metadata = {
        "categories",
        "category",
        "main_category",
        "imUrl",
        "main_cat",
        "salesRank",
        "related",
        "store",
        "also_buy",
    }
    return "metadata" if keys & {"asin", "parent_asin"} and keys & metadata else "other"

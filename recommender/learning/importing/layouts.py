"""Which column of a file of interactions is what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from recommender.catalogue.importing.ledger import Ledger
from recommender.catalogue.importing.sources import FORMATS, Source
from recommender.catalogue.schema import column_name
from recommender.errors import FeedbackError
from recommender.learning.importing.chunks import Chunk, read_delimited, read_lines, read_parquet

NEEDED = ("person", "item")
MEANINGS = ("person", "item", "event", "rating", "timestamp", "part")

# By hand; of several columns that fit, the one that stands first here.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "person": (
        "person", "user", "user_id", "userid", "reviewerid", "reviewer_id", "customer", "customer_id", "customerid",
        "visitorid", "visitor_id", "account_id", "member_id", "uid", "session_id", "sessionid", "用户",
    ),
    "item": (
        "item", "item_id", "itemid", "movieid", "movie_id", "parent_asin", "asin", "product_id", "productid",
        "product", "sku", "article_id", "book_id", "track_id", "iid", "id", "商品",
    ),
    "event": ("event", "event_type", "eventtype", "action", "behavior", "behaviour", "behavior_type", "interaction"),
    "rating": ("rating", "overall", "stars", "score", "review_rating", "评分"),
    "timestamp": (
        "timestamp", "ts", "time", "datetime", "event_time", "unixreviewtime", "created_at", "t_dat", "date", "at",
        "时间",
    ),
    "part": ("part", "split", "subset"),
}  # fmt: skip


def choose_columns(header: Sequence[str], named: Mapping[str, str], path: Path) -> dict[str, str]:
    """Meaning → the file's column: as `named`, else by name; meanings that no column has are left out.

    Raises:
        FeedbackError: a meaning or column is unknown, or no column holds the person or the item.
    """
    known = {column_name(name): name for name in reversed(header)}
    used: dict[str, str] = {}
    for meaning, column in named.items():
        if meaning not in MEANINGS:
            raise FeedbackError(f"“{meaning}” is nothing that an interaction has; use {', '.join(MEANINGS)}.")
        if column_name(column) not in known:
            raise FeedbackError(f"{path} has no column “{column}”; its columns: {', '.join(header)}.")
        used[meaning] = known[column_name(column)]
    for meaning, ways in _NAMES.items():
        free = [known[way] for way in ways if way in known and known[way] not in used.values()]
        if meaning not in used and free:
            used[meaning] = free[0]
    for meaning in NEEDED:
        if meaning not in used:
            raise FeedbackError(
                f"{path} has no column that is known to hold the {meaning}; name it with --column {meaning}=NAME. "
                f"Its columns: {', '.join(header)}."
            )
    return used


@dataclass(frozen=True)
class Layout:
    """A file's chunks and the meanings of its columns, meaning → column."""

    chunks: Iterator[Chunk]
    used: Mapping[str, str]


def lay_out(source: Source, named: Mapping[str, str], ledger: Ledger) -> Layout:
    """How to read the interactions of `source`.

    Raises:
        FeedbackError: there are none, or a needed column is missing.
    """
    path = source.interactions
    if path is None:
        raise FeedbackError(
            f"There are no interactions beside {source.items}; {source.kind} is {FORMATS[source.kind]}."
        )
    if source.kind == "movielens-100k":
        names = ("person", "item", "rating", "timestamp")
        return Layout(read_delimited(path, "\t", names, ledger), {name: name for name in names})
    if source.kind == "movielens-1m":
        # "::" is two separators with an empty cell between them.
        wide = ("person", "_1", "item", "_2", "rating", "_3", "timestamp")
        return Layout(read_delimited(path, ":", wide, ledger), {name: name for name in wide if name[0] != "_"})
    return _table(path, named, ledger)


def _table(path: Path, named: Mapping[str, str], ledger: Ledger) -> Layout:
    kind = path.suffix.lower()
    if kind == ".parquet":
        chunks = read_parquet(path)
    elif kind in {".csv", ".tsv", ".txt"}:
        chunks = read_delimited(path, _delimiter(path), None, ledger)
    else:
        chunks = read_lines(path, ledger)
    first = next(chunks, None)
    if first is None:
        raise FeedbackError(
            f"{path} has no rows that can be read; the first line names columns, "
            "the others are rows, and quotation marks have to be closed."
        )
    return Layout(_again(first, chunks), choose_columns(list(first.columns), named, path))


def _again(first: Chunk, rest: Iterator[Chunk]) -> Iterator[Chunk]:
    yield first
    yield from rest


def _delimiter(path: Path) -> str:
    with path.open("rb") as file:
        line = file.readline()
    return max(",;\t|", key=lambda letter: line.count(letter.encode()))

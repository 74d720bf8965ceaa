"""Files of interactions, a block at a time, as columns of texts with the number of each row."""

from __future__ import annotations

import csv
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from recommender.catalogue.faults import Fault
from recommender.catalogue.importing.ledger import Ledger
from recommender.catalogue.importing.lines import records
from recommender.errors import FeedbackError

if TYPE_CHECKING:
    import pyarrow as pa

BLOCK = 16 << 20  # bytes of a delimited file that are read at once
ROWS = 50_000  # rows of other files; a review is a long one
TEXTS = frozenset({"reviewText", "text", "summary", "title"})  # of reviews: never needed, and most of the file


@dataclass(frozen=True)
class Chunk:
    """Some rows: `numbers` (n,) int64 as `Fault.row` counts, `columns` by name, each n texts without null."""

    numbers: NDArray[np.int64]
    columns: Mapping[str, pa.Array]


def read_delimited(path: Path, delimiter: str, names: Sequence[str] | None, ledger: Ledger) -> Iterator[Chunk]:
    """Rows of a CSV file or one with other single letters between cells.

    Args:
        path: UTF-8, with or without mark; numbers and ids need no more.
        delimiter: one character.
        names: of the columns where the file has no header.
        ledger: told of rows with too few or too many cells.

    Raises:
        FeedbackError: the file cannot be read.
    """
    import pyarrow as pa
    import pyarrow.csv as pc

    broken: list[int] = []

    def refuse(row: Any) -> str:
        broken.append(row.number)
        problem = f"{row.actual_columns} cells instead of {row.expected_columns}"
        ledger.refuse(Fault(row.number, None, problem, "complete the row, or remove it"))
        return "skip"

    header = list(names) if names is not None else _header(path, delimiter)
    try:
        lines, quoted = _count_lines(path)
        with pc.open_csv(
            path,
            pc.ReadOptions(use_threads=False, block_size=BLOCK, column_names=header if names is not None else None),
            pc.ParseOptions(
                delimiter=delimiter,
                quote_char='"' if quoted else False,
                newlines_in_values=quoted,
                ignore_empty_lines=False,
                invalid_row_handler=refuse,
            ),
            pc.ConvertOptions(column_types={name: pa.string() for name in header}, strings_can_be_null=False),
        ) as reader:
            seen = yield from _numbered(reader, header, broken, 1 if names is not None else 2)
        if quoted and lines > seen:
            # An open mark takes in what follows, up to the next one or the end; as a row that is one and no more.
            problem = f"{lines - seen:,} line breaks stand within quotation marks"
            ledger.note(Fault(None, None, problem, "if texts have none, a mark was not closed: close it", "warning"))
    except (pa.ArrowException, OSError) as error:
        if "Empty CSV file" not in str(error):
            raise FeedbackError(f"{path} cannot be read ({error}); check the file.") from error


def _numbered(reader: Any, header: Sequence[str], broken: Sequence[int], first: int) -> Generator[Chunk, None, int]:
    """Batches with row numbers, in the end the last one; refused rows have numbers too, in order in `broken`."""
    import pyarrow.compute as pc

    refused = 0
    for batch in reader:
        if not batch.num_rows:
            continue
        numbers = np.empty(batch.num_rows, dtype=np.int64)
        place = 0
        while place < len(numbers):
            until = broken[refused] if refused < len(broken) else first + len(numbers) - place
            run = min(max(until - first, 0), len(numbers) - place)
            numbers[place : place + run] = np.arange(first, first + run)
            place, first = place + run, first + run
            while refused < len(broken) and broken[refused] == first:
                refused, first = refused + 1, first + 1
        columns = {name: pc.utf8_trim_whitespace(batch.column(i)) for i, name in enumerate(header)}
        yield _without_empty(Chunk(numbers, columns))
    return first - 1 + len(broken) - refused


def _count_lines(path: Path) -> tuple[int, bool]:
    """Lines of a file, and whether there is a quotation mark in it."""
    lines, quoted, last = 0, False, b"\n"
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            lines += block.count(b"\n")
            quoted = quoted or b'"' in block
            last = block[-1:]
    return lines + (last != b"\n"), quoted


def _without_empty(chunk: Chunk) -> Chunk:
    """Lines without any text are no rows: editors leave them at the end."""
    import pyarrow as pa
    import pyarrow.compute as pc

    filled = np.zeros(len(chunk.numbers), dtype=bool)
    for column in chunk.columns.values():
        if filled.all():
            return chunk
        filled |= np.asarray(pc.greater(pc.utf8_length(column), 0))
    if filled.all():
        return chunk
    mask = pa.array(filled)
    return Chunk(chunk.numbers[filled], {name: column.filter(mask) for name, column in chunk.columns.items()})


def _header(path: Path, delimiter: str) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            names = next(csv.reader(file, delimiter=delimiter), [])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FeedbackError(f"{path} cannot be read ({error}); it has to be a UTF-8 file.") from error
    if not any(name.strip() for name in names):
        raise FeedbackError(f"{path} is empty or has no header; its first line has to name the columns.")
    return names


def read_lines(path: Path, ledger: Ledger) -> Iterator[Chunk]:
    """Rows of a JSONL file, packed with gzip or not; values are written as texts, and lists or objects left out.

    Raises:
        CatalogueError: the file cannot be read.
    """
    import pyarrow as pa

    lines = records(path, ledger)
    while block := list(islice(lines, ROWS)):
        names = dict.fromkeys(name for _, record in block for name in record)
        columns = {
            name: pa.array([_text(record.get(name)) for _, record in block], pa.string())
            for name in names
            if name not in TEXTS
        }
        yield Chunk(np.array([number for number, _ in block], dtype=np.int64), columns)


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


def read_parquet(path: Path) -> Iterator[Chunk]:
    """Rows of a Parquet file; values are written as texts.

    Raises:
        FeedbackError: the file cannot be read.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    first = 1
    try:
        for batch in pq.ParquetFile(path).iter_batches(ROWS):
            columns = {}
            for name, column in zip(batch.schema.names, batch.columns, strict=True):
                if not pa.types.is_nested(column.type):
                    columns[name] = pc.utf8_trim_whitespace(pc.fill_null(column.cast(pa.string()), ""))
            yield Chunk(np.arange(first, first + batch.num_rows), columns)
            first += batch.num_rows
    except (pa.ArrowException, OSError) as error:
        raise FeedbackError(f"{path} cannot be read ({error}); write it again, or save it as CSV.") from error

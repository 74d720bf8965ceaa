"""Rows of texts from a CSV, JSONL or Parquet file, with every fault of the file's form."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from recommender.catalogue.faults import Fault
from recommender.catalogue.schema import column_name

Cell = str | tuple[str, ...]
"""A text, or several where the format itself has lists (JSONL, Parquet). An empty text is no value."""

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

FORMATS = (".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".parquet")


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its number as `Fault.row` counts, and its cells by column."""

    number: int
    cells: Mapping[str, Cell]

    def text(self, column: str) -> str:
        """The cell as one text, trimmed; empty where there is none."""
        cell = self.cells.get(column, "")
        return (cell if isinstance(cell, str) else " ".join(cell)).strip()


@dataclass(frozen=True, slots=True)
class Table:
    """A file's columns in order, its rows, and what is wrong with its form."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def read_table(path: Path) -> Table:
    """Read a table by its file name's ending; nothing is raised for a bad file, it is all in `faults`."""
    kind = path.suffix.lower()
    if not path.is_file():
        return _nothing(f"{path} is not there", "check the path (PARLEY_CATALOGUE), or make the demo: parley demo")
    if kind not in FORMATS:
        return _nothing(f"files ending in “{kind}” are not understood", f"save it as one of {', '.join(FORMATS)}")
    if kind == ".parquet":
        return _read_parquet(path)
    text, faults = decode(path.read_bytes())
    if text is None:
        return Table((), (), faults)
    table = _read_lines(text) if kind in {".jsonl", ".ndjson"} else _read_csv(text)
    return Table(table.header, table.rows, faults + table.faults)


def decode(raw: bytes) -> tuple[str | None, tuple[Fault, ...]]:
    """Text of UTF-8 (with or without mark), UTF-16 with mark, or what a Chinese Excel saves (GB 2312)."""
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        return raw.decode(encoding), ()
    except UnicodeDecodeError as error:
        line, byte = raw.count(b"\n", 0, error.start) + 1, raw[error.start]
    remedy = "save it as UTF-8 (in Excel: Save as, CSV UTF-8)"
    try:
        # Strict GB 2312 refuses western code pages, where an accent stands before a plain letter; GBK would not.
        text = raw.decode("gb2312")
    except UnicodeDecodeError:
        problem = f"the text's encoding is unknown: line {line} has byte 0x{byte:02x}, which is not UTF-8"
        return None, (Fault(None, None, problem, remedy),)
    return text, (Fault(None, None, "the text is not UTF-8; it was read as GB 2312", remedy, "warning"),)


def _nothing(problem: str, remedy: str) -> Table:
    return Table((), (), (Fault(None, None, problem, remedy),))


def _read_csv(text: str) -> Table:
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    faults: list[Fault] = []
    records = [(n, cells) for n, cells in _records(text, delimiter, faults) if any(cell.strip() for cell in cells)]
    if not records:
        return Table(
            (), (), (*faults, Fault(None, None, "the file is empty", "write a header row and one row per item"))
        )
    header = [column_name(name) for name in records[0][1]]
    while header and not header[-1]:  # Excel writes empty columns that once held something
        header.pop()
    rows = []
    for number, record in records[1:]:
        faults += _ragged(number, record, header)
        rows.append(Row(number, {name: cell for name, cell in zip(header, record, strict=False) if name}))
    return Table(tuple(header), tuple(rows), (*_unnamed(header), *faults))


def _records(text: str, delimiter: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Numbered records; after one that is no CSV reading goes on at the next line, so that the others are not lost."""
    lines = io.StringIO(text).readlines()
    start, number = 0, 0
    while start < len(lines):
        reader = csv.reader(itertools.islice(lines, start, None), delimiter=delimiter, strict=True)
        consumed = 0
        try:
            for record in reader:
                consumed, number = reader.line_num, number + 1
                yield number, record
            return
        except csv.Error as error:
            number += 1
            remedy = "close the quotation mark that was opened in this row; a mark within a text is written twice"
            faults.append(Fault(number, None, f"not readable as CSV ({error})", remedy))
            start += consumed + 1


def _ragged(number: int, record: Sequence[str], header: Sequence[str]) -> list[Fault]:
    surplus = any(cell.strip() for cell in record[len(header) :])
    if len(record) >= len(header) and not surplus:
        return []
    problem = f"{len(record)} cells where the header has {len(header)}"
    return [Fault(number, None, problem, "put texts that hold the separator in quotation marks; keep empty cells")]


def _unnamed(header: Sequence[str]) -> list[Fault]:
    places = [str(i) for i, name in enumerate(header, start=1) if not name]
    remedy = "name them in the header row, or delete them"
    return [Fault(None, None, f"columns without a name: number {', '.join(places)}", remedy)] if places else []


def _read_lines(text: str) -> Table:
    rows, faults, header = [], [], dict[str, None]()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line, object_pairs_hook=_Pairs)
        except (ValueError, RecursionError) as error:
            faults.append(Fault(number, None, f"malformed JSON ({error})", "write one complete object per line"))
            continue
        if not isinstance(record, _Pairs):
            faults.append(Fault(number, None, "not a JSON object", 'write {"id": …, "title": …} on each line'))
            continue
        row, wrong = _row(number, record)
        rows.append(row)
        faults += wrong
        header.update(dict.fromkeys(row.cells))
    if not rows and not faults:
        faults.append(Fault(None, None, "the file is empty", "write one JSON object per line"))
    return Table(tuple(header), tuple(rows), tuple(faults))


class _Pairs(list[tuple[str, object]]):
    """A JSON object as it was written, so that a repeated key is seen."""


def _row(number: int, record: Sequence[tuple[str, object]]) -> tuple[Row, list[Fault]]:
    cells: dict[str, Cell] = {}
    faults = []
    for key, value in record:
        name, cell = column_name(key), _cell(value)
        if name in cells:
            faults.append(Fault(number, name, "the key stands there twice", "keep one of them"))
        elif cell is None:
            remedy = "write a text, a number, or a list of texts"
            faults.append(Fault(number, name, "an object or a nested list where values belong", remedy))
        cells[name] = cell or ""
    return Row(number, cells), faults


def _cell(value: object) -> Cell | None:
    """The cell's text or texts; None for what cannot be one."""
    if isinstance(value, _Pairs | dict | bytes):
        return None
    if isinstance(value, list | tuple):
        nested = any(isinstance(part, list | tuple | dict | bytes) for part in value)
        return None if nested else tuple(_text(part) for part in value)
    return _text(value)


def _text(value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _read_parquet(path: Path) -> Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        return _nothing(f"not readable as Parquet ({error})", "write the file again, or save it as CSV")
    header = [column_name(name) for name in table.column_names]
    columns = [column.to_pylist() for column in table.columns]
    rows, faults = [], _unnamed(header)
    for number, values in enumerate(zip(*columns, strict=True), start=1):
        # Columns that share a name are a fault of the header; here the first counts.
        named = {name: value for name, value in zip(reversed(header), reversed(values), strict=True) if name}
        row, wrong = _row(number, list(named.items()))
        rows.append(row)
        faults += wrong
    return Table(tuple(header), tuple(rows), tuple(faults))

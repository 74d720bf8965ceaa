"""Write a catalogue as CSV, JSONL or Parquet, in the format that `load_catalogue` reads."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from recommender.catalogue.files import write_whole
from recommender.catalogue.items import Catalogue
from recommender.catalogue.schema import RENAMED, SEPARATOR
from recommender.errors import CatalogueError
from recommender.types import Item

Value = str | float | int | list[str] | None


def save_catalogue(catalogue: Catalogue, path: Path) -> None:
    """Write `catalogue`; the file name's ending picks the format. The file appears whole or not at all.

    Raises:
        CatalogueError: the ending is none of .csv, .jsonl, .parquet, or the place cannot be written to.
    """
    writers = {".csv": _csv, ".jsonl": _jsonl, ".parquet": _parquet}
    if path.suffix.lower() not in writers:
        raise CatalogueError(f"A catalogue cannot be written as “{path.suffix}”; use {', '.join(writers)}.")
    languages = sorted({language for item in catalogue for language in (*item.titles, *item.descriptions)})
    records = [_record(item, catalogue, languages) for item in catalogue]
    write_whole(path, writers[path.suffix.lower()](records))


def _record(item: Item, catalogue: Catalogue, languages: list[str]) -> dict[str, Value]:
    priced = item.price is not None
    return {
        "id": item.id,
        **{f"title_{language}": item.titles.get(language) for language in languages},
        **{f"description_{language}": item.descriptions.get(language) for language in languages},
        **{_column(a, catalogue): list(item.attributes.get(a, ())) for a in catalogue.attributes},
        **{_column(a, catalogue): item.numbers.get(a) for a in catalogue.numbers},
        "price": item.price,
        "currency": item.currency if priced else None,
        "stock": item.stock,
        "image": item.image,
        "url": item.url,
        "added": item.added.isoformat() if item.added else None,
    }


def _column(attribute: str, catalogue: Catalogue) -> str:
    column = catalogue.schema.attributes[attribute].column
    return {renamed: column for column, renamed in RENAMED.items()}.get(attribute, column)


def _csv(records: list[dict[str, Value]]) -> bytes:
    used = [name for name in records[0] if any(record[name] not in (None, []) for record in records)] if records else []
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(used)
    writer.writerows([_cell(record[name]) for name in used] for record in records)
    return text.getvalue().encode()


def _cell(value: Value) -> str:
    if isinstance(value, list):
        return SEPARATOR.join(value)
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(value)
    return "" if value is None else str(value)


def _jsonl(records: list[dict[str, Value]]) -> bytes:
    kept = ({key: value for key, value in record.items() if value not in (None, [])} for record in records)
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in kept).encode()


def _parquet(records: list[dict[str, Value]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(records), buffer)
    content: bytes = buffer.getvalue().to_pybytes()
    return content

"""Lines of JSON as foreign data sets write them."""

from __future__ import annotations

import ast
import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO, cast

from recommender.catalogue.faults import Fault
from recommender.catalogue.importing.ledger import Ledger
from recommender.errors import CatalogueError

_REMEDY = "write one complete object on each line"


def open_text(path: Path) -> TextIO:
    """A UTF-8 file, packed with gzip or not; bytes that are no text become �."""
    if path.suffix == ".gz":
        return cast("TextIO", gzip.open(path, "rt", encoding="utf-8-sig", errors="replace"))
    return path.open(encoding="utf-8-sig", errors="replace")


def records(path: Path, ledger: Ledger) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Line number and object of each line; lines that hold none are refused.

    Raises:
        CatalogueError: the file cannot be read.
    """
    try:
        with open_text(path) as file:
            for number, line in enumerate(file, start=1):
                if not line.strip():
                    continue
                record = parse_object(line)
                if record is not None:
                    yield number, record
                else:
                    ledger.refuse(Fault(number, None, "not a JSON object", _REMEDY))
    except (OSError, EOFError) as error:
        raise CatalogueError(f"{path} cannot be read ({error}); check the file, or fetch it again.") from error


def parse_object(line: str) -> Mapping[str, object] | None:
    """The object of one line, None where there is none."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        try:
            # Amazon's files of 2014 are written as Python does it, with single quotes.
            found = ast.literal_eval(line.strip())
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return None
    return found if isinstance(found, dict) else None


def texts(value: object) -> tuple[str, ...]:
    """A value as texts, each once: of a list its parts, of a list of lists (categories) all of theirs."""
    if isinstance(value, list | tuple):
        return tuple(dict.fromkeys(text for part in value for text in texts(part)))
    if value is None or isinstance(value, dict):
        return ()
    text = str(value).strip()
    return (text,) if text else ()

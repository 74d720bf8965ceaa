"""The CSV file of past interactions: person, item, event, timestamp."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from recommender.errors import FeedbackError

COLUMNS = ("person", "item", "event", "timestamp")
Row = tuple[str, str, str, int]

_TOLD = 5  # faults that one message names


def read_rows(path: Path, kinds: Sequence[str]) -> list[Row]:
    """(person, item, kind, seconds since 1970 UTC) of each line; further columns are ignored.

    Args:
        path: a UTF-8 file; timestamps are ISO, in UTC where they name no zone.
        kinds: what may stand in the column event.

    Raises:
        FeedbackError: the file cannot be read or rows are wrong; the text names lines, faults and remedies.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _checked(path, csv.reader(file), kinds)
    except OSError as error:
        raise FeedbackError(
            f"The interactions in {path} cannot be read ({error.strerror}). "
            "Name another file in PARLEY_INTERACTIONS, or leave it empty to start without."
        ) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise FeedbackError(f"{path} is not a UTF-8 CSV file ({error}). Save it as CSV UTF-8.") from error


def _checked(path: Path, lines: Iterator[list[str]], kinds: Sequence[str]) -> list[Row]:
    header = [name.strip().lower() for name in next(lines, [])]
    absent = [name for name in COLUMNS if name not in header]
    if absent:
        raise FeedbackError(
            f"{path} has no column {', '.join(absent)}. Its first line has to name {', '.join(COLUMNS)}."
        )
    places = [header.index(name) for name in COLUMNS]
    rows: list[Row] = []
    faults: list[str] = []
    for number, cells in enumerate(lines, start=2):
        if not cells:  # an empty line, as editors leave at the end
            continue
        try:
            person, item, kind, timestamp = (cells[place].strip() for place in places)
            rows.append((*_named(person, item), _known(kind.lower(), kinds), _seconds(timestamp)))
        except IndexError:
            faults.append(f"row {number}: {len(cells)} cells instead of {len(header)}; complete it or remove it")
        except ValueError as error:
            faults.append(f"row {number}: {error}")
    if faults:
        more = f" and {len(faults) - _TOLD} more" if len(faults) > _TOLD else ""
        raise FeedbackError(f"{path} has {len(faults)} faulty rows: {'; '.join(faults[:_TOLD])}{more}.")
    return rows


def _named(person: str, item: str) -> tuple[str, str]:
    if not person or not item:
        raise ValueError(f"{'item' if person else 'person'} is empty; fill it in or remove the row")
    return person, item


def _known(kind: str, kinds: Sequence[str]) -> str:
    if kind not in kinds:
        raise ValueError(f"event {kind!r} is unknown; use one of {', '.join(kinds)}")
    return kind


def _seconds(timestamp: str) -> int:
    try:
        at = datetime.fromisoformat(timestamp)
    except ValueError:
        raise ValueError(f"timestamp {timestamp!r} is no ISO time; write it like 2026-03-31T18:05") from None
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() // 1)

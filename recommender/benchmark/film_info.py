"""Catalogues of conversation sets: what an id2info.json says of each film, as items; and JSON files, read with care."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from recommender.benchmark.conversation_set import YEAR
from recommender.errors import ParleyError
from recommender.types import Item

TITLE, DESCRIPTION = ("name", "title"), ("plot", "description", "overview", "text")
INFO = "id2info.json"
ALIASES = {"star": "actor", "stars": "actor", "cast": "actor", "actors": "actor"} | {
    f"{name}s": name for name in ("director", "writer", "genre", "language")
}
"""Fields of one meaning, so that what one set says of a film serves another."""


def read_items(file: Path) -> tuple[tuple[Item, ...], dict[str, dict[str, str]]]:
    """The catalogue of an id2info.json, and ids of its items elsewhere; entries with one name are one item.

    A list is an attribute with several values, a year one with a single value, a plot the description; any other text
    is an id elsewhere when its field ends in "_id", else an attribute.
    """
    merged: dict[str, dict[str, Any]] = {}
    for number, entry in read_json(file).items():
        title = next((str(entry[field]) for field in TITLE if entry.get(field)), "")
        if not title:
            continue
        known = merged.setdefault(title, {"id": str(number)})
        for field, value in entry.items():
            known.setdefault(field, value or None) if not known.get(field) else None
    links: dict[str, dict[str, str]] = {}
    return tuple(_item(title, entry, links) for title, entry in merged.items()), links


def _item(title: str, entry: Mapping[str, Any], links: dict[str, dict[str, str]]) -> Item:
    attributes: dict[str, tuple[str, ...]] = {}
    description = ""
    for field, value in entry.items():
        if field in (*TITLE, "id") or not value:
            continue
        if field in DESCRIPTION:
            description = str(value)
        elif field.endswith("_id"):
            links.setdefault(field, {})[str(entry["id"])] = str(value)
        else:
            values = value if isinstance(value, list) else [value]
            attributes[ALIASES.get(field, field)] = tuple(
                dict.fromkeys(str(v).strip() for v in values if str(v).strip())
            )
    year = YEAR.search(title)
    if year and "year" not in attributes:
        attributes["year"] = (year.group(1),)
    return Item(str(entry["id"]), {"en": title}, {"en": description} if description else {}, attributes, 0.0)


def read_lines(file: Path) -> Iterator[Any]:
    """One JSON value a line.

    Raises:
        ParleyError: a line is no JSON.
    """
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError as error:
                    raise ParleyError(f"{file}, line {number} is not JSON ({error}). Mend or remove it.") from error


def read_json(file: Path) -> dict[str, Any]:
    """An object of JSON objects.

    Raises:
        ParleyError: it is something else.
    """
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ParleyError(f"{file} cannot be read ({error}). Fetch it again.") from error
    if isinstance(value, list):
        value = {str(index): entry for index, entry in enumerate(value)}
    if not isinstance(value, dict):
        raise ParleyError(f"{file} should hold an object, not {type(value).__name__}.")
    return value

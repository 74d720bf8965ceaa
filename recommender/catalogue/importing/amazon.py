"""Amazon: item texts of sequential-recommendation sets, and product metadata of the review sets.

Source: https://jmcauley.ucsd.edu/data/amazon (2014, 2018) and https://amazon-reviews-2023.github.io.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from recommender.catalogue.importing.draft import Draft
from recommender.catalogue.importing.ledger import Ledger
from recommender.catalogue.importing.lines import records, texts
from recommender.catalogue.schema import SEPARATOR, canonical
from recommender.catalogue.tables import Row

SEQUENCE_HEADER = ("id", "title", "description", "brand", "department", "tag")
METADATA_HEADER = ("id", "title", "description", "category", "department", "brand", "colour", "price", "image")
LONGEST_KIND = 40
"""Characters of a category; among the categories of 2018 stand whole sentences of the description."""

_PREFIXES = {"b": "brand", "c": "department"}


def read_sequences(path: Path, ledger: Ledger) -> Draft:
    """Items of items.jsonl: item, text, and attributes such as "b:HP" (b is the brand, c a category)."""
    return Draft(SEQUENCE_HEADER, (Row(n, _sequence_item(record)) for n, record in records(path, ledger)))


def read_metadata(path: Path, ledger: Ledger) -> Draft:
    """Products of a metadata file, of any of its generations (2014, 2018, 2023); packed with gzip or not."""
    return Draft(METADATA_HEADER, (Row(n, _product(record)) for n, record in records(path, ledger)))


def _sequence_item(record: Mapping[str, object]) -> dict[str, str]:
    attributes = parse_attributes(texts(record.get("attributes")))
    written = " ".join(texts(record.get("text")))
    title, description = split_text(written, next(iter(attributes.get("brand", ())), ""))
    columns = {name: _joined(attributes.get(name, ())) for name in ("brand", "department", "tag")}
    return {"id": " ".join(texts(record.get("item"))), "title": title, "description": description, **columns}


def parse_attributes(written: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """{"brand": ("hp",)} of "b:HP"; what has no known prefix is a tag."""
    found: dict[str, dict[str, None]] = {}
    for text in written:
        prefix, colon, value = text.partition(":")
        known = bool(colon) and prefix in _PREFIXES
        if word := canonical(value if known else text):
            found.setdefault(_PREFIXES[prefix] if known else "tag", {})[word] = None
    return {name: tuple(values) for name, values in found.items()}


def split_text(text: str, brand: str) -> tuple[str, str]:
    """Title and the rest of "TITLE. BRAND …"; where that does not stand there, all of it is the title.

    With ". " between them both are the text again, which is what the encoder reads.
    """
    place = text.lower().find(f". {brand.lower()}") if brand else -1
    return (text[:place], text[place + 2 :]) if place > 0 else (text, "")


def _product(record: Mapping[str, object]) -> dict[str, str]:
    details = record.get("details")
    named = details if isinstance(details, dict) else {}
    departments = _departments(record)
    kind = departments[-1:] or texts(record.get("main_category")) or texts(record.get("main_cat"))
    return {
        "id": _first(record, "parent_asin", "asin"),
        "title": _first(record, "title"),
        "description": " ".join([*texts(record.get("description")), *_features(record)]),
        "category": _joined(kind[-1:]),
        "department": _joined(departments),
        "brand": _joined((_first(record, "brand", "store") or _first(named, "Brand"),)),
        "colour": _joined((_first(named, "Color", "Colour"),)),
        "price": _first(record, "price"),
        "image": _picture(record),
    }


def _departments(record: Mapping[str, object]) -> tuple[str, ...]:
    found = texts(record.get("categories")) or texts(record.get("category"))
    return tuple(text for text in found if len(text) <= LONGEST_KIND and "<" not in text)


def _features(record: Mapping[str, object]) -> tuple[str, ...]:
    return texts(record.get("features")) or texts(record.get("feature"))


def _first(record: Mapping[str, object], *names: str) -> str:
    return next((found[0] for name in names if (found := texts(record.get(name)))), "")


def _picture(record: Mapping[str, object]) -> str:
    for name in ("imageURLHighRes", "imUrl", "imageURL", "image", "images"):
        value = record.get(name)
        for picture in value if isinstance(value, list) else [value]:
            if isinstance(picture, dict):
                picture = next((picture[size] for size in ("hi_res", "large", "thumb") if picture.get(size)), None)
            if isinstance(picture, str) and picture:
                return picture
    return ""


def _joined(values: tuple[str, ...]) -> str:
    return SEPARATOR.join(value.replace(SEPARATOR, " ") for value in values)

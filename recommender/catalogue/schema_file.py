"""A schema file (YAML) → ShopSchema, with every fault named by its place and its remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

import yaml

from recommender.catalogue.schema import PLAIN, RENAMED, TAKEN, TEXT, canonical, column_name
from recommender.catalogue.shop_schema import NO_SCHEMA, NO_WORDS, Attribute, ShopSchema, Unit, Words
from recommender.errors import CatalogueError
from recommender.types import AttributeKind

NAME = "schema.yaml"
"""A file of this name beside a catalogue is its schema, unless PARLEY_SCHEMA names another."""

LANGUAGES = ("en", "zh")
YEAR = "year"
"""The unit of calendar years."""

_KNOWN = Path(__file__).with_name("known.yaml")
_TYPES: tuple[AttributeKind, ...] = get_args(AttributeKind)
_TOP = ("currency", "things", "attributes")
_KEYS = ("type", "column", "names", "ask", "values", "unit", "units", "more", "less")
_NUMERIC = ("unit", "units", "more", "less")
_CURRENCY = re.compile(r"[A-Z]{3}")


def schema_beside(catalogue: Path) -> Path | None:
    """The schema file in the folder of `catalogue`; None where there is none."""
    found = catalogue.with_name(NAME)
    return found if found.is_file() else None


def read_schema(path: Path) -> ShopSchema:
    """The schema at `path`.

    Raises:
        CatalogueError: it cannot be read or has faults; the text names the place and the remedy of each.
    """
    reader = _Reader(path)
    schema = reader.schema(_load(path))
    if reader.faults:
        faults = "\n".join(f"  {fault}" for fault in reader.faults)
        raise CatalogueError(f"The schema {path.name} cannot be used:\n{faults}\nMend {path}; see data/README.md.")
    return schema


@dataclass(frozen=True)
class Known:
    """What Parley knows of attributes that shops often have, and of things that are often sold."""

    schema: ShopSchema
    things: Mapping[str, Words]


@lru_cache(maxsize=1)
def known() -> Known:
    """The file known.yaml beside this one."""
    data = _load(_KNOWN)
    reader = _Reader(_KNOWN)
    schema = reader.schema({"attributes": data["attributes"]})
    things = {thing: reader.words(f"things.{thing}", words) for thing, words in data["things"].items()}
    return Known(schema, things)


@lru_cache(maxsize=1)
def _units() -> Mapping[str, Any]:
    units: Mapping[str, Any] = _load(_KNOWN)["units"]
    return units


def _load(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CatalogueError(f"The schema {path} cannot be read ({error.strerror}); check PARLEY_SCHEMA.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CatalogueError(f"The schema {path} is not YAML in UTF-8: {error}.") from error


@dataclass
class _Reader:
    """Reads the parts of one file and keeps what is wrong with them in `faults`."""

    path: Path
    faults: list[str] = field(default_factory=list)

    def fault(self, place: str, problem: str, remedy: str) -> None:
        self.faults.append(f"{place}: {problem} → {remedy}")

    def schema(self, data: Any) -> ShopSchema:
        if data is None:
            return NO_SCHEMA
        if not self.is_mapping("the file", data, "begin with things: or attributes:"):
            return NO_SCHEMA
        self._unknown("the file", data, _TOP)
        declared = data.get("attributes") or {}
        if not self.is_mapping("attributes", declared, "write one line NAME: for each attribute"):
            declared = {}
        attributes = {str(name): self._attribute(str(name), part or {}) for name, part in declared.items()}
        self._same_columns(attributes.values())
        return ShopSchema(attributes, self.words("things", data.get("things")), self._currency(data.get("currency")))

    def is_mapping(self, place: str, value: Any, remedy: str) -> bool:
        if isinstance(value, Mapping):
            return True
        self.fault(place, f"“{value}” is not a mapping", remedy)
        return False

    def _unknown(self, place: str, part: Mapping[Any, Any], known: tuple[str, ...]) -> None:
        for key in part:
            if key not in known:
                self.fault(f"{place}, {key}", "there is no such word", f"write one of {', '.join(known)}")

    def _currency(self, value: Any) -> str | None:
        if value is None:
            return None
        if not (isinstance(value, str) and _CURRENCY.fullmatch(value)):
            self.fault("currency", f"“{value}” is not a currency", "write three letters as ISO 4217 does, e.g. EUR")
        return str(value)

    def _attribute(self, name: str, part: Any) -> Attribute:
        place = f"attributes.{name}"
        self._check_name(place, name)
        if not self.is_mapping(place, part, "write type:, names: … below it"):
            part = {}
        self._unknown(place, part, _KEYS)
        kind = part.get("type", "number" if any(key in part for key in _NUMERIC) else "choice")
        if kind not in _TYPES:
            self.fault(f"{place}.type", f"“{kind}” is no type", f"write {', '.join(_TYPES[:-1])} or {_TYPES[-1]}")
            kind = "choice"
        if kind != "number" and (odd := [key for key in _NUMERIC if key in part]):
            self.fault(f"{place}.{odd[0]}", f"a {kind} has none", "leave it out, or write type: number")
        if kind in ("number", "text") and part.get("values"):
            self.fault(f"{place}.values", f"a {kind} has none", "leave it out, or write type: choice")
        ask = part.get("ask", False)
        if not isinstance(ask, bool):
            self.fault(f"{place}.ask", f"“{ask}” is neither true nor false", "write ask: true or ask: false")
        renamed = {attribute: column for column, attribute in RENAMED.items()}
        return Attribute(
            name=name,
            kind=kind,
            column=column_name(str(part.get("column", renamed.get(name, name)))),
            ask=bool(ask),
            names=self.words(f"{place}.names", part.get("names")),
            values=self._values(f"{place}.values", part.get("values")),
            units=self._units(place, part),
            more=self.words(f"{place}.more", part.get("more")),
            less=self.words(f"{place}.less", part.get("less")),
            calendar=part.get("unit") == YEAR,
        )

    def _check_name(self, place: str, name: str) -> None:
        if name in PLAIN or TEXT.fullmatch(name):
            self.fault(place, "every catalogue has this column, with its own meaning", "take it out of the schema")
        elif name in TAKEN:
            self.fault(place, "Parley uses this word itself", f"name it item_{name} and write column: {name}")
        elif not name.isidentifier() or name != name.lower():
            self.fault(place, "an attribute cannot have this name", "use small letters, digits and _, a letter first")

    def _same_columns(self, attributes: Iterable[Attribute]) -> None:
        first: dict[str, str] = {}
        for attribute in attributes:
            other = first.setdefault(attribute.column, attribute.name)
            if other != attribute.name:
                problem = f"the column {attribute.column} is that of {other} already"
                self.fault(f"attributes.{attribute.name}", problem, "write another column: or delete one of them")

    def words(self, place: str, value: Any) -> Words:
        """{en: [word, …], zh: …}; one word needs no list."""
        if value is None:
            return NO_WORDS
        if not self.is_mapping(place, value, "write {en: [word, …], zh: [词, …]}"):
            return NO_WORDS
        self._unknown(place, value, LANGUAGES)
        found: dict[str, tuple[str, ...]] = {}
        for language in LANGUAGES:
            written = value.get(language)
            listed = written if isinstance(written, list) else [] if written is None else [written]
            words = tuple(str(word).strip() for word in listed if not isinstance(word, (Mapping, list, bool)))
            if len(words) < len(listed) or not all(words):
                self.fault(
                    f"{place}.{language}", "not a list of words", "write [word, …]; put yes, no and on in quotes"
                )
            if words:
                found[language] = words
        return found

    def _values(self, place: str, value: Any) -> Mapping[str, Words]:
        if value is None or not self.is_mapping(place, value, "write VALUE: {en: [word, …], zh: [词, …]}"):
            return {}
        found = {}
        for written, words in value.items():
            if isinstance(written, bool):
                self.fault(f"{place}.{written}", "YAML reads yes, no, on and off as true and false", "put it in quotes")
            found[canonical(str(written))] = self.words(f"{place}.{written}", words)
        return found

    def _units(self, place: str, part: Mapping[str, Any]) -> tuple[Unit, ...]:
        if "unit" in part and "units" in part:
            self.fault(place, "both unit and units", "keep one of them")
        unit = part.get("unit", part.get("units"))
        place = f"{place}.{'unit' if 'unit' in part else 'units'}"
        if unit is None or unit == YEAR:
            return ()
        if isinstance(unit, str):
            if unit not in _units():
                names = ", ".join((YEAR, *_units()))
                self.fault(place, f"“{unit}” is no unit that Parley knows", f"write its words, or one of {names}")
                return ()
            unit = _units()[unit]
        listed = unit if isinstance(unit, list) else [unit]
        found = tuple(self._unit(f"{place}.{i}", one) for i, one in enumerate(listed, 1))
        if found and found[0].factor != 1:
            self.fault(f"{place}.1", "the first unit is the catalogue's own", "leave its factor out")
        return found

    def _unit(self, place: str, one: Any) -> Unit:
        if not self.is_mapping(place, one, "write {en: [minutes, min], zh: [分钟]}, and factor: after the first"):
            return Unit(1.0, NO_WORDS)
        factor = one.get("factor", 1)
        if isinstance(factor, bool) or not isinstance(factor, (int, float)) or not factor > 0:
            self.fault(
                f"{place}.factor", f"“{factor}” is not a number above 0", "write how many of the first unit it is"
            )
            factor = 1
        words = self.words(place, {key: value for key, value in one.items() if key != "factor"})
        if not words:
            self.fault(place, "a unit without words", "write {en: [minutes, min], zh: [分钟]}")
        return Unit(float(factor), words)

"""Words for canonical values: synonyms.csv and the schema, and the vocabulary file that the bot's extractor reads."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from recommender.catalogue.files import write_whole
from recommender.catalogue.items import Catalogue
from recommender.catalogue.schema import canonical
from recommender.catalogue.schema_file import LANGUAGES, known
from recommender.catalogue.shop_schema import NO_WORDS, Attribute, Words
from recommender.catalogue.tables import decode
from recommender.errors import CatalogueError

FORMAT = 2
HEADER = ["attribute", "value", "language", "word"]


@dataclass(frozen=True, slots=True)
class Synonym:
    """One word of a language for a value of an attribute; an empty value means the attribute itself.

    The first word of (attribute, value, language) is the one to show. A word may stand for several values ("shoes").
    """

    attribute: str
    value: str
    language: str
    word: str


@dataclass(frozen=True)
class Synonyms:
    """Every line of a synonyms file, in its order."""

    lines: tuple[Synonym, ...]
    _words: Mapping[tuple[str, str, str], tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        words: dict[tuple[str, str, str], list[str]] = {}
        for line in self.lines:
            words.setdefault((line.attribute, line.value, line.language), []).append(line.word)
        object.__setattr__(self, "_words", {key: tuple(dict.fromkeys(found)) for key, found in words.items()})

    def words(self, attribute: str, value: str, language: str) -> tuple[str, ...]:
        """All words of one language, the one to show first; what has none is its own word."""
        return self.declared(attribute, value, language) or ((value or attribute).replace("_", " "),)

    def declared(self, attribute: str, value: str, language: str) -> tuple[str, ...]:
        """As `words`, but none where the file has none."""
        return self._words.get((attribute, value, language), ())

    def label(self, attribute: str, value: str, language: str) -> str:
        """The word to show; with an empty value, the attribute's own name."""
        return self.words(attribute, value, language)[0]


NO_SYNONYMS = Synonyms(())


def load_synonyms(path: Path | None) -> Synonyms:
    """Read a synonyms file: CSV with the columns attribute, value, language, word; None is a file without lines.

    Raises:
        CatalogueError: the file cannot be read; the text names the line and the remedy.
    """
    if path is None:
        return NO_SYNONYMS
    try:
        text, faults = decode(path.read_bytes())
    except OSError as error:
        raise CatalogueError(
            f"The synonyms {path} cannot be read ({error.strerror}); check PARLEY_SYNONYMS."
        ) from error
    if text is None:
        raise CatalogueError(f"The synonyms {path.name}: {faults[0].problem}; {faults[0].remedy}.")
    try:
        return Synonyms(tuple(_lines(text, path.name)))
    except csv.Error as error:
        raise CatalogueError(f"The synonyms {path.name} are not readable as CSV ({error}).") from error


def _lines(text: str, name: str) -> Iterator[Synonym]:
    reader = csv.reader(io.StringIO(text))
    header = [cell.strip().lower() for cell in next(reader, [])]
    if header[:4] != HEADER:
        raise CatalogueError(f"The synonyms {name} must begin with the line {','.join(HEADER)}.")
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        attribute, value, language, word = ([cell.strip() for cell in cells] + [""] * 4)[:4]
        if not (attribute and word) or language not in LANGUAGES:
            remedy = "write attribute,value,language,word with a language of en or zh"
            raise CatalogueError(f"The synonyms {name}, line {reader.line_num}: “{','.join(cells)}”; {remedy}.")
        yield Synonym(attribute.lower(), canonical(value), language, word)


def export_vocabulary(catalogue: Catalogue, synonyms_path: Path | None, target_path: Path) -> None:
    """Write the vocabulary of `catalogue` as JSON for recommender/language/vocabulary.py.

    Only attributes and values that the catalogue has are written: nobody can ask for others. Words come from the
    schema, then from the synonyms; where both are silent, from what is known of such shops. The file appears whole or
    not at all.

    Raises:
        CatalogueError: the synonyms cannot be read, or the target cannot be written.
    """
    synonyms = load_synonyms(synonyms_path)
    content = {
        "format": FORMAT,
        "currency": catalogue.currency,
        "things": {language: list(words) for language, words in catalogue.schema.things.items()},
        "attributes": {
            name: _attribute(attribute, catalogue, synonyms) for name, attribute in catalogue.schema.attributes.items()
        },
    }
    write_whole(target_path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())


def _attribute(attribute: Attribute, catalogue: Catalogue, synonyms: Synonyms) -> dict[str, Any]:
    same = known().schema.attributes.get(attribute.name)
    content: dict[str, Any] = {
        "kind": attribute.kind,
        "ask": attribute.ask,
        "labels": _words(attribute.name, "", synonyms, attribute.names, same.names if same else NO_WORDS),
    }
    if attribute.kind in ("choice", "tags"):
        elsewhere = same.values if same else {}
        content["values"] = {
            value: _words(
                attribute.name, value, synonyms, attribute.values.get(value, NO_WORDS), elsewhere.get(value, NO_WORDS)
            )
            for value in sorted(catalogue.values(attribute.name))
        }
    if attribute.kind == "number":
        numbers = [item.numbers[attribute.name] for item in catalogue if attribute.name in item.numbers]
        content |= {
            "units": [{"factor": unit.factor, "words": _lists(unit.words)} for unit in attribute.units],
            "more": _lists(attribute.more),
            "less": _lists(attribute.less),
            "calendar": attribute.calendar,
            "whole": all(number.is_integer() for number in numbers),
            "range": [min(numbers), max(numbers)] if numbers else None,
        }
    return content


def _words(attribute: str, value: str, synonyms: Synonyms, schema: Words, known: Words) -> dict[str, list[str]]:
    """The words of each language, the one to show first; what has none is its own word."""
    found = {}
    for language in LANGUAGES:
        own = (*schema.get(language, ()), *synonyms.declared(attribute, value, language))
        words = own or known.get(language, ()) or synonyms.words(attribute, value, language)
        found[language] = list(dict.fromkeys(words))
    return found


def _lists(words: Words) -> dict[str, list[str]]:
    return {language: list(found) for language, found in words.items()}

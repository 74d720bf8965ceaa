"""Words for canonical values: synonyms.csv, and the vocabulary file that the bot's extractor reads."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from recommender.catalogue.files import write_whole
from recommender.catalogue.items import Catalogue
from recommender.catalogue.schema import canonical
from recommender.catalogue.tables import decode
from recommender.errors import CatalogueError

FORMAT = 1
LANGUAGES = ("en", "zh")
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
        found = self._words.get((attribute, value, language), ())
        return found or ((value or attribute).replace("_", " "),)

    def label(self, attribute: str, value: str, language: str) -> str:
        """The word to show; with an empty value, the attribute's own name."""
        return self.words(attribute, value, language)[0]


def load_synonyms(path: Path) -> Synonyms:
    """Read a synonyms file: CSV with the columns attribute, value, language, word.

    Raises:
        CatalogueError: the file cannot be read; the text names the line and the remedy.
    """
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


def export_vocabulary(catalogue: Catalogue, synonyms_path: Path, target_path: Path) -> None:
    """Write the vocabulary of `catalogue` as JSON for recommender/language/vocabulary.py.

    Only attributes and values that the catalogue has are written: nobody can ask for others. The file appears whole
    or not at all.

    Raises:
        CatalogueError: the synonyms cannot be read, or the target cannot be written.
    """
    synonyms = load_synonyms(synonyms_path)
    currency = catalogue.items[0].currency if catalogue.items else "CNY"
    attributes = {
        attribute: {
            "labels": _words(synonyms, attribute, ""),
            "values": {value: _words(synonyms, attribute, value) for value in sorted(catalogue.values(attribute))},
        }
        for attribute in catalogue.attributes
    }
    content = {"format": FORMAT, "currency": currency, "attributes": attributes}
    write_whole(target_path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())


def _words(synonyms: Synonyms, attribute: str, value: str) -> dict[str, Sequence[str]]:
    return {language: synonyms.words(attribute, value, language) for language in LANGUAGES}

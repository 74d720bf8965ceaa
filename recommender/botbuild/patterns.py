"""The hand-written sentences in bot/patterns, whose gaps are filled with a catalogue's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from recommender.errors import ModelError
from recommender.types import Language

GAP = re.compile(r"\{([a-z0-9.]+)\}")
GAPS = frozenset(
    str.split(
        "thing things a.thing category a.category choice choice.name choice.other choice2 number.name number.value "
        "number.limit number.more number.less price.limit"
    )
)
LIMITS = "limits.yml"
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True)
class Pattern:
    """A sentence of one language for one intent, with gaps such as {choice}."""

    intent: str
    language: Language
    text: str

    @property
    def gaps(self) -> frozenset[str]:
        """The names of its gaps."""
        return frozenset(GAP.findall(self.text))


@dataclass(frozen=True)
class Patterns:
    """All sentences in the files' order, and how limits are said: kind of limit → language → phrases."""

    sentences: tuple[Pattern, ...]
    limits: Mapping[str, Mapping[str, tuple[str, ...]]]


def load_patterns(folder: Path) -> Patterns:
    """Every pattern in `folder`, one file for each topic and limits.yml.

    Raises:
        ModelError: a file is missing or malformed, or a gap has an unknown name; the text says where.
    """
    files = sorted(folder.glob("*.yml"))
    if folder / LIMITS not in files:
        raise ModelError(f"There is no {LIMITS} in {folder}: get the folder bot/patterns anew.")
    sentences = [pattern for file in files if file.name != LIMITS for pattern in _sentences(file)]
    limits = {
        kind: {language: tuple(phrases) for language, phrases in by_language.items()}
        for kind, by_language in _read(folder / LIMITS).items()
    }
    return Patterns(tuple(sentences), limits)


def _sentences(file: Path) -> Iterator[Pattern]:
    for intent, by_language in _read(file).items():
        for language in LANGUAGES:
            for text in by_language.get(language, ()):
                pattern = Pattern(intent, language, str(text))
                if unknown := pattern.gaps - GAPS:
                    names = ", ".join(sorted(GAPS))
                    raise ModelError(
                        f"{file.name}, {intent}: “{text}” has a gap {{{min(unknown)}}}; there are {names}."
                    )
                yield pattern


def _read(file: Path) -> Mapping[str, Any]:
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise ModelError(f"The patterns {file} cannot be read ({error}).") from error
    if not isinstance(data, Mapping) or not all(isinstance(part, Mapping) for part in data.values()):
        raise ModelError(f"The patterns {file} are not of the form intent: {{en: [sentence, …], zh: […]}}.")
    return data

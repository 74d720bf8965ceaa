"""A catalogue's attribute values by the words that people use for them, in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recommender.language.codes import CODE, CodeIndex
from recommender.language.han import HanIndex
from recommender.language.latin import WORD, LatinIndex
from recommender.language.negation import Span, excluded
from recommender.language.places import Pair, longest_first
from recommender.language.tokens import HAN_PATTERN, fold


@dataclass(frozen=True)
class Mention:
    """A value that a message names at [start:end]; with `exclude` it is named as unwanted ("not red")."""

    attribute: str
    value: str
    start: int
    end: int
    exclude: bool = False


@dataclass(frozen=True)
class _Attribute:
    labels: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, tuple[str, ...]]]


class Vocabulary:
    """Finds catalogue values in messages and says them in either language; made once, then only read."""

    def __init__(self, attributes: Mapping[str, _Attribute], currency: str | None) -> None:
        self.currency = currency
        self._attributes = attributes
        names = {attribute: self.attribute_words(attribute) for attribute in attributes}
        words = list(self._words_with_meaning())
        latin = [(word, pair) for word, pair in words if not HAN_PATTERN.search(word) and not CODE.fullmatch(word)]
        own = {part for found in names.values() for name in found for part in WORD.findall(name)}
        self._latin = LatinIndex(latin, protected=own)
        self._han = HanIndex((word, pair) for word, pair in words if HAN_PATTERN.search(word))
        self._codes = CodeIndex(((word, pair) for word, pair in words if CODE.fullmatch(word)), names)

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        """Read what `recommender.catalogue.vocabulary` wrote.

        Raises:
            FileNotFoundError: there is no such file; the text says how to make it.
            ValueError: the file is no vocabulary of a format that this version reads.
        """
        try:
            data = json.loads(Path(path).read_text(encoding="utf-8"))
        except FileNotFoundError:
            message = f"There is no vocabulary at {path}: run `parley prepare` (or `make run`), which writes it."
            raise FileNotFoundError(message) from None
        except ValueError as error:
            raise ValueError(f"{path} is not JSON ({error}): delete it and run `parley prepare`.") from error
        return cls.from_mapping(data)

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> Vocabulary:
        """A vocabulary from the mapping that var/vocabulary.json holds.

        {"format": 1, "currency": "CNY", "attributes": {"colour": {"labels": {"en": ["colour", "color"], …},
        "values": {"red": {"en": ["red", "crimson"], "zh": ["红色", "红"]}}}}}; a language's first word is its label.

        Raises:
            ValueError: another format, or a part is missing.
        """
        if not isinstance(data, Mapping) or data.get("format") != 1:
            found = data.get("format") if isinstance(data, Mapping) else type(data).__name__
            raise ValueError(f"The vocabulary has format {found!r}, not 1: write it anew with `parley prepare`.")
        try:
            attributes = {
                name: _Attribute(
                    labels={language: tuple(words) for language, words in part.get("labels", {}).items()},
                    values={
                        value: {language: tuple(words) for language, words in by_language.items()}
                        for value, by_language in part["values"].items()
                    },
                )
                for name, part in data["attributes"].items()
            }
        except (KeyError, AttributeError, TypeError) as error:
            raise ValueError(f"The vocabulary lacks a part ({error}): write it anew with `parley prepare`.") from error
        return cls(attributes, data.get("currency"))

    @property
    def attributes(self) -> tuple[str, ...]:
        """Attribute names in declared order."""
        return tuple(self._attributes)

    def values(self, attribute: str) -> tuple[str, ...]:
        """Canonical values of `attribute` in declared order; empty for an attribute that is not there."""
        found = self._attributes.get(attribute)
        return tuple(found.values) if found else ()

    def label(self, attribute: str, value: str, language: str) -> str:
        """The word to show for a value, in `language`, else the value itself."""
        found = self._attributes.get(attribute)
        words = found.values.get(value, {}).get(language, ()) if found else ()
        return words[0] if words else value

    def attribute_label(self, attribute: str, language: str) -> str:
        """The word to show for an attribute, in `language`, else its name."""
        found = self._attributes.get(attribute)
        words = found.labels.get(language, ()) if found else ()
        return words[0] if words else attribute

    def attribute_words(self, attribute: str) -> tuple[str, ...]:
        """Every folded word for the attribute itself ("colour", "color", "颜色"), its name first."""
        found = self._attributes.get(attribute)
        labels = (word for words in found.labels.values() for word in words) if found else ()
        return tuple(dict.fromkeys(fold(word).strip() for word in (attribute, *labels)))

    def words(self) -> Iterator[str]:
        """Every word of every value and attribute in both languages, as declared; for `tokens.add_words`."""
        for attribute, part in self._attributes.items():
            yield attribute
            for labels in part.labels.values():
                yield from labels
            for by_language in part.values.values():
                for words in by_language.values():
                    yield from words

    def find(self, text: str) -> list[Mention]:
        """Values that `text` names, in order, negated ones marked.

        English words match whole, in any case, singular or plural, hyphenated, spaced or joined, with one typo in a
        word of five letters or more that is no ordinary word. Chinese takes the longest match; a single character
        counts only where it is a word of its own (红 in 红的, not in 红包). A word for several values of one attribute
        gives one mention each ("shoes": sneakers, boots, …, any of which is meant); between attributes the one that
        is declared first wins.
        """
        return self.find_folded(fold(text))

    def find_folded(self, folded: str) -> list[Mention]:
        """As `find`, for a text that `tokens.fold` made."""
        places = [*self._latin.find(folded), *self._codes.find(folded)]
        if HAN_PATTERN.search(folded):
            places.extend(self._han.find(folded))
        taken = longest_first(places)
        unwanted = excluded(folded, [Span(place.pairs[0][0], place.start, place.end) for place in taken])
        mentions = [
            Mention(attribute, value, start, end, (start, end) in unwanted)
            for start, end, pairs in taken
            for attribute, value in pairs
        ]
        wide = {(start, end) for start, end, pairs in taken if len(pairs) > 1}
        last: dict[Pair, Mention] = {}
        for mention in mentions:
            known = last.get((mention.attribute, mention.value))
            if known is None or mention.exclude or (mention.start, mention.end) not in wide:
                last[mention.attribute, mention.value] = mention
        # Who says yes and no to the same means the last, but a wide word gives way ("not boots, other shoes").
        return [m for m in mentions if m.exclude == last[m.attribute, m.value].exclude]

    def meanings(self) -> Iterator[tuple[str, str, str]]:
        """Every (folded word, attribute, value) that it knows."""
        for word, (attribute, value) in self._words_with_meaning():
            yield word, attribute, value

    def _words_with_meaning(self) -> Iterator[tuple[str, Pair]]:
        """Folded words and what they mean; a value without words, and a code, is its own word."""
        for attribute, part in self._attributes.items():
            for value, by_language in part.values.items():
                words = dict.fromkeys(fold(word).strip() for declared in by_language.values() for word in declared)
                if not words or CODE.fullmatch(fold(value)):
                    words[fold(value).strip()] = None
                for word in words:
                    yield word, (attribute, value)

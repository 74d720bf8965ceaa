"""A catalogue's attribute values by the words that people use for them, in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from recommender.language.codes import CODE, CodeIndex
from recommender.language.display import format_measure
from recommender.language.excess import too_much
from recommender.language.han import HanIndex
from recommender.language.latin import WORD, LatinIndex
from recommender.language.negation import HEAD, Span, excluded
from recommender.language.people import has_opinion
from recommender.language.places import Pair, longest_first
from recommender.language.tokens import HAN_PATTERN, fold
from recommender.types import AttributeKind, Direction

FORMATS = (1, 2)


@dataclass(frozen=True)
class Mention:
    """A value that a message names at [start:end]; with `exclude` it is unwanted ("not red", "too red")."""

    attribute: str
    value: str
    start: int
    end: int
    exclude: bool = False


Words = Mapping[str, tuple[str, ...]]  # language → words, the one to show first


@dataclass(frozen=True)
class Unit:
    """Words after a number, and what one of them is in the catalogue's unit: an hour is 60.0 of its minutes."""

    factor: float
    words: Words


@dataclass(frozen=True)
class _Attribute:
    labels: Words
    values: Mapping[str, Words]
    kind: AttributeKind = "tags"
    ask: bool = True
    units: tuple[Unit, ...] = ()
    more: Words = field(default_factory=dict)
    less: Words = field(default_factory=dict)
    calendar: bool = False
    whole: bool = False
    range: tuple[float, float] | None = None

    @classmethod
    def from_mapping(cls, part: Mapping[str, Any]) -> _Attribute:
        kind = part.get("kind", "tags")
        if kind not in get_args(AttributeKind):
            raise TypeError(f"an attribute of kind {kind!r}")
        spread = part.get("range")
        values = part["values"] if kind in ("choice", "tags") else {}
        return cls(
            labels=_words(part.get("labels", {})),
            values={value: _words(by_language) for value, by_language in values.items()},
            kind=kind,
            ask=part.get("ask", True),
            units=tuple(Unit(float(unit["factor"]), _words(unit["words"])) for unit in part.get("units", ())),
            more=_words(part.get("more", {})),
            less=_words(part.get("less", {})),
            calendar=part.get("calendar", False),
            whole=part.get("whole", False),
            range=(float(spread[0]), float(spread[1])) if spread else None,
        )


def _words(by_language: Mapping[str, Any]) -> Words:
    return {language: tuple(words) for language, words in by_language.items()}


class Vocabulary:
    """Finds catalogue values in messages and says them in either language; made once, then only read."""

    def __init__(self, attributes: Mapping[str, _Attribute], currency: str | None, things: Words | None = None) -> None:
        self.currency = currency
        self._attributes = attributes
        self._things = things or {}
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

        {"format": 2, "currency": "CNY" or null, "things": {"en": ["film"], "zh": ["电影"]}, "attributes": {
        "colour": {"kind": "choice", "ask": true, "labels": {"en": ["colour", "color"], …},
        "values": {"red": {"en": ["red", "crimson"], "zh": ["红色", "红"]}}},
        "runtime": {"kind": "number", "ask": false, "labels": …, "units": [{"factor": 1, "words": {"en": ["minutes"]}}],
        "more": {"en": ["longer"]}, "less": …, "calendar": false, "whole": true, "range": [61, 209]}}}; a language's
        first word is its label, `calendar` marks years, `whole` numbers without fractions. Format 1 had labels and
        values only.

        Raises:
            ValueError: another format, or a part is missing.
        """
        if not isinstance(data, Mapping) or data.get("format") not in FORMATS:
            found = data.get("format") if isinstance(data, Mapping) else type(data).__name__
            raise ValueError(f"The vocabulary has format {found!r}, not 2: write it anew with `parley prepare`.")
        try:
            attributes = {name: _Attribute.from_mapping(part) for name, part in data["attributes"].items()}
            things = _words(data.get("things", {}))
        except (KeyError, AttributeError, TypeError, ValueError, IndexError) as error:
            raise ValueError(f"The vocabulary lacks a part ({error}): write it anew with `parley prepare`.") from error
        return cls(attributes, data.get("currency"), things)

    @property
    def attributes(self) -> tuple[str, ...]:
        """Attribute names in declared order, of every kind."""
        return tuple(self._attributes)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Names of the numeric attributes in declared order; the price is none of them."""
        return tuple(name for name, attribute in self._attributes.items() if attribute.kind == "number")

    @property
    def askable(self) -> tuple[str, ...]:
        """Names of the attributes that a shop assistant may ask for, in declared order."""
        return tuple(name for name, attribute in self._attributes.items() if attribute.ask)

    def kind(self, attribute: str) -> AttributeKind | None:
        """What `attribute` holds; None for one that is not there."""
        found = self._attributes.get(attribute)
        return found.kind if found else None

    def things(self, language: str) -> tuple[str, ...]:
        """Words for what is sold ("film", "movie"), the one to show first; empty where nobody said."""
        return self._things.get(language, ())

    def units(self, attribute: str) -> tuple[Unit, ...]:
        """The units in which `attribute` is spoken of, the catalogue's own first."""
        found = self._attributes.get(attribute)
        return found.units if found else ()

    def unit(self, attribute: str, language: str) -> str:
        """The word to show after a number of `attribute`; empty where it has no unit."""
        units = self.units(attribute)
        words = units[0].words.get(language) or next(iter(units[0].words.values()), ()) if units else ()
        return words[0] if words else ""

    def is_year(self, attribute: str) -> bool:
        """Whether `attribute` is a year of the calendar."""
        found = self._attributes.get(attribute)
        return found is not None and found.calendar

    def is_whole(self, attribute: str) -> bool:
        """Whether no item has a fraction of `attribute`: minutes and days, but not litres."""
        found = self._attributes.get(attribute)
        return found is not None and found.whole

    def range(self, attribute: str) -> tuple[float, float] | None:
        """The least and the greatest number that an item has; None where no item has one."""
        found = self._attributes.get(attribute)
        return found.range if found else None

    def change_words(self, attribute: str, direction: Direction) -> Words:
        """Words by language for `more` or `less` of a number: "longer", "更长"."""
        found = self._attributes.get(attribute)
        return {} if found is None else found.more if direction == "more" else found.less

    def change_label(self, attribute: str, direction: Direction, language: str) -> str:
        """The word to show for more or less of a number: "longer", else "more runtime", "时长更长"."""
        words = self.change_words(attribute, direction).get(language, ())
        if words:
            return words[0]
        label = self.attribute_label(attribute, language)
        if language == "zh":
            return f"{label}{'更高' if direction == 'more' else '更低'}"
        return f"{'higher' if direction == 'more' else 'lower'} {label}"

    def format_number(self, attribute: str, value: float, language: str) -> str:
        """A number with its unit, as people write it: "117 minutes", "117 分钟", "0.5%", "1999", "1999年"."""
        if self.is_year(attribute):
            return f"{value:.0f}{'年' if language == 'zh' else ''}"
        return format_measure(value, self.unit(attribute, language))

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
        for words in self._things.values():
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
        taken = [place for place in longest_first(places) if not has_opinion(folded, place.start, place.end)]
        spans = [Span(place.pairs[0][0], place.start, place.end) for place in taken]
        unwanted = excluded(folded, spans) | too_much(folded, spans)
        mentions = [
            Mention(attribute, value, start, end, (start, end) in unwanted)
            for start, end, pairs in taken
            for attribute, value in pairs
        ]
        wide = {(start, end) for start, end, pairs in taken if len(pairs) > 1}
        # A briefcase that is not to be a backpack is a bag.
        wanted = {m.value for m in mentions if m.attribute == HEAD and not m.exclude and (m.start, m.end) not in wide}
        mentions = [m for m in mentions if not (m.exclude and m.attribute == HEAD and m.value in wanted)]
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

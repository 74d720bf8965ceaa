"""A catalogue's attribute values by the words that people use for them, in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from recommender.language.forms import inflections
from recommender.language.negation import HEAD, Span, excluded
from recommender.language.tokens import HAN, HAN_PATTERN, fold, spans
from recommender.language.typos import TypoIndex, common_words

_WORD = re.compile(rf"[^\W_{HAN}]+(?:'[^\W_{HAN}]+)*")
_GAP = re.compile(r"[\s\-&.'/]{0,3}")  # "t shirt", "t-shirt", "H & M", "Dr. Martens"
_CODE = re.compile(r"\d+|[a-z]")  # such a value ("38", "m") needs its attribute beside it
_CODE_LINK = re.compile(r"[\s:=是]*(?:is |an? |of |的是|为|in )?\s*")
_CODE_LIST = re.compile(r"\s*(?:,|/|、|or|and|to|或者?|和|到|至|-|~)\s*")
# "I wear a 38", "有M的吗": a code may stand without its attribute's word where nothing else can be meant.
_CODE_FRAME = re.compile(
    r"(?:\b(?:wear|wears|have|got|in|take|an?)\s+(?:it in\s+|an?\s+)?|[穿有要]\s*|^\s*)"
    r"(?P<code>[0-9]{1,2}|[a-z])(?=\s*(?:$|[,.!?;。]|[的吗]|or\b|and\b|或|和|please\b))"
)
_CODE_BEFORE_UNIT = re.compile(
    r"(?<![0-9a-z.])(?P<code>[0-9]{1,3}|[a-z])(?=\s*(?:,|/|、|or|and|或者?|和|到|至|-|~)\s*(?:[0-9]{1,3}|[a-z]{1,3})\s?[码号])"
)
_VERBS = frozenset({"work", "dress", "watch", "match", "fall", "check", "date", "print", "train"})
_SUBJECT = re.compile(r"(?:\b(?:i|you|we|they|it|not|will|would|should|could|can|did|does)|n't)\s+$")
_GARMENT = frozenset("裙裤鞋衫衣帽靴袜")  # 红裙 is red and a skirt; 红包 is neither red nor a bag
_LONGEST = 6  # words of an English phrase

Pair = tuple[str, str]  # attribute, value


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
        self._latin: dict[str, tuple[Pair, ...]] = {}
        self._han: dict[str, tuple[Pair, ...]] = {}
        self._codes: dict[str, tuple[Pair, ...]] = {}
        self._parts: set[str] = set()
        self._apart: set[str] = set()  # "size S" written together is "sizes"
        self._reach: dict[str, int] = {}  # first word of an English phrase → words of the longest one
        self._index()
        lengths: dict[str, set[int]] = {}
        for word in self._han:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
        own = {part for name in self.attributes for word in self.attribute_words(name) for part in _WORD.findall(word)}
        self._corrections = lru_cache(maxsize=8192)(TypoIndex(self._parts | self._latin.keys(), own).corrections)
        coded = {pair[0] for pairs in self._codes.values() for pair in pairs}
        self._named = _alternation(word for name in coded for word in self.attribute_words(name))

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
        places = [*self._find_latin(folded), *self._find_codes(folded)]
        if HAN_PATTERN.search(folded):
            places.extend(self._find_han(folded))
        taken = [place for place in _longest_first(places) if not _is_other_use(folded, place)]
        unwanted = excluded(folded, [Span(pairs[0][0], start, end) for start, end, pairs in taken])
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

    def _index(self) -> None:
        generated: list[tuple[str, Pair]] = []
        for attribute, part in self._attributes.items():
            for value, by_language in part.values.items():
                words = dict.fromkeys(word for declared in by_language.values() for word in declared)
                if _CODE.fullmatch(fold(value)) or not words:
                    words[value] = None
                for word in words:
                    generated.extend(self._enter(word, (attribute, value)))
        declared = frozenset(self._latin)
        for key, pair in generated:
            if key not in declared:
                _append(self._latin, key, pair)

    def _enter(self, word: str, pair: Pair) -> Iterator[tuple[str, Pair]]:
        folded = fold(word).strip()
        if _CODE.fullmatch(folded):
            _append(self._codes, folded, pair)
        elif HAN_PATTERN.search(folded):
            _append(self._han, folded, pair)
            if len(folded) == 1 and pair[0] in ("colour", "color"):
                _append(self._han, folded + "色", pair)
        elif parts := [part.replace("'", "") for part in _WORD.findall(folded)]:
            self._reach[parts[0]] = min(max(self._reach.get(parts[0], 0), len(parts)), _LONGEST)
            _append(self._latin, "".join(parts), pair)
            if len(parts) > 1 and (len(parts[-1]) == 1 or "".join(parts) in common_words()):
                self._apart.add("".join(parts))
            self._parts.update(parts)
            for form in inflections(parts[-1]):
                self._parts.add(form)
                yield "".join([*parts[:-1], form]), pair

    def _find_latin(self, folded: str) -> Iterator[tuple[int, int, tuple[Pair, ...]]]:
        tokens = [(m.group().replace("'", ""), m.start(), m.end()) for m in _WORD.finditer(folded)]
        words = [self._known(word, folded[start:end]) for word, start, end in tokens]
        i = 0
        while i < len(words):
            # At least two: "sweat shirt" stands for "sweatshirt".
            for n in range(min(max(2, self._reach.get(words[i], 0)), len(words) - i), 0, -1):
                pairs = self._latin.get("".join(words[i : i + n]))
                if n == 1 and words[i] in self._apart:
                    break
                if pairs and all(_GAP.fullmatch(folded, tokens[j][2], tokens[j + 1][1]) for j in range(i, i + n - 1)):
                    yield tokens[i][1], tokens[i + n - 1][2], pairs
                    i += n - 1
                    break
            i += 1

    def _known(self, word: str, typed: str) -> str:
        """`word` as the vocabulary spells it: without a possessive ending, corrected; itself when nothing is near."""
        if word in self._latin or word in self._parts:
            return word
        if typed.endswith("'s") and (word[:-1] in self._latin or word[:-1] in self._parts):
            return word[:-1]
        if "'" in typed:
            return word  # "she's" is not a typo of "shoes"
        meant = self._corrections(word)
        if len(meant) > 1 and len({self._latin.get(candidate, (candidate,)) for candidate in meant}) > 1:
            return word
        return meant[0] if meant else word

    def _find_codes(self, folded: str) -> Iterator[tuple[int, int, tuple[Pair, ...]]]:
        """Numbers and letters as values: with the attribute's own word ("size 38 or 39", "尺码是M") or a frame."""
        if not self._codes:
            return
        for framed in (*_CODE_FRAME.finditer(folded), *_CODE_BEFORE_UNIT.finditer(folded)):
            if pairs := self._codes.get(framed["code"]):
                yield framed.start("code"), framed.end("code"), pairs
        for named in self._named.finditer(folded):
            link, end = _CODE_LINK, named.end()
            while (gap := link.match(folded, end)) and (code := _WORD.match(folded, gap.end())):
                pairs = tuple(
                    p for p in self._codes.get(code.group(), ()) if named.group() in self.attribute_words(p[0])
                )
                if not pairs:
                    break
                yield code.start(), code.end(), pairs
                link, end = _CODE_LIST, code.end()

    def _find_han(self, folded: str) -> Iterator[tuple[int, int, tuple[Pair, ...]]]:
        cuts: list[tuple[int, int]] | None = None
        i = 0
        while i < len(folded):
            for length in self._lengths.get(folded[i], ()):
                end = i + length
                pairs = self._han.get(folded[i:end])
                if not pairs or end > len(folded) or not _bounded(folded, i, end):
                    continue
                if length <= 2:
                    cuts = spans(folded) if cuts is None else cuts
                    if not self._stands(cuts, folded, i, end):
                        continue
                yield i, end, pairs
                i = end - 1
                break
            i += 1

    def _stands(self, cuts: list[tuple[int, int]], folded: str, start: int, end: int) -> bool:
        """Whether a short Chinese match agrees with jieba's words: see `find`."""
        first = next((cut for cut in cuts if cut[0] <= start < cut[1]), (start, end))
        last = next((cut for cut in cuts if cut[0] < end <= cut[1]), (start, end))
        if end - start > 1:
            return first == last or first[0] == start or last[1] == end
        if first == (start, end):
            return True
        if first[1] - first[0] == 2:
            head, tail = folded[first[0]], folded[first[1] - 1]
            if tail in _GARMENT and first[0] == start:
                return True
            both = self._han.get(head), self._han.get(tail)
            if both[0] and both[1] and both[0][0][0] == both[1][0][0]:
                return True  # 秋冬, 黑白
        return first[1] == end and folded[start] in _GARMENT


def _append(index: dict[str, tuple[Pair, ...]], key: str, pair: Pair) -> None:
    known = index.get(key, ())
    if not known or (known[0][0] == pair[0] and pair not in known):
        index[key] = (*known, pair)


def _alternation(words: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile("|".join(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in ordered))


def _bounded(folded: str, start: int, end: int) -> bool:
    """Whether Latin letters at the ends of a mixed word ("T恤", "pu皮") do not go on outside it."""
    left = start == 0 or not (folded[start].isascii() and folded[start - 1].isascii() and folded[start - 1].isalnum())
    right = end == len(folded) or not (folded[end - 1].isascii() and folded[end].isascii() and folded[end].isalnum())
    return left and right


def _is_other_use(folded: str, place: tuple[int, int, tuple[Pair, ...]]) -> bool:
    """Whether the word at `place` is a verb ("how should I dress") or a part of a thing (带帽子的: with a hood)."""
    start, end, pairs = place
    if folded[start:end] in _VERBS:
        return _SUBJECT.search(folded, 0, start) is not None
    return pairs[0][0] == HEAD and folded[start - 1 : start] == "带" and folded[start] in "帽"


def _longest_first(places: list[tuple[int, int, tuple[Pair, ...]]]) -> list[tuple[int, int, tuple[Pair, ...]]]:
    taken: list[tuple[int, int, tuple[Pair, ...]]] = []
    for place in sorted(places, key=lambda p: (p[0] - p[1], p[0])):
        if all(place[1] <= other[0] or place[0] >= other[1] for other in taken):
            taken.append(place)
    return sorted(taken, key=lambda p: p[0])

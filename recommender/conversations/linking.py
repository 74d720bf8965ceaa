"""What a text names: titles and attribute values of a catalogue, at their places.

The longest name wins; case, diacritics, apostrophes, possessives, a leading article, a year in brackets and plurals
make no difference. A name that is an ordinary word ("It", "Up", "Love") counts only where it is written as a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from recommender.conversations.graph import AttributeGraph
from recommender.conversations.words import Word, key_of, singulars, without_article, words_of
from recommender.language.stopwords import ENGLISH
from recommender.language.typos import SHORTEST, common_words, one_apart
from recommender.types import Item

Key = tuple[str, ...]

LONGEST = 12  # words of a name
ALIKE = 0.78  # difflib's ratio of a long word with two slips
SAMPLE = 300  # values that tell what an attribute's are like
PERSONAL = 6.0  # items per value below which an attribute's values are names of people or makers, not kinds
_TAIL = re.compile(r"\s*\([^()]*\)\s*$")
_GENERIC = re.compile(r"\s+(?:films?|movies?|fiction|genre|language)$", re.IGNORECASE)
_SUBTITLE = re.compile(r"\s*(?::|\s[-–—])\s")
_SENTENCE_END = re.compile(r"(?:^|[.!?…]|\n)[\s\"'“”‘’(*-]*$")
_QUOTE = re.compile(r"[\"“”‘*_《「『]\s*$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at [start:end] of turn number `turn`.

    `items` and `values` are what it may mean (rows and columns of the graph; several for remakes, namesakes or a person
    who both acts and directs); both are empty for a name that is known from elsewhere. `weak`: only a surname or the
    first part of a title.
    """

    key: Key
    turn: int
    start: int
    end: int
    items: tuple[int, ...] = ()
    values: tuple[int, ...] = ()
    weak: bool = False


@dataclass(slots=True)
class _Target:
    items: list[int]
    values: list[int]
    weak: bool = False
    ordinary: bool = False
    kind: bool = False
    rank: int = 9

    def meant(self, as_name: bool) -> bool:
        return as_name or self.kind or not self.ordinary


class Linker:
    """Finds the names of one catalogue in texts; made once, then only read."""

    def __init__(self, items: Sequence[Item], graph: AttributeGraph, words: Iterable[tuple[str, int]] = ()) -> None:
        """Names of `items`, of the values in `graph`, and further `words` for values, as (word, column)."""
        self.titles = tuple(key_of(next(iter(item.titles.values()), "")) for item in items)
        self._names: dict[Key, _Target] = {}
        for row, item in enumerate(items):
            for title in dict.fromkeys(item.titles.values()):
                for rank, key in enumerate(_title_keys(title)):
                    self._enter(key, item=row, rank=rank)
        personal = _personal(graph)
        for column, (attribute, value) in enumerate(graph.values):
            for key in _value_keys(value):
                self._enter(key, value=column, kind=attribute not in personal)
        for word, column in words:
            self._enter(key_of(word), value=column, kind=True)
        self._enter_weak(items, graph, personal)
        self._reach: dict[str, int] = {}
        self._holding: dict[str, list[Key]] = {}  # a word of a short name → the names
        for key, target in self._names.items():
            self._reach[key[0]] = max(self._reach.get(key[0], 0), min(len(key), LONGEST))
            if len(key) in (2, 3) and not target.ordinary:
                for word in {key[0], key[-1]}:
                    self._holding.setdefault(word, []).append(key)
        self._find = lru_cache(maxsize=16384)(self._find_in)

    def find(self, text: str, turn: int = 0) -> tuple[Mention, ...]:
        """The names in `text`, in order, that do not overlap."""
        found = self._find(text)
        return found if turn == 0 else tuple(_at(mention, turn) for mention in found)

    def named(self, name: str) -> _Target | None:
        """What a whole name means, None when the catalogue does not know it."""
        key = key_of(name)
        return self._names.get(key) or self._names.get(without_article(key))

    def _enter(
        self, key: Key, item: int | None = None, value: int | None = None, kind: bool = False, rank: int = 0
    ) -> None:
        """Of titles, those of the lowest rank are meant: "Emma" is not "Emma (1996)" where there is just "Emma"."""
        if not key:
            return
        target = self._names.setdefault(key, _Target([], [], ordinary=_ordinary(key)))
        if item is not None and rank < target.rank:
            target.items, target.rank = [], rank
        if item is not None and rank == target.rank and item not in target.items:
            target.items.append(item)
        if value is not None and value not in target.values:
            target.values.append(value)
            target.kind = target.kind or kind

    def _enter_weak(self, items: Sequence[Item], graph: AttributeGraph, personal: frozenset[int]) -> None:
        weak: dict[Key, _Target] = {}
        for row, item in enumerate(items):
            for title in item.titles.values():
                parts = _SUBTITLE.split(_TAIL.sub("", title), maxsplit=1)
                key = without_article(key_of(parts[0])) if len(parts) > 1 else ()
                if key and key not in self._names:
                    weak.setdefault(key, _Target([], [], True, len(key) == 1)).items.append(row)
        for column, (attribute, value) in enumerate(graph.values):
            key = key_of(value)
            if attribute in personal and len(key) in (2, 3) and len(key[-1]) > 3 and key[-1:] not in self._names:
                weak.setdefault(key[-1:], _Target([], [], True, True)).values.append(column)
        self._names.update(weak)

    def _find_in(self, text: str) -> tuple[Mention, ...]:
        words = words_of(text)
        found: list[Mention] = []
        index = 0
        while index < len(words):
            match = self._longest(text, words, index)
            if match is None:
                index += 1
                continue
            key, length, target = match
            window = words[index : index + length]
            # "comedy" is a genre, and a film only where it is written as one.
            items = () if target.ordinary and not _written_as_name(text, window) else tuple(target.items)
            place = window[0].start, window[-1].end
            found.append(Mention(key, 0, *place, items, tuple(target.values), target.weak))
            index += length
        return tuple(found)

    def _longest(self, text: str, words: list[Word], index: int) -> tuple[Key, int, _Target] | None:
        reach = max(
            self._reach.get(form, 0) for form in {words[index].text, words[index].stem, *singulars(words[index].text)}
        )
        for length in range(min(reach, len(words) - index), 0, -1):
            window = words[index : index + length]
            head = tuple(word.text for word in window[:-1])
            for form in dict.fromkeys((window[-1].text, window[-1].stem, *singulars(window[-1].text))):
                target = self._names.get((*head, form))
                if target is not None and (target.meant(False) or _written_as_name(text, window)):
                    return (*head, form), length, target
        return self._misspelt(text, words, index)

    def _misspelt(self, text: str, words: list[Word], index: int) -> tuple[Key, int, _Target] | None:
        """A name of two or three words, written with capitals, of which the first or the last has a slip."""
        for length in (3, 2):
            window = words[index : index + length]
            if len(window) < length or not all(text[word.start].isupper() for word in (window[0], window[-1])):
                continue
            typed = (*(word.text for word in window[:-1]), window[-1].stem)
            near = {
                key
                for word in (typed[0], typed[-1])
                for key in self._holding.get(word, ())
                if len(key) == length and key[1:-1] == typed[1:-1] and _near(typed, key)
            }
            if len(near) == 1:
                key = near.pop()
                return key, length, self._names[key]
        return None


def _at(mention: Mention, turn: int) -> Mention:
    return Mention(mention.key, turn, mention.start, mention.end, mention.items, mention.values, mention.weak)


def _near(typed: Key, meant: Key) -> bool:
    """Whether one of two words is a slip of the pen, and no ordinary word."""
    wrong = [(a, b) for a, b in ((typed[0], meant[0]), (typed[-1], meant[-1])) if a != b]
    if len(wrong) != 1 or len(wrong[0][0]) < SHORTEST - 1 or wrong[0][0] in common_words():
        return False
    if one_apart(*wrong[0]):
        return True
    return min(map(len, wrong[0])) > SHORTEST and SequenceMatcher(None, *wrong[0]).ratio() >= ALIKE


def _title_keys(title: str) -> tuple[Key, Key, Key, Key]:
    """As written, without an article, without what stands in brackets at its end, without both."""
    whole, bare = key_of(title), key_of(_TAIL.sub("", title))
    return whole, without_article(whole), bare, without_article(bare)


def _value_keys(value: str) -> Iterable[Key]:
    for form in dict.fromkeys((value, _GENERIC.sub("", value))):
        yield key_of(form)


def _personal(graph: AttributeGraph) -> frozenset[int]:
    """Attributes whose values are names rather than kinds of things: many values, few items each."""
    found = set()
    for attribute in range(len(graph.attributes)):
        degrees = graph.degree[graph.attribute == attribute]
        if len(degrees) > 50 and degrees.mean() < PERSONAL and _mostly_words(graph, attribute):
            found.add(attribute)
    return frozenset(found)


def _mostly_words(graph: AttributeGraph, attribute: int) -> bool:
    names = [value for number, value in graph.values if number == attribute][:SAMPLE]
    return sum(len(key_of(name)) > 1 for name in names) > len(names) / 2


def _ordinary(key: Key) -> bool:
    """Whether people write this without meaning a name: "it", "the game", "about time", but not "blade runner"."""
    key = without_article(key)
    if len(key) == 1:
        word = key[0]
        if word.isdigit():
            return len(word) != 4
        return word.isascii() and (len(word) < 3 or word in ENGLISH or word in common_words())
    return all(word in ENGLISH or len(word) < 4 for word in key) and all(word.isascii() for word in key)


def _written_as_name(text: str, window: list[Word]) -> bool:
    """Capitals (of a single word: not just because a sentence begins), or quotation marks around it."""
    before = text[: window[0].start]
    if _QUOTE.search(before):
        return True
    capital = [text[word.start].isupper() or text[word.start].isdigit() for word in window if len(word.text) > 3] or [
        text[window[0].start].isupper() or text[window[0].start].isdigit()
    ]
    if not all(capital) or text.isupper():
        return False
    return len(window) > 1 or not _SENTENCE_END.search(before)

"""Whether a rephrasing says what its template says, and nothing else.

Both texts are read alike (`reading`), and every thing in the rephrasing must have its like in the template or in the
facts of the item that it is said of. Words that are neither there nor harmless (`lexicon`) are turned down too, so that
an invention need not be foreseen to be refused. It refuses faithful texts now and then; the template goes out then.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from recommender.language.detect import detect
from recommender.language.tokens import HAN_PATTERN, fold, spans
from recommender.language.vocabulary import Vocabulary
from recommender.types import Language
from recommender.wording import lexicon, masking
from recommender.wording.claims import find_claims
from recommender.wording.facts import Facts
from recommender.wording.figures import Figure, find_figures
from recommender.wording.masking import PRIVATE, QUOTE, QUOTED
from recommender.wording.reading import Named, Part, Reader, Reading
from recommender.wording.shape import Reason, characters, shape

_SIGNS = re.compile(r"[$€£¥₩₹%‰℃°]")

_ORDERED = ("not", "none", "down", "up", "less", "more", "most", "all")


@dataclass(frozen=True)
class Check:
    """Holds rephrasings against one template and its facts."""

    template: str
    facts: Facts
    language: Language
    vocabulary: Vocabulary

    def fault(self, text: str) -> Reason | None:
        """Why `text` must not go out, None when it may."""
        if text.strip() == self.template.strip():
            return None
        for wrong in (shape(text, self.template), characters(text, self.template)):
            if wrong:
                return wrong
        masked = masking.mask(text, self.facts.items, self._quotes, self._bare)
        if self._wrong_language(masked.text):
            return "language"
        said = self._reader.read(masked, self._numbered)
        tests: tuple[Callable[[Reading], Reason | None], ...] = (
            self._titles, self._claims, self._numbers, self._values, self._turns, self._words, self._omissions,
        )  # fmt: skip
        return next((reason for test in tests if (reason := test(said))), None)

    @cached_property
    def _quotes(self) -> tuple[str, ...]:
        """Quoted words of the template that are more than a search in the catalogue's own words."""
        titles = {title for item in self.facts.items for title in item.titles}
        inside = [m[1] for m in QUOTED.finditer(self.template) if m[1] not in titles]
        return tuple(dict.fromkeys((*self.facts.quotes, *(words for words in inside if not self._is_plain(words)))))

    def _is_plain(self, words: str) -> bool:
        folded = fold(words)
        if any(True for _ in find_claims(folded)):
            return False
        for mention in self.vocabulary.find_folded(folded):
            folded = folded[: mention.start] + " " * (mention.end - mention.start) + folded[mention.end :]
        read = Reader(self.vocabulary, 0).read(masking.Masked(folded, ()), {})
        own = self._labels
        return not any(lexicon.unknown_latin(read.rest, own)) and lexicon.unknown_han(read.rest, own) is None

    @cached_property
    def _bare(self) -> frozenset[str]:
        """Quotes that stand in the template without quotation marks."""
        marked = set(QUOTED.findall(self.template))
        return frozenset(quote for quote in self._quotes if quote in self.template and quote not in marked)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self.vocabulary, len(self.facts.items))

    @cached_property
    def _given(self) -> Reading:
        masked = masking.mask(self.template, self.facts.items, self._quotes, self._bare)
        return self._reader.read(masked, {})

    @cached_property
    def _numbered(self) -> dict[int, int]:
        return {number: item for number, item in self._given.markers if item >= 0}

    def _wrong_language(self, masked: str) -> bool:
        plain = PRIVATE.sub(" ", masked)
        if self.language == "en":
            ours = set(HAN_PATTERN.findall(fold(self.template)))
            return any(character not in ours for character in HAN_PATTERN.findall(plain))
        return detect(plain, "zh") != "zh" and detect(PRIVATE.sub(" ", self.template), "zh") == "zh"

    def _titles(self, said: Reading) -> Reason | None:
        ours, theirs = self._given.titles, said.titles
        if tuple(dict.fromkeys(theirs)) != tuple(dict.fromkeys(ours)):
            return "order" if set(theirs) == set(ours) else "title"
        for item in set(theirs):
            short = any(masking.is_short(title) for title in self.facts.items[item].titles)
            if short and theirs.count(item) > ours.count(item):
                return "title"
        numbers = [number for number, item in said.markers if self._numbered.get(number) != item]
        return "order" if numbers else None

    def _numbers(self, said: Reading) -> Reason | None:
        for item, part in said.parts.items():
            allowed = [*self._given.part(item).figures, *self._figures(item)]
            for figure, beside, attributes in part.figures:
                like = [other for other in allowed if figure.stands_for(other[0]) and beside == other[1]]
                if not any(not other[2] or other[2] == attributes for other in like):
                    return "number"
        return None

    def _figures(self, item: int | None) -> list[tuple[Figure, frozenset[str], frozenset[str]]]:
        """Figures of the facts: an item's price and numbers, and how many items there are."""
        none = frozenset[str]()
        if item is None:
            count = len(self.facts.items)
            return [(Figure("number", count, count, 0, 0), none, none)] if count else []
        facts = self.facts.items[item]
        labels = " ".join(self.vocabulary.label(a, v, self.language) for a, v in sorted(facts.values))
        found = [(figure, none, none) for figure in find_figures(fold(labels))]
        found += [(Figure("number", value, value, 0, 0), none, none) for value in facts.numbers]
        if facts.price is not None:
            found.append((Figure("money", facts.price, facts.price, 0, 0, facts.currency), none, none))
        return found

    def _values(self, said: Reading) -> Reason | None:
        for item, part in said.parts.items():
            given = self._given.part(item)
            for named in part.values:
                if reason := self._value(named, item, given):
                    return reason
        return None

    def _value(self, named: Named, item: int | None, given: Part) -> Reason | None:
        own = self._own(item)
        same = [other for other in given.values if other.options & named.options]
        if not same:
            return ("polarity" if named.denied else None) if own & named.options else "attribute"
        if item is not None and not own & named.options and not named.like and any(other.like for other in same):
            return "attribute"  # "like the black one" does not make it black
        nothing = "none" in self._given.turns
        if any(other.denied == named.denied for other in same) or (named.denied and nothing):
            return None
        return "polarity"

    def _own(self, item: int | None) -> frozenset[tuple[str, str]]:
        """Values that hold for `item`, or without one for all items."""
        if item is not None:
            return self.facts.items[item].values
        sets = [facts.values for facts in self.facts.items]
        return frozenset.intersection(*sets) if sets else frozenset()

    def _claims(self, said: Reading) -> Reason | None:
        return next(("claim" for item, part in said.parts.items() if part.claims - self._given.part(item).claims), None)

    def _turns(self, said: Reading) -> Reason | None:
        ours, theirs = self._given.turns, said.turns
        if _denials(ours) != _denials(theirs) or set(_bounds(ours)) != set(_bounds(theirs)):
            return "polarity"
        if ("relax" in theirs) > ("relax" in ours):
            return "polarity"
        if ours.count("but") != theirs.count("but") or ("none" in ours and ("only" in theirs) > ("only" in ours)):
            return "polarity"
        if "most" in ours and _sequence(ours) != _sequence(theirs):
            return "polarity"
        if len(self.facts.items) > 1 and ("same" in theirs) > ("same" in ours):
            return "polarity"
        for item, part in said.parts.items():
            if item is not None and len(self.facts.items) > 1:
                given = self._given.part(item)
                if _denials(tuple(part.turns)) - _denials(tuple(given.turns)):
                    return "polarity"
                if set(_bounds(tuple(part.turns))) - set(_bounds((*given.turns, *self._given.part(None).turns))):
                    return "polarity"
        return None

    @cached_property
    def _labels(self) -> frozenset[str]:
        return _attribute_words(self.vocabulary)

    @cached_property
    def _allowed(self) -> frozenset[str]:
        rest = self._given.rest
        latin = [match.group() for match in lexicon.LATIN_WORD.finditer(rest)]
        han = [rest[start:end] for start, end in spans(rest) if HAN_PATTERN.match(rest, start)]
        # Single characters would let words be put together that nobody said.
        return lexicon.with_forms(latin) | {word for word in han if len(word) > 1} | self._labels

    def _words(self, said: Reading) -> Reason | None:
        rest = PRIVATE.sub(" ", said.rest)
        for match in lexicon.unknown_latin(rest, self._allowed):
            return "name" if _is_name(said.raw, match.start()) else "word"
        if lexicon.unknown_han(rest, self._allowed) is not None:
            return "word"
        return "number" if _SIGNS.search(rest) and not _SIGNS.search(self._given.rest) else None

    def _omissions(self, said: Reading) -> Reason | None:
        for item, given in self._given.parts.items():
            part = said.part(item)
            figures = [figure for figure, _, _ in part.figures]
            for figure, _, _ in given.figures:
                needed = figure.kind == "money" and (item is None or not figure.limit or len(self.facts.items) == 1)
                if needed and not any(f.stands_for(figure) for f in figures):
                    return "omission"
            values = {option for named in part.values for option in named.options}
            if item is None and any(not named.options & values for named in given.values):
                return "omission"
        return "quote" if self._given_quote and not self._keeps_quote(said) else None

    @property
    def _given_quote(self) -> bool:
        return QUOTE in self._given.rest and not self.facts.items

    def _keeps_quote(self, said: Reading) -> bool:
        return QUOTE in said.rest


def _denials(turns: tuple[str, ...]) -> Counter[str]:
    return Counter("no" for turn in turns if turn in ("not", "none"))


def _bounds(turns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(turn for turn in turns if turn in ("down", "up", "less", "more"))


def _sequence(turns: tuple[str, ...]) -> list[str]:
    """What is denied, compared and counted, in order: "less than all, more than most" may not be turned round."""
    return ["no" if t in ("not", "none") else t for t in turns if t in _ORDERED]


@lru_cache(maxsize=8)
def _attribute_words(vocabulary: Vocabulary) -> frozenset[str]:
    words = [word for attribute in vocabulary.attributes for word in vocabulary.attribute_words(attribute)]
    return lexicon.with_forms(words)


def _is_name(raw: str, at: int) -> bool:
    """Whether the word at `at` has a capital that no sentence gives it."""
    return raw[at : at + 1].isupper() and re.search(r"(?:^|[.!?:。！？：\n])\W*$", raw[:at]) is None

"""English words and phrases of a vocabulary, found in messages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from recommender.language.forms import inflections
from recommender.language.places import Pair, Place, enter
from recommender.language.tokens import HAN
from recommender.language.typos import TypoIndex, common_words

WORD = re.compile(rf"[^\W_{HAN}]+(?:'[^\W_{HAN}]+)*")
_GAP = re.compile(r"[\s\-&.'/]{0,3}")  # "t shirt", "t-shirt", "H & M", "Dr. Martens"
_LONGEST = 6  # words of a phrase
_VERBS = frozenset({"work", "dress", "watch", "match", "fall", "check", "date", "print", "train"})
_SUBJECT = re.compile(
    r"(?:\b(?:i|you|we|they|it|(?:how|what|where) (?:does|do|did) (?:this|that|these|those)|(?<!but )(?<!and )not|will|"
    r"would|should|could|can|did|does)|n't)\s+(?:(?:always|usually|never|often|mostly|only|just)\s+)?$"
)
# Idioms in which a word for goods means none of them: "top of the list", "from the top", "the running time".
_IDIOM = re.compile(
    r"top (?:of (?!the range)|choice|pick|notch|quality|rated|right|left|up)|running (?:time|on|out|late|low)|"
    r"(?<=from the )top\b|(?<=on )top\b|(?<=at the )top\b|(?<=over the )top\b"
)


class LatinIndex:
    """Whole words in any number, phrases in any spacing, with one typo in a long word."""

    def __init__(self, words: Iterable[tuple[str, Pair]], protected: Iterable[str]) -> None:
        """Folded `words` with their meanings; `protected` words are never taken for typos."""
        self._entries: dict[str, tuple[Pair, ...]] = {}  # by the words of a phrase, joined
        self._parts: set[str] = set()
        self._apart: set[str] = set()  # "size S" written together is "sizes"
        self._reach: dict[str, int] = {}  # first word of a phrase → words of the longest one
        words = list(words)
        forms = [form for word, pair in words for form in self._enter(word, pair)]
        self._apart -= {word for word, _ in words}  # "every day" and "everyday" are both declared
        declared = frozenset(self._entries)
        for key, pair in forms:
            if key not in declared:
                enter(self._entries, key, pair)
        self._corrections = lru_cache(maxsize=8192)(
            TypoIndex(self._parts | self._entries.keys(), protected).corrections
        )

    def _enter(self, word: str, pair: Pair) -> Iterator[tuple[str, Pair]]:
        parts = [part.replace("'", "") for part in WORD.findall(word)]
        if not parts:
            return
        key = "".join(parts)
        enter(self._entries, key, pair)
        if len(parts) > 1 and (len(parts[-1]) == 1 or key in common_words()):
            self._apart.add(key)
        self._reach[parts[0]] = min(max(self._reach.get(parts[0], 0), len(parts)), _LONGEST)
        self._parts.update(parts)
        for form in inflections(parts[-1]):
            self._parts.add(form)
            yield "".join([*parts[:-1], form]), pair

    def find(self, folded: str) -> Iterator[Place]:
        """The longest phrases from left to right, but not verbs ("how should I dress")."""
        tokens = [(m.group().replace("'", ""), m.start(), m.end()) for m in WORD.finditer(folded)]
        words = [self.known(word, folded[start:end]) for word, start, end in tokens]
        i = 0
        while i < len(words):
            # At least two: "sweat shirt" stands for "sweatshirt".
            for n in range(min(max(2, self._reach.get(words[i], 0)), len(words) - i), 0, -1):
                pairs = self._entries.get("".join(words[i : i + n]))
                if n == 1 and words[i] in self._apart:
                    break
                if pairs and all(_GAP.fullmatch(folded, tokens[j][2], tokens[j + 1][1]) for j in range(i, i + n - 1)):
                    start, end = tokens[i][1], tokens[i + n - 1][2]
                    verb = folded[start:end] in _VERBS and _SUBJECT.search(folded, 0, start)
                    if not verb and not _IDIOM.match(folded, start):
                        yield Place(start, end, pairs)
                    i += n - 1
                    break
            i += 1

    def known(self, word: str, typed: str) -> str:
        """`word` as the vocabulary spells it: without a possessive ending, corrected; itself when nothing is near."""
        if word in self._entries or word in self._parts:
            return word
        if typed.endswith("'s") and (word[:-1] in self._entries or word[:-1] in self._parts):
            return word[:-1]
        if "'" in typed:
            return word  # "she's" is not a typo of "shoes"
        meant = self._corrections(word)
        if len(meant) > 1 and len({self._entries.get(candidate, (candidate,)) for candidate in meant}) > 1:
            return word
        return meant[0] if meant else word

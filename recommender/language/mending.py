"""Slips of the fingers, mended before a message is read: "hudred", "wihtout", 牛仔库 of a pinyin keyboard.

The vocabulary forgives typos in its own English words; here it is the words that limit, negate and count, whose loss
turns a wish around, and Chinese words of which one character sounds right and is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from recommender.language.forms import inflections
from recommender.language.tokens import HAN_PATTERN, spans
from recommender.language.typos import SHORTEST, TypoIndex
from recommender.language.vocabulary import Vocabulary
from recommender.types import Direction

_FUNCTION_WORDS = str.split(
    "three seven eight eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty "
    "fifty sixty seventy eighty ninety hundred thousand under below above between around about within maximum minimum "
    "budget without nothing never except exceed leave exclude excluding cheaper pricier dearer expensive second third "
    "fourth fifth first another different instead anything something similar number yuan euros dollars pounds"
)
_HAN_WORDS = str.split(
    "以内 以下 以上 之内 之间 左右 便宜 颜色 差不多 超过 不超过 低于 高于 不要 没有 除了 预算 大概 大约 至少 最多 最低 "
    "最高 别的 其他 换成 类似 推荐 材质 尺码 款式 价格 牌子 品牌 场合 不喜欢 第二个 第一个 第三个"
)
# Characters that stand between others on their own: none of them is a slip.
_PARTICLES = frozenset(
    "的得地了着过是在有不没就都也要我你他她它这那和与或个件条双给吗呢吧啊呀看说到很想能会可以再还更最一二三四五六七八九十百千万"
    "几太两大小多少长短上下里外前后为被把让对从向跟比用好请先别又才只而且但因所如若什么谁哪怎"
)
_LATIN_WORD = re.compile(rf"(?<![a-z0-9'-])[a-z]{{{SHORTEST - 1},}}(?![a-z0-9'])")
# 一下 is a word of its own; behind an amount it is 以下.
_UNDER = re.compile(r"(?<=[0-9元块百千万钱])一(?=下(?:$|[\s,.。!?;的]))")


@dataclass(frozen=True)
class Mended:
    """A folded message as it was meant; `origin` leads its places and its end back, None where nothing moved."""

    text: str
    origin: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where [start:end] stands in what was typed."""
        return (start, end) if self.origin is None else (self.origin[start], self.origin[end])


def mend(folded: str, vocabulary: Vocabulary) -> Mended:
    """A text that `tokens.fold` made, as its writer meant it."""
    mender = _mender(vocabulary)
    if HAN_PATTERN.search(folded):
        folded = mender.homophones(folded)
    return mender.misspelt(folded)


class _Mender:
    def __init__(self, vocabulary: Vocabulary) -> None:
        words = {word for word, _, _ in vocabulary.meanings()}
        own = {part for word in (*words, *_spoken(vocabulary), *_FUNCTION_WORDS) for part in re.findall("[a-z]+", word)}
        self._latin = TypoIndex(_FUNCTION_WORDS, own.union(*map(inflections, own)))
        self._han = {
            word for word in (*words, *_HAN_WORDS) if len(word) > 1 and len(HAN_PATTERN.findall(word)) == len(word)
        }
        self._sounds: dict[tuple[str, str, str], str] = {}
        for word in sorted(self._han):
            for _, key in _places_and_keys(word):
                self._sounds.setdefault(key, word)
        self._lengths = sorted({len(word) for word in self._han}, reverse=True)

    def misspelt(self, folded: str) -> Mended:
        """With function words spelt right."""
        text, origin, end = "", [], 0
        for match in _LATIN_WORD.finditer(folded):
            meant = self._latin.corrections(match[0])
            if len(meant) != 1:
                continue
            text += folded[end : match.start()] + meant[0]
            # Every place of the corrected word but its ends is the start of the word that was typed.
            origin += [*range(end, match.start()), *([match.start()] * len(meant[0]))]
            end = match.end()
        if not end:
            return Mended(folded)
        return Mended(text + folded[end:], (*origin, *range(end, len(folded) + 1)))

    def homophones(self, folded: str) -> str:
        """With words of which another character than was meant sounds the same; as long as `folded`."""
        folded = _UNDER.sub("以", folded)
        # The ends of what was mistyped are ends of tokens; two characters have to be no word (jieba knows 高根鞋, too).
        cuts = [cut for cut in spans(folded) if HAN_PATTERN.match(folded, cut[0])]
        last = {start: end for start, end in cuts}
        ends, reached = {end for _, end in cuts}, 0
        for start, first in last.items():
            for length in self._lengths:
                end = start + length
                broken = first < end or length > 2
                if start >= reached and broken and end in ends and (word := self._meant(folded[start:end])):
                    folded, reached = folded[:start] + word + folded[end:], end
        return self._particles(folded) if "得" in folded else folded

    def _particles(self, folded: str) -> str:
        """With 的 for 得 behind a value: "红色得不要"."""
        before = ""
        for start, end in spans(folded):
            if folded[start:end] == "得" and before in self._han:
                folded = f"{folded[:start]}的{folded[end:]}"
            before = folded[start:end]
        return folded

    def _meant(self, typed: str) -> str:
        """The one word that `typed` may stand for; empty where it is one, or may stand for none or for several."""
        if typed in self._han:
            return ""
        found = {
            self._sounds[key]
            for place, key in _places_and_keys(typed)
            if typed[place] not in _PARTICLES and key in self._sounds
        }
        return found.pop() if len(found) == 1 else ""


def _spoken(vocabulary: Vocabulary) -> Iterator[str]:
    """Folded words of values, attributes and units, and of more and less of a number ("newer" is no "never")."""
    yield from (word.lower() for word in vocabulary.words())
    for number in vocabulary.numbers:
        spoken = [unit.words for unit in vocabulary.units(number)]
        spoken += [vocabulary.change_words(number, direction) for direction in get_args(Direction)]
        yield from (word.lower() for by_language in spoken for words in by_language.values() for word in words)


def _places_and_keys(word: str) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """Each place of a word, and what is left of the word when that place is only heard."""
    for place, character in enumerate(word):
        for sound in _sounds(character):
            yield place, (word[:place], sound, word[place + 1 :])


@lru_cache(maxsize=4096)
def _sounds(character: str) -> tuple[str, ...]:
    """Toneless readings of a Chinese character."""
    from pypinyin import Style, pinyin

    return tuple(pinyin(character, style=Style.NORMAL, heteronym=True)[0])


@lru_cache(maxsize=8)
def _mender(vocabulary: Vocabulary) -> _Mender:
    return _Mender(vocabulary)

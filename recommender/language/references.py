"""What a message says relative to what was shown or asked: positions, price changes, dropped and other attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from recommender.language import pricing
from recommender.language.comparing import NUMBERS, positions_in
from recommender.language.forms import inflections
from recommender.language.tokens import fold
from recommender.language.vocabulary import Mention, Vocabulary
from recommender.language.wishes import NAMELESS, another_patterns, drop_patterns, requirement, value_drop

PRICE = "price"  # the pseudo-attribute of `find_drops`


@dataclass(frozen=True)
class Reference:
    """A position in the shown list at [start:end]: 1 is the first, -1 the last."""

    value: int
    start: int
    end: int


@dataclass(frozen=True)
class PriceChange:
    """A wish for cheaper or dearer things at [start:end]."""

    value: Literal["cheaper", "dearer"]
    start: int
    end: int


@dataclass(frozen=True)
class Drop:
    """A wish that `attribute` (or "price") no longer matters, at [start:end]."""

    attribute: str
    start: int
    end: int


@dataclass(frozen=True)
class Another:
    """A wish for another value of `attribute`, whichever, at [start:end]."""

    attribute: str
    start: int
    end: int


_ORDINALS = {
    word: i
    for i, word in enumerate(str.split("first second third fourth fifth sixth seventh eighth ninth tenth"), start=1)
}
_HAN_NUMBERS = {word: i for i, word in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_THING = r"(?:one|item|option|result|suggestion|choice|pick|product|recommendation|card|picture|photo|entry|pair)"
_AT = re.compile(
    rf"\b(?:(?:in )?(?:position|place|spot)|at) (?P<number>{'|'.join(NUMBERS)}|[1-9])\b"
    r"(?!\s*(?:o'clock|am|pm|%|or|most|least))"
    rf"|\bin (?:the )?(?P<ordinal>{'|'.join(_ORDINALS)}) (?:place|position|spot)\b"
)  # "the boots at three", "in third place"
_NO_POSITION = (
    r"(?!\s+(?:of all|time|times|date|day|week|month|year|season|night|name|class|hand|place|floor|birthday|wedding|"
    r"anniversary|impression|grade|sight|home|half|two|three|few|couple|thing|step|summer|winter|spring|autumn|"
    r"minute|call|chance|size|order|price|world|war)\b|-?hand\b)"
)
_ENGLISH = re.compile(
    rf"\b(?:the |your |my )?(?P<back>second|third|next)[- ](?:to[- ])?(?:the[- ])?last\b(?: {_THING}\b)?"
    rf"|\b(?P<the>the |your )?(?:very )?(?P<ordinal>{'|'.join(_ORDINALS)}|last|final|(?:10|[1-9])(?:st|nd|rd|th))\b"
    rf"{_NO_POSITION}(?P<thing> {_THING}\b)?"
    rf"|(?:\b(?:number|nr\.?|no\.|{_THING[3:-1]})\s*#?|#)\s*(?P<number>(?:10|[1-9])(?![0-9%]|[.,][0-9])|"
    rf"(?:{'|'.join(NUMBERS)})\b)"
)
# Every position contains one of these: looking for them is far cheaper than the patterns.
_POSITION_HINTS = (
    *_ORDINALS,
    *str.split("last final # number nr no. at position place spot 1st 2nd 3rd 第 最后 头一 号"),
    *(f"{i}th" for i in range(4, 11)),
    *_THING[3:-1].split("|")[1:],
    *(f"one {i}" for i in range(1, 10)),
)
_BEFORE_BARE = re.compile(
    r"(?:^|\b(?:like|liked|love|than|prefer|buy|bought|want|take|choose|dislike|hate|about|and|or|get))\s*$"
)
_AFTER_BARE = re.compile(r"\s*(?:$|[.!?;,]|\b(?:and|or|please|but|is|looks|then|better|instead)\b)")
_CORRECTION = re.compile(
    r"[.,;!-]\s*(?:(?:oh|hm+|no|sorry)[,.]?\s+)*"
    r"(?:wait|actually|sorry|scratch that|i mean|make (?:that|it)|or rather)\b"
    r"|不对|等等|等一下|说?错了|我是说"
)  # "the last one. no wait, the second"
_MEASURE = "[个件条双款套只顶块张项样种支部台本]"
_CHINESE = re.compile(
    rf"(?P<back>倒数)?第\s?(?P<number>[0-9]{{1,2}}|[一二三四五六七八九十两]{{1,3}})"
    rf"(?:{_MEASURE}|[号位]|(?![次天年季周代步眼章回名期时节场反感手印人版月日度页 0-9])|(?=\s+(?:or|and|vs)\b))"
    rf"|最后(?:面|边)?(?:那|的)?一?(?P<last>{_MEASURE})|(?P<head>头一{_MEASURE})|"
    rf"(?<![0-9.])(?P<label>10|[1-9])号(?!码|线)"
    r"|(?<![月零一二三四五六七八九十])(?P<named>[一二三四五六七八九十])号(?!码|线|楼)"
)


def find_references(text: str) -> list[Reference]:
    """Positions in the shown list: "the second one", "#2", "the last", "第二个", "the first two", "1和3哪个好"."""
    return list(references_in(fold(text)))


def references_in(folded: str) -> Iterator[Reference]:
    """As `find_references`, for a text that `tokens.fold` made; each place says one thing, or several positions."""
    named = list(_named_in(folded))
    others = [Reference(*position) for position in positions_in(folded)]
    found = named + [o for o in others if not any(o.start < n.end and n.start < o.end for n in named)]
    corrected = max((match.end() for match in _CORRECTION.finditer(folded)), default=0)
    yield from [reference for reference in found if reference.start >= corrected] or found


def _named_in(folded: str) -> Iterator[Reference]:
    if not any(hint in folded for hint in _POSITION_HINTS):
        return
    for match in _ENGLISH.finditer(folded):
        value = _english_position(folded, match)
        if value:
            yield Reference(value, *match.span())
    for match in _AT.finditer(folded):
        said = match["number"]
        value = _ORDINALS[match["ordinal"]] if match["ordinal"] else NUMBERS.get(said) or int(said)
        yield Reference(value, *match.span())
    for match in _CHINESE.finditer(folded):
        if match["number"]:
            number = _han_number(match["number"])
            value = -number if match["back"] else number
        else:
            value = (
                _HAN_NUMBERS[match["named"]]
                if match["named"]
                else int(match["label"])
                if match["label"]
                else 1
                if match["head"]
                else -1
            )
        if value:
            yield Reference(value, *match.span())


def _english_position(folded: str, match: re.Match[str]) -> int | None:
    if match["back"]:
        return -3 if match["back"] == "third" else -2
    if match["number"]:
        return NUMBERS.get(match["number"]) or int(match["number"])
    ordinal = match["ordinal"]
    if not match["the"] and not match["thing"]:
        before = _BEFORE_BARE.search(folded, 0, match.start())
        after = _AFTER_BARE.match(folded, match.end())
        if not before or not after or (not before.group() and after.group().endswith(",")):
            return None  # "first, show me shirts"
    if ordinal in ("last", "final"):
        return -1
    return _ORDINALS.get(ordinal) or int(re.sub(r"\D", "", ordinal))


def _han_number(written: str) -> int:
    if written.isdigit() and written.isascii():
        return int(written)
    tens, ten, ones = written.partition("十")
    if not ten:
        return _HAN_NUMBERS[written] if len(written) == 1 else 0
    return 10 * _HAN_NUMBERS.get(tens, 1) + _HAN_NUMBERS.get(ones, 0)


def find_price_change(text: str) -> list[PriceChange]:
    """Wishes for cheaper ("too expensive", "便宜一点", "实惠") or dearer things ("higher end", "贵一点的")."""
    return list(price_changes_in(fold(text)))


def price_changes_in(folded: str) -> Iterator[PriceChange]:
    """As `find_price_change`, for a text that `tokens.fold` made."""
    if not any(hint in folded for hint in pricing.HINTS):
        return
    for match in pricing.PRICE_CHANGE.finditer(folded):
        yield PriceChange("cheaper" if match["cheaper"] else "dearer", *match.span())


_PRICE_WORDS = str.split("prices price budget costs cost money 预算 价格 价钱 价位 费用 钱")


@dataclass(frozen=True)
class _Patterns:
    drops: re.Pattern[str]
    another: re.Pattern[str] | None
    attributes: dict[str, str]  # folded word → attribute


@lru_cache(maxsize=8)
def _patterns(vocabulary: Vocabulary) -> _Patterns:
    """Patterns around the words for a vocabulary's attributes; compiled once for each vocabulary."""
    attributes: dict[str, str] = {}
    for attribute in vocabulary.attributes:
        for word in vocabulary.attribute_words(attribute):
            attributes.setdefault(word, attribute)
            for form in inflections(word) if word.isascii() and " " not in word else ():
                attributes.setdefault(form, attribute)
    valued = (word for word, attribute in attributes.items() if vocabulary.values(attribute))  # no "another length"
    own = "|".join(map(re.escape, sorted(valued, key=len, reverse=True)))
    for word in _PRICE_WORDS:
        attributes[word] = PRICE
    every = "|".join(map(re.escape, sorted(attributes, key=len, reverse=True)))
    another = re.compile(another_patterns(own)) if own else None
    return _Patterns(re.compile(drop_patterns(every)), another, attributes)


def find_drops(text: str, vocabulary: Vocabulary) -> list[Drop]:
    """Attributes (and "price") that no longer matter: "any colour is fine", "颜色无所谓", "forget the budget".

    A dropped value drops its attribute: "it doesn't have to be red", "不一定要红色".
    """
    return list(drops_in(fold(text), vocabulary))


def drops_in(folded: str, vocabulary: Vocabulary) -> Iterator[Drop]:
    """As `find_drops`, for a text that `tokens.fold` made."""
    patterns = _patterns(vocabulary)
    if any(word in folded for word in patterns.attributes) or any(word in folded for word in NAMELESS):
        for match in patterns.drops.finditer(folded):
            word = next((match[name] for name in match.re.groupindex if match[name]), None)
            yield Drop(patterns.attributes[word] if word else PRICE, *match.span())
    if value_drop.search(folded):
        for mention in vocabulary.find_folded(folded):
            yield from _dropped(folded, mention)


def _dropped(folded: str, mention: Mention) -> Iterator[Drop]:
    named = requirement.match(folded, mention.end)
    for cue in value_drop.finditer(folded, 0, mention.start):
        if cue.end() == mention.start and (named or not cue["only"]):
            yield Drop(mention.attribute, cue.start(), named.end() if named else mention.end)


def find_another(text: str, vocabulary: Vocabulary) -> list[Another]:
    """Attributes of which another value is wished for: "another colour", "换个颜色", "different brand"."""
    return list(another_in(fold(text), vocabulary))


def another_in(folded: str, vocabulary: Vocabulary) -> Iterator[Another]:
    """As `find_another`, for a text that `tokens.fold` made."""
    patterns = _patterns(vocabulary)
    if patterns.another is None or not any(word in folded for word in patterns.attributes):
        return
    for match in patterns.another.finditer(folded):
        word = next(match[name] for name in match.re.groupindex if match[name])
        yield Another(patterns.attributes[word], *match.span())

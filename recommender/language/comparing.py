"""Positions said without "the second": "1 or 3, which is better", "1和3哪个好", "the first two", "4 is nice"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from recommender.language.tokens import fold


class Position(NamedTuple):
    """A position in the shown list, −1 the last, said at [start:end]."""

    value: int
    start: int
    end: int


NUMBERS = {word: i for i, word in enumerate(str.split("one two three four five six seven eight nine ten"), start=1)}
_HAN = {digit: i for i, digit in enumerate("一二三四五六七八九十", start=1)} | {"两": 2, "俩": 2, "仨": 3}
_MEASURE = "[个件条双款套只顶块张项样种支部台本辆家]"
_ENGLISH_FRAME = re.compile(
    r"\b(?:compar\w*|versus|vs\.?|differ\w*|which|better|best|prefer|choose between|pick between|decide between|"
    r"stack up|[a-z]{3,}er than|more [a-z]+ than|side by side|same|beats?)\b"
)
_CHINESE_FRAME = re.compile(
    r"哪一?[个件条双款套只顶部台本种]|选哪|买哪|比较|对比|比一?比|比一?下|相比|区别|差别|差在|不同|不一样|谁更|谁好|pk|vs|怎么选|选谁|更[^新多,。]{1,3}$|比[^,。]{0,3}$"
)
_DIGIT = r"(?:10|[1-9])"
_NUMBER = rf"(?:number |no\.? ?|nr\.? ?|item |option |#)?(?P<%s>{_DIGIT})"
_LIST = (
    r"\s*(?:,\s*(?:and |or )?|&|/|\b(?:and|or|versus|with|to|against|beats?)\b|\bvs\.?|\b(?:[a-z]+\s+){0,3}than\b)\s*"
)
_ENGLISH = re.compile(
    rf"(?<![0-9a-z.,$€£¥#-])(?<!size )(?<!sizes ){_NUMBER % 'a'}{_LIST}{_NUMBER % 'b'}(?:{_LIST}{_NUMBER % 'c'})?"
    r"(?![0-9%.]|,[0-9]|\s*(?:k|w|yuan|rmb|cny|usd|eur|euros?|dollars?|bucks|pounds?|hours?|minutes?|days?|weeks?|years?|months?|"
    r"cm|mm|kg|ml|gb|stars?|people|pieces?|items?|pairs?|of them)\b|\s?[元块百千万$€£])"
)
_HAN_NUMBER = rf"(?:第)?(?P<%s>{_DIGIT}|[一二三四五六七八九十])(?:{_MEASURE}|号)?"
_HAN_LIST = r"\s*(?:和|跟|与|及|、|,|还是|或者?|对比|比|vs\.?|pk|/|以及)\s*"
_CHINESE = re.compile(
    rf"(?<![0-9a-z.,$€£¥第十]){_HAN_NUMBER % 'a'}{_HAN_LIST}{_HAN_NUMBER % 'b'}(?:{_HAN_LIST}{_HAN_NUMBER % 'c'})?"
    r"(?![0-9.%十百千万元块码岁折点天年月周升瓦级档楼层]|号?码|小时|分钟|公斤|厘米|起)"
)
_COUNT = rf"(?:[2-5]|{'|'.join(list(NUMBERS)[1:5])})"
_FIRST = re.compile(
    rf"\b(?:the |your |my |these |those )?(?P<side>first|top|last|final) (?P<count>{_COUNT})\b"
    r"(?: (?:ones|items|options|results|of (?:them|these|those))\b)?"
    r"(?!\s+(?:pages?|letters?|weeks?|days?|months?|years?|times|hours?|minutes?|things)\b)"
    rf"|(?P<front>前|头)(?P<han>[2-5两二三四五])(?:{_MEASURE})"
    rf"|(?P<back>最?后(?:面|边)?)(?P<hanlast>[2-5两二三四五])(?:{_MEASURE})"
)
# A bare number is a position where it is judged, taken or asked about, and nothing that could be counted follows.
_END = r"(?=\s*(?:$|[!?;。]|[,.](?![0-9])|(?:please|plz|pls|but|then|instead|though)\b))"
_JUDGED = r"(?:is|looks?|seems?|was|isn't|ain't|suits?|feels?)"
_JUDGED_LIST = re.compile(r"\s*(?:(?:are|were|look|seem|can|will|both|please)\b|都|就|吧)")  # "1 and 3 are lovely"
_OPENING = r"(?:(?:yeah|yep|yes|ok|okay|nope|no|nah|hmm+|oh|wow|and|so)\b[\s,]*)?"
_BEFORE = (
    r"(?:i'll (?:take|have)|gimme|go (?:for|with)|going with|choose|pick|prefer|love|like|liked|loved|hate|justify|"
    r"specs? of|details? (?:of|on|for)|same (?:vibe|style|look|kind) as|similar to|close to|closer to|pay for|"
    r"(?:cheaper|better|nicer|prettier) than|what's|what is|how's|how is|(?:what|how) about)"
)
_LONE = re.compile(
    rf"^{_OPENING}(?P<judged>{_DIGIT})(?=\s+{_JUDGED}\b(?! my\b))|\b{_BEFORE}\s+(?P<taken>{_DIGIT}){_END}"
    rf"|\bno (?P<number>{_DIGIT}){_END}"
    rf"|\b(?:does|do|is|has|will|can|would) (?P<asked>{_DIGIT})"
    r"(?=\s+(?!of\b|or\b|to\b|too many|enough|the max)[a-z]+(?<!s)\b)"
)
_SEVERAL = re.compile(
    r"\bboth(?: of (?:them|these|those))?\b"
    rf"|\b(?:these|those|the|all) (?P<count>{_COUNT})\b(?! of\b)(?: (?:ones|items|options))?"
    rf"|(?:这|那)(?P<han>[2-5两二三四五])(?:{_MEASURE})|(?P<pair>[俩仨])"
    rf"|(?<![第十前后])(?P<bare>[两二三四五])(?:{_MEASURE})(?=哪|里|中|比|对比|有什么|之间)"
)


def positions_in(folded: str) -> Iterator[Position]:
    """Positions in a text that `tokens.fold` made: of the first or last few, and of numbers that are being compared.

    "1 or 3" counts only beside words that compare, and a bare number only where it is judged, taken or asked about
    ("4 is nice", "specs of 1"), so that sizes, counts and prices stay those. Which ones "both" and "这两个" are, only
    the list can tell.
    "The first two" alone says nothing: it may be how many are wanted.
    """
    for match in () if _FIRST.fullmatch(folded.strip(" ,.!?。")) else _FIRST.finditer(folded):
        last = bool(match["back"]) or match["side"] in ("last", "final")
        count = _value(match["count"] or match["han"] or match["hanlast"])
        for value in range(-count, 0) if last else range(1, count + 1):
            yield Position(value, *match.span())
    compared = _ENGLISH_FRAME.search(folded) or _CHINESE_FRAME.search(folded)
    listed = [p for pattern in (_ENGLISH, _CHINESE) for p in _listed(pattern, folded, bool(compared))]
    yield from dict.fromkeys([*listed, *_lone(folded)])


def how_many(text: str) -> int | None:
    """How many of the list a comparison is about where it says no more: "both", "这两个", "which of the three"."""
    match = _SEVERAL.search(fold(text))
    if not match:
        return None
    return _value(match["count"] or match["han"] or match["pair"] or match["bare"] or "two")


def _lone(folded: str) -> Iterator[Position]:
    for match in _LONE.finditer(folded):
        name = str(match.lastgroup)
        yield Position(int(match[name]), *match.span(name))


def _listed(pattern: re.Pattern[str], folded: str, compared: bool) -> Iterator[Position]:
    for match in pattern.finditer(folded):
        for name in ("a", "b", "c"):
            if match[name] and (compared or _JUDGED_LIST.match(folded, match.end())):
                yield Position(_value(match[name]), *match.span(name))


def _value(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() else NUMBERS.get(said) or _HAN[said]

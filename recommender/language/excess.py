"""Which mentioned values there is too much of: "too red", "leather is too hot", "太正式了", "羊毛太扎了"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recommender.language.negation import HEAD, Span, listed

_HINTS = str.split("too overly excessively bit little tad rather somewhat slightly kind 太 过于 过分 有 这")

_MUCH = r"(?:too|overly|excessively)"
_LITTLE = r"(?:a (?:bit|little|tad)|a little bit|slightly|rather|somewhat|kind of|kinda)"
_ENGLISH = re.compile(
    rf"\b{_MUCH}(?: much)?[\s-]+$"
    # Of what is shown "a bit formal" is a complaint too; of what is wanted it is a wish.
    rf"|\b(?:it|this|that|they|these|those|ones?|first|second|third|fourth|fifth|last)\s*"
    rf"(?:'s|'re|is|are|looks?|feels?|seems?)\s+{_LITTLE}\s+(?:too\s+)?$"
)
# "Is the second too formal?" asks. Of two values "too" is also "as well": "in red too, silk".
_ENGLISH_ASKS = re.compile(r"(?:^|[.!;,]\s*)(?:is|are|isn't|aren't|would|will|does|do|could)\b[^.!;,]*$")
_CHINESE = re.compile(
    r"(?<!不)(?<!会)(?<!是不是)(?:太|过于|过分)$|(?<![要想找来求好带没])有(?:一?[点些]儿?)(?:太|过于)?$"
)
# 这件是女款啊，我要男的: what is shown, and no wish.
_SHOWN = re.compile(r"这[一]?[件条双款个些只顶块]?(?:里)?(?:都|也|明明|全|就)?是(?:个|件|条|双)?$")
_OTHERWISE = re.compile(r"我(?:想)?要(?!的是这)|我说的是|[又并]不是|明明|应该是")
_CHINESE_ASKS = re.compile(r"[^,。!;]{0,4}?(?:吗|么|嘛\?|\?)")
_OWN = re.compile(r"too |太")  # "too busy" is a word for prints
_ONLY_TOO = re.compile(r"(?:太|于|分)$")
_WANTED = re.compile(r"\s*的(?!$|[,。!;吧啊呀哦])")  # 有点红的裙子

_PRAISE = r"(?:good|nice|beautiful|pretty|cute|lovely|perfect|cool|gorgeous|great)"
_ENGLISH_AFTER = re.compile(
    rf"\s+(?:is|are|'s|looks?|feels?|seems?)\s+(?:(?:just|way|far|much|really|{_LITTLE})\s+)?{_MUCH}\s+"
    rf"(?!{_PRAISE})[a-z]+"
)
_THE = re.compile(r"\b(?:the|this|that|these|those|your)\s+$")  # "the red is too short" is about one item
_CHINESE_AFTER = re.compile(
    r"(?:色|系)?(?:的?也|都|又|就|感觉|觉得|看着|穿着|实在|真的?|有点儿?)*(?:太|过于)"
    r"(?![好美赞棒喜爱适可仙帅香酷戳完漂有多少长短大小阳空极平太子])[^,。!;吗么?的]{1,3}(?:了|啦|$|[,。!;吧啊呀])"
)

_COMPLAINTS = re.compile(
    r"\b(?:too|overly|excessively|not (?:so|too|that|very|as)|n't (?:so|too|that|very)|less)\s+[a-z-]+"
    r"|\b(?:no|without(?: any| a)?)\s+(?!(?:idea|problem|matter|more|one|way)\b)[a-z-]+"
    r"(?:\s+[a-z-]+(?=\s*(?:$|[,.!?;]|\b(?:and|or|but|please)\b)))?"
    r"|(?:(?:不要|不想要|(?<![特分个类性级区告离派])别)(?:带|太|那么|这么)*\s*|[没不]那么|太|过于)"
    r"(?![阳空极平太子])(?:[a-z]+|[^\sa-z,。!;?太的了]{1,3})(?=了|啦|的|$|[,。!;吧啊呀])"
)


def complaints(folded: str) -> list[tuple[int, int]]:
    """The (start, end) of words for what is too much or unwanted ("too bright", "no hood"): nothing to search for."""
    return [match.span() for match in _COMPLAINTS.finditer(folded)]


def too_much(folded: str, spans: Sequence[Span]) -> set[tuple[int, int]]:
    """The (start, end) of those `spans` of which the message says that they are too much of something.

    Args:
        folded: the message as `tokens.fold` makes it.
        spans: mentioned values in order; what is looked for ("boots are too expensive") is never unwanted by this.
    """
    if not any(hint in folded for hint in _HINTS):
        return set()
    found: set[tuple[int, int]] = set()
    later: Span | None = None  # of which something behind it said so
    for span in reversed([span for span in spans if span.attribute != HEAD]):
        by_later = later is not None and listed(folded, span, later)
        later = span if by_later or _after(folded, span) else None
        if later or _OWN.match(folded, span.start) or _before(folded, span):
            found.add((span.start, span.end))
    return found


def _before(folded: str, span: Span) -> bool:
    ahead = folded[: span.start]
    if _ENGLISH.search(ahead):
        return not _ENGLISH_ASKS.search(ahead)
    if _SHOWN.search(ahead) and _OTHERWISE.search(folded):
        return True
    if _CHINESE.search(ahead):
        lasting = _ONLY_TOO.search(ahead) is not None
        return not _CHINESE_ASKS.match(folded, span.end) and (lasting or not _WANTED.match(folded, span.end))
    return False


def _after(folded: str, span: Span) -> bool:
    if _ENGLISH_AFTER.match(folded, span.end):
        return not _THE.search(folded, 0, span.start)
    return _CHINESE_AFTER.match(folded, span.end) is not None

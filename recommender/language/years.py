"""Years of the calendar: "after 2010", "from the 90s", "2015年以后", "九十年代的", "1990-2000"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recommender.language.amounts import Amount, Bounds, Limited, LimitReader, Skeleton
from recommender.language.limits import AMOUNT, EITHER, VAGUE
from recommender.language.numerals import Number

_FIRST, _LAST = 1850, 2100
_DECADES = {
    word: 1900 + 10 * i
    for i, word in enumerate(
        str.split("twenties thirties forties fifties sixties seventies eighties nineties"), start=2
    )
} | {"noughties": 2000}
_HAN_DIGITS = {digit: i for i, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}
_PART = r"(?P<part>early|mid|middle|late)[\s-]+(?:the )?"
_YEAR = re.compile(
    rf"(?:(?:the )?{_PART}|\bthe )?(?:上个?世纪|20世纪|二十世纪)?(?:"
    r"(?<![0-9a-z.,¥$€£/])(?P<year>(?:18|19|20)[0-9]{2})(?:(?P<ten>'?s\b|年代)|\s?(?P<unit>年)|(?![0-9a-z%]|[.,/][0-9]|\s*(?:元|块|"
    r"yuan|rmb|cny|usd|dollars?|euros?|bucks)))"
    r"|(?<![0-9a-z.,])'?(?P<tens>[0-9]0)(?:'?s\b|年代)"
    rf"|\b(?P<word>{'|'.join(_DECADES)})\b"
    r"|(?P<han>[一二][零〇一二三四五六七八九]{3})年(?P<hanten>代)?"
    r"|(?P<hantens>[一二三四五六七八九零〇])十?年代)"
    r"(?P<side>初期?|早期|前期|中期?|末期?|后期|晚期)?"
)
_PARTS = {"early": (0, 4), "mid": (3, 6), "middle": (3, 6), "late": (5, 9)}
_SIDES = {"初": "early", "早": "early", "前": "early", "中": "mid", "末": "late", "后": "late", "晚": "late"}
_RECENT = re.compile(
    r"(?:\b(?:from |in |of )?(?:the )?(?:last|past|recent)\s+"
    r"(?P<n>[0-9]+|two|three|five|ten|few|couple(?: of)?)?\s*years?\b"
    r"|(?:最?近|过去)(?P<m>[0-9]+|[一两三五十]|几)年(?:以?内|来|里)?)"
)
_COUNTS = {"two": 2, "three": 3, "five": 5, "ten": 10, "few": 5, "couple": 2}
_COUNTS |= {"一": 1, "两": 2, "三": 3, "五": 5, "十": 10, "几": 5}
_NOT = r"(?:\b(?:no|not|nothing|never|none|n't)\s+(?:[a-z]+\s+){0,3}?|不)"
_FILL = r"(?:\s|\b(?:the|year|years|early|about)\b|年份?|是|在|于)*"
_BEFORE = {
    "up": rf"{_NOT}(?:after|later than|newer than|past)\b|\b(?:until|till|up to|by)\b|不晚于",
    "low": rf"{_NOT}(?:before|earlier than|older than|prior to)\b|\b(?:since|starting (?:from|in))\b|不早于|自从?",
    "later": r"\b(?:after|later than|newer than|more recent than|post|past)\b-?|晚于|新于",
    "earlier": r"\b(?:before|prior to|earlier than|older than|pre)\b-?|早于",
    "about": r"\b(?:around|about|circa|ca\.?|roughly)|大概|大约|差不多",
    "at": r"\b(?:from|in|of|dating from|year|during|between)\b|从|年份",
}
_KINDS = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _BEFORE.items())


class YearReader(LimitReader):
    """Limits by years. `later` and `earlier` exclude the year itself: who says "after 2010" means 2011 at least."""

    before = re.compile(rf"(?:{_KINDS}){_FILL}{AMOUNT}")
    after = re.compile(
        r"\s*(?:年)?\s*(?:"
        r"(?P<about>左右|前后|or so\b|上下)"
        r"|(?P<low>(?:或|及|和)?(?:以|之)?后(?![期代])(?:的|出的|上映的)?|往后|以来|起|开始|至今|\+|"
        r"(?:(?:or|and) (?:later|newer|after|above|up|more recent|onwards?)|onwards?|on|till now|to now)\b)"
        r"|(?P<up>(?:or|and) (?:earlier|before|older|below)\b|及(?:以|之)前)"
        r"|(?P<earlier>(?:以|之)?前)"
        r"|(?P<at>(?:上映|拍|出|产|发行)?的)"
        r")"
    )
    comparison = re.compile(
        rf"比\s*{AMOUNT}\s*年?\s*(?:还|更|再|要)*(?:(?P<later>新|晚|近)|(?P<earlier>老|早|旧))(?:一?[点些])?"
    )

    span = EITHER

    def joins(self, folded: str, left: Amount, right: Amount, framed: bool) -> bool:
        """Two years in order are a span, framed or not."""
        return left.low < right.high

    def kind(
        self, skeleton: Skeleton, amount: Amount, place: int, before: re.Match[str] | None, after: re.Match[str] | None
    ) -> str | None:
        """By the words beside it; a year alone says nothing, a decade or 2010年 is meant as it stands."""
        last = after.lastgroup if after else None
        first = before.lastgroup if before else None
        if amount.joined:
            return "at"
        if last not in (None, "at"):
            return last
        if first == "about" or (before and VAGUE.search(before.group())):
            return "about"
        return first or ("at" if amount.unit or last else None)

    def bounds(self, amount: Amount, kind: str) -> Bounds:
        """Whole years, both ends included."""
        low, high = amount.low, amount.high
        bounds: dict[str, Bounds] = {
            "later": (high + 1, None),
            "low": (low, None),
            "earlier": (None, low - 1),
            "up": (None, high),
            "about": (low - 2, high + 2),
        }
        return bounds.get(kind, (low, high))


_READER = YearReader()


def find_years(folded: str, newest: float | None = None) -> list[Limited]:
    """Limits by years in a text that `tokens.fold` made, in order; bounds are whole years and included.

    Args:
        folded: the message.
        newest: the newest year that there is, from which "the last five years" counts; None leaves that out.
    """
    found = _READER.find(folded, list(_amounts(folded)))
    if newest is not None:
        found += [Limited(newest - _count(m) + 1, None, None, *m.span()) for m in _RECENT.finditer(folded)]
    return sorted(found, key=lambda limited: limited.start)


def _count(match: re.Match[str]) -> int:
    said = (match["n"] or match["m"] or "few").split(" ")[0]
    return int(said) if said.isdigit() else _COUNTS[said]


def _amounts(folded: str) -> Iterator[Amount]:
    for match in _YEAR.finditer(folded):
        low, high = _span(match)
        if not _FIRST <= low < _LAST:
            continue
        unit = "year" if match["unit"] or match["han"] or high > low else None
        yield Amount(low, high, unit, *match.span(), Number(low, high, *match.span(), "digits"))


def _span(match: re.Match[str]) -> tuple[float, float]:
    if match["han"]:
        year = int("".join(str(_HAN_DIGITS[digit]) for digit in match["han"]))
        decade = bool(match["hanten"])
    elif match["hantens"]:
        tens = 10 * _HAN_DIGITS[match["hantens"]]
        year, decade = tens + (1900 if tens >= 30 else 2000), True
    elif match["tens"]:
        year, decade = int(match["tens"]) + (1900 if int(match["tens"]) >= 30 else 2000), True
    elif match["word"]:
        year, decade = _DECADES[match["word"]], True
    else:
        year, decade = int(match["year"]), bool(match["ten"])
    if not decade:
        return year, year
    part = match["part"] or _SIDES.get((match["side"] or " ")[0], "")
    first, last = _PARTS.get(part, (0, 9))
    return year + first, year + last

"""Currency signs, codes and words next to a number."""

from __future__ import annotations

import re
from typing import NamedTuple

from recommender.language.numerals import Number

_SIGNS = {
    "hk$": "HKD", "us$": "USD", "nt$": "TWD", "au$": "AUD", "a$": "AUD", "ca$": "CAD", "c$": "CAD", "s$": "SGD",
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "₩": "KRW", "₹": "INR",
}  # fmt: skip
_CODES = {
    "rmb": "CNY", "cny": "CNY", "usd": "USD", "eur": "EUR", "gbp": "GBP", "hkd": "HKD", "jpy": "JPY", "aud": "AUD",
    "cad": "CAD", "sgd": "SGD", "twd": "TWD",
}  # fmt: skip
_ENGLISH = {
    "yuan": "CNY", "yuans": "CNY", "renminbi": "CNY", "kuai": "CNY", "dollars": "USD", "dollar": "USD", "bucks": "USD",
    "buck": "USD", "euros": "EUR", "euro": "EUR", "pounds": "GBP", "pound": "GBP", "quid": "GBP", "yen": "JPY",
    "won": "KRW", "rupees": "INR", "hong kong dollars": "HKD", "us dollars": "USD", "chinese yuan": "CNY",
}  # fmt: skip
_CHINESE = {
    **dict.fromkeys(("块钱", "块大洋", "大洋", "块", "元钱", "元人民币", "元", "圆", "人民币"), "CNY"),
    **dict.fromkeys(("美元", "美金", "美刀", "刀"), "USD"),
    **dict.fromkeys(("欧元", "欧"), "EUR"),
    **dict.fromkeys(("英镑", "镑"), "GBP"),
    **dict.fromkeys(("日元", "日币"), "JPY"),
    **dict.fromkeys(("港币", "港元", "港纸", "蚊"), "HKD"),
    **dict.fromkeys(("韩元", "韩币"), "KRW"),
    **dict.fromkeys(("台币", "新台币"), "TWD"),
    **dict.fromkeys(("澳元", "澳币"), "AUD"),
    **dict.fromkeys(("加元", "加币"), "CAD"),
    **dict.fromkeys(("新币", "新元"), "SGD"),
}
_ALL = _SIGNS | _CODES | _ENGLISH | _CHINESE


def _any(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_BEFORE = re.compile(rf"(?P<name>{_any(_SIGNS)}|(?<![a-z])(?:{_any(_CODES)})|人民币|美元|美金|欧元|英镑|港币|日元)\s?$")
_AFTER = re.compile(
    rf"(?:[\s-]?(?P<word>{_any(_CODES | _ENGLISH)})(?![a-z0-9])|\s?(?P<sign>{_any(_SIGNS)})(?!\s?[0-9]))"
    rf"|\s?(?P<han>{_any(_CHINESE)})(?![素旦宵具])(?:(?P<tenths>[1-9一二三四五六七八九])[毛角]?(?![0-9十百千万个件条双款顶只]))?"
)
_PIECES = re.compile(r"块(?=手?表|腕表|布|丝巾|方巾|手帕|地毯|面料|毛巾|滑板|香皂)")


class Currency(NamedTuple):
    """A currency's ISO code, what it takes of the text and what it adds to the number (9块9: 0.9)."""

    code: str
    start: int
    end: int
    fraction: float = 0.0


def currency_before(folded: str, start: int) -> Currency | None:
    """The currency whose sign or code ends at `start`."""
    match = _BEFORE.search(folded, max(0, start - 6), start)
    return Currency(_ALL[match["name"]], match.start(), start) if match else None


def currency_after(folded: str, number: Number) -> Currency | None:
    """The currency that follows `number`; not in "两块手表" (two watches)."""
    match = _AFTER.match(folded, number.end)
    if not match or (number.high < 20 and _PIECES.match(folded, number.end)):
        return None
    tenths = match["tenths"]
    digit = 0 if not tenths else int(tenths) if tenths.isascii() else "零一二三四五六七八九".index(tenths)
    return Currency(_ALL[match["word"] or match["sign"] or match["han"]], match.start(), match.end(), digit / 10)

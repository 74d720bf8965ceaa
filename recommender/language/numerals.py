"""Numbers as people write them, in digits, English and Chinese: "1.5k", "two hundred and fifty", "一千八", "两三百"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import cn2an

Form = Literal["digits", "english", "chinese"]


@dataclass(frozen=True)
class Number:
    """A number at [start:end]; "两三百" is 200 to 300, otherwise `low` equals `high`.

    `scale` is the multiplier said last (100 in "五百", 1000 in "2k"), which a smaller number before it may share
    ("three to five hundred"); `approximate` marks "千把", "a couple hundred".
    """

    low: float
    high: float
    start: int
    end: int
    form: Form
    scale: float | None = None
    approximate: bool = False


_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_LATIN_UNITS = {"k": 1000.0, "w": 10000.0, "grand": 1000.0, "thousand": 1000.0, "hundred": 100.0}
_PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟俩〇", "一二三四五六七八九十百千两零")
_DIGITS = {digit: i for i, digit in enumerate("零一二三四五六七八九")} | {"两": 2}

_ONES = str.split(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = str.split("twenty thirty forty fifty sixty seventy eighty ninety")
_WORDS = {word: i for i, word in enumerate(_ONES)} | {word: 20 + 10 * i for i, word in enumerate(_TENS)}
_VAGUE = {"a": (1.0, 1.0), "couple": (2.0, 2.0), "few": (2.0, 5.0), "several": (3.0, 9.0)}

_TEN = "|".join(_TENS)
_ONE = "|".join(sorted(_ONES, key=len, reverse=True))
_SMALL = rf"(?:(?:{_TEN})(?:[\s-](?:{'|'.join(_ONES[1:10])})\b)?|(?:{_ONE})\b)"
_UNIT = r"[\s-]+(?:hundred|thousand|grand)\b"
_COUNT = rf"(?:{_SMALL}|a couple(?: of)?|couple(?: of)?|a few|several|a)"
_REST = rf"(?:(?:,?\s+and)?[\s-]+{_SMALL}(?!{_UNIT}))?"
_HUNDREDS = rf"{_COUNT}[\s-]+hundred\b{_REST}"
_ENGLISH = (
    rf"\b(?:(?:{_HUNDREDS}|{_COUNT})[\s-]+(?:thousand|grand)\b(?:(?:,?\s+and)?[\s-]+{_HUNDREDS}|{_REST})"
    rf"|{_HUNDREDS}|(?:{'|'.join(_ONES[1:10])})[\s-](?:{_TEN})(?:[\s-](?:{'|'.join(_ONES[1:10])}))?\b"
    rf"|{_SMALL}|hundred\b|thousand\b)"
)
_CODES = "rmb|cny|usd|eur|gbp|hkd|jpy|aud|cad|sgd|twd"
_EUROPEAN = r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{2})?(?=\s?€)|[0-9]+,[0-9]{2}(?=\s?(?:€|eur))"
_DIGITAL = (
    rf"(?:(?<![a-z0-9_.,])|{'|'.join(f'(?<={code})' for code in _CODES.split('|'))}|(?<=[^0-9a-z][.,])|(?<=[a-z],))"
    rf"(?P<digits>{_EUROPEAN}|[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"(?:\s?(?P<latin>k|w|grand|thousand|hundred)(?:(?<=[kw])(?P<tenths>[1-9]))?(?![a-z0-9])|(?P<han>[百千万][0-9一二两三四五六七八九十百千零]*))?"
)
_CHINESE = r"[零〇一二两俩三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟几]+(?:把(?![包手])|来(?=[块元]))?"
_NUMBER = re.compile(rf"{_DIGITAL}|(?P<chinese>{_CHINESE})|(?P<english>{_ENGLISH})")
_LARGEST = 1e9  # nobody pays more, and longer digits would become infinite
_LONGEST = 16  # characters of a Chinese numeral: 九千九百九十九万九千九百九十九 has fifteen
# Where a number may start: finding these first is five times as fast as trying _NUMBER everywhere.
_FIGURE = re.compile("[0-9零〇一二两俩三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟几]")
_FIGURE_OR_WORD = re.compile(rf"{_FIGURE.pattern}|\b(?:{_TEN}|{_ONE}|hundred|thousand|a|couple|few|several)\b")
_STEMS = (*_ONES[2:13], "teen", "twent", "thirt", "fort", "fift", "hundred", "thousand", "grand", "eight", "dollar")
_MORE = re.compile(r"(?:多|几)(?![种样个件条款双])")
_ISH = re.compile(r"\s?-?ish\b")


def find_numbers(folded: str) -> list[Number]:
    """Every number in a text that `tokens.fold` made, in order, whatever it counts."""
    start = _FIGURE_OR_WORD if any(stem in folded for stem in _STEMS) else _FIGURE
    return list(_numbers(folded, start))


def _matches(folded: str, start: re.Pattern[str]) -> Iterator[re.Match[str]]:
    position = 0
    while candidate := start.search(folded, position):
        match = _NUMBER.match(folded, candidate.start())
        position = match.end() if match else candidate.start() + 1
        if match:
            yield match


def _numbers(folded: str, start: re.Pattern[str]) -> Iterator[Number]:
    for match in _matches(folded, start):
        if match["digits"]:
            number = _from_digits(match)
        elif match["chinese"]:
            number = _from_chinese(match)
        else:
            number = _from_english(match)
        if number is None or number.high > _LARGEST:
            continue
        if ish := _ISH.match(folded, number.end):
            yield replace(number, end=ish.end(), approximate=True)
        elif number.low >= 10 and number.form != "english" and (more := _MORE.match(folded, number.end)):
            yield replace(number, high=number.high + _last_place(number.high), end=more.end())
        else:
            yield number


def _from_digits(match: re.Match[str]) -> Number | None:
    digits = match["digits"]
    if re.fullmatch(_EUROPEAN.replace(r"(?=\s?€)", "").replace(r"(?=\s?(?:€|eur))", ""), digits) and "," in digits[-3:]:
        value = float(digits.replace(".", "").replace(",", "."))
    elif re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+", digits) and match.string[match.end() :].lstrip().startswith("€"):
        value = float(digits.replace(".", ""))
    else:
        value = float(digits.replace(",", ""))
    scale = _LATIN_UNITS.get(match["latin"] or "")
    if scale:
        value = value * scale + int(match["tenths"] or 0) * scale / 10  # "1k5"
    elif match["han"]:
        scale = float(_UNITS[match["han"][0]])
        rest = _after_unit(match["han"][1:], scale)
        if rest is None:
            return None
        value = value * scale + rest
    return Number(value, value, *match.span(), "digits", scale)


def _after_unit(rest: str, scale: float) -> float | None:
    """What follows a unit: "5" after 千 is 500, "二百" is 200."""
    if not rest:
        return 0.0
    if len(rest) == 1:
        digit = int(rest) if rest.isascii() else _DIGITS.get(rest, 0)
        return digit * scale / 10
    if rest.isascii():
        return float(rest) if float(rest) < scale else None
    return _chinese_value("".join("零一二三四五六七八九"[int(c)] if c.isascii() else c for c in rest))


def _from_english(match: re.Match[str]) -> Number:
    words = re.findall(r"[a-z]+", match.group())
    low = high = 0.0
    part = (0.0, 0.0)
    scale: float | None = None
    for i, word in enumerate(words):
        if word in ("thousand", "grand", "hundred"):
            scale = _LATIN_UNITS[word]
            part = (max(part[0], 1.0 if part == (0.0, 0.0) else 0.0) * scale, (part[1] or 1.0) * scale)
            if scale == 1000:
                low, high, part = low + part[0], high + part[1], (0.0, 0.0)
        elif word in _VAGUE and not (word == "a" and words[i + 1 : i + 2] in (["couple"], ["few"])):
            part = _VAGUE[word]
        elif word in _WORDS:
            value = float(_WORDS[word])
            tens_after_ones = i and words[i - 1] in _ONES[1:10] and value >= 10  # "two fifty" is 250
            part = (
                part[0] * (100 if tens_after_ones else 1) + value,
                part[1] * (100 if tens_after_ones else 1) + value,
            )
    closing = scale if words[-1] in ("thousand", "grand", "hundred") else None
    return Number(low + part[0], high + part[1], *match.span(), "english", closing, "couple" in words)


def _from_chinese(match: re.Match[str]) -> Number | None:
    written = match["chinese"].translate(_PLAIN)
    found = _chinese_range(written) if len(written) <= _LONGEST else None
    if found is None:
        return None
    bare = written.rstrip("把来")
    scale = float(_UNITS[bare[-1]]) if bare[-1] in _UNITS and len(bare) > 1 else None
    return Number(*found, *match.span(), "chinese", scale, bare != written)


@lru_cache(maxsize=4096)
def _chinese_range(written: str) -> tuple[float, float] | None:
    if written in ("千万", "万一", "一万一") or set(written) <= {"零"}:
        return None  # 千万 is "by all means", 万一 "in case"
    if written[-1] in "把来":
        body = written[:-1]
        value = _chinese_value({"百十": "一百一十"}.get(body, ("一" if body[0] in _UNITS else "") + body))
        return (value, value) if value is not None else None
    if "几" in written:
        return _several(written)
    if re.fullmatch("[百千万]八[十百千]", written) and _UNITS[written[0]] == 10 * _UNITS[written[2]]:
        return 8.0 * _UNITS[written[2]], float(_UNITS[written[0]])  # 百八十, 千八百: somewhat under the unit
    pairs = list(re.finditer("(?=([一二两三四五六七八九])([一二两三四五六七八九]))", written))
    if len(pairs) == 1 and (len(written) == 2 or set(written) & set(_UNITS)):
        at = pairs[0].start()
        low, high = (
            _chinese_value(written[: at + 1] + written[at + 2 :]),
            _chinese_value(written[:at] + written[at + 1 :]),
        )
        return (low, high) if low is not None and high is not None and low < high else None
    value = _chinese_value(written)
    return (value, value) if value is not None else None


def _several(written: str) -> tuple[float, float] | None:
    if re.fullmatch("几[十百千万]", written):
        return 2.0 * _UNITS[written[1]], 9.0 * _UNITS[written[1]]
    digit = "[一二两三四五六七八九]"
    if re.fullmatch(f"{digit}?[十百千万]几", written):
        low, high = _chinese_value(written[:-1]), _chinese_value(written.replace("几", "九"))
    elif re.fullmatch(f"{digit}[百千万]几[十百千]", written):
        low, high = _chinese_value(written.replace("几", "二")), _chinese_value(written.replace("几", "九"))
    else:
        return None
    return (low, high) if low is not None and high is not None else None


@lru_cache(maxsize=4096)
def _chinese_value(written: str) -> float | None:
    """One numeral by cn2an, after what cn2an lacks: 千八 (1800), 百五 (150), a unit alone."""
    if written[:1] in _UNITS and written[:1] != "十":
        written = "一" + written
    try:
        return float(cn2an.cn2an(written, "smart"))
    except (ValueError, KeyError, IndexError):  # cn2an 0.5 raises what its tables raise ("十十一": KeyError)
        return None


def _last_place(value: float) -> float:
    """The place of the last digit that is not zero: 100 for 300, 10 for 250; "300多" is 300 to 400."""
    place = 1.0
    while place < 10000 and value % (place * 10) == 0:
        place *= 10
    return place

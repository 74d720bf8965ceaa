"""Numbers that are no money: sizes, ordinals, counts of things, years, ages, percentages."""

from __future__ import annotations

import re

from recommender.language.numerals import Number

_ORDINAL = re.compile(r"(?:第|倒数|#|\bno\.|\bnumber|\bnr\.?)\s?$")
_NAMED_BEFORE = re.compile(
    r"(?:\b(?:(?<!one )sizes?|sz|item|option|choice|model|version|top|eu|uk|us|waist|height|weight|age|aged|tall|chest|"
    r"bust|inseam|length|year|since|iphone|page)|尺码|码数|尺寸|鞋码|号码|身高|个子[很矮高小,\s]*|体重|腰围|胸围|臀围|脚长|衣长|年龄|今年|穿)"
    r"[\s:]*(?:(?:is|of|are|a|an|about|around|between|over|under|at least|up to|是|为|在|大概|大约|差不多|超过|"
    r"不到)[\s:]*)*$"
)
_CHINESE_UNIT = re.compile(
    r"\s?(?!人造)(?:[多几来]?(?:[码号件条个双款套只顶位人岁年月日天周季次样种项张支瓶箱盒层米寸分点时折成度版代期颗粒杯组排身级斤克门家名篇页楼路]"
    r"|厘米|公分|毫米|公斤|星期|小时|世纪|英寸|平方|包(?!邮|税)|块(?=手?表|腕表|布|丝巾|方巾|毛巾|面料)|%|度|金\b))"
)
_ENGLISH_UNIT = re.compile(
    r"[\s-]*(?:%|(?:percent|per cent|pieces?|items?|pairs?|pcs|options?|results?|things?|choices|colou?rs?|sizes?|"
    r"seasons?|years?|yrs?|yo|y/o|months?|weeks?|days?|hours?|hrs?|mins?|minutes?|cm|cms|mm|km|metres?|meters?|inch|"
    r"inches|ft|feet|foot|kgs?|kilos?|lbs?|oz|grams?|ml|degrees?|stars?|reviews?|people|persons?|guests?|kids?|"
    r"times?|"
    r"pockets?|buttons?|layers?|straps?|suggestions?|recommendations?|products?|denier|gsm|off|am|pm|o'clock|th|"
    r"st|nd|"
    r"rd|x|g|m|l|size|carat|karat|gold|ones|or [0-9]+ (?:items?|pieces?|things?))(?![a-z]))"
)
_ATTACHED = re.compile(r"(?!ish(?![a-z])|or )[a-z]")
# "2 shirts", "3 red dresses"; a preposition ends the noun phrase ("under 15 for boots").
_FEW_THINGS = re.compile(
    r"\s+(?!(?:for|in|with|and|or|please|plus|max|tops|on|that|is|if|to|as|this|less|its|was|thanks|pls|bucks)\b)"
    r"(?:[a-z-]+\s+(?!for|in|with|and|or|on)){0,1}[a-z]{2,}(?<![su])s(?![a-z])"
)
_HIGHEST = 1_000_000  # above, digits are a telephone number
_SHARES_UNIT = re.compile(r"\s*(?:-|to|and)\s*[a-z]+[\s-]+(?:hundred|thousand|grand)")
_KARAT = re.compile(r"\s?(?:gold|金|rose|white|yellow|plated|镀|玫瑰)")
_DATE = re.compile(r"\s?[-/]\s?[0-9]")
_AGE = re.compile(
    r"\b(?:wom[ae]n|m[ae]n|ladies|people|anyone|someone|adults?|guys?|girls?|boys?|kids?|child|children|aged?)\s+$"
)


def is_ordinal(folded: str, start: int) -> bool:
    """Whether the number at `start` is one of a row ("第3", "#3")."""
    return _ORDINAL.search(folded, max(0, start - 8), start) is not None


def counts_something(folded: str, number: Number) -> bool:
    """Whether a number without currency counts, measures or names something: "38码", "2 shirts", "size 40"."""
    if number.form == "english" and number.high < 10:
        return not _SHARES_UNIT.match(folded, number.end)  # "the red one", but "three to five hundred"
    if number.high > _HIGHEST or folded[number.start : number.end] in ("百", "千", "万"):
        return True
    if _NAMED_BEFORE.search(folded, max(0, number.start - 30), number.start):
        return True
    if has_unit(folded, number):
        return True
    if number.form == "digits" and _ATTACHED.match(folded, number.end):
        return True
    if folded[number.end - 1] == "k" and _KARAT.match(folded, number.end):
        return True
    return number.high <= 20 and _FEW_THINGS.match(folded, number.end) is not None


def has_unit(folded: str, number: Number) -> bool:
    """Whether something that is counted or measured stands after a number: "2 people", "3岁"."""
    return bool(_CHINESE_UNIT.match(folded, number.end) or _ENGLISH_UNIT.match(folded, number.end))


def is_year(value: float) -> bool:
    """Whether a number without currency may be a year of a collection."""
    return 1950 <= value < 2050 and value == int(value)


def is_date_part(folded: str, start: int, end: int) -> bool:
    """Whether the text at [start:end] goes on as a date or a telephone number does ("2024-05-06")."""
    return _DATE.match(folded, end) is not None or re.search(r"[0-9]\s?[-/]\s?$", folded[:start]) is not None


def is_age(skeleton: str, start: int, value: float) -> bool:
    """Whether a lower limit at `start` is about people ("women over 40")."""
    return value < 100 and _AGE.search(skeleton, 0, start) is not None

"""Cells as the world writes them → as the catalogue reads them: plain texts, prices, audiences, colours."""

from __future__ import annotations

import html
import re

from recommender.catalogue.schema import canonical

_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|</?[a-zA-Z][^<>]{0,500}>", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "¥": "CNY", "₩": "KRW"}
_CODE = re.compile(
    r"(?<![A-Za-z])(USD|EUR|GBP|INR|CNY|RMB|JPY|HKD|AUD|CAD|SGD|TWD|KRW|CHF|SEK|NOK|DKK|PLN|BRL|MXN|Rs)(?![A-Za-z])",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"(?:\d+(?:[.,'’]\d+| \d{3}(?!\d))*|\.\d+)")
_BARE = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_RANGE = re.compile(r"\d\s*(?:-|–|—|~|to)\s*\D{0,3}\d", re.IGNORECASE)

ABSENT = frozenset({"", "-", "–", "—", "n/a", "na", "nan", "none", "null", "unknown", "not available"})
"""What people write into a cell that has no value."""

_AUDIENCES = {
    "women": ("women",), "woman": ("women",), "womens": ("women",), "female": ("women",), "ladies": ("women",),
    "lady": ("women",), "f": ("women",), "w": ("women",), "her": ("women",),
    "men": ("men",), "man": ("men",), "mens": ("men",), "male": ("men",), "gents": ("men",), "gentlemen": ("men",),
    "m": ("men",), "him": ("men",),
    "boys": ("boys", "kids"), "boy": ("boys", "kids"), "girls": ("girls", "kids"), "girl": ("girls", "kids"),
    "kids": ("kids",), "kid": ("kids",), "children": ("kids",), "child": ("kids",), "unisex kids": ("kids",),
    "baby": ("baby",), "babies": ("baby",), "infant": ("baby",), "infants": ("baby",), "toddler": ("baby", "kids"),
    "unisex": ("unisex",), "adult": ("unisex",), "adults": ("unisex",), "all": ("unisex",), "u": ("unisex",),
    "女": ("women",), "女士": ("women",), "男": ("men",), "男士": ("men",), "儿童": ("kids",), "通用": ("unisex",),
}  # fmt: skip
_COLOURS = {"gray": "grey", "golden": "gold", "multicolor": "multicoloured", "multi": "multicoloured"}


def plain(text: str) -> str:
    """`text` without HTML, entities and characters that nobody sees, with single spaces."""
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else " " if letter.isspace() else "" for letter in text)
    return " ".join(text.split())


def read_price(text: str) -> tuple[str, str] | None:
    """Digits and currency (ISO 4217, or empty) of "$1,299.00", "1.299,00 €", "Rs. 799"; of a range the lower end.

    None where no number can be read, or more than one that is no range.
    """
    text = " ".join(text.split())
    if _BARE.fullmatch(text):
        return text, ""  # as machines write it: 12.345 is a little more than 12
    code = _CODE.search(text)
    currency = next((name for sign, name in _SIGNS.items() if sign in text), "")
    if code:
        currency = {"RS": "INR", "RMB": "CNY"}.get(code[1].upper(), code[1].upper())
    amounts = _AMOUNT.findall(text)
    if not amounts or (len(amounts) > 1 and not (len(amounts) == 2 and _RANGE.search(text))):
        return None
    if re.match(r"\D{0,4}-\s*\d", text):
        return f"-{_digits(amounts[0])}", currency
    return _digits(amounts[0]), currency


def _digits(amount: str) -> str:
    """People's numbers: the last mark is a decimal one, unless it stands there twice or before three digits alone."""
    amount = re.sub(r"[ '’]", "", amount)
    marks = re.findall(r"[.,]", amount)
    if not marks:
        return amount
    whole, rest = amount.rsplit(marks[-1], 1)
    thousands = marks[-1] in marks[:-1] or (len(rest) == 3 and len(set(marks)) == 1)
    return re.sub(r"[.,]", "", amount) if thousands else f"{re.sub(r'[.,]', '', whole)}.{rest}"


def read_audience(value: str) -> tuple[str, ...]:
    """The catalogue's own words for whom a thing is made; boys' and girls' things are for kids too."""
    word = canonical(value).replace("'s", "").replace("’s", "")
    return _AUDIENCES.get(word, (canonical(value),))


def read_colour(value: str) -> str:
    """A colour in British English ("Gray" is grey)."""
    words = (_COLOURS.get(word, word) for word in canonical(value).split(" "))
    return " ".join(words)

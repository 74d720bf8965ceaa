"""Personal data in what people write, replaced by what it was: [email], [phone], [number]."""

from __future__ import annotations

import re

_BEFORE, _AFTER = r"(?<![A-Za-z0-9.,])", r"(?![A-Za-z0-9])"  # Chinese stands right beside numbers

# In this order: a rule sees what those before it left.
_RULES = (
    (r"[A-Za-z0-9._%+-]+\s?@\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", "[email]"),
    (r"(?i:https?://|www\.)[^\s，。）]+", "[link]"),
    (rf"{_BEFORE}(?:\d{{17}}[\dXx]|\d{{6}}\*{{4,}}\d{{4}}){_AFTER}", "[number]"),  # Chinese identity cards
    (rf"(?<![A-Za-z0-9])(?:\+\d{{1,3}}[\s-]?)?1[3-9]\d[\s-]?\d{{4}}[\s-]?\d{{4}}{_AFTER}", "[phone]"),
    (rf"{_BEFORE}0\d{{2,3}}-\d{{7,8}}{_AFTER}", "[phone]"),
    (rf"(?<![A-Za-z0-9])\+?\(?\d{{2,4}}\)?(?:[\s.-]\d{{2,5}}){{2,5}}{_AFTER}", "[phone]"),
    # Numbers of orders, parcels and members, with letters or without; amounts and sizes are shorter.
    (rf"{_BEFORE}#?[A-Za-z]{{1,5}}-?\d[A-Za-z0-9-]{{4,}}{_AFTER}", "[number]"),
    (r"#\d{3,}", "[number]"),
    (rf"{_BEFORE}\d{{5,}}{_AFTER}", "[number]"),
    (
        r"(?i)(\b(?:order|parcel|tracking|customer|member|account)\s*(?:no\.?|number|id)?\s*(?:is)?\s*[:#]?\s*)\d{3,}",
        r"\1[number]",
    ),
    (r"((?:单号|订单号?|快递号?|会员号?|账号|卡号)[是为:：\s]*)\d{3,}", r"\1[number]"),
    (r"((?i:\bmy name is|\bi am called)\s+)[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)?", r"\1[name]"),
    (r"((?:我叫|我的名字是|姓名[:：是]?|收件人[:：是]?)\s*)[\u4e00-\u9fff]{2,3}(?=[，,。.！!？?；;\s]|$)", r"\1[name]"),
)
_COMPILED = tuple((re.compile(pattern), instead) for pattern, instead in _RULES)


def mask(text: str) -> str:
    """`text` without e-mail addresses, links, phone, order and other long numbers, and names that are said to be such.

    Amounts, sizes and years stay: they tell what is asked. An address in words is not recognised.
    """
    for pattern, instead in _COMPILED:
        text = pattern.sub(instead, text)
    return text

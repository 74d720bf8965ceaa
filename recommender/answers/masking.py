"""Personal data in what people write, replaced by what it was: [email], [phone], [number]."""

from __future__ import annotations

import re

_RULES = (
    (re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+"), "[email]"),
    (re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE), "[link]"),
    (re.compile(r"(?<!\w)(?:\d{17}[\dXx]|\d{6}\*{4,}\d{4})(?!\w)"), "[number]"),  # Chinese identity cards
    (re.compile(r"(?<!\d)(?:\+\d{1,3}[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)"), "[phone]"),
    (re.compile(r"(?<![\w.])\+?\(?\d{2,4}\)?(?:[\s./-]\d{2,5}){2,5}(?!\w)"), "[phone]"),
    (re.compile(r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)"), "[phone]"),
    # Order and parcel numbers, with letters or without; amounts and sizes are shorter.
    (
        re.compile(r"(?<![A-Za-z0-9])#?(?=[A-Za-z0-9-]*\d{3})[A-Za-z]{1,5}-?\d[A-Za-z0-9-]{4,}(?![A-Za-z0-9])"),
        "[number]",
    ),
    (re.compile(r"#\d{3,}"), "[number]"),
    (re.compile(r"(?<![\d.,])\d{5,}(?![\d])"), "[number]"),
    (
        re.compile(
            r"((?:order|parcel|tracking|customer|member|account)\s*(?:no\.?|number|id)?\s*(?:is)?\s*[:#]?\s*)\d{3,}",
            re.I,
        ),
        r"\1[number]",
    ),
    (re.compile(r"((?:单号|订单号?|快递号?|会员号?|账号|卡号)[是为:：\s]*)\d{3,}"), r"\1[number]"),
    (
        re.compile(r"(\b(?:my name is|i am called|this is (?:mr|mrs|ms)\.?)\s+)[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)?", re.I),
        r"\1[name]",
    ),
    (
        re.compile(
            r"((?:我叫|我的名字是|姓名[:：是]?|收件人[:：是]?)\s*)[\u4e00-\u9fff]{2,3}(?=[，,。.！!？?；;\s]|$)"
        ),
        r"\1[name]",
    ),
)


def mask(text: str) -> str:
    """`text` without e-mail addresses, links, phone, order and other long numbers, and names that are said to be such.

    Amounts, sizes and years stay: they tell what is asked. An address in words is not recognised.
    """
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    return text

"""Amounts as people write them: 500, ¥500, five hundred yuan, 五百块, 一千五."""

from __future__ import annotations

import random

_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ONES += ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_HAN = "零一二三四五六七八九"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))
# code → (sign, English words, Chinese words)
_MONEY = {
    "CNY": ("¥", ("yuan", "rmb", "kuai"), ("元", "块", "块钱")),
    "USD": ("$", ("dollars", "bucks"), ("美元", "美金")),
    "EUR": ("€", ("euros",), ("欧元",)),
    "GBP": ("£", ("pounds",), ("英镑",)),
    "INR": ("₹", ("rupees",), ("卢比",)),
}


def money(amount: float, currency: str, language: str, rng: random.Random) -> str:
    """`amount` in one of the usual forms."""
    sign, english, chinese = _MONEY.get(currency, ("", (currency,), (currency,)))
    digits = plain(amount)
    words = in_words(amount, language)
    if language == "zh":
        unit = rng.choice(chinese)
        spoken = words + unit if words[-1] in "十百千万" else words  # 四百五, but 五百块
        return rng.choice((digits, digits + chinese[0], digits + unit, words, spoken))
    return rng.choice((digits, f"{digits} {rng.choice(english)}", f"{sign}{digits}", words, f"{words} {english[0]}"))


def plain(amount: float) -> str:
    """Digits: 500, 1.5."""
    return f"{amount:g}" if amount < 1e6 else f"{amount:.0f}"


def in_words(amount: float, language: str) -> str:
    """A whole amount below 100,000 in words, any other in digits."""
    if amount != int(amount) or not 0 < amount < 100_000:
        return plain(amount)
    return han(int(amount)) if language == "zh" else english_words(int(amount))


def english_words(number: int) -> str:
    """1250 → "one thousand two hundred and fifty"."""
    if number >= 1000:
        rest = number % 1000
        joint = " and " if 0 < rest < 100 else " "
        return english_words(number // 1000) + " thousand" + (joint + english_words(rest) if rest else "")
    if number >= 100:
        return _ONES[number // 100] + " hundred" + (f" and {english_words(number % 100)}" if number % 100 else "")
    if number >= 20:
        return _TENS[number // 10 - 2] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    return _ONES[number]


def han(number: int) -> str:
    """As spoken: 200 → 两百, 1500 → 一千五, 1050 → 一千零五十, 15 → 十五."""
    if number >= 10_000:
        rest = number % 10_000
        head = han(number // 10_000) + "万"
        if rest and rest % 1000 == 0:
            return head + _HAN[rest // 1000]
        return head + (("零" if rest < 1000 else "") + han(rest) if rest else "")
    text, zero, last = "", False, 0
    for size, name in _PLACES:
        digit, number = divmod(number, size)
        if digit:
            text += ("零" if zero else "") + ("两" if digit == 2 and size > 10 else _HAN[digit]) + name
            zero, last = False, size
        elif text:
            zero = True
    if number:
        text += ("零" if zero else "") + ("两" if number == 2 and not text else _HAN[number])
    elif last >= 10 and text[-1] in "百十" and len(text) >= 4 and "零" not in text:
        text = text[:-1].removesuffix("两") + ("二" if text[-2] == "两" else "")  # 一千五百 is said 一千五, 一千二
    return text.removeprefix("一") if text.startswith("一十") else text

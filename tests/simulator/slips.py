"""Slips of the fingers that a human reads over: neighbouring keys and lost letters, homophones and lost particles."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_WORD = re.compile(r"[A-Za-z]{5,}")
# What a pinyin keyboard offers instead, or what the young write for fun; a reader still understands.
_HOMOPHONES = {
    "有没有": "有木有",
    "连衣裙": "连衣群",
    "牛仔裤": "牛仔库",
    "高跟鞋": "高根鞋",
    "太阳镜": "太阳境",
    "推荐": "推见",
    "差不多": "差不都",
    "便宜": "便易",
    "颜色": "眼色",
    "红色": "红涩",
    "黑色": "黑涩",
    "喜欢": "稀饭",
    "类似": "类是",
    "以内": "已内",
    "以下": "一下",
    "看看": "康康",
    "重新": "从新",
    "这些": "这写",
    "别的": "别得",
    "的": "得",
    "吗": "嘛",
    "在": "再",
}
_PARTICLES = "的了吗呢吧啊呀"  # 了 of 除了 and 算了 is none


def slip(text: str, rng: random.Random, misleads: Callable[[str], bool]) -> str:
    """`text` with one slip; unchanged where there is no place for one.

    Args:
        text: an utterance.
        rng: where chance comes from.
        misleads: whether a mistyped word would mislead a reader too, as "plain" → "pain" does.
    """
    english = list(_WORD.finditer(text))
    chinese = _chinese(text, rng)
    if chinese is not None and (not english or rng.random() < 0.7):
        return chinese
    if not english:
        return text
    match = rng.choice(english)
    word = _mistyped(match[0], rng)
    return text if misleads(word) else text[: match.start()] + word + text[match.end() :]


def _mistyped(word: str, rng: random.Random) -> str:
    """One letter lost, doubled, swapped with the next or hit beside; first and last stay, as readers need them."""
    place = rng.randrange(1, len(word) - 2)
    letter, after = word[place], word[place + 1]
    kind = rng.choice(("lost", "doubled", "swapped", "beside"))
    if kind == "lost":
        return word[:place] + word[place + 1 :]
    if kind == "doubled":
        return word[:place] + letter + word[place:]
    if kind == "swapped":
        return word[:place] + after + letter + word[place + 2 :]
    return word[:place] + rng.choice(_neighbours(letter)) + word[place + 1 :]


def _neighbours(letter: str) -> str:
    for row in _ROWS:
        place = row.find(letter.lower())
        if place >= 0:
            return (row[place - 1] if place else "") + row[place + 1 : place + 2]
    return letter


def _chinese(text: str, rng: random.Random) -> str | None:
    options = [word for word in _HOMOPHONES if word in text]
    lost = [i for i, char in enumerate(text) if char in _PARTICLES and i > 0 and text[i - 1] not in "除算为"]
    if not options and not lost:
        return None
    if lost and (not options or rng.random() < 0.4):
        place = rng.choice(lost)
        return text[:place] + text[place + 1 :]
    word = rng.choice(options)
    return text.replace(word, _HOMOPHONES[word], 1)

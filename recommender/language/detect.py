"""Which of the two languages a message is in."""

from __future__ import annotations

import re

from recommender.language.tokens import HAN, fold
from recommender.types import Language

_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(rf"[^\W\d_{HAN}]+(?:['-][^\W\d_{HAN}]+)*")
# Words that hold a sentence together say more about its language than the names of things, which travel.
_CHINESE_FRAME = re.compile("[我你您的吗呢吧有要想给买这那个不了是在和看请来推荐多少什么怎哪吗条件双款点]")
_ENGLISH_FRAME = frozenset(
    str.split(
        "i i'd i'm i'll you the a an is are do does don't want need like show me my for with in of to some any "
        "please can "
        "what which why how have give looking under over not it that this and or but in something one ones find get"
    )
)
# A lone size or interjection is the same in both languages.
_NEUTRAL = frozenset(str.split("s m l x xs xl xxl xxxl ok okay k lol haha hahaha emm hmm pu eva t"))


def detect(text: str, default: Language = "en") -> Language:
    """`zh` when Chinese carries a decent share of `text`, else `en`; `default` when nothing tells.

    Every Han character weighs one, every Latin word one, and each language's frame words (我, 的, 吗; I, the, want)
    weigh three and two more once: "有 Nike Air Max 吗" is Chinese, "I like the 旗袍 dress" is English.
    """
    folded = fold(text)
    han = len(_HAN.findall(folded))
    words = _WORD.findall(folded)
    if not han:
        return default if all(word in _NEUTRAL for word in words) else "en"
    chinese = han + 3 * bool(_CHINESE_FRAME.search(folded))
    english = len(words) + 2 * any(word in _ENGLISH_FRAME for word in words)
    return "zh" if chinese >= english else "en"

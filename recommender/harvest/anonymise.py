"""Nobody is told from a harvested line: personal data give way to stand-ins that read as naturally."""

from __future__ import annotations

import re

from recommender.answers.masking import mask

# How people say their names beside what `mask` knows, in any case and without a capital.
_NAMES = (
    re.compile(r"(?i)(\b(?:my name is|my name's|i am called|i'm called)\s+)(?!\[)[^\W\d_][\w'-]*"),
    re.compile(
        r"(?i)(\bcall me\s+)(?!(?:a|an|at|back|by|crazy|if|in|later|on|stupid|the|tomorrow|when)\b)[a-z][\w'-]*"
    ),
    re.compile(r"(?i)(\bthis is\s+)[a-z][\w'-]*(?=\s+(?:here|speaking)\b)"),
    re.compile(r"((?:我叫|我的名字叫|我名叫|叫我|我姓|本人)\s*)(?!\[)[\u4e00-\u9fff]{1,3}(?=[，,。.！!？?；;、\s]|$)"),
    re.compile(r"((?:我是|找|联系))[\u4e00-\u9fff]{1,2}(?=先生|女士|小姐|老师|经理)"),
)
_STAND_INS = {
    "[email]": "someone@example.com",
    "[link]": "https://example.com",
    "[phone]": "555 0100",
    "[number]": "12345",
}


def anonymise(text: str) -> str:
    """`text` with stand-ins for e-mail addresses, links, phone and long numbers, and names that are said to be such.

    A name or an address that nothing announces is not recognised: a person reviews what was harvested.
    """
    text = mask(text)
    for pattern in _NAMES:
        text = pattern.sub(r"\1[name]", text)
    for mark, instead in _STAND_INS.items():
        text = text.replace(mark, instead)
    return text.replace("[name]", "小李" if re.search(r"[\u4e00-\u9fff]", text) else "Alex")

"""Words of what somebody never wants or would rather avoid: "I never wear", "makes me itch", 过敏, 不喜欢."""

from __future__ import annotations

import re

NEVER = re.compile(
    r"\b(?:never|allerg\w*|can'?t (?:stand|wear|have|eat|take|bear)|cannot|hate|not ever|vegan|itch\w*|rash\w*|"
    r"sneez\w*|break out|brings? me out|sworn off|react(?:s|ion)? (?:to|badly)|intolerant)\b"
    r"|从来不|从不|绝不|永远不|过敏|受不了|不能|讨厌|千万别|坚决不|忌|一律不|再也不|不碰|起疹|发痒|很痒|会痒|唔着|唔著|不会碰|一概不|拉黑|别推|别拿|不吃"
)
AVOID = re.compile(
    r"\b(?:don'?t (?:really |usually |normally )?(?:like|want|wear|care)|dislike|not (?:a|much of a) fan|avoid|"
    r"rather not|not keen|not into|no more)\b|不喜欢|不爱|不太喜欢|不想要|不要|避免|少推荐|尽量别|别给我"
)


def is_averse(text: str) -> bool:
    """Whether a message speaks against something for good."""
    lower = text.lower()
    return bool(NEVER.search(lower) or AVOID.search(lower))

"""What opinion a message holds, beyond what its intent was taken for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from actions.state import Turn
from recommender.types import EventKind

OPINIONS: Mapping[str, EventKind] = {"like_item": "like", "dislike_item": "dislike", "purchase_item": "purchase"}
_CRITICAL = re.compile(
    r"\btoo (?!good|nice|cute|cool|lovely|pretty|beautiful)\w|\bnot (?:really )?my\b"
    r"|(?:太|有点儿?|过于|不够)(?!好|棒|美|漂亮|喜欢|赞|满意|适合|合适|可爱|帅|酷|完美|心动|想要|划算|值)"
)
_DECIDED = re.compile(
    r"\b(?:i(?:'ll| will|'m going to) (?:take|buy|have|get)|i'm taking|buy it)\b"
    r"|\bhow (?:do|can|would) i (?:buy|order|get|pay for)\b|买了|要了|就要|下单|就它|就这个|怎么[买下]"
)

_NONE_OF_THEM = re.compile(
    r"\bno(?:ne|t one) of (?:these|them|those)\b|\bdon'?t (?:really )?(?:like|fancy|want) any\b|"
    r"\b(?:hate|dislike) (?:them|these|those) all\b|都(?:没兴趣|一般|难看|丑)|"
    r"都不(?:[太大怎么是很]{0,2})?(?:好看|喜欢|行|合适|满意|中意|对|要|想要)|"
    r"没有?一[个件条双款部本].{0,3}(?:喜欢|好看|中意|满意|合适)"
)


def decides(turn: Turn) -> bool:
    """Whether somebody has made up their mind: "I'll take it"."""
    return not turn.clicked and bool(_DECIDED.search(turn.text.lower()))


def rejects_all(turn: Turn) -> bool:
    """Whether a message wants none of what is shown: "都不好看，还有别的吗"."""
    return not turn.clicked and bool(_NONE_OF_THEM.search(turn.text.lower()))


def opinion(turn: Turn) -> EventKind:
    """The opinion in a message: praise with "too plain" in it is none, and with "I'll take it" it is a choice."""
    kind = OPINIONS[turn.intent]
    if kind != "like" or turn.clicked:
        return kind
    text = turn.text.lower()
    return "purchase" if decides(turn) else "dislike" if _CRITICAL.search(text) else kind

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


def decides(turn: Turn) -> bool:
    """Whether somebody has made up their mind: "I'll take it"."""
    return not turn.clicked and bool(_DECIDED.search(turn.text.lower()))


def opinion(turn: Turn) -> EventKind:
    """The opinion in a message: praise with "too plain" in it is none, and with "I'll take it" it is a choice."""
    kind = OPINIONS[turn.intent]
    if kind != "like" or turn.clicked:
        return kind
    text = turn.text.lower()
    return "purchase" if decides(turn) else "dislike" if _CRITICAL.search(text) else kind

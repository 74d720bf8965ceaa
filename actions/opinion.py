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
_ORDER = r"[^.!?,;]{0,25}?\b(?:buy|buying|bought|take|taking|order|ordering|ordered)\b"
_NO_ORDER = re.compile(
    rf"(?:(?<!why )\b(?:not|never|dont|didnt|wont)|n't)\b(?! (?:sure|you|wait)\b){_ORDER}"
    r"|没(?:说|有说|打算|想)?(?:要|过)*(?:买|下单)|(?<![要买])不(?:想|要|打算|准备)?(?:买|下单)(?!不)|别下单|先不(?:买|下单)"
)
_TAKEN_BACK = re.compile(r"\b(?:cancel|undo|take (?:that|it) back|call it off)\b|取消|撤[销回]|退单|不买了")
_IF = re.compile(
    r"\bif (?:i|we) (?:buy|take|get|order|bought|took)\b|(?:如果|要是|假如)[^,。!?]{0,6}[买拿要]"
    r"|[买拿][两三2-9][个件条双].{0,8}(?:打折|优惠|便宜|折)|打?[一二三四五六七八九1-9]\.?[一二三四五六七八九1-9]?折.{0,4}就买"
)


def _says(turn: Turn, pattern: re.Pattern[str]) -> bool:
    """Whether a typed message has it."""
    return not turn.clicked and pattern.search(turn.text.lower()) is not None


def decides(turn: Turn) -> bool:
    """Whether somebody has made up their mind: "I'll take it"."""
    return _says(turn, _DECIDED)


def refuses_order(turn: Turn) -> bool:
    """Whether a message says that nothing is being bought: "I'm not going to buy the first one", 我没说要买."""
    return _says(turn, _NO_ORDER) and not _DECIDED.search(_NO_ORDER.sub(" ", turn.text.lower()))


def takes_back(turn: Turn) -> bool:
    """Whether a message calls something off: "cancel that", 取消."""
    return _says(turn, _TAKEN_BACK)


def bargains(turn: Turn) -> bool:
    """Whether buying stands under a condition, which is a question to the shop: "20% off if I buy two?"."""
    return _says(turn, _IF)


def rejects_all(turn: Turn) -> bool:
    """Whether a message wants none of what is shown: "都不好看，还有别的吗"."""
    return _says(turn, _NONE_OF_THEM)


def opinion(turn: Turn) -> EventKind | None:
    """The opinion in a message: praise with "too plain" in it is none, and with "I'll take it" it is a choice.

    None: it speaks of buying and buys nothing.
    """
    kind = OPINIONS[turn.intent]
    if kind == "purchase" and (bargains(turn) or refuses_order(turn) or takes_back(turn)):
        return None
    if kind != "like" or turn.clicked:
        return kind
    text = turn.text.lower()
    return "purchase" if decides(turn) else "dislike" if _CRITICAL.search(text) else kind

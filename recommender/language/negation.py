"""Which mentioned values are unwanted: "not red but blue", "不要红色的裙子", "anything but black", "黑色除外"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from recommender.language.tokens import HAN_PATTERN

HEAD = "category"  # the attribute that every catalogue has; "no red dresses" is about red, not about dresses


class Span(NamedTuple):
    """A mentioned value of `attribute` at [start:end]."""

    attribute: str
    start: int
    end: int


_ENGLISH_CUE = re.compile(
    r"\b(?:anything|everything|everyone|all|any|every|whatever)(?:\s+(?!but\b)[a-z]+){0,2}?\s+but\b(?! not)"
    r"|\b(?:except(?:ing)?(?: for)?|excluding|exclude|apart from|aside from|other than|rather than|instead of|"
    r"without|leave out|(?:do|did|done) away with|skip|hide|drop|ditch|get rid of"
    r"|w/o|minus|sans|avoid(?:ing)?|hates?|dislikes?|detests?|can(?:'?t|not) stand|allergic (?:to|for|against)|"
    r"sick of|tired of|fed up with|enough|"
    r"stop (?:showing|recommending|suggesting)|never|nothing(?! but)|neither|nor|remove|non(?=[ -]))\b"
    r"|(?<!or )(?<!and )\bless\b(?! than)|(?<!there )(?<!there is )(?<!there's )(?<!have )\bno\b"
    r"(?! (?:more|less|fewer) than| longer| matter| idea| problem| worries| need| doubt)"
    r"|(?:(?<!need )(?<!do you )\bnot|n't\b|\b(?:do|does|did|is|are|was|ca|wo|would|should|must|could)nt)\b"
    r"(?!\s*(?:(?:have|need|has) to\b|necessarily|only|just|sure|bad|until|more than|less than|over|under)\b)"
)
# What may stand between a cue and the value that it excludes. No "this", "that", "you" or "there": those speak of
# a shown item or ask ("don't you have red?").
_ENGLISH_GAP = re.compile(
    r"(?:[\s-]*(?:that is|that are|that's|which is|it in|interested in|care for|for me|a|an|the|any|in|of|with|so|"
    r"really|very|much|more|kind|sort|type|made|out|from|be|being|to|have|having|wear|wearing|want|wanting|like|"
    r"liking|ever|offer|offering|everything|"
    r"love|loving|do|doing|touch|touching|need|show|showing|me|us|give|giving|see|seeing|look|looking|for|get|getting|buy|buying|recommend|"
    r"recommending|suggest|suggesting|include|including|into|fond|keen|on|fan|big|huge|anything|something|"
    r"things|stuff|"
    r"items|ones|one|colou?rs?|even|brands?|particularly|especially|overly|fancy|enjoy|all|entirely|completely|"
    r"is|are|"
    r"too)\b)*"
    r"(?:\s*[a-z-]+(?:, [a-z-]+)*,? n?or\b(?: any\b)?)?[\s:-]*"  # "without pockets or stripes"
)
_ENGLISH_LIST = re.compile(r"\s*,?\s*(?:or|nor|and/or|/)\s*(?:(?:a|an|any|the|in|with)\s+)*")
_ENGLISH_AND = re.compile(r"\s*,?\s*(?:and|&)\s*(?:also\s+)?(?:any\s+)?")
_ENGLISH_WITH = re.compile(r"\s+(?:in|with|made of|made from|of|that are|that is)\s+(?:any\s+)?")
_DESCRIBES = re.compile(
    r"\b(?:it|this|they|these|those|one|ones|first|second|third|last)\s*(?:is|are|was|were|'s|'re)?\s*$"
)
_LACKS = re.compile(r"\b(?:i|we)\s+(?:still |really |just )?(?:don't|dont|do not)$")  # "I don't have a dress"
_WHY = re.compile(r"\bwhy\b[^.!;,]*$|(?:为什么|为何|为啥|干嘛|怎么)[^,。!;?]*$")
_ENGLISH_AFTER = re.compile(
    r"-free\b| free(?=\s*(?:$|[,.!?]))"
    r"|\s+(?:ones?\s+)?(?:(?:is|are) (?:out|a no|off the table)\b|(?:is|are|does|do|would)(?:n't| not)\s+"
    r"(?:for me|suit|work for me|my (?:thing|style|colou?r|taste)|an option|really me|what i))"
    r"|\s+(?:ones?\s+)?(?:excluded|excepted)\b|\s+out of (?:it|this|the (?:list|search))\b"
)

# 不锈钢 and 不粘 are values that begin with a negation.
_CHINESE_CUE = re.compile(
    r"除(?:了|咗|开|去|却|(?!非)(?=[^,。]{1,8}外))|排除"
    r"|(?<![要想])不(?:再|太|是很|是太|怎么)?(?:想要|想|要)(?![紧求]|不(?![锈粘]))"
    r"|(?<![喜爱考需买穿选看推])不(?:是)?(?:很|太|怎么|大|特别)?(?:喜欢|爱|中意|考虑|需要|买|穿|选|看|推荐)"
    r"|不(?:能|可以|可|得)(?:是|有|带|用)|(?<!是)不是(?![很太吗说])|不(?:带|含|包括|包含|用(?![是非一必]))"
    r"|(?<!有)没有|(?<!除)非(?![常要得洲])|(?<!有)无(?![所论需])|讨厌|受不了|跳过|[没不别]那么|避开|避免|拒绝|"
    r"去掉|剔除|换掉|而非"
    r"|(?<![特分个类性级区告离派])别(?![的人处致墅针样管超])|唔(?:要|想要?|钟意|中意|着|著|买|係)"
)
_CHINESE_GAP = re.compile(
    r"(?:给我|看到|看见|推荐?|任何|那种|这种|那些|那么|一些|什么|颜色|材质|面料|带有|全是|太过|过于|"
    r"[我太给再看穿买要想是有带含了来选拿用对到过全都]|[一几两]?[件条双个款种只顶]|的|:|\s)*"
)
_CHINESE_LIST = re.compile(r"[的色系]*\s*(?:、|和|跟|与|及|以及|或|或者|或是|还是|/)\s*是?")
_CHINESE_AFTER = re.compile(
    r"[的色系家]*(?:那种|款|材质|面料|料子)?(?:我|就|也|都|通通|全|倒|真的?|是|一律)*"
    r"(?:(?:不要|不碰|不会碰|一概不用|用不着|别(?:再)?(?:推|拿)|(?:永久)?拉黑|不想要|不喜欢|不爱|不行|不考虑|除外|不适合我?|算了|免了|pass|别[要放看选](?:进来|出来)?|不需要|不可以|受不了|"
    r"不感兴趣|排除|隐藏|去掉|过敏|不(?:耐脏|耐看|百搭|显白|显瘦|舒服|透气|保暖|好打理|好洗|好搭|衬肤色|吸汗|实用))"
    r"(?:了|的|哦|啊|吧|哈|呢)*(?=$|[,.。!;、\s])|以外|之外)"
)
_RATHER = re.compile(r"(?:还是|要不|不如|干脆)[^,。!;]{0,4}$")
_CHINESE_QUESTION = re.compile(r"[^,。!;]*?(?:吗|么|呢|\?)")
_MODIFIER = re.compile(r"[\s-]*的?\s*")
_BESIDE = re.compile("[的色系]*")
_COMMA = re.compile(r"\s*,\s*(?:(?:a|an|any|the)\s+)?")


# Every cue contains one of these.
_HINTS = (
    *str.split(
        "no n't nt but exce exclu minus sans void hate dislik detest stand sick llergic tired fed enough stop ne"
    ),
    *str.split("remove less free off skip hide drop ditch leave out rid rather instead without w/o part side other"),
    *str.split("除 不 没 非 无 唔 讨厌 避 拒绝 去掉 剔 换掉 别 外 算了 免了 排除 隐藏 过敏 跳过 受不了 pass"),
    " out",
)


def excluded(folded: str, spans: Sequence[Span]) -> set[tuple[int, int]]:
    """The (start, end) of those `spans` that the message rules out.

    Args:
        folded: the message as `tokens.fold` makes it.
        spans: mentioned values in order; several may share one place.
    """
    if not spans:
        return set()
    if not any(hint in folded for hint in _HINTS):
        return set()
    places = [next(group) for _, group in groupby(spans, key=lambda span: (span.start, span.end))]
    out: set[tuple[int, int]] = set()
    for cue in _ENGLISH_CUE.finditer(folded):
        lacks = folded.startswith(" have ", cue.end()) and _LACKS.search(folded, 0, cue.end())
        if not lacks and not _DESCRIBES.search(folded, 0, cue.start()) and not asks_why(folded, cue.start()):
            out.update(_after_cue(folded, places, cue.end(), _ENGLISH_GAP))
    for cue in _CHINESE_CUE.finditer(folded):
        if not asks_why(folded, cue.start()) and not _is_question(folded, cue):
            out.update(_after_cue(folded, places, cue.end(), _CHINESE_GAP))
    out.update(_before_cue(folded, places))
    return out


def asks_why(folded: str, end: int) -> bool:
    """Whether what comes before `end` asks why: "why no red ones" is about red, not against it."""
    return _WHY.search(folded, 0, end) is not None


def _is_question(folded: str, cue: re.Match[str]) -> bool:
    return cue.group() in ("没有", "不是") and _CHINESE_QUESTION.match(folded, cue.end()) is not None


def _after_cue(folded: str, places: Sequence[Span], end: int, gap: re.Pattern[str]) -> list[tuple[int, int]]:
    following = [place for place in places if place.start >= end]
    if not following or not gap.fullmatch(folded, end, following[0].start):
        return []
    out = [following[0]]
    for i, place in enumerate(following[1:], start=1):
        link = _link(folded, following, i)
        if link == "head" or link is None:
            break
        if link == "with":
            out.pop()
        out.append(place)
    return [(place.start, place.end) for place in out]


def _link(folded: str, places: Sequence[Span], i: int) -> str | None:
    """How place i hangs on the one before: in a list, as modifiers' head, as a head's modifier, or not at all."""
    before, place = places[i - 1], places[i]
    between = (before.end, place.start)
    same = before.attribute == place.attribute
    if _ENGLISH_LIST.fullmatch(folded, *between) or _CHINESE_LIST.fullmatch(folded, *between):
        return "list"
    if same and (_ENGLISH_AND.fullmatch(folded, *between) or (before.end == place.start and _is_han(folded, place))):
        return "list"  # "除了黑白灰"
    if same and _COMMA.fullmatch(folded, *between) and _list_goes_on(folded, places, i):
        return "list"
    if not same and before.attribute == HEAD and _ENGLISH_WITH.fullmatch(folded, *between):
        return "with"
    if not same and _MODIFIER.fullmatch(folded, *between):
        if place.attribute == HEAD:
            return "head"
        return None if "的" in folded[before.end : place.start] else "modifier"  # 不要印花的白色T恤
    return None


def _is_han(folded: str, place: Span) -> bool:
    return HAN_PATTERN.match(folded, place.start) is not None


def _list_goes_on(folded: str, places: Sequence[Span], i: int) -> bool:
    """Whether "…, blue" is the middle of "red, blue or green" and not a correction as in "not red, blue"."""
    for before, place in zip(places[i:], places[i + 1 :], strict=False):
        if before.attribute != place.attribute:
            return False
        if _ENGLISH_LIST.fullmatch(folded, before.end, place.start):
            return True
        if _ENGLISH_AND.fullmatch(folded, before.end, place.start):
            return True
        if not _COMMA.fullmatch(folded, before.end, place.start):
            return False
    return False


def _before_cue(folded: str, places: Sequence[Span]) -> list[tuple[int, int]]:
    out = []
    for i, place in enumerate(places):
        chinese = _CHINESE_AFTER.match(folded, place.end)
        if _ENGLISH_AFTER.match(folded, place.end) or (chinese and not _settles(folded, place, chinese)):
            out.append(place)
            while i > 0 and listed(folded, places[i - 1], places[i]):
                i -= 1
                out.append(places[i])
    return [(place.start, place.end) for place in out]


def _settles(folded: str, place: Span, cue: re.Match[str]) -> bool:
    """Whether 算了 decides for a value instead of giving it up: 还是送包算了."""
    return "算了" in cue.group() and _RATHER.search(folded, 0, place.start) is not None


def listed(folded: str, before: Span, place: Span) -> bool:
    """Whether what is said behind `place` holds for the value before it, too: "黑白都不要", "红的和黄的"."""
    if before.attribute == place.attribute and _BESIDE.fullmatch(folded, before.end, place.start):
        return True  # "黑白都不要"
    return _CHINESE_LIST.fullmatch(folded, before.end, place.start) is not None

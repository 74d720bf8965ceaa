"""What limits an amount: patterns over a message in which every amount is the single character AMOUNT."""

from __future__ import annotations

import re

AMOUNT = "\ue000"  # `tokens.fold` leaves none in a message

_NOT = (
    r"(?:\b(?:no|not|never|nothing|without|none|(?:do|does|should|would|ca|wo|must)nt)|\b[a-z]*n't)\s+"
    r"(?:(?!mind\b|but\b)[a-z]+\s+){0,4}?"
)
_HAN_NOT = r"(?:不|别|勿|没有?|未|甭)(?:能|可以|可|得|会|想|要|用|再|许)*"
_OVER = (
    r"(?:more|higher|greater|pricier|dearer|costlier|more expensive) than|over|above|beyond|exceed(?:s|ing)?|north of"
)
_UNDER = r"(?:less|lower|cheaper|fewer|smaller) than|under|below|beneath"
_HAN_OVER = "超过|超出|超|高于|高过|多于|大于|贵于|贵过|突破|多过"
_HAN_UNDER = "低于|少于|小于|便宜于|便宜过|低过|少过"

_BEFORE = {
    "up": (
        rf"{_NOT}(?:{_OVER})\b|\b(?:at (?:the |a )?(?:most|max(?:imum)?)|up to|upto|max(?:imum)?|within|inside|"
        r"(?:limit|limited|cap|capped|ceiling)(?: it| that)?(?: to| at)?|as high as)\b|<=?|≤|"
        rf"{_HAN_NOT}(?:{_HAN_OVER}|多花|贵)了?|不到|不足|最多|最高|最贵|至多|顶多|撑死|封顶|(?:价格|预算)?上限|最大"
    ),
    "low": (
        rf"{_NOT}(?:{_UNDER})\b|\b(?:{_OVER}|at (?:the )?least|min(?:imum)?|starting (?:at|from)|starts? (?:at|from)|"
        r"upwards? of|from)\b|>=?|≥|"
        rf"{_HAN_NOT}(?:{_HAN_UNDER})|{_HAN_OVER}|至少|最少|最低|最便宜|起码|少说|下限|不止|从|"
        rf"(?<![手网以线身路晚早])上(?=\ue000)"
    ),
    "small": rf"\b(?:{_UNDER})\b|{_HAN_UNDER}",
    "about": (
        r"\b(?:around|about|roughly|approx(?:imately)?|circa|ca|near|close to|nearly|almost|"
        r"somewhere (?:around|near)|"
        r"in the (?:region|neighbou?rhood|area|range) of)\b|~|≈|大约|大概|差不多|约莫?|大致|接近|将近"
    ),
    "budget": (
        r"\b(?:go to|make (?:it|that)|budget(?:ed)?|spend(?:ing)?|afford|pay(?:ing)?|"
        r"price (?:limit|cap|ceiling))\b|预算|心理价位|"
        r"(?:改|加|提|降|调|放宽|提高|增加|降低|调整)[成到]|"
        r"控制[在到]|限制在|(?<![碎印小大棉雪])花(?:费|个)?|出价|付(?=\ue000)|手[头里上]?(?:只|就)?有|只有"
    ),
    "price": r"\b(?:price[ds]?|cost(?:s|ing)?|worth|valued?)\b|价格|价位|价钱|售价|单价|标价|定价|卖",
}
_FILL = (
    r"(?:[\s:=]|\b(?:is|of|be|at|a|an|the|my|our|to|like|only|just|say|about|around|approximately|roughly|maybe|"
    r"price|"
    r"cost|budget|or equal to|somewhere|in|total|point|range|tag|it's|i'd say|me|your)\b|"
    r"是|为|在|到|大概|大约|差不多|约|个|有|就|只|大致|等于|价格|预算|价位|了|的|也|可以|能|要|得|需要)*"
)
_LIMIT = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _BEFORE.items())

BEFORE = re.compile(rf"(?:{_LIMIT}){_FILL}{AMOUNT}")
# "minimum 200 max 500": such a word before another amount limits that one.
_LAST = rf"(?!{_FILL}{AMOUNT})"
AFTER = re.compile(
    r"[\s,]*(?:"
    r"(?P<about>(?:or (?:so|thereabouts)|give or take|more or less|roughly|approximately|(?:price )?range)\b|"
    r"左右|上下|前后|附近|出头|的样子|这样)|"
    r"(?P<up>(?:(?:or|and|&) (?:less|under|below|cheaper|lower|down)\b|max(?:imum)?\b|"
    rf"at (?:the )?(?:very )?(?:most|max)\b|tops?\b(?!s)|limit\b|cap\b|ceiling\b){_LAST}|"
    r"及?以[下内里]|[及之]?之[下内]|内(?![搭衣裤裙胆衬里])|封顶|为上限|顶天|打住|不到|为限)|"
    r"(?P<low>(?:(?:or|and|&) (?:more|above|over|up|upwards?|higher|beyond)\b|plus\b(?! size)|\+|min(?:imum)?\b|"
    rf"at (?:the )?(?:very )?least\b|upwards?\b){_LAST}|"
    r"及?以上|之上|[往朝向]上|起步|起(?![码球来])|开外|打底)|"
    r"(?P<budget>(?:is |as |is about )?(?:my |the |total )*budget\b|is (?:my|the) (?:max|limit|maximum|ceiling)\b|"
    r"to spend\b|的?预算)"
    r")"
)
COMPARISON = re.compile(
    rf"比\s*{AMOUNT}\s*(?:还|更|再|要)*(?:(?P<up>便宜|低|少|实惠)|(?P<low>贵|高|多))(?:一?点|一?些)?"
)
RANGE = re.compile(
    rf"{AMOUNT}\s*(?:-{{1,2}}|–|—{{1,2}}|~|〜|∼|―|\b(?:to|till|until|thru|through|up to)\b|[至到]|"
    rf"(?P<loose>\b(?:and|&)\b|[和与跟]))"
    rf"\s*{AMOUNT}(?P<close>\s*(?:之?间|的?范围|区间))?"
)
RANGE_OPENING = re.compile(
    r"(?:(?:\b(?:some|any)where )?(?:\b(?:in )?between|\bfrom|\b(?:in )?(?:the |a )?range(?: of| from)?)|介于|从)\s*$"
)
# What turns a floor into a ceiling: "超过1000的不要", "over 500 is too much".
REFUSED = re.compile(
    r"的?(?:我|就|都|也|一律|可)*(?:不要|不考虑|不行|不想要|不看|算了|免谈|免了|买不起|太贵|接受不了)"
    r"|\s+(?:is|would be|'s)\s+(?:a bit |way |just )?(?:too (?:much|expensive|pricey|high)|out|over|no good|"
    r"not (?:ok|okay|possible|an option))\b"
)
# A difference is no price: "多加一百块", "便宜50", "100 more".
DIFFERENCE_BEFORE = re.compile(r"(?:(?<![最至顶不])[多少]|[加减涨省]|便宜|贵|相差|\b(?:another|extra|add|plus))个?\s*$")
DIFFERENCE_AFTER = re.compile(r"\s*(?:more|extra|cheaper|dearer)\b(?! or less| than)")
VAGUE = re.compile(r"\b(?:about|around|approximately|roughly|somewhere)\b|大概|大约|差不多|约|大致")
TOPIC = re.compile(r"\b(?:tell me|more|what|how|know|think|info|details?|talk(?:ing)?|feel)\s*(?:more )?$")
WHOLE = re.compile(
    rf"[\s,.!?。~]*(?:那就?|就|嗯|ok|okay|maybe|say|hmm)?[\s,]*{AMOUNT}\s*(?:吧|的|呢|就行|可以|please)*[\s,.!?。~]*"
)
CHINESE_PLAIN = re.compile(r"\s*(?:的|[都也]可以|[都也]行|吧|呢|价位|档|就行|可以|$|[,.。!?;、])")
_ARTICLE = re.compile(r"\b(?:an?|some|those|any|another)\s+$")
_NOUN = re.compile(r"[\s-]+[a-z]")
_OF_A_THING = re.compile(r"\s*(?:的(?!预算|样子|话|就)|价位|档|那种|那档|一[件条双个顶只款])")


def is_attributive(text: str, place: int) -> bool:
    """Whether the amount at `place` describes a thing ("a $50 dress", "500块的裙子") and does not stand alone."""
    if _OF_A_THING.match(text, place + 1):
        return True
    return _ARTICLE.search(text, 0, place) is not None and _NOUN.match(text, place + 1) is not None

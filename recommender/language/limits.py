"""What limits an amount: patterns over a message in which every amount is the single character AMOUNT."""

from __future__ import annotations

import re

AMOUNT = "\ue000"  # `tokens.fold` leaves none in a message

_NOT = (
    r"(?:\b(?:no|not|never|nothing|without|none|(?:do|does|should|would|ca|wo|must)nt)|\b[a-z]*n't)\s+"
    r"(?:(?!mind\b|but\b)[a-z]+\s+){0,4}?"
)
NEGATION = re.compile(r"(?:no|not|never|nothing|without|none|[a-z]*n'?t)\b|不|没有?|未")
_HAN_NOT = r"(?:不|别|勿|(?<!有)没有?|未|甭)(?:能|可以|可|得|会|想|要|用|再|许)*"
_OVER = (
    r"(?:more|higher|greater|pricier|dearer|costlier|more expensive) than|over|above|beyond|exceed(?:s|ing)?|north of"
)
_UNDER = r"(?:less|lower|cheaper|fewer|smaller) than|under|below|beneath"
_HAN_OVER = "超过|超出|超|高于|高过|多于|大于|贵于|贵过|突破|多过"
_HAN_UNDER = "低于|少于|小于|便宜于|便宜过|低过|少过"


def _before(over: str, under: str, han_over: str, han_under: str) -> dict[str, str]:
    """Limiting words before an amount, by what they make of it."""
    return {
        "up": (
            rf"{_NOT}(?:{over})\b|\b(?:at (?:the |a )?(?:most|max(?:imum)?)|up to|upto|max(?:imum)?|within|inside|"
            r"(?:limit|limited|capped|ceiling)(?: it| that)?(?: to| at)?|cap(?: it| that)? (?:to|at|of)|as high as)\b|"
            r"<=?|≤|"
            rf"{_HAN_NOT}(?:{han_over}|多花|贵)了?|不到|不足|最多|最高|最贵|至多|顶多|撑死|封顶|(?:价格|预算)?上限|最大"
        ),
        "low": (
            rf"{_NOT}(?:{under})\b|\b(?:{over}|at (?:the )?least|min(?:imum)?|starting (?:at|from)|starts? (?:at|from)|"
            r"upwards? of|from)\b|>=?|≥|"
            rf"{_HAN_NOT}(?:{han_under})|{han_over}|至少|最少|最低|最便宜|起码|少说|下限|不止|从|"
            rf"(?<![手网以线身路晚早])上(?=\ue000)"
        ),
        "small": rf"\b(?:{under})\b|{han_under}",
        "about": (
            r"\b(?:around|about|roughly|approx(?:imately)?|circa|ca|near|close to|nearly|almost|"
            r"somewhere (?:around|near)|"
            r"in the (?:region|neighbou?rhood|area|range) of)\b|~|≈|大约|大概|差不多|约莫?|大致|接近|将近"
        ),
        "budget": (
            r"\b(?:go to|make (?:it|that)|budget(?:ed)?|spend(?:ing)?|(?:stretch|push it|go up) to|afford|pay(?:ing)?|"
            r"price (?:limit|cap|ceiling)|(?:have|got) (?:only|just)|(?:only|just) (?:have|got))\b|预算|心理价位|"
            r"(?:改|加|提|降|调|放宽|提高|增加|降低|调整)[成到]|"
            r"控制[在到]|限制在|(?<![碎印小大棉雪])花(?:费|个)?|出价|付(?=\ue000)|手[头里上]?(?:只|就)?有|只有"
        ),
        "price": r"\b(?:price[ds]?|cost(?:s|ing)?|worth|valued?)\b|价格|价位|价钱|售价|单价|标价|定价|卖",
    }


_FILLER = (
    r"(?:[\s:=]|\b(?:is|of|be|at|a|an|the|my|our|to|like|only|just|say|about|around|approximately|roughly|maybe|"
    r"price|"
    r"cost|budget|or equal to|somewhere|in|total|point|range|tag|it's|i'd say|me|your)\b|"
    r"是|为|在|到|大概|大约|差不多|约|个|有|就|只|大致|等于|价格|预算|价位|了|的|也|可以|能|要|得|需要)"
)
_FILL = f"{_FILLER}*"
# "minimum 200 max 500": such a word before another amount limits that one.
_LAST = rf"(?!{_FILL}(?:{AMOUNT}|[0-9]))"
_OWN = _before(_OVER, _UNDER, _HAN_OVER, _HAN_UNDER)
GAP = re.compile(rf"(?:{_FILLER}|(?:{'|'.join(_OWN.values())})|\b(?:level|score|between)\b|等级|级别|介于)*")
"""What may stand between the name of a number and the number: "risk of at most 3", "风险等级不超过3"."""


def before(over: str = "", under: str = "", han_over: str = "", han_under: str = "") -> re.Pattern[str]:
    """Limiting words and the amount after them, the kind of limit as the group's name.

    Args:
        over: further patterns for more in English, such as "longer than"; `under` for less.
        under: see there.
        han_over: further patterns for more in Chinese; `han_under` for less.
        han_under: see there.
    """
    words = _before(_or(_OVER, over), _or(_UNDER, under), _or(_HAN_OVER, han_over), _or(_HAN_UNDER, han_under))
    kinds = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in words.items())
    return re.compile(rf"(?:{kinds}){_FILL}{AMOUNT}")


def comparison(han_over: str = "", han_under: str = "") -> re.Pattern[str]:
    """What compares an amount with a thing: 比500便宜, 比两小时短; with further words for more and for less."""
    less, more = _or("便宜|低|少|实惠", han_under), _or("贵|高|多", han_over)
    return re.compile(rf"比\s*{AMOUNT}\s*(?:还|更|再|要)*(?:(?P<up>{less})|(?P<low>{more}))(?:一?点|一?些)?")


def after(over: str = "", under: str = "") -> re.Pattern[str]:
    """What follows an amount and limits it; `over` and `under` are patterns after "or": "longer", "shorter"."""
    less, more = (
        _or("less|under|below|cheaper|lower|down", under),
        _or("more|above|over|up|upwards?|higher|beyond", over),
    )
    return re.compile(
        r"[\s,]*(?:"
        r"(?P<about>(?:or (?:so|thereabouts)|give or take|more or less|roughly|approximately|(?:price )?range)\b|"
        r"左右|上下|前后|附近|出头|的样子|这样)|"
        rf"(?P<up>(?:(?:or|and|&) (?:{less})\b|max(?:imum)?\b|"
        rf"at (?:the )?(?:very )?(?:most|max)\b|tops?\b(?!s)|limit\b|cap\b|ceiling\b){_LAST}|"
        r"及?以[下内里]|[及之]?之[下内]|内(?![搭衣裤裙胆衬里])|封顶|为上限|顶天|打住|不到|为限)|"
        rf"(?P<low>(?:(?:or|and|&) (?:{more})\b|plus\b(?! size)|\+|min(?:imum)?\b|"
        rf"at (?:the )?(?:very )?least\b|upwards?\b){_LAST}|"
        r"及?以上|之上|[往朝向]上|起步|起(?![码球来])|开外|打底)|"
        r"(?P<budget>(?:is |as |is about )?(?:my |the |total )*budget\b|is (?:my|the) (?:max|limit|maximum|ceiling)\b|"
        r"to spend\b|的?预算)"
        r")"
    )


def _or(*patterns: str) -> str:
    return "|".join(pattern for pattern in patterns if pattern)


BEFORE = before()
COMPARISON = comparison()
AFTER = after()


def span(also: str = "(?!)") -> re.Pattern[str]:
    """Two amounts that are one, "300 to 500"; `also` is a further pattern that may stand between them."""
    return re.compile(
        rf"{AMOUNT}\s*(?:-{{1,2}}|–|—{{1,2}}|~|〜|∼|―|\b(?:to|till|until|thru|through|up to)\b|[至到]|{also}|"
        rf"(?P<loose>\b(?:and|&)\b|[和与跟]))"
        rf"\s*{AMOUNT}(?P<close>\s*(?:之?间|的?范围|区间|\b(?:price )?range\b))?"
    )


RANGE = span()
EITHER = span(r"\bor\b|或者?")
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

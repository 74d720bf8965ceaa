"""Patterns for "any colour", "颜色无所谓", "another brand", "换个颜色" around given words for attributes."""

from __future__ import annotations

import re

_LIMIT = r"(?:\s+(?:limits?|range|constraints?|restrictions?|requirements?|filters?|preferences?|thing))?"
_FINE = (
    r"(?:\s+(?:is|are|would be|will be|'s)\s+(?:also |just |totally |perfectly )?(?:fine|ok|okay|good|great|"
    r"alright|all right|"
    r"cool|acceptable|welcome)|\s+(?:works|goes|will do|would do|does))?"
)
_NOT = r"(?:n't|nt| not)"
_HAN_FINE = r"(?:都|也)(?:可以|行|好(?!看)|没关系|无所谓|没问题|ok|能接受|喜欢|成)"
_HAN_LIMIT = r"(?:的?(?:限制|要求|条件|偏好|上限|约束))"


def _numbered(templates: tuple[str, ...], words: str) -> str:
    """One alternation of `templates`, in which ATTR becomes a group of its own that takes one of `words`."""
    parts = []
    for i, template in enumerate(templates):
        latin = rf"(?<![a-z])(?P<attr{i}>{words})(?![a-z])"
        parts.append(template.replace("ATTR", latin))
    return "|".join(parts)


# What the drops that name no attribute contain.
NAMELESS = ("whatever", "sky", "no budget", "不差钱", "多少钱")


def drop_patterns(words: str) -> str:
    """A pattern whose one filled group is the attribute's word; no group is filled where the price is meant."""
    return _numbered(
        (
            rf"(?<!without )(?<!not )\b(?:any|whatever|whichever|all|every)\s+(?:old\s+)?ATTR(?!\s+of\b){_FINE}",
            rf"\bdo(?:es)?{_NOT}\s+(?:really\s+)?(?:care|mind|bother|worry)\s*(?:about|what|which|for|"
            rf"as to)?\s*(?:the |its |what |which )?ATTR",
            rf"\b(?:the |its )?ATTR{_LIMIT}\s+(?:really\s+)?(?:do(?:es)?|is|are){_NOT}\s+(?:really\s+)?(?:that\s+)?"
            r"(?:matter|important|an issue|a problem|a concern|relevant|a factor)\b",
            rf"\b(?:the )?ATTR{_LIMIT}(?:\s+(?:is|are)|'s)?\s+(?:irrelevant|unimportant|flexible|negotiable|"
            rf"up to you|open|whatever|no "
            r"(?:object|issue|problem|concern))\b",
            r"\bno\s+(?:particular |specific |real |strong )?ATTR\s+(?:limits?|preferences?|restrictions?|"
            r"constraints?|"
            r"requirements?|in mind)\b",
            r"\bno\s+(?:particular |specific |real |strong )?(?:preferences?|limits?|restrictions?|constraints?|"
            r"requirements?)\s+(?:on|for|about|in|of|regarding|as to)\s+(?:the )?ATTR",
            rf"\b(?:forget|ignore|drop|remove|clear|lift|scrap|skip|disregard|never ?mind|reset|delete|cancel)\s+"
            rf"(?:about\s+)?(?:the |my |that |any |a )?ATTR{_LIMIT}",
            r"\bwithout\s+(?:any |a )?ATTR\s+(?:limits?|constraints?|restrictions?|requirements?)",
            r"\b(?:regardless|irrespective)\s+of\s+(?:the )?ATTR",
            r"\bno matter\s+(?:the |what |which |what the )?ATTR",
            rf"(?:\bnot|{_NOT})\s+(?:too |that |very |so )?(?:picky|fussy|bothered|particular|fixed|set|worried)\s+"
            r"(?:about|on|with|by)\s+(?:the |what |which )?ATTR",
            r"\b(?:open|flexible|easy)\s+(?:to|on|about|with)\s+(?:any |the |all |other )?ATTR",
            r"\b(?:the )?ATTR\s+(?:can|could) be (?:anything|any|whatever)\b",
            rf"(?:任何|任意|随便(?:什么|哪[个种])?|不管是?(?:什么|哪[个种])|无论是?(?:什么|哪[个种])|"
            rf"不论是?(?:什么|哪[个种]))样?的?ATTR(?:{_HAN_FINE})?",
            rf"(?:什么|哪[个种]|啥|多少|所有|各种|每种)样?的?ATTR我?{_HAN_FINE}",
            r"ATTR(?:方面|上面?|的话|呢|嘛|这块|,)?我?(?:都|就|也|倒)?(?:无所谓|随便|随意|不限|不重要|不要紧|"
            r"没关系|不在乎|不在意|不介意|不挑|"
            rf"不管|不论|不考虑|不是问题|没问题|看着办|任意|不[作做]要求|"
            rf"(?:没有?|无)(?:什么|啥|特别|特殊)*的?(?:要求|限制|偏好|所谓)|{_HAN_FINE})",
            rf"(?:不限制?定?|不管|不论|无论|不在乎|不在意|不考虑|不看|不挑|不介意|别管|不用管|不用考虑|忽略|"
            rf"忘了|忘掉|去掉|取消|删掉|删除|解除|放开)了?"
            rf"(?:我的|这个)?ATTR{_HAN_LIMIT}?",
            rf"(?:没有?|无|不设|不要|别有)(?:什么)?ATTR{_HAN_LIMIT}",
            rf"ATTR(?:{_HAN_LIMIT}|那条|这条)?(?:都|就|也)?(?:去掉|取消|删掉|拿掉|删了|放开|忽略)",
            r"对(?:于)?ATTR(?:方面)?我?(?:都|也)?(?:没有?|无)(?:什么|啥|特别|特殊)*的?(?:要求|限制|偏好|所谓)",
            r"\b(?:whatever (?:it|they) costs?|the sky'?s the limit|no budget$)|不差钱|多少钱都(?:可以|行|没关系|ok)",
        ),
        words,
    )


def another_patterns(words: str) -> str:
    """A pattern whose one filled group is the attribute's word."""
    return _numbered(
        (
            r"\b(?:an|some |any |in |a )?\s?(?:other|another|different|new|alternative|more)\s+ATTR(?!\s+of\b)",
            r"\b(?:change|switch|swap|vary)\s+(?:the |its |to another |to a different )?ATTR",
            rf"(?:\bdo(?:es)?{_NOT}|\bdid{_NOT})\s+(?:really\s+|quite\s+)?(?:like|love|want|fancy)\s+(?:the|"
            rf"this|that|these|its|their)\s+ATTR",
            r"\bnot\s+(?:this|that|the)\s+ATTR",
            r"\bwhat ATTR else\b",
            r"换(?:一?[个种款下]?|成|点|些)(?:别的?|其[他它]的?|不同的?|另外的?|另一[个种])?ATTR",
            r"(?:还有|有没有|有|要|看看?)?(?:别的|其[他它]的?|另外的?|另一?[种个]|不同的?|其余的?)ATTR",
            r"还有(?:什么|哪些|啥|哪几种)ATTR",
            r"ATTR(?:能不能|能|可以|想|要)?换(?:一?[个种下换])?",
            r"(?:不太?喜欢|不爱|不要|讨厌)这[个种款]?的?ATTR",
            r"这个?ATTR我?不(?:太)?(?:喜欢|好看|行|合适|适合)",
        ),
        words,
    )


requirement = re.compile(r"\s+(?:requirement|filter|constraint|condition|restriction|preference)s?\b")
# `only` cues drop a value where `requirement` follows it ("drop the linen requirement"); otherwise they exclude it.
value_drop = re.compile(
    rf"\b(?:(?:do(?:es)?{_NOT}|not)\s+(?:necessarily\s+|really\s+)?(?:have|need)\s+to be\s+(?:in\s+|a\s+)?"
    rf"|need{_NOT}\s+be\s+(?:in\s+)?|not necessarily\s+(?:in\s+)?|forget (?:about )?(?:the )?|never ?mind (?:the )?|"
    r"(?P<only>(?:drop|remove|lift|ignore|lose|skip) the ))"
    r"|(?:不一定|不必|不用|不是|不)非?(?<=[定必用非])(?:得|要|是)*(?:是|要)?"
)

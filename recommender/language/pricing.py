"""Patterns of wishes for cheaper and for dearer things in both languages."""

from __future__ import annotations

import re

_DEAR = "(?:expensive|pricey|pricy|costly|overpriced)"
_CHEAPER = (
    r"\b(?:less (?:expensive|pricey|costly|money)|"
    r"(?:a (?:bit|little|lot) |much |way |even |any )?cheap(?:er|est|ish)?(?!-| look)|"
    r"low(?:er|est)?[- ](?:price[sd]?|cost|priced|budget|end)|(?:more |most )?affordable|inexpensive|"
    r"budget[- ]friendly|on a (?:tight |small |student )?budget|bargains?|economical|reasonably priced|good value|"
    r"value for money|(?:over|above|beyond|out of|outside|exceeds?) (?:of )?my (?:budget|price range)|"
    r"can(?:'?t|not) afford|save (?:some |a bit of |a little )?money|costs? less|spend less|"
    r"(?:lower|reduce|bring down|decrease) (?:on |in )?(?:the |my )?(?:price|budget|cost)s?|"
    rf"price[s]? (?:is|are|'s)?\s?(?:too |so |a bit |a little |quite |very )?high|overpriced|"
    rf"(?:too|so|very|bit|little|rather|quite|pretty|really|kinda|way|that|is|are|looks?|seems?|not|nothing|super|"
    rf"isn't|it's|they're|that's)(?: (?:all )?(?:too|so|that|very|as|a bit|a little|quite|really))* {_DEAR}|"
    rf"(?:not|nothing|no|isn't) more {_DEAR}|"
    r"too (?:much money|much$|rich for))\b"
    rf"|n't (?:want |need |like |be )?(?:to be )?(?:anything |something |one )?(?:too |so |that |more )*{_DEAR}\b"
    r"|(?:价[格钱位]?|价格再)(?:再|更|稍微?)?(?:低|便宜)(?:一?[点些])?|低(?:一?[点些])?的?价[格钱位]?|"
    r"(?<!太)(?<!于)(?:[最更再]|稍微?|比较)?便宜(?:一?[点些]儿?|很?多)?的?(?!了?吗)|"
    r"(?:不要|别|没|不|不能|不会|不想要?)*(?:太|过于|很|好|真|有一?点儿?|有些|这么|那么|挺|偏|略|超|实在)贵"
    r"(?:了)?(?:一?[点些])?|贵了(?:一?[点些])?|(?<!贵)不(?:要|是)?贵的?|实惠(?:一?[点些])?|平价|性价比高?|划算(?:一?[点些])?|省钱|"
    r"买不起|物美价廉|白菜价|平[啲d]|价格?减半|廉价|"
    r"超(?:出|过)?了?(?:我的?)?预算|预算(?:不够|不足|紧张|有限)|价[格钱位](?:太|有点|偏|过|好|这么)高|"
    r"少花(?:一?点)?钱|"
    r"降低?(?:一?[下点])?(?:价格?|预算|价位)"
)
_DEARER = (
    r"\b(?:(?:too|so|not too|not so|looks|looking|seems) cheap(?:[- ]looking)?|cheap[- ]looking|"
    r"more (?:expensive|luxurious|upscale|premium|high[- ]end)|pricier|dearer|costlier|fancier|"
    r"(?:high|higher|top)[- ]end|high(?:er)? (?:price[ds]?|quality|budget|class)(?: range)?|better quality|"
    r"premium|luxury|luxurious|upscale|upmarket|deluxe|most expensive|expensive|"
    r"(?:spend|pay) (?:a (?:bit|little) )?more(?! than)|costs? more(?! than)|"
    r"(?:raise|increase|up|stretch) (?:the |my )(?:price|budget)(?: range)?|splurge)\b"
    r"|来[点些]儿?贵的?|(?:[更再最]|稍微?)?贵(?:一?[点些]儿?)的?|[更再最]贵的?|贵的|不怕贵|名贵|豪华|轻?奢[华侈]?|"
    r"(?:更|再)?高[档端级](?:一?[点些])?的?|"
    r"[上有]档次|档次(?:再|更)?高(?:一?[点些])?|价[格钱位](?:可以|能)?(?:再|更)?高(?:一?[点些])|"
    r"(?:提高|增加|加)(?:一?[点些下])?预算|"
    r"预算(?:可以)?(?:再)?(?:高|加|提高)(?:一?[点些])?|(?:不要|别|过于)?太?(?<=太)便宜的?了?|"
    r"(?:品质|质量|质感)(?:更|再)?[好高](?:一?[点些])?"
)
PRICE_CHANGE = re.compile(rf"(?P<cheaper>{_CHEAPER})|(?P<dearer>{_DEARER})")

# Every wish contains one of these.
HINTS = (
    *str.split("cheap expensive pric cost afford budget bargain econom valu save less rich much spend pay end class"),
    *str.split("quality premium luxur upscale upmarket deluxe dear fanc splurge"),
    *str.split("平啲 平d 价 便宜 贵 实惠 划算 省钱 买不起 物美 预算 少花 豪 奢 档 端 级 品质 质量 质感"),
)

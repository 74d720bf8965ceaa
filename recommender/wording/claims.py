"""What a shop must not say unless it is so, and the words that turn a sentence round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# In this order, and each text belongs to one: "new arrivals" are new and do not arrive.
_CLAIMS: Mapping[str, str] = {
    "contact": r"https?:|www\.|\S+@\S+|\b[\w-]+\.(?:com|cn|net|org|io|shop|example|top|co)\b|"
    r"\d{3,4}[- ]\d{3,4}[- ]\d{4}|"
    r"\b(?:call us|call|phone|telephone|whatsapp|wechat|e-?mail|click|visit|website|scan|hotline|dm)\b|"
    r"微信|电话|扫码|加群|链接|点击|网址|公众号|加我|客服|私信|拨打|网站|手机号|热线",
    "leak": r"\bas an ai\b|language model|\b(?:prompts?|instructions?|rephras\w*|paraphras\w*|reworded|rewritten|"
    r"assistant|chatbot|template|json)\b|改写|指令|提示词|语言模型|人工智能|作为一个|系统提示|换一种说法|模板",
    # What the person is said to have done or to like.
    "history": r"(?<!if )(?<!would )\byou(?:'ve| have)? (?:lik|chose|choos|often|usually|always|pick|bought|wore|"
    r"love)\w*|"
    r"(?:您|你)(?:以前|之前|平时|经常|常)?(?:喜欢|偏爱|选过|常选|选的|买过|爱)(?!吗)",
    "popular": r"\b(?:popular\w*|best[- ]?sell\w*|hot[- ]sell\w*|trend\w*)\b|人气|受欢迎|热门|畅销|热卖|热销|爆款",
    "new": r"\b(?:brand[- ]new|new (?:in|arrivals?)|just (?:in|arrived)|newly|newest|latest|new)\b|"
    r"新品上架|新品|刚上新|上新|新款|新到|刚上架|新上架|最新|全新",
    "sold out": r"\b(?:sold out|out of stock|unavailable|discontinued)\b|售罄|缺货|断货|卖完|卖光|没货|无货|下架",
    "free": r"\b(?:free|freebies?|complimentary|gratis|no charge|gifts?|gifted|bonus|on the house)\b|"
    r"免费|赠|白送|免单|不要钱|送您|送你|礼品|礼物|白拿",
    "discount": r"\b(?:discount\w*|sales?|off|deals?|bargains?|sav(?:e|es|ed|ings?)|reduc\w+|promo\w*|coupons?|"
    r"vouchers?|rebates?|clearance|offers?|half[- ]price|marked down|mark-?down|special)\b|"
    r"折|优惠|特价|促销|减免|立减|满减|秒杀|券|红包|降价|大促|活动|划算|抢购|省|补贴|返现",
    "urgency": r"\b(?:last chance|limited|hurry|selling fast|sells fast|now or never|almost gone|while stocks last)\b|"
    r"限时|限量|最后|抢|手慢|错过",
    "stock": r"\b(?:in stock|stock(?:ed)?|availab\w+|remaining|left(?! out))\b|库存|现货|有货|在售|仅剩|剩",
    "delivery": r"\b(?:deliver\w*|ship(?:s|ped|ping|ments?)?|arriv\w+|dispatch\w*|courier|postage|next[- ]day|express|"
    r"on (?:the|its|their|your) way|"
    r"pick-?up|collect\w*)\b|包邮|邮|配送|送货|快递|发货|到货|送到|送达|上门|寄|运费|物流|自提|闪送|到家",
    "guarantee": r"\b(?:guarante\w*|warrant\w+|returns?|returned|refund\w*|money[- ]back|exchang\w*|certif\w+|"
    r"authentic\w*|genuine\w*|official\w*|original\w*|insur\w+|repair\w*|safe\w*|secure\w*|promis\w+)\b|"
    r"保证|保修|质保|退|换货|正品|官方|认证|赔|三包|售后|保障|无理由|检测|承诺|包换",
    "quality": r"\b(?:best|finest|awards?|awarded|exclusive\w*|unique\w*|rated|ratings?|reviews?|stars?|top|perfect\w*|"
    r"ideal\w*|premium|luxur\w*|number one|no\. ?1|first choice|high[- ]quality|cheapest|favou?rites?|"
    r"healthy|better|worse|worst)\b|"
    r"最(?!多)|销量|网红|好评|口碑|独家|顶级|奢|高品质|高端|获奖|评分|完美|绝对|百分百|首选|冠军|更好|第一(?![款件个条双部种只])",
    "purchase": r"\b(?:order(?:s|ed|ing)?|bought|buy|buying|purchas\w*|paid|pay\w*|charg\w*|reserv\w*|book(?:ed|ing)|"
    r"checkout|invoice|basket|cart)\b|下单|订购|购买|买下|买好|付款|支付|付|扣款|预订|预留|购物车|结账|订单",
    "time": r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:january|february|march|april|june|july|august|"
    r"september|october|november|december|tomorrow|yesterday|tonight|today(?!\?)|weekend|weeks?|months?|years?|days?|"
    r"hours?|soon|immediately|instantly|asap)\b|"
    r"今天(?![您你]?[想要需])|明天|后天|昨天|今晚|周[一二三四五六日末]|星期|月底|年|小时|[日天]内|马上|立刻|立即|尽快|很快",
}
CLAIMS = {name: re.compile(pattern) for name, pattern in _CLAIMS.items()}

_IDIOM = (
    r"\bno (?:problem|worries|trouble|doubt)\b|\bnot only\b|\bwhy not\b|\bdon't worry\b|\bcan't wait\b|"
    r"不妨|不错|不好意思|不客气|没问题|没关系|有没有|是不是|要不要|好不好|对不起|差不多|不过|不仅|不只"
)
_LOGIC: Mapping[str, str] = {
    "idiom": _IDIOM,
    # A dropped wish: what "without the colour" gives.
    "relax": r"\bwithout (?:the|any|a)\b(?! leather)|\b(?:leav|dropp|remov|ignor|relax|lift)ing(?: out| aside)?\b|"
    r"\b(?:leave out|drop|set(?:ting)? aside)\b|不限|不看|不管|不考虑|去掉|放开|放宽|取消|忽略|不论",
    "down": r"\bno more than\b|\bnot more than\b|\b(?:under|below|within|up to|at most|less than|lower than)"
    r"(?=\s*(?:(?:your|the|a|of|budget|price|limit)\b|[¥$€£₹\d]|rmb|cny|usd|[a-z]+ hundred|[a-z]+ thousand))|"
    r"\bor less\b|"
    r"不超过|不到|不高于|低于|至多|(?<=[\d元块钱算围])的?\s?(?:以内|以下|之内|之下|封顶)|"
    r"(?<=[\d元块钱算围]\s)(?:以内|以下|之内)",
    "up": r"\b(?:over|above|at least|beyond|more than|higher than)"
    r"(?=\s*(?:(?:your|the|a|of|budget|price|limit)\b|[¥$€£₹\d]|rmb|cny|usd|[a-z]+ hundred|[a-z]+ thousand))|"
    r"\bor more\b|"
    r"\bfrom(?=\s*[¥$€£₹])|"
    r"不低于|不少于|高于|超过|至少|(?<=[\d元块钱算围])的?\s?(?:以上|之上|起)|(?<=[\d元块钱算围]\s)(?:以上|起)",
    "less": r"\b(?:cheaper|less|fewer|lower)\b|便宜|更低",
    "more": r"\b(?:dearer|pricier|more expensive|costs? more|higher)\b|贵(?![姓店])|更高",
    "most": r"\b(?:most|majority)\b|大多数|大部分|多数",
    "all": r"\b(?:all|every|each)\b|都|全部|所有",
    "same": r"\b(?:same|likewise|equally|identical\w*|so (?:does|is|do|are)|as well|too)\b|也是?|同样|一样|同价|相同",
    # "Nothing but red" is red, and "only red" is not what "no red" says.
    "but": r"(?<![,;.] )(?<![,;.\n])\b(?:but|except|excluding|apart from|other than)\b|除(?:了|外|去)|以外",
    "only": r"\bonly\b|只有|只剩|仅有|唯有",
    "none": r"\bnothing\b|\bnone\b|\bno luck\b|\b(?:could|can|did|do|does)(?:n't| not) (?:find|see|have)\b|"
    r"\bcannot find\b|"
    r"\b(?:there (?:is|are)|there's|have|has|found|find|see|with) no\b|没有?(?:找到|符合|合适|合)|找不到|暂无|没有",
    "not": r"\b(?:not|never|no|neither|nor|without|cannot|unable|nobody|nowhere|hardly|non|minus|stop|"
    r"instead of)\b|\b\w+n't\b|(?<=\w)-free\b|"
    r"不|没|无(?!论)|非(?!常)|未|别(?!的)|勿|免",
}
_LOGIC_PATTERN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _LOGIC.items()))
LIKE = re.compile(
    r"\b(?:like|likes|liked|similar\w*|resembl\w+|remind\w*|alike|chose|chosen|choose|close|closest)\b|"
    r"像|似|相近|接近|喜欢|常选|选过|选的"
)


@dataclass(frozen=True)
class Turn:
    """A word at [start:end] that bounds, compares or denies."""

    kind: str
    start: int
    end: int

    @property
    def denies(self) -> bool:
        """Whether it says no."""
        return self.kind in ("not", "none")


def find_turns(folded: str) -> list[Turn]:
    """Bounding, comparing and denying words of a folded text, in order, idioms left out."""
    return [
        Turn(str(match.lastgroup), *match.span())
        for match in _LOGIC_PATTERN.finditer(folded)
        if match.lastgroup != "idiom"
    ]


def find_claims(folded: str) -> Iterator[tuple[str, int, int]]:
    """(class, start, end) of every claim in a folded text, each place once."""
    taken = [False] * (len(folded) + 1)
    for name, pattern in CLAIMS.items():
        for match in pattern.finditer(folded):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                yield name, start, end

"""What a question about an item asks for: attributes by their names, numbers by adjectives, price and stock."""

from __future__ import annotations

import re

from recommender.language.superlatives import numbers_asked
from recommender.language.tokens import HAN_PATTERN, fold
from recommender.language.vocabulary import Vocabulary
from recommender.serving.index import PRICE

STOCK = "stock"
LINK = "url"

_WORDS = {
    PRICE: re.compile(r"\bhow much\b|\bprice\b|\bcosts?\b|多少钱|价格|价钱|什么价|几块"),
    STOCK: re.compile(
        r"\bin stock\b|\bavailable\b|\bsold out\b|\bhow many .*left\b|有货|现货|库存|没货|还有吗|有没有货|卖完"
    ),
    LINK: re.compile(r"\blink\b|\burl\b|\bweb ?page\b|链接|网址"),
}
_MADE_OF = re.compile(r"\bmade (?:of|from|out of)\b|\bwhat .*made\b|什么做的|什么料|料子|面料")
_FITS = re.compile(r"\bwhat sizes?\b|什么码|哪些码|几码|多大码")
_GENERAL = re.compile(
    r"\b(?:tell me|more|about|details?|info\w*|describe|description|what is|what's|what are|know|show|it|this|that|one|"
    r"the|me|please|can|could|you|give|i|want|to|a|an|is|of|look|closer)\b"
    r"|详细|介绍|详情|细节|资料|信息|具体|说说|说一说|讲讲|了解|怎么样|看看|一下|这个|那个|它|是什么|什么样|给我|我想|知道|更多|情况"
)


def attributes_asked(text: str, vocabulary: Vocabulary) -> list[str]:
    """Names of the attributes that `text` asks about, "price", "stock" and "url" among them, in declared order."""
    folded = fold(text)
    found = [attribute for attribute in vocabulary.attributes if _names(folded, vocabulary.attribute_words(attribute))]
    found += numbers_asked(text, vocabulary)
    if _MADE_OF.search(folded):
        found.append("material")
    if _FITS.search(folded):
        found.append("size")
    found += [name for name, pattern in _WORDS.items() if pattern.search(folded)]
    return list(dict.fromkeys(name for name in found if name in (*vocabulary.attributes, *_WORDS)))


def is_general(rest: str) -> bool:
    """Whether a message asks for all there is to know, when `rest` is what was not understood of it."""
    left = _GENERAL.sub(" ", fold(rest))
    return not re.sub(r"[\W_第个件条款双部本的了吗呢啊吧]+", "", left)


def _names(folded: str, words: tuple[str, ...]) -> bool:
    return any(
        word in folded if HAN_PATTERN.search(word) else re.search(rf"\b{re.escape(word)}s?\b", folded) for word in words
    )

"""What a message says beyond what was understood: the text that semantic search gets."""

from __future__ import annotations

import re
from collections.abc import Iterable

from recommender.language import stopwords
from recommender.language.tokens import HAN_PATTERN, fold
from recommender.language.tokens import spans as token_spans

_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)s?")  # of a birthday


def residue(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` without `spans` ((start, end) of what was understood), request phrases, stop words and numbers.

    Words that are left keep their spelling; neighbours in Chinese stay joined. Exactly "" when nothing is left, so
    that a caller can skip the search.
    """
    return residue_of(text, fold(text), spans)


def residue_of(text: str, folded: str, spans: Iterable[tuple[int, int]]) -> str:
    """As `residue`, where `folded` is what `tokens.fold` made of `text`."""
    for start, end in spans:
        folded = folded[:start] + " " * (end - start) + folded[end:]
    if HAN_PATTERN.search(folded):
        folded = stopwords.CHINESE_PHRASES.sub(lambda match: " " * len(match.group()), folded)
    words: list[str] = []
    last = -1
    for start, end in token_spans(folded):
        if _is_empty(folded[start:end]):
            continue
        if start == last and HAN_PATTERN.match(folded, start) and HAN_PATTERN.match(folded, start - 1):
            words[-1] += text[start:end]
        else:
            words.append(text[start:end])
        last = end
    return " ".join(words)


def _is_empty(word: str) -> bool:
    if HAN_PATTERN.match(word):
        return word in stopwords.CHINESE or all(c in "零一二两三四五六七八九十百千万几半" for c in word)
    if _ORDINAL.fullmatch(word):
        return True
    return word in stopwords.ENGLISH or not any(c.isalpha() for c in word) or (len(word) == 1 and word.isascii())

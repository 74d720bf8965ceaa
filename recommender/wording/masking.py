"""Titles and quoted words taken out of a text, so that what they say is never read as what Parley says.

A title becomes one character of a private range that says which item it is; a quote becomes `QUOTE`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from recommender.language.tokens import HAN_PATTERN, fold
from recommender.wording.claims import CLAIMS
from recommender.wording.facts import ItemFacts

_FIRST, _MOST = 0xE100, 0x400
QUOTE = "\uea00"
_FIRST_MARKER = 0xEB00
TITLE = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + _MOST)}]")
MARKER = re.compile(f"[{chr(_FIRST_MARKER)}-{chr(_FIRST_MARKER + 99)}]")
PRIVATE = re.compile("[\ue000-\uf8ff]")
QUOTED = re.compile('[“"「『《]([^“”"「」『』《》\n]{1,200})[”"」』》]')
_LIST_MARKER = re.compile(r"^[ \t]*(\d{1,2})[.)、．:：](?!\d)[ \t]*", re.MULTILINE)
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_GAP = r"[\s\-–·,，'’]*"
_PART = 0.6  # of a title's letters: less is no mention of it


@dataclass(frozen=True)
class Masked:
    """A text without titles, quotes and list numbers; `titles` are items in order of mention, repeats too.

    `text` is folded; `raw`, of the same length, has its capitals.
    """

    text: str
    titles: tuple[int, ...]
    raw: str = ""


def item_of(character: str) -> int:
    """The item that a character of `TITLE` stands for."""
    return ord(character) - _FIRST


def marker_of(character: str) -> int:
    """The list number that a character of `MARKER` stands for."""
    return ord(character) - _FIRST_MARKER


def mask(text: str, items: Sequence[ItemFacts], quotes: Sequence[str], bare: frozenset[str]) -> Masked:
    """`text` with its titles, quotes and list numbers taken out.

    Args:
        text: a template or a rephrasing of it; private characters in it are dropped.
        items: whose titles to find, whole or by their larger part.
        quotes: words that are no one's claim; found where they stand in quotation marks.
        bare: those of `quotes` that may stand without them.
    """
    text = PRIVATE.sub(" ", text)
    for quote in sorted(quotes, key=len, reverse=True):
        text = re.sub(f'[“"「『]{re.escape(quote)}[”"」』]', QUOTE, text)
        if quote in bare:
            text = text.replace(quote, QUOTE)
    named = [(title, i) for i, item in enumerate(items[:_MOST]) for title in item.titles]
    for title, i in sorted(named, key=lambda entry: -len(entry[0])):
        text = _pattern(title).sub(chr(_FIRST + i), text)
    for i, item in enumerate(items[:_MOST]):
        if chr(_FIRST + i) not in text:
            text = _mask_part(text, item.titles, i)
    text = _LIST_MARKER.sub(lambda match: chr(_FIRST_MARKER + int(match[1])), text)
    return Masked(fold(text), tuple(item_of(found) for found in TITLE.findall(text)), text)


@lru_cache(maxsize=4096)
def _pattern(title: str) -> re.Pattern[str]:
    words = _WORD.findall(title) or [title]
    body = _GAP.join(re.escape(word) for word in words)
    left = r"(?<![A-Za-z0-9])" if words[0][0].isascii() else ""
    right = r"(?![A-Za-z0-9])" if words[-1][-1].isascii() else ""
    # "Free" may be a film; "free" is a promise.
    flags = 0 if is_short(title) else re.IGNORECASE
    return re.compile(f"{left}{body}{right}", flags)


def is_short(title: str) -> bool:
    """Whether a title may be met by chance in a sentence."""
    return len(title) < 6 if HAN_PATTERN.search(title) else len(title.split()) < 3 or len(title) < 12


def _mask_part(text: str, titles: Sequence[str], i: int) -> str:
    """Replaces the longest run of words that is a title's larger part, from its first word on."""
    for title in titles:
        own = [word.lower() for word in _WORD.findall(title)]
        if HAN_PATTERN.search(title) or is_short(title):
            continue
        words = list(_WORD.finditer(text))
        for k, word in enumerate(words):
            end, letters = _run(own, words, k) if word.group().lower() == own[0] else (0, 0)
            part = text[word.start() : end]
            if letters >= _PART * sum(map(len, own)) and not any(c.search(part.lower()) for c in CLAIMS.values()):
                return text[: word.start()] + chr(_FIRST + i) + text[end:]
    return text


def _run(own: Sequence[str], words: Sequence[re.Match[str]], k: int) -> tuple[int, int]:
    """End and letters of the words from k on that are words of the title in its order."""
    at, end, letters = 0, 0, 0
    for word in words[k:]:
        try:
            at = own.index(word.group().lower(), at) + 1
        except ValueError:
            break
        end, letters = word.end(), letters + len(word.group())
    return end, letters

"""Values that are a bare number or letter ("38", "m"), which mean nothing without their attribute beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from recommender.language.places import Pair, Place, enter

CODE = re.compile(r"\d+|[a-z]")
_WORD = re.compile(r"[^\W_]+")
_LINK = re.compile(r"[\s:=是]*(?:is |an? |of |的是|为|in )?\s*")
_LIST = re.compile(r"\s*(?:,|/|、|or|and|to|或者?|和|到|至|-|~)\s*")
# "I wear a 38", "有M的吗": a code may stand without its attribute's word where nothing else can be meant.
_FRAME = re.compile(
    r"(?:\b(?:wear|wears|have|got|in|take|an?)\s+(?:it in\s+|an?\s+)?|[穿有要]\s*|^\s*)"
    r"(?P<code>[0-9]{1,2}|[a-z])(?=\s*(?:$|[,.!?;。]|[的吗]|or\b|and\b|或|和|please\b))"
)
_BEFORE_WORD = re.compile(r"(?<![0-9a-z.])(?P<code>[0-9]+|[a-z])[\s-]?$")  # "3 seats"
_BEFORE_UNIT = re.compile(
    r"(?<![0-9a-z.])(?P<code>[0-9]{1,3}|[a-z])(?=\s*(?:,|/|、|or|and|或者?|和|到|至|-|~)\s*(?:[0-9]{1,3}|[a-z]{1,3})\s?[码号])"
)


class CodeIndex:
    """Codes with their attribute's own word ("size 38 or 39", "尺码是M", "3 seats") or in a frame ("I wear a 38")."""

    def __init__(self, codes: Iterable[tuple[str, Pair]], names: Mapping[str, Iterable[str]]) -> None:
        """Folded `codes` with their meanings; `names` maps an attribute to the folded words for itself."""
        self._entries: dict[str, tuple[Pair, ...]] = {}
        for code, pair in codes:
            enter(self._entries, code, pair)
        self._attributes: dict[str, set[str]] = {}
        for attribute in {pair[0] for pairs in self._entries.values() for pair in pairs}:
            for name in names[attribute]:
                self._attributes.setdefault(name, set()).add(attribute)
        ordered = sorted(self._attributes, key=lambda name: (-len(name), name))
        self._named = re.compile("|".join(rf"\b{re.escape(n)}\b" if n.isascii() else re.escape(n) for n in ordered))

    def find(self, folded: str) -> Iterator[Place]:
        """Codes in a folded message; the attribute's word belongs to the place."""
        if not self._entries:
            return
        for framed in (*_FRAME.finditer(folded), *_BEFORE_UNIT.finditer(folded)):
            if pairs := self._entries.get(framed["code"]):
                yield Place(framed.start("code"), framed.end("code"), pairs)
        for named in self._named.finditer(folded):
            before = _BEFORE_WORD.search(folded, 0, named.start())
            if before and (pairs := self._of(before["code"], named.group())):
                yield Place(before.start("code"), named.end(), pairs)
            yield from self._after(folded, named)

    def _after(self, folded: str, named: re.Match[str]) -> Iterator[Place]:
        start, link, end = named.start(), _LINK, named.end()
        while (gap := link.match(folded, end)) and (code := _WORD.match(folded, gap.end())):
            pairs = self._of(code.group(), named.group())
            if not pairs:
                return
            yield Place(start, code.end(), pairs)
            link, end = _LIST, code.end()
            start = (_LIST.match(folded, end) or code).end()

    def _of(self, code: str, name: str) -> tuple[Pair, ...]:
        return tuple(pair for pair in self._entries.get(code, ()) if pair[0] in self._attributes[name])

"""Chinese words of a vocabulary, found in messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from recommender.language.negation import HEAD
from recommender.language.places import Pair, Place, enter
from recommender.language.tokens import spans

_OPAQUE = frozenset({"一点点"})  # "a little", no dots
_GARMENT = frozenset("裙裤鞋衫衣帽靴袜")  # 红裙 is red and a skirt; 红包 is neither red nor a bag


class HanIndex:
    """The longest match from left to right; short words must agree with jieba's."""

    def __init__(self, words: Iterable[tuple[str, Pair]]) -> None:
        """Folded `words` with their meanings; mixed ones ("t恤") are Chinese words too."""
        self._entries: dict[str, tuple[Pair, ...]] = {}
        for word, pair in words:
            enter(self._entries, word, pair)
            if len(word) == 1 and pair[0] in ("colour", "color"):
                enter(self._entries, word + "色", pair)
        lengths: dict[str, set[int]] = {}
        for word in self._entries:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    def find(self, folded: str) -> Iterator[Place]:
        """Words in order; not a hood (带帽子的) where a hat is meant."""
        cuts: list[tuple[int, int]] | None = None
        i = 0
        while i < len(folded):
            for length in self._lengths.get(folded[i], ()):
                end = i + length
                pairs = self._entries.get(folded[i:end])
                if not pairs or end > len(folded) or not _bounded(folded, i, end):
                    continue
                if length <= 2:
                    cuts = spans(folded) if cuts is None else cuts
                    if not self._stands(cuts, folded, i, end):
                        continue
                if not (pairs[0][0] == HEAD and folded[i] == "帽" and folded[i - 1 : i] == "带"):
                    yield Place(i, end, pairs)
                i = end - 1
                break
            i += 1

    def _stands(self, cuts: list[tuple[int, int]], folded: str, start: int, end: int) -> bool:
        """Whether a short Chinese match agrees with jieba's words: 红 counts in 红的, not in 红包."""
        first = next((cut for cut in cuts if cut[0] <= start < cut[1]), (start, end))
        last = next((cut for cut in cuts if cut[0] < end <= cut[1]), (start, end))
        if folded[first[0] : first[1]] in _OPAQUE:
            return False
        if end - start > 1:
            return first == last or first[0] == start or last[1] == end
        if first == (start, end):
            return True
        if first[1] - first[0] == 2:
            head, tail = folded[first[0]], folded[first[1] - 1]
            if head in "太要" and first[1] == end:
                return True  # 太素, 要素一点的
            if tail in _GARMENT and first[0] == start:
                return True
            both = self._entries.get(head), self._entries.get(tail)
            if both[0] and both[1] and both[0][0][0] == both[1][0][0]:
                return True  # 秋冬, 黑白
        return first[1] == end and folded[start] in _GARMENT


def _bounded(folded: str, start: int, end: int) -> bool:
    """Whether Latin letters at the ends of a mixed word ("T恤", "pu皮") do not go on outside it."""
    left = start == 0 or not (folded[start].isascii() and folded[start - 1].isascii() and folded[start - 1].isalnum())
    right = end == len(folded) or not (folded[end - 1].isascii() and folded[end].isascii() and folded[end].isalnum())
    return left and right

"""What a text says of which item: figures, values, claims, and the words that turn it round."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from recommender.language.references import references_in
from recommender.language.vocabulary import Mention, Vocabulary
from recommender.wording.claims import LIKE, Turn, find_claims, find_turns
from recommender.wording.figures import Figure, find_figures
from recommender.wording.masking import MARKER, TITLE, Masked, item_of, marker_of

_SENTENCE = re.compile(r"[^\n。！？!?]*?(?:[\n。！？!?]|\.(?=\s|$)|$)", re.DOTALL)
_CLAUSE = re.compile(r"[^,，;；()（）\n]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_PRONOUN = re.compile(r"\s*(?:it|this|它|这[款件条双部只个])")
_REACH = {True: 4, False: 24}  # characters between a denying word and the value that it denies: Chinese, English
_EXCLUDED_AFTER = re.compile(r"[的色系]*(?:除外|以外|之外|不要|不行|免了)|-free\b| free\b| excluded\b")
_RANKED = re.compile(r"popular|人气|排|rank|热门|best[- ]?sell")
Pair = tuple[str, str]


@dataclass(frozen=True)
class Named:
    """A value that a text names: `options` are what its word may mean; `like` when it describes something else."""

    options: frozenset[Pair]
    denied: bool
    like: bool


@dataclass
class Part:
    """What a text says of one item, or of none."""

    figures: list[tuple[Figure, frozenset[str], frozenset[str]]] = field(default_factory=list)
    """Figures with the claims and the attributes named beside them."""
    values: list[Named] = field(default_factory=list)
    claims: set[str] = field(default_factory=set)
    turns: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """A text, read.

    `parts` by item, None for what belongs to none; `rest` is the text without all that is in them; `raw` has the
    capitals of `rest`.
    """

    parts: Mapping[int | None, Part]
    turns: tuple[str, ...]
    markers: tuple[tuple[int, int], ...]
    positions: frozenset[int]
    rest: str
    titles: tuple[int, ...]
    raw: str

    def part(self, item: int | None) -> Part:
        """What it says of `item`; an empty part if nothing."""
        return self.parts.get(item) or Part()


@dataclass(frozen=True)
class Reader:
    """Reads templates and rephrasings alike."""

    vocabulary: Vocabulary
    items: int

    def read(self, masked: Masked, numbered: Mapping[int, int]) -> Reading:
        """`masked` taken apart; `numbered` leads from a list number to its item, for "the second one"."""
        text = masked.text
        mentions = [list(group) for _, group in groupby(self.vocabulary.find_folded(text), lambda m: (m.start, m.end))]
        blanked = _blank(text, [(group[0].start, group[0].end) for group in mentions])
        references = [
            reference
            for reference in (references_in(blanked) if self.items > 1 else ())
            if reference.value in numbered and not _RANKED.search(_clause_at(text, reference.start))
        ]
        for reference in references:
            blanked = _blank(blanked, [(reference.start, reference.end)])
        figures = find_figures(blanked)
        bounds = [(f.start, f.end) for f in figures]
        wordy = _blank(blanked, bounds)
        turns = find_turns(_bare_figures(blanked, figures))
        claims = list(find_claims(_blank(text, bounds)))
        anchors = [(m.start(), item_of(m.group())) for m in TITLE.finditer(text)]
        anchors += [(r.start, numbered[r.value]) for r in references]
        segments = list(self._segments(text, sorted(anchors)))
        parts: dict[int | None, Part] = defaultdict(Part)
        for figure in figures:
            parts[_owner(segments, figure.start)].figures.append(self._placed(text, figure, claims))
        for group in mentions:
            owner = _owner(segments, group[0].start)
            parts[owner].values.append(_named(text, group, turns, mentions))
        for name, start, _ in claims:
            parts[_owner(segments, start)].claims.add(name)
        for turn in turns:
            parts[_owner(segments, turn.start)].turns.append(turn.kind)
        rest = _blank(wordy, [(start, end) for _, start, end in claims])
        rest = _blank(rest, [(turn.start, turn.end) for turn in turns if turn.kind not in ("all", "same", "only")])
        return Reading(
            parts=dict(parts),
            turns=tuple(turn.kind for turn in turns),
            markers=tuple(_markers(text)),
            positions=frozenset(r.value for r in references),
            rest=rest,
            titles=masked.titles,
            raw=masked.raw,
        )

    def _segments(self, text: str, anchors: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int | None]]:
        """(start, end, item): a sentence about one item is all of it; one about several is cut before each."""
        last: int | None = None
        for sentence in _SENTENCE.finditer(text):
            start, end = sentence.span()
            own = [(at, item) for at, item in anchors if start <= at < end]
            named = {item for _, item in own}
            if self.items == 1:
                yield start, end, 0
            elif len(named) == 1:
                last = own[0][1]
                yield start, end, last
            elif named:
                last = None
                cuts = [(start, None), *own, (end, None)]
                for (at, item), (until, _) in pairwise(cuts):
                    yield at, until, item
            else:
                yield start, end, last if _PRONOUN.match(text, start) else None

    def _placed(
        self, text: str, figure: Figure, claims: Sequence[tuple[str, int, int]]
    ) -> tuple[Figure, frozenset[str], frozenset[str]]:
        start, end = _clause_span(text, figure.start)
        clause = text[start:end]
        if figure.kind == "number" and _RANKED.search(clause):
            figure = replace(figure, kind="rank")
        counted = figure.kind != "money"  # "¥359 and new in" is two facts, "5 in stock" is one
        beside = frozenset(name for name, at, _ in claims if counted and start <= at < end)
        return figure, beside, self._attributes(text, figure.end)

    def _attributes(self, text: str, end: int) -> frozenset[str]:
        """Attributes whose own word stands before the figure ("without the colour: 3")."""
        sentence = next(s for s in _SENTENCE.finditer(text) if s.start() <= end <= s.end() or s.end() >= end)
        before = text[sentence.start() : end]
        places = [
            (before.rfind(word), attribute)
            for attribute, words in self._own_words().items()
            for word in words
            if word in before
        ]
        return frozenset(attribute for at, attribute in places if at == max(places)[0])

    def _own_words(self) -> Mapping[str, Sequence[str]]:
        own = {attribute: self.vocabulary.attribute_words(attribute) for attribute in self.vocabulary.attributes}
        return {**own, "price": ("price", "budget", "价格", "价钱", "预算")}


def _owner(segments: Sequence[tuple[int, int, int | None]], at: int) -> int | None:
    return next((item for start, end, item in segments if start <= at < end), None)


def _named(text: str, group: Sequence[Mention], turns: Sequence[Turn], mentions: Sequence[Sequence[Mention]]) -> Named:
    start, end = group[0].start, group[0].end
    clause = text[slice(*_clause_span(text, start))]
    options = frozenset((mention.attribute, mention.value) for mention in group)
    return Named(options, _denied(text, start, end, turns, mentions), LIKE.search(clause) is not None)


def _denied(text: str, start: int, end: int, turns: Sequence[Turn], mentions: Sequence[Sequence[Mention]]) -> bool:
    """Whether a denying word belongs to the value at [start:end], not to the whole sentence ("I found nothing")."""
    if _EXCLUDED_AFTER.match(text, end):
        return True
    before = [turn for turn in turns if turn.end <= start and turn.kind == "not"]
    if not before:
        return False
    cue = before[-1]
    between = text[cue.end : start]
    chinese = not text[cue.start].isascii()
    if len(between) > _REACH[chinese] or re.search(r"[,，;；。.!?\n·:：]", between):
        return False
    return not any(cue.end <= group[0].start < start for group in mentions)


def _clause_span(text: str, at: int) -> tuple[int, int]:
    joined = _THOUSANDS.sub("_", text)
    return next((m.span() for m in _CLAUSE.finditer(joined) if m.start() <= at < m.end()), (at, at + 1))


def _clause_at(text: str, at: int) -> str:
    return text[slice(*_clause_span(text, at))]


def _markers(text: str) -> Iterator[tuple[int, int]]:
    """(list number, item) where a line that has a number names an item."""
    for line in text.split("\n"):
        marker, title = MARKER.search(line), TITLE.search(line)
        if marker:
            yield marker_of(marker.group()), item_of(title.group()) if title else -1


def _blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _bare_figures(text: str, figures: Sequence[Figure]) -> str:
    """`text` with every figure written as digits alone, so that limiting words find a number beside them."""
    for figure in figures:
        text = text[: figure.start] + "0" * (figure.end - figure.start) + text[figure.end :]
    return text

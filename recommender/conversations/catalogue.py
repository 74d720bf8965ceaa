"""What conversations are matched with: the items' attributes, names, texts, years, titles and vectors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.conversations.comparatives import wish_words
from recommender.conversations.contexts import TextIndex
from recommender.conversations.dialogue import Dialogue
from recommender.conversations.graph import AttributeGraph
from recommender.conversations.linking import Linker, Mention
from recommender.conversations.words import key_of
from recommender.types import Item

Floats = NDArray[np.float32]

PASSAGE, PASSAGE_VALUES = 400, 4  # characters and values of an attribute that are encoded of an item
PHRASES = {
    "genre": ("", 6),
    "director": ("directed by ", 2),
    "actor": ("with ", 7),
    "writer": ("written by ", 2),
    "year": ("", 0),
    "language": ("", 0),
}
"""How an attribute is said in what is encoded, and how many values of it; in this order, others after them."""

_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Everything about n items that conversations are matched with.

    ids: of the items; texts: BM25 index of titles, descriptions and values; years (n,) float32, 0 where unknown;
    titles: (n, terms) CSR of unit rows; vectors: (n, t) float32 unit text vectors, or None; collaborative: (n, d)
    float32 unit vectors of taste, zero rows where nothing is known, or None; fame (n,) float32 log(1 + likes), or None.
    """

    ids: tuple[str, ...]
    graph: AttributeGraph
    linker: Linker
    texts: TextIndex
    years: Floats
    titles: sp.csr_matrix
    vectors: Floats | None = None
    collaborative: Floats | None = None
    fame: Floats | None = None

    @classmethod
    def build(cls, items: Sequence[Item], words: Iterable[tuple[str, str, str]] = ()) -> Catalogue:
        """From `items`, without vectors; `words` are further names of values, as (word, attribute, value)."""
        graph = AttributeGraph.build(items)
        words = (*words, *wish_words(graph))
        columns = {(graph.attributes[a], value): column for column, (a, value) in enumerate(graph.values)}
        known = [(word, columns[attribute, value]) for word, attribute, value in words if (attribute, value) in columns]
        return cls(
            ids=tuple(item.id for item in items),
            graph=graph,
            linker=Linker(items, graph, known),
            texts=TextIndex.build([_words(item) for item in items]),
            years=np.array([_year(item) for item in items], dtype=np.float32),
            titles=_titles(items),
        )

    def with_vectors(
        self, vectors: Floats | None, collaborative: Floats | None = None, fame: Floats | None = None
    ) -> Catalogue:
        """The same catalogue with vectors of its items, of text and of taste, and how many like them."""
        return replace(self, vectors=vectors, collaborative=collaborative, fame=fame)

    @property
    def size(self) -> int:
        """Items in the catalogue."""
        return len(self.ids)

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Row of each item id."""
        return {item: row for row, item in enumerate(self.ids)}


def passage_of(item: Item) -> str:
    """What is encoded of an item: its titles and year, a few values of each attribute, its description."""
    titles = list(dict.fromkeys(item.titles.values()))
    year = _written_year(item)
    if year and not any(year in title for title in titles):
        titles = [f"{title} ({year})" for title in titles]
    order = sorted(item.attributes, key=lambda name: list(PHRASES).index(name) if name in PHRASES else len(PHRASES))
    parts = list(titles)
    for name in order:
        lead, most = PHRASES.get(name, ("", PASSAGE_VALUES))
        if most:
            parts.append(lead + ", ".join(dict.fromkeys(item.attributes[name][:most])))
    parts += [text for text in item.descriptions.values() if text]
    return ". ".join(parts)[:PASSAGE] + "."


def _words(item: Item) -> str:
    values = (value for found in item.attributes.values() for value in found)
    return " ".join([*dict.fromkeys(item.titles.values()), *item.descriptions.values(), *values])


def _written_year(item: Item) -> str:
    """The year as it stands in a title; a shop's schema may have made it a number."""
    return f"{item.numbers['year']:.0f}" if "year" in item.numbers else item.attributes.get("year", ("",))[0]


def _year(item: Item) -> float:
    written = _written_year(item)[:4]
    return float(written) if written.isdigit() else 0.0


def _titles(items: Sequence[Item]) -> sp.csr_matrix:
    index = TextIndex.build([_BRACKETS.sub("", item.title("en")) for item in items])
    weights = sp.csr_matrix(index.weights.T)
    lengths = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
    return sp.csr_matrix(sp.diags(1 / np.maximum(lengths, 1e-9)) @ weights).astype(np.float32)


def mentions_of(catalogue: Catalogue, dialogue: Dialogue) -> tuple[Mention, ...]:
    """Everything that `dialogue` names, in order; annotated names are added that the linker passed over."""
    found = [mention for turn, text in enumerate(dialogue.turns) for mention in catalogue.linker.find(text, turn)]
    known = {mention.key for mention in found}
    for name in dict.fromkeys(dialogue.named):
        key = key_of(name)
        if not key or key in known:
            continue
        target = catalogue.linker.named(name)
        for turn, text in enumerate(dialogue.turns):
            place = text.lower().rfind(name.lower())
            if place >= 0:
                meant = (tuple(target.items), tuple(target.values)) if target else ((), ())
                found.append(Mention(key, turn, place, place + len(name), *meant))
    final = len(dialogue.turns) - 1
    for item in dialogue.anchors:
        row = catalogue.rows.get(item)
        if row is not None:
            found.append(Mention(catalogue.linker.titles[row], final, -1, -1, (row,)))
    return tuple(sorted(found, key=lambda mention: (mention.turn, mention.start)))

"""What conversations are matched with: the items' attributes, names, texts, years, titles and vectors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.conversations.contexts import TextIndex
from recommender.conversations.dialogue import Dialogue
from recommender.conversations.graph import AttributeGraph
from recommender.conversations.linking import Linker, Mention
from recommender.conversations.words import key_of
from recommender.types import Item

Floats = NDArray[np.float32]

PASSAGE, PASSAGE_VALUES = 300, 4  # characters and values of an attribute that are encoded of an item
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Everything about n items that conversations are matched with.

    ids: of the items; texts: BM25 index of titles, descriptions and values; years (n,) float32, 0 where unknown;
    titles: (n, terms) CSR of unit rows; vectors: (n, t) float32 unit text vectors, or None; collaborative: (n, d)
    float32 unit vectors of taste, zero rows where nothing is known, or None.
    """

    ids: tuple[str, ...]
    graph: AttributeGraph
    linker: Linker
    texts: TextIndex
    years: Floats
    titles: sp.csr_matrix
    vectors: Floats | None = None
    collaborative: Floats | None = None

    @classmethod
    def build(cls, items: Sequence[Item], words: Iterable[tuple[str, str, str]] = ()) -> Catalogue:
        """From `items`, without vectors; `words` are further names of values, as (word, attribute, value)."""
        graph = AttributeGraph.build(items)
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

    def with_vectors(self, vectors: Floats | None, collaborative: Floats | None = None) -> Catalogue:
        """The same catalogue with vectors of its items."""
        return replace(self, vectors=vectors, collaborative=collaborative)

    @property
    def size(self) -> int:
        """Items in the catalogue."""
        return len(self.ids)

    @property
    def rows(self) -> Mapping[str, int]:
        """Row of each item id."""
        return {item: row for row, item in enumerate(self.ids)}


def passage_of(item: Item) -> str:
    """What is encoded of an item: its titles, its description and a few values of each attribute."""
    values = "; ".join(", ".join(found[:PASSAGE_VALUES]) for found in item.attributes.values())
    texts = [*dict.fromkeys(item.titles.values()), *item.descriptions.values(), values]
    return ". ".join(text for text in texts if text)[:PASSAGE]


def _words(item: Item) -> str:
    values = (value for found in item.attributes.values() for value in found)
    return " ".join([*dict.fromkeys(item.titles.values()), *item.descriptions.values(), *values])


def _year(item: Item) -> float:
    written = item.attributes.get("year", ("",))[0][:4]
    return float(written) if written.isdigit() else 0.0


def _titles(items: Sequence[Item]) -> sp.csr_matrix:
    index = TextIndex.build([_BRACKETS.sub("", item.title("en")) for item in items])
    weights = sp.csr_matrix(index.weights.T)
    lengths = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
    return sp.csr_matrix(sp.diags(1 / np.maximum(lengths, 1e-9)) @ weights).astype(np.float32)


def mentions_of(linker: Linker, dialogue: Dialogue) -> tuple[Mention, ...]:
    """Everything that `dialogue` names, in order; annotated names are added that the linker passed over."""
    found = [mention for turn, text in enumerate(dialogue.turns) for mention in linker.find(text, turn)]
    known = {mention.key for mention in found}
    for name in dict.fromkeys(dialogue.named):
        key = key_of(name)
        if not key or key in known:
            continue
        target = linker.named(name)
        for turn, text in enumerate(dialogue.turns):
            place = text.lower().rfind(name.lower())
            if place >= 0:
                meant = (tuple(target.items), tuple(target.values)) if target else ((), ())
                found.append(Mention(key, turn, place, place + len(name), *meant))
    return tuple(sorted(found, key=lambda mention: (mention.turn, mention.start)))

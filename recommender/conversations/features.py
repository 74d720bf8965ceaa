"""A dialogue → evidence for every item: what is named, linked, shared, resembled; one named column each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.conversations.catalogue import Catalogue, mentions_of
from recommender.conversations.contexts import spread
from recommender.conversations.dialogue import Dialogue
from recommender.conversations.graph import AttributeGraph
from recommender.conversations.linking import Mention
from recommender.conversations.past import Past

Floats = NDArray[np.float32]

SLOTS = 6  # attributes with columns of their own; the rest count in the sums
DECAY = 0.6  # of what was named, per turn back
NEAREST = 60  # past conversations that are asked
BROAD, BROAD_LEAST = 0.02, 10  # share and number of items that a broad value has
FAMILIES = (
    "popularity",
    "named",
    "links",
    "shared",
    "answers",
    "contexts",
    "comention",
    "collaborative",
    "text",
    "dense",
    "elsewhere",
)
"""Kinds of evidence: a column's name begins with its family."""


@dataclass(frozen=True, eq=False)
class QueryVectors:
    """(t,) float32 unit vectors of the last turn and of the dialogue, centred as the items' are."""

    last: Floats
    whole: Floats


class _Columns:
    """Named rows of evidence, each (n,), filled one by one."""

    def __init__(self, items: int) -> None:
        self.items = items
        self.names: list[str] = []
        self.rows: list[Floats] = []

    def add(self, name: str, values: Floats | None = None) -> Floats:
        row = np.zeros(self.items, dtype=np.float32) if values is None else values
        self.names.append(name)
        self.rows.append(row)
        return row


@dataclass(frozen=True, eq=False)
class Evidence:
    """What speaks for each of n items: columns (n, f) float32, and the context (g,) float32 that weighs them."""

    names: tuple[str, ...]
    columns: Floats
    context: Floats
    mentions: tuple[Mention, ...]


def evidence(
    catalogue: Catalogue, past: Past | None, dialogue: Dialogue, vectors: QueryVectors | None = None
) -> Evidence:
    """Evidence of `dialogue` for every item.

    Args:
        catalogue: what can be recommended.
        past: what earlier conversations teach; None leaves their columns empty.
        dialogue: the query.
        vectors: of the dialogue, None without an encoder.
    """
    mentions = mentions_of(catalogue, dialogue)
    final = len(dialogue.turns) - 1
    out = _Columns(catalogue.size)
    _popularity(out, past)
    _named(out, mentions, final)
    _links(out, catalogue.graph, mentions, final)
    _shared(out, catalogue, mentions, final)
    _answers(out, past, mentions, final)
    _contexts(out, past, dialogue, vectors)
    _comention(out, catalogue, past, mentions, final)
    _text(out, catalogue, dialogue, mentions)
    _dense(out, catalogue, vectors)
    _elsewhere(out, catalogue, past, dialogue, mentions, final)
    return Evidence(tuple(out.names), np.stack(out.rows, axis=1), _context(mentions, final, dialogue), mentions)


def _popularity(out: _Columns, past: Past | None) -> None:
    out.add("popularity.answers", None if past is None else past.popularity)
    out.add("popularity.mentions", None if past is None else past.mentioned)


def _latest_item(mentions: Sequence[Mention]) -> Mention | None:
    return next((m for m in reversed(mentions) if m.items and not m.weak), None)


def _latest_value(graph: AttributeGraph, mentions: Sequence[Mention]) -> Mention | None:
    """The value named last; a specific one before a broad one: "Zack Snyder films" asks for Snyder, not for films."""
    named = [m for m in reversed(mentions) if m.values and not m.weak]
    broad = max(BROAD_LEAST, BROAD * graph.has.shape[0])
    specific = (m for m in named if m.turn == named[0].turn and graph.degree[list(m.values)].max() < broad)
    return next(specific, named[0] if named else None)


def _named(out: _Columns, mentions: Sequence[Mention], final: int) -> None:
    columns = {name: out.add(f"named.{name}") for name in ("latest", "last", "before", "asker", "answerer", "often")}
    for mention in mentions:
        if mention.weak or not mention.items:
            continue
        rows, share = list(mention.items), 1 / len(mention.items)
        back = final - mention.turn
        name = {0: "last", 1: "before"}.get(back, "asker" if back % 2 == 0 else "answerer")
        columns[name][rows] = np.maximum(columns[name][rows], share)
        columns["often"][rows] += share
    latest = _latest_item(mentions)
    if latest:
        columns["latest"][list(latest.items)] = 1 / len(latest.items)
    np.log1p(columns["often"], out=columns["often"])


def _links(out: _Columns, graph: AttributeGraph, mentions: Sequence[Mention], final: int) -> None:
    """Items that have the values which are named, by attribute and by how long ago."""
    slots = graph.attributes[:SLOTS]
    columns = {
        (when, slot): out.add(f"links.{when}.{name}")
        for when in ("latest", "last", "past")
        for slot, name in enumerate(slots)
    }
    count, every, rare = out.add("links.count"), out.add("links.every"), out.add("links.rare")
    latest = _latest_value(graph, mentions)
    seen: set[tuple[int, ...]] = set()
    for mention in mentions:
        back = final - mention.turn
        trust = 0.5 if mention.weak else 1.0
        hit: set[int] = set()
        for value in mention.values:
            rows = graph.items_with(value)
            slot = int(graph.attribute[value])
            if slot < len(slots):
                column = columns["last" if back == 0 else "past", slot]
                column[rows] = np.maximum(column[rows], trust * (1.0 if back == 0 else DECAY ** (back - 1)))
                if mention is latest:
                    columns["latest", slot][rows] = 1.0
            hit.update(rows.tolist())
        if hit and mention.values not in seen:
            rows = np.fromiter(hit, dtype=np.intp)
            every[rows] += trust
            if back == 0:
                count[rows] += trust
            if mention is latest or back == 0:
                rare[rows] = np.maximum(rare[rows], trust / np.sqrt(len(rows)))
            seen.add(mention.values)


def _shared(out: _Columns, catalogue: Catalogue, mentions: Sequence[Mention], final: int) -> None:
    """Items that share values with those which are named; a value that few have counts more."""
    graph = catalogue.graph
    slots = graph.attributes[:SLOTS]
    rarity = 1 / np.log2(1 + np.maximum(graph.degree, 1.0))
    latest = _latest_item(mentions)
    for when in ("latest", "past"):
        columns = [out.add(f"shared.{when}.{name}") for name in slots]
        title, near = out.add(f"shared.titles.{when}"), out.add(f"shared.years.{when}")
        for mention in mentions:
            if mention.weak or not mention.items or (mention is latest) != (when == "latest"):
                continue
            weight = DECAY ** (final - mention.turn) / len(mention.items)
            for item in mention.items[:4]:
                for value in graph.values_of(item):
                    slot = int(graph.attribute[value])
                    if slot < len(slots):
                        columns[slot][graph.items_with(int(value))] += weight * rarity[value]
                title += weight * (catalogue.titles @ catalogue.titles[item].T).toarray().ravel()
                if catalogue.years[item]:
                    near += weight * np.exp(-np.abs(catalogue.years - catalogue.years[item]) / 5)


def _answers(out: _Columns, past: Past | None, mentions: Sequence[Mention], final: int) -> None:
    """What was recommended when the same was named."""
    latest, last, every = out.add("answers.latest"), out.add("answers.last"), out.add("answers.every")
    if past is None or not mentions:
        return
    past.named_last.add(latest, mentions[-1].key, 1.0)
    for key, back in {m.key: final - m.turn for m in mentions}.items():
        if back == 0:
            past.named_last.add(last, key, 1.0)
        past.named_all.add(every, key, DECAY**back)


def _contexts(out: _Columns, past: Past | None, dialogue: Dialogue, vectors: QueryVectors | None) -> None:
    last, whole = out.add("contexts.last"), out.add("contexts.whole")
    dense = out.add("contexts.dense")
    if past is None:
        return
    last += past.last.evidence(dialogue.last, NEAREST)
    whole += past.whole.evidence(" ".join(dialogue.turns), NEAREST)
    if vectors is not None and past.vectors is not None:
        dense += spread(past.vectors @ vectors.whole, past.answers, NEAREST)


def _comention(out: _Columns, catalogue: Catalogue, past: Past | None, mentions: Sequence[Mention], final: int) -> None:
    comention, taste = out.add("comention.items"), out.add("collaborative.items")
    newest = out.add("collaborative.latest")
    out.add("collaborative.fame", catalogue.fame)
    rows, shares = _named_shares(mentions, final)
    if not rows:
        return
    if past is not None:
        comention += np.asarray(past.together[rows].T @ shares).ravel()
    if catalogue.collaborative is not None:
        person = shares @ catalogue.collaborative[rows]
        taste += catalogue.collaborative @ (person / max(float(np.linalg.norm(person)), 1e-9))
        newest += catalogue.collaborative @ catalogue.collaborative[rows[-1]]


def _named_shares(mentions: Sequence[Mention], final: int) -> tuple[list[int], Floats]:
    """Rows that are named, and how much each counts: less long ago, and where several may be meant."""
    weights: dict[int, float] = {}
    for mention in mentions:
        if mention.items and not mention.weak:
            for item in mention.items[:4]:
                weights[item] = DECAY ** ((final - mention.turn) / 2) / len(mention.items)
    return list(weights), np.array(list(weights.values()), dtype=np.float32)


def _elsewhere(
    out: _Columns,
    catalogue: Catalogue,
    past: Past | None,
    dialogue: Dialogue,
    mentions: Sequence[Mention],
    final: int,
) -> None:
    """What conversations about another catalogue say; their share of what is known differs, so they stand apart."""
    names = ("answered", "mentioned", "answers", "contexts", "comention")
    answered, mentioned, answers, contexts, comention = (out.add(f"elsewhere.{name}") for name in names)
    other = None if past is None else past.elsewhere
    if other is None:
        return
    answered += other.popularity
    mentioned += other.mentioned
    for key, back in {m.key: final - m.turn for m in mentions}.items():
        other.named_all.add(answers, key, DECAY**back)
    contexts += other.whole.evidence(" ".join(dialogue.turns), NEAREST)
    rows, shares = _named_shares(mentions, final)
    if rows:
        comention += np.asarray(other.together[rows].T @ shares).ravel()


def _text(out: _Columns, catalogue: Catalogue, dialogue: Dialogue, mentions: Sequence[Mention]) -> None:
    out.add("text.last", np.log1p(catalogue.texts.scores(dialogue.last)))
    out.add("text.whole", np.log1p(catalogue.texts.scores(" ".join(dialogue.turns[-4:]))))
    out.add("text.known", np.log1p(np.diff(catalogue.graph.has.indptr).astype(np.float32)))


def _dense(out: _Columns, catalogue: Catalogue, vectors: QueryVectors | None) -> None:
    last, whole = out.add("dense.last"), out.add("dense.whole")
    if vectors is not None and catalogue.vectors is not None:
        last += catalogue.vectors @ vectors.last
        whole += catalogue.vectors @ vectors.whole


CONTEXT = ("item last", "value last", "item latest", "nothing last", "names last", "turns", "names")


def _context(mentions: Sequence[Mention], final: int, dialogue: Dialogue) -> Floats:
    last = [m for m in mentions if m.turn == final and not m.weak]
    latest = mentions[-1] if mentions else None
    return np.array(
        [
            any(m.items for m in last),
            any(m.values for m in last),
            bool(latest and latest.items),
            not last,
            np.log1p(len(last)),
            np.log1p(max(final, 0)),
            np.log1p(len({m.key for m in mentions})),
        ],
        dtype=np.float32,
    )


def column_names(catalogue: Catalogue) -> tuple[str, ...]:
    """Names of the columns that `evidence` makes for `catalogue`."""
    return evidence(catalogue, None, Dialogue(())).names


def family(name: str) -> str:
    """The kind of evidence that a column belongs to."""
    return name.split(".", 1)[0]

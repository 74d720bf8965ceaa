"""A dialogue → evidence for every item: what is named, linked, shared, resembled; one named column each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.conversations.catalogue import Catalogue, mentions_of
from recommender.conversations.columns import DECAY, Columns
from recommender.conversations.contexts import spread
from recommender.conversations.dialogue import Dialogue
from recommender.conversations.linking import Mention
from recommender.conversations.named import add_links, add_named, add_shared
from recommender.conversations.past import Past

Floats = NDArray[np.float32]

NEAREST = 60  # past conversations that are asked
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
    out = Columns(catalogue.size)
    _popularity(out, past)
    add_named(out, mentions, final)
    add_links(out, catalogue.graph, mentions, final)
    add_shared(out, catalogue, mentions, final)
    _answers(out, past, mentions, final)
    _contexts(out, past, dialogue, vectors)
    _comention(out, catalogue, past, mentions, final)
    _text(out, catalogue, dialogue, mentions)
    _dense(out, catalogue, vectors)
    _elsewhere(out, catalogue, past, dialogue, mentions, final)
    return Evidence(tuple(out.names), np.stack(out.rows, axis=1), _context(mentions, final, dialogue), mentions)


def _popularity(out: Columns, past: Past | None) -> None:
    out.add("popularity.answers", None if past is None else past.popularity)
    out.add("popularity.mentions", None if past is None else past.mentioned)


def _answers(out: Columns, past: Past | None, mentions: Sequence[Mention], final: int) -> None:
    """What was recommended when the same was named."""
    latest, last, every = out.add("answers.latest"), out.add("answers.last"), out.add("answers.every")
    if past is None or not mentions:
        return
    past.named_last.add(latest, mentions[-1].key, 1.0)
    for key, back in {m.key: final - m.turn for m in mentions}.items():
        if back == 0:
            past.named_last.add(last, key, 1.0)
        past.named_all.add(every, key, DECAY**back)


def _contexts(out: Columns, past: Past | None, dialogue: Dialogue, vectors: QueryVectors | None) -> None:
    last, whole = out.add("contexts.last"), out.add("contexts.whole")
    dense = out.add("contexts.dense")
    if past is None:
        return
    last += past.last.evidence(dialogue.last, NEAREST)
    whole += past.whole.evidence(" ".join(dialogue.turns), NEAREST)
    if vectors is not None and past.vectors is not None:
        dense += spread(past.vectors @ vectors.whole, past.answers, NEAREST)


def _comention(out: Columns, catalogue: Catalogue, past: Past | None, mentions: Sequence[Mention], final: int) -> None:
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
    out: Columns,
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


def _text(out: Columns, catalogue: Catalogue, dialogue: Dialogue, mentions: Sequence[Mention]) -> None:
    out.add("text.last", np.log1p(catalogue.texts.scores(dialogue.last)))
    out.add("text.whole", np.log1p(catalogue.texts.scores(" ".join(dialogue.turns[-4:]))))
    out.add("text.known", np.log1p(np.diff(catalogue.graph.has.indptr).astype(np.float32)))


def _dense(out: Columns, catalogue: Catalogue, vectors: QueryVectors | None) -> None:
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

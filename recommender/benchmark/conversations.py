"""Parley and its peers on sets of recommending conversations: the same turns, labels and catalogue for every row.

Protocol: a turn with k gold titles gives k labels, each of which is a hit when it stands among the first K of the
whole catalogue, as in UniCRS and iEvaLM. "All" counts labels that the dialogue had named before; "new" leaves these
labels out, and what a dialogue has named does not compete. A tie counts against the gold title. Turns of dialogues
that are evaluated never teach.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from recommender.benchmark.conversation_set import ConversationSet, EvaluatedTurn
from recommender.benchmark.nearest_contexts import NearestContexts
from recommender.conversations.catalogue import Catalogue
from recommender.conversations.dialogue import Answered
from recommender.conversations.features import FAMILIES, Evidence, Floats, evidence, family
from recommender.conversations.model import context_of
from recommender.conversations.past import Past
from recommender.conversations.prior import prior_ranker
from recommender.learning.conversations import (
    ConversationParameters,
    EncodedTurns,
    Lessons,
    choose_shape,
    folds_of,
    lessons_of,
    past_of,
)
from recommender.learning.listwise import SHAPES, Group, ListwiseParameters, fit_ranker

BLEND = "**Parley**"
OUTER_FOLDS = 5  # where a set has no training part

Scorer = Callable[[int, Evidence, Floats], Floats]
"""(number of the evaluated turn, its evidence, its context) → (n,) scores."""


@dataclass(frozen=True, eq=False)
class LabelRanks:
    """Ranks of l labels, 1 the top: `every` among all items, `new` among those that the dialogue had not named.

    repeated (l,) bool: the dialogue had named the label; dialogue (l,) int64: labels of one dialogue belong together.
    """

    every: NDArray[np.int64]
    new: NDArray[np.int64]
    repeated: NDArray[np.bool_]
    dialogue: NDArray[np.int64]


@dataclass(slots=True)
class _Tally:
    """Ranks of one row as they come."""

    every: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)


def rank_of(scores: Floats, row: int | None, away: NDArray[np.intp]) -> int:
    """The rank of the item in `row` among all but those in `away`; a tie counts against it, and None is never found."""
    if row is None or row in away:
        return len(scores)
    value = scores[row]
    return int((scores >= value).sum() - (scores[away] >= value).sum())


def named_rows(found: Evidence) -> NDArray[np.intp]:
    """Items that the dialogue names without doubt: a new recommendation is none of them."""
    rows = {m.items[0] for m in found.mentions if len(m.items) == 1 and not m.weak}
    return np.array(sorted(rows), dtype=np.intp)


def evaluate(
    turns: Sequence[EvaluatedTurn],
    numbers: Sequence[int],
    catalogue: Catalogue,
    evidence_of: Callable[[int], tuple[Evidence, Floats]],
    scorers: Mapping[str, Scorer],
) -> dict[str, _Tally]:
    """Ranks of the labels of the turns `numbers`, by row of the table; evidence is made once for all rows."""
    tallies = {name: _Tally() for name in scorers}
    row_of = catalogue.rows
    for number in numbers:
        found, context = evidence_of(number)
        away = named_rows(found)
        gold = [row_of.get(item) for item in turns[number].turn.items]
        for name, scorer in scorers.items():
            scores = scorer(number, found, context)
            tallies[name].every += [rank_of(scores, row, away[:0]) for row in gold]
            tallies[name].new += [rank_of(scores, row, away) for row in gold]
    return tallies


@dataclass(frozen=True, slots=True)
class Options:
    """What is run. `ablations`: each family of evidence alone, and the blend without it; most of the time."""

    ablations: bool = True
    parameters: ConversationParameters = field(default_factory=ConversationParameters)
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Material:
    """One data set with everything that rows of its table are made of.

    turns: the evaluated ones first, then those that only teach; encoded, aligned with them, is what the blend uses;
    dense: rows of plain retrieval, each by vectors (n, t) of the items and of the turns; elsewhere: what the other sets
    teach about the items of this one.
    """

    data: ConversationSet
    catalogue: Catalogue
    turns: tuple[Answered, ...]
    encoded: EncodedTurns | None
    dense: Mapping[str, tuple[Floats, EncodedTurns]] = field(default_factory=dict)
    elsewhere: Past | None = None


def splits_of(material: Material, seed: int) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """(rows that teach, rows that are evaluated) of the turns: one pair, or folds by dialogue.

    Raises:
        ValueError: a dialogue would teach and be evaluated.
    """
    evaluated = np.arange(len(material.data.evaluated))
    if material.data.train:
        pairs = [(np.arange(len(evaluated), len(material.turns)), evaluated)]
    else:
        fold = folds_of(material.turns, OUTER_FOLDS, seed)
        pairs = [(np.flatnonzero(fold != number), np.flatnonzero(fold == number)) for number in range(OUTER_FOLDS)]
    for teach, asked in pairs:
        shared = {material.turns[row].dialogue_id for row in teach} & {material.turns[row].dialogue_id for row in asked}
        if shared:
            raise ValueError(f"Dialogue {min(shared)} would teach and be evaluated: split by dialogue.")
    return pairs


def run(material: Material, options: Options, progress: Callable[[str], None]) -> dict[str, LabelRanks]:
    """The ranks of all labels for every row of the table."""
    tallies: dict[str, _Tally] = {}
    order: list[int] = []
    for number, (teach, asked) in enumerate(splits_of(material, options.seed), start=1):
        progress(f"{material.data.name}: part {number}, learning from {len(teach)} turns")
        scorers, evidence_of = _contenders(material, teach, options, progress)
        progress(f"{material.data.name}: part {number}, ranking for {len(asked)} turns")
        found = evaluate(material.data.evaluated, asked.tolist(), material.catalogue, evidence_of, scorers)
        order += asked.tolist()
        for name, tally in found.items():
            kept = tallies.setdefault(name, _Tally())
            kept.every += tally.every
            kept.new += tally.new
    labels = [
        (item in turn.repeated, turn.turn.dialogue_id)
        for turn in (material.data.evaluated[row] for row in order)
        for item in turn.turn.items
    ]
    names = {name: index for index, name in enumerate(dict.fromkeys(name for _, name in labels))}
    repeated = np.array([repeated for repeated, _ in labels], dtype=bool)
    dialogue = np.array([names[name] for _, name in labels], dtype=np.int64)
    return {
        name: LabelRanks(np.array(tally.every), np.array(tally.new), repeated, dialogue)
        for name, tally in tallies.items()
    }


def _contenders(
    material: Material, teach: NDArray[np.intp], options: Options, progress: Callable[[str], None]
) -> tuple[dict[str, Scorer], Callable[[int], tuple[Evidence, Floats]]]:
    """Rows of the table that learned from the turns `teach`, and what makes the evidence for them."""
    catalogue, turns = material.catalogue, [material.turns[row] for row in teach]
    encoded = None if material.encoded is None else material.encoded[teach]
    parameters = options.parameters
    lessons = lessons_of(catalogue, turns, encoded, parameters, material.elsewhere)
    past = past_of(catalogue, turns, encoded, np.arange(len(turns)), material.elsewhere)

    def evidence_of(number: int) -> tuple[Evidence, Floats]:
        query = None if material.encoded is None else material.encoded.query(number)
        found = evidence(catalogue, past, material.turns[number].dialogue, query)
        return found, context_of(found, query, lessons.basis)

    scorers = _peers(material, turns, past, options.seed)
    fixed = prior_ranker(lessons.names, len(lessons.groups[0].context))
    scorers["sum with fixed weights"] = lambda _, found, context: fixed.score(found.columns, context)
    kinds = _kinds(lessons)
    shape = choose_shape(lessons, parameters.ranker) if parameters.choose else parameters.ranker
    progress(f"{material.data.name}: a ranker of {shape.factors} factors and {shape.hidden} hidden units")
    for kind in kinds if options.ablations else ():
        scorers[f"only {kind}"] = _learned(lessons, SHAPES[0], frozenset({kind}))
    plans = {BLEND: frozenset(kinds)}
    if options.ablations:
        plans |= {f"Parley without {kind}": frozenset(kinds) - {kind} for kind in kinds}
    for name, kept in plans.items():
        progress(f"{material.data.name}: fitting {name.strip('*')}")
        scorers[name] = _learned(lessons, shape, kept)
    return scorers, evidence_of


def _kinds(lessons: Lessons) -> list[str]:
    """Families that say anything in these lessons."""
    some = np.concatenate([group.columns for group in lessons.groups[:200]])
    varies = {family(name) for name, spread in zip(lessons.names, some.std(axis=0), strict=True) if spread > 0}
    return [kind for kind in FAMILIES if kind in varies]


def _learned(lessons: Lessons, parameters: ListwiseParameters, kinds: frozenset[str]) -> Scorer:
    """A ranker that learned from the columns of these families."""
    kept = np.array([index for index, name in enumerate(lessons.names) if family(name) in kinds])
    groups = [Group(g.columns[:, kept], g.context, g.chosen, g.stands_for) for g in lessons.groups]
    ranker = fit_ranker(groups, [lessons.names[index] for index in kept], parameters)
    return lambda _, found, context: ranker.score(found.columns[:, kept], context)


def _retrieval(items: Floats, encoded: EncodedTurns) -> Scorer:
    return lambda number, _, __: items @ encoded.whole[number]


def _peers(material: Material, turns: Sequence[Answered], past: Past, seed: int) -> dict[str, Scorer]:
    nearest = NearestContexts(
        [turn.dialogue for turn in turns], [turn.dialogue_id for turn in turns], past.answers, seed
    )
    peers: dict[str, Scorer] = {
        "popularity": lambda _, found, __: past.popularity,
        "BM25 nearest contexts (bm25s)": (lambda number, _, __: nearest.scores(material.turns[number].dialogue)),
    }
    for name, (items, encoded) in material.dense.items():
        peers[name] = _retrieval(items, encoded)
    return peers

"""Past conversations → a model that ranks the catalogue for a dialogue.

What past turns teach (`Past`) must not have seen the turn it is asked about, or the ranker would trust it too much: its
columns are made fold by fold, by dialogue (stacking, Wolpert 1992).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from recommender.conversations.catalogue import Catalogue
from recommender.conversations.dialogue import Answered, Dialogue
from recommender.conversations.features import Evidence, Floats, QueryVectors, column_names, evidence
from recommender.conversations.model import ConversationCard, ConversationModel, context_of
from recommender.conversations.past import Past, learn_past
from recommender.conversations.prior import prior_score
from recommender.learning.listwise import SHAPES, Group, ListwiseParameters, fit_ranker, hit_rate
from recommender.model.features import TextEncoder, centre
from recommender.model.ranker import Ranker

MOST_HIDDEN, MANY = 8, 3000  # hidden units of a ranker that learns from fewer lists: more only learned them by heart


@dataclass(frozen=True, slots=True)
class ConversationParameters:
    """How a model is learned.

    A turn's list holds the `candidates` best by the prior and as many by their texts' vectors; `others`, drawn at
    random, stand for the rest. `choose`: the ranker's shape is chosen on held-out folds, since few turns cannot teach
    many weights.
    """

    folds: int = 8
    candidates: int = 80
    others: int = 60
    basis: int = 24
    choose: bool = True
    ranker: ListwiseParameters = field(default_factory=lambda: ListwiseParameters(members=3))
    seed: int = 0


@dataclass(frozen=True, eq=False)
class EncodedTurns:
    """(m, t) float32 unit vectors of m dialogues' last turns and of their recent turns, centred by `mean` (2, t)."""

    last: Floats
    whole: Floats
    mean: Floats

    def __getitem__(self, rows: NDArray[np.intp]) -> EncodedTurns:
        return EncodedTurns(self.last[rows], self.whole[rows], self.mean)

    def query(self, row: int) -> QueryVectors:
        """The vectors of one dialogue."""
        return QueryVectors(self.last[row], self.whole[row])


def encode_turns(dialogues: Sequence[Dialogue], encoder: TextEncoder, mean: Floats | None = None) -> EncodedTurns:
    """Vectors of `dialogues`; a text that stands several times is encoded once. `mean` (2, t): their own by default."""
    texts = [d.recent(1) for d in dialogues] + [d.recent() for d in dialogues]
    unique = {text: row for row, text in enumerate(dict.fromkeys(texts))}
    raw = encoder.encode(list(unique), "query")[[unique[text] for text in texts]]
    last, whole = raw[: len(dialogues)], raw[len(dialogues) :]
    used = np.stack([last.mean(axis=0), whole.mean(axis=0)]) if mean is None else mean
    return EncodedTurns(centre(last, used[0]), centre(whole, used[1]), used)


def folds_of(turns: Sequence[Answered], folds: int, seed: int) -> NDArray[np.intp]:
    """(m,) fold of each turn; the turns of one dialogue share it."""
    names = {name: number for number, name in enumerate(dict.fromkeys(turn.dialogue_id for turn in turns))}
    of_name = np.random.default_rng(seed).permutation(len(names)) % max(folds, 1)
    return of_name[[names[turn.dialogue_id] for turn in turns]]


def select(turns: Sequence[Answered], rows: NDArray[np.intp]) -> list[Answered]:
    """The turns in these rows."""
    return [turns[row] for row in rows]


def past_of(
    catalogue: Catalogue,
    turns: Sequence[Answered],
    encoded: EncodedTurns | None,
    rows: NDArray[np.intp],
    elsewhere: Past | None = None,
) -> Past:
    """What the turns in `rows` teach."""
    return learn_past(catalogue, select(turns, rows), None if encoded is None else encoded.whole[rows], elsewhere)


def held_out_evidence(
    catalogue: Catalogue,
    turns: Sequence[Answered],
    encoded: EncodedTurns | None,
    folds: NDArray[np.intp],
    elsewhere: Past | None = None,
) -> Iterator[tuple[int, Evidence]]:
    """(row, evidence) of each turn, from what the turns of other folds teach."""
    for fold in np.unique(folds):
        past = past_of(catalogue, turns, encoded, np.flatnonzero(folds != fold), elsewhere)
        for row in np.flatnonzero(folds == fold).tolist():
            query = None if encoded is None else encoded.query(row)
            yield row, evidence(catalogue, past, turns[row].dialogue, query)


def query_basis(last: Floats, size: int) -> Floats:
    """(t, size) float32 directions in which last turns differ most, scaled so that they vary about as much as flags."""
    _, _, directions = np.linalg.svd(last[:4000], full_matrices=False)
    basis: Floats = (directions[:size].T * np.sqrt(last.shape[1])).astype(np.float32)
    return basis


def group_of(
    found: Evidence,
    context: Floats,
    gold: Sequence[int],
    parameters: ConversationParameters,
    generator: np.random.Generator,
) -> Group:
    """The list that a ranker learns one turn from."""
    score = prior_score(found.columns, found.names, found.context)
    n = len(score)
    sure = np.zeros(n, dtype=bool)
    for best in (score, found.columns[:, found.names.index("dense.whole")]):
        sure[np.argpartition(-best, min(parameters.candidates, n) - 1)[: parameters.candidates]] = True
    rest = int(n - sure.sum())
    others = generator.choice(np.flatnonzero(~sure), size=min(parameters.others, rest), replace=False)
    rows = np.unique(np.concatenate([np.flatnonzero(sure), others, np.array(gold, dtype=np.intp)]))
    # Without this, a choice beyond the sure candidates would compete with a handful of items instead of thousands.
    many = np.float32(np.log(max(rest / max(len(others), 1), 1.0)))
    stands_for = np.where(sure[rows], np.float32(0), many)
    return Group(found.columns[rows], context, np.isin(rows, gold), stands_for)


@dataclass(frozen=True, eq=False)
class Lessons:
    """Lists to learn a ranker from, the names of their columns, the basis that made their contexts, and their folds."""

    groups: tuple[Group, ...]
    names: tuple[str, ...]
    basis: Floats
    fold: NDArray[np.intp]


def lessons_of(
    catalogue: Catalogue,
    turns: Sequence[Answered],
    encoded: EncodedTurns | None,
    parameters: ConversationParameters,
    elsewhere: Past | None = None,
) -> Lessons:
    """One list for each turn whose answer is in the catalogue, with evidence that has not seen its dialogue."""
    basis = np.zeros((0, 0), dtype=np.float32) if encoded is None else query_basis(encoded.last, parameters.basis)
    folds = folds_of(turns, parameters.folds, parameters.seed)
    generator = np.random.default_rng(parameters.seed)
    row_of, groups, places = catalogue.rows, [], []
    for row, found in held_out_evidence(catalogue, turns, encoded, folds, elsewhere):
        gold = [row_of[item] for item in turns[row].items if item in row_of]
        if gold:
            context = context_of(found, None if encoded is None else encoded.query(row), basis)
            groups.append(group_of(found, context, gold, parameters, generator))
            places.append(folds[row])
    return Lessons(tuple(groups), column_names(catalogue), basis, np.array(places, dtype=np.intp))


def choose_shape(lessons: Lessons, parameters: ListwiseParameters) -> ListwiseParameters:
    """The shape of ranker in SHAPES that ranks a quarter of the folds best after learning from the others."""
    held_out = lessons.fold >= np.quantile(lessons.fold, 0.75)
    if held_out.all() or not held_out.any():
        return parameters
    teach = [group for group, out in zip(lessons.groups, held_out, strict=True) if not out]
    exam = [group for group, out in zip(lessons.groups, held_out, strict=True) if out]

    shapes = [replace(s, seed=parameters.seed) for s in SHAPES if s.hidden <= MOST_HIDDEN or len(teach) >= MANY]

    def quality(shape: ListwiseParameters) -> float:
        return hit_rate(fit_ranker(teach, lessons.names, shape), exam)

    return replace(max(shapes, key=quality), members=parameters.members)


def fit_conversations(
    catalogue: Catalogue,
    turns: Sequence[Answered],
    encoded: EncodedTurns | None,
    parameters: ConversationParameters | None = None,
    encoder: str = "",
) -> ConversationModel:
    """A model of everything that `turns` teach.

    Args:
        catalogue: the items, with vectors if there is an encoder.
        turns: past turns and what answered them.
        encoded: their vectors, None without an encoder.
        parameters: how.
        encoder: its fingerprint, for the card.

    Raises:
        ValueError: no turn was answered with an item of the catalogue.
    """
    parameters = parameters or ConversationParameters()
    lessons = lessons_of(catalogue, turns, encoded, parameters)
    shape = choose_shape(lessons, parameters.ranker) if parameters.choose else parameters.ranker
    ranker = fit_ranker(lessons.groups, lessons.names, shape)
    everything = past_of(catalogue, turns, encoded, np.arange(len(turns)))
    return model_of(catalogue, everything, ranker, lessons, encoded, turns, encoder)


def model_of(
    catalogue: Catalogue,
    past: Past,
    ranker: Ranker,
    lessons: Lessons,
    encoded: EncodedTurns | None,
    turns: Sequence[Answered],
    encoder: str = "",
) -> ConversationModel:
    """The parts put together."""
    mean = np.zeros((2, 0), dtype=np.float32) if encoded is None else encoded.mean
    card = ConversationCard(len(turns), len({turn.dialogue_id for turn in turns}), catalogue.size, encoder)
    return ConversationModel(catalogue, past, ranker, lessons.basis, mean, card)

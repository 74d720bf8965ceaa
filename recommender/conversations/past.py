"""What past conversations teach about items: popularity, answers to names and to similar dialogues, company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.conversations.catalogue import Catalogue, mentions_of
from recommender.conversations.comention import NamedAnswers, together
from recommender.conversations.contexts import Neighbours, matrix_of
from recommender.conversations.dialogue import Answered

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Past:
    """What d past turns teach about n items.

    popularity (n,): log(1 + answers); mentioned (n,): log(1 + conversations in which the item stands); whole, last:
    BM25 over dialogues and over their last turns; named_last, named_all: answers by what the last turn names and by
    what the dialogue names; together (n, n); vectors (d, t) float32 unit vectors of the dialogues, or None;
    answers (d, n); elsewhere: what conversations about another catalogue teach about the items that both have.
    """

    popularity: Floats
    mentioned: Floats
    whole: Neighbours
    last: Neighbours
    named_last: NamedAnswers
    named_all: NamedAnswers
    together: sp.csr_matrix
    answers: sp.csr_matrix
    vectors: Floats | None = None
    elsewhere: Past | None = None


def learn_past(
    catalogue: Catalogue, turns: Sequence[Answered], vectors: Floats | None = None, elsewhere: Past | None = None
) -> Past:
    """What past `turns` teach; items that the catalogue lacks are passed over.

    Args:
        catalogue: the items.
        turns: one or several of each dialogue.
        vectors: (len(turns), t) unit vectors of the dialogues, or None.
        elsewhere: kept beside them.
    """
    n, row_of = catalogue.size, catalogue.rows
    mentions = [mentions_of(catalogue, turn.dialogue) for turn in turns]
    rows = [[row_of[item] for item in turn.items if item in row_of] for turn in turns]
    answers = matrix_of(rows, n)
    last = [
        [m.key for m in found if m.turn == len(turn.dialogue.turns) - 1]
        for found, turn in zip(mentions, turns, strict=True)
    ]
    conversations: dict[str, list[int]] = {}
    for turn, found, answer in zip(turns, mentions, rows, strict=True):
        stands = conversations.setdefault(turn.dialogue_id, [])
        stands += [*answer, *(m.items[0] for m in found if len(m.items) == 1 and not m.weak)]
    standing = matrix_of([tuple(dict.fromkeys(stands)) for stands in conversations.values()], n)
    return Past(
        popularity=np.log1p(np.asarray(answers.sum(axis=0)).ravel()).astype(np.float32),
        mentioned=np.log1p(np.asarray(standing.sum(axis=0)).ravel()).astype(np.float32),
        whole=Neighbours.build([" ".join(turn.dialogue.turns) for turn in turns], answers),
        last=Neighbours.build([turn.dialogue.last for turn in turns], answers),
        named_last=NamedAnswers.build(last, rows, n),
        named_all=NamedAnswers.build([[m.key for m in found] for found in mentions], rows, n),
        together=together(list(conversations.values()), n),
        answers=answers,
        vectors=vectors,
        elsewhere=elsewhere,
    )

"""The peer of conversational recommenders: the k training contexts that BM25 puts nearest, and what answered them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.conversations.contexts import spread
from recommender.conversations.dialogue import Dialogue
from recommender.errors import ParleyError

Floats = NDArray[np.float32]

SIZES = (10, 30, 100)
TRIALS = 300  # training turns that choose among SIZES


class NearestContexts:
    """BM25 as `bm25s` implements it (Lù 2024), over the words of whole contexts; k is chosen on training dialogues."""

    def __init__(
        self, contexts: Sequence[Dialogue], dialogues: Sequence[str], answers: sp.csr_matrix, seed: int
    ) -> None:
        """From training contexts, the dialogue each belongs to and their (contexts, n) `answers`."""
        try:
            import bm25s
        except ImportError as error:
            raise ParleyError("BM25 comes with the benchmark extra: pip install 'parley[benchmark]'.") from error
        self._bm25s: Any = bm25s
        self._index = bm25s.BM25()
        self._index.index(self._tokens([_text(c) for c in contexts]), show_progress=False)
        self._answers = answers
        self.nearest = self._choose(contexts, np.array(dialogues), seed)

    def scores(self, dialogue: Dialogue) -> Floats:
        """(n,) the sum over the nearest contexts that an item answered."""
        return spread(self._similar(dialogue), self._answers, self.nearest)

    def _tokens(self, texts: list[str]) -> list[list[str]]:
        found: list[list[str]] = self._bm25s.tokenize(texts, stopwords="en", return_ids=False, show_progress=False)
        return found

    def _similar(self, dialogue: Dialogue) -> Floats:
        tokens = self._tokens([_text(dialogue)])[0]
        if not tokens:
            return np.zeros(self._answers.shape[0], dtype=np.float32)
        return np.asarray(self._index.get_scores(tokens), dtype=np.float32)

    def _choose(self, contexts: Sequence[Dialogue], dialogues: NDArray[np.str_], seed: int) -> int:
        tried = np.random.default_rng(seed).permutation(len(contexts))[:TRIALS]
        hits = dict.fromkeys(SIZES, 0.0)
        for row in tried.tolist():
            similar = self._similar(contexts[row])
            similar[dialogues == dialogues[row]] = 0.0
            gold = self._answers.indices[self._answers.indptr[row] : self._answers.indptr[row + 1]]
            for size in SIZES:
                scores = spread(similar, self._answers, size)
                hits[size] += sum((scores >= scores[item]).sum() <= 10 for item in gold)
        return max(SIZES, key=lambda size: hits[size])


def _text(dialogue: Dialogue) -> str:
    return " ".join(dialogue.turns)

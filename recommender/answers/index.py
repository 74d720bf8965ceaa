"""How well each answer fits a question: sentence vectors and shared words, of the ways to ask and of the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.answers.entry import Entry
from recommender.answers.examples import Example
from recommender.answers.lexical import Lexical
from recommender.answers.outside import Outside
from recommender.answers.translations import translations
from recommender.answers.vectors import Vectors
from recommender.types import Language

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]

# Chosen on the demo's validation data and by leaving out ways to ask; the held-out file had no say in it.
LEXICAL = 0.15
"""What shared words count beside the meaning of a way to ask."""
TYPICAL = 0.3
"""What the mean of all ways to ask counts beside the nearest."""
ANSWER = 0.3
"""What an answer's own text counts beside the ways to ask for it."""
TRANSLATED = 0.02
"""What a way to ask in the other language, of the same answer, has to be nearer by."""
FOREIGN = 0.15
"""What an answer in the other language has to be better by."""


@dataclass(frozen=True)
class Ranking:
    """All entries for one question. Arrays are (e,) float32 by entry.

    `nearest` is the fit of the nearest way to ask, `typical` the mean of them, `said` the fit of the answer's own text,
    `scores` the sum that ranks; `elsewhere` is the best fit among what no answer answers, `outside` how far the
    question is from all that the answers are about. `order` is best first.
    """

    order: Rows
    scores: Floats
    nearest: Floats
    typical: Floats
    said: Floats
    elsewhere: float
    outside: float

    def features(self, place: int = 0) -> NDArray[np.float64]:
        """(6,) what tells whether the entry at `place` is right; its lead is over the best of the others."""
        row = self.order[place]
        others = self.order[1] if place == 0 and len(self.order) > 1 else self.order[0]
        lead = float(self.scores[row] - self.scores[others]) if len(self.order) > 1 else 1.0
        over = float(self.nearest[row]) - self.elsewhere
        fits = [self.nearest[row], self.typical[row], self.said[row], lead, over, self.outside]
        return np.array(fits, dtype=np.float64)


@dataclass(frozen=True)
class AnswerIndex:
    """Arrays of e entries with p ways to ask, and of b texts that nothing answers.

    `asked` (p, d), `answers` (e, d) and `others` (b, d) are unit vectors, centred by language: raw e5 vectors sit in a
    narrow cone, and part of what they have in common is the language. The ways of entry i are rows start[i]:start[i+1];
    `pairs` (e,) is each entry's translation.
    """

    entries: tuple[Entry, ...]
    asked: Floats
    start: Rows
    answers: Floats
    others: Floats
    means: Mapping[Language, Floats]
    outside: Outside
    words: Lexical
    languages: NDArray[np.str_]
    pairs: Rows

    @classmethod
    def build(cls, entries: Sequence[Entry], background: Sequence[Example], vectors: Vectors) -> AnswerIndex:
        """The index of at least one entry; texts that `vectors` does not know are encoded."""
        ways = [words for entry in entries for words in entry.asked]
        texts = [f"{entry.title}. {entry.question} {entry.text}" for entry in entries]
        unanswered = [example.text for example in background]
        asked, others = vectors.of(ways), vectors.of(unanswered)
        answers, passages = vectors.of(texts, "passage"), vectors.of(unanswered, "passage")
        counts = np.array([len(entry.asked) for entry in entries], dtype=np.intp)
        languages = np.array([entry.language for entry in entries], dtype=np.str_)
        means: dict[Language, Floats] = {}
        for language in ("en", "zh"):
            own, way = languages == language, np.repeat(languages, counts) == language
            foreign = np.array([example.language == language for example in background], dtype=bool)
            means[language] = _mean(asked[way], others[foreign])
            answers[own] = unit(answers[own] - _mean(answers[own], passages[foreign]))
            asked[way] = unit(asked[way] - means[language])
            others[foreign] = unit(others[foreign] - means[language])
        start = np.concatenate([[0], np.cumsum(counts)]).astype(np.intp)
        words = Lexical.build([*ways, *texts, *unanswered])
        outside, pairs = Outside.fit(asked, others), translations(entries)[0]
        return cls(tuple(entries), asked, start, answers, others, means, outside, words, languages, pairs)

    @property
    def owners(self) -> Rows:
        """(p,) the entry of each way to ask."""
        return np.repeat(np.arange(len(self.entries)), np.diff(self.start))

    def rank(
        self, vector: Floats, text: str, language: Language, *, without_way: int = -1, without_other: int = -1
    ) -> Ranking:
        """All entries for a question.

        Args:
            vector: (d,) as the encoder made it of `text`.
            text: the question.
            language: its language.
            without_way: a way to ask that does not count, to see whether the rest would find its entry.
            without_other: a text that nothing answers and that does not count, to see what it is taken for.
        """
        asked = unit(vector - self.means[language])
        shared = LEXICAL * self.words.scores(text)
        ways, count = len(self.asked), len(self.entries)
        fit, sizes = self.asked @ asked + shared[:ways], np.diff(self.start).astype(np.float32)
        counted = fit.copy()
        if without_way >= 0:
            owner = int(np.searchsorted(self.start, without_way, side="right")) - 1
            fit[without_way], counted[without_way] = -1.0, 0.0
            sizes[owner] = max(1.0, sizes[owner] - 1)
        nearest = np.maximum.reduceat(fit, self.start[:-1])
        nearest = np.maximum(nearest, nearest[self.pairs] - TRANSLATED)
        typical = (np.add.reduceat(counted, self.start[:-1]) / sizes).astype(np.float32)
        said = self.answers @ asked + shared[ways : ways + count]
        scores = nearest + TYPICAL * typical + ANSWER * said - FOREIGN * (self.languages != language)
        elsewhere = self.others @ asked + shared[ways + count :]
        if without_other >= 0:
            elsewhere[without_other] = -1.0
        left_out = without_way if without_way >= 0 else ways + without_other if without_other >= 0 else None
        outside = self.outside.of(asked) if left_out is None else float(self.outside.left_out[left_out])
        order = np.argsort(-scores, kind="stable")
        return Ranking(order, scores, nearest, typical, said, float(elsewhere.max(initial=-1.0)), outside)

    def candidates(self, ranking: Ranking, count: int) -> list[int]:
        """Places in `ranking` of up to `count` answers in the language of the best, no two of them the same."""
        found: list[int] = []
        taken: set[int] = set()
        language = self.languages[ranking.order[0]]
        for place, row in enumerate(ranking.order):
            if len(found) == count:
                break
            if int(row) not in taken and self.languages[row] == language:
                found.append(place)
                taken |= {int(row), int(self.pairs[row])}
        return found


def unit(vectors: Floats) -> Floats:
    """`vectors` of length 1, along the last axis."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Floats = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return scaled


def language_means(texts: Sequence[Example], vectors: Vectors) -> dict[Language, Floats]:
    """(d,) the mean of questions of each language, as far as `texts` tell."""
    encoded = vectors.of([example.text for example in texts])
    languages = np.array([example.language for example in texts], dtype=np.str_)
    none = np.zeros((0, vectors.encoder.dimension), dtype=np.float32)
    return {"en": _mean(encoded[languages == "en"], none), "zh": _mean(encoded[languages == "zh"], none)}


def _mean(own: Floats, other: Floats) -> Floats:
    both: Floats = np.concatenate([own, other])
    mean: Floats = both.mean(axis=0, dtype=np.float32) if len(both) else np.zeros(both.shape[1], np.float32)
    return mean

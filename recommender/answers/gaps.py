"""What people ask and no answer tells: unanswered questions in clusters, for the owner to write next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from recommender.answers.examples import background
from recommender.answers.index import Floats, language_means, unit
from recommender.answers.masking import mask
from recommender.answers.vectors import Vectors
from recommender.language.tokens import fold
from recommender.types import Language, Question

APART = 0.7
"""Mean cosine distance at which two clusters stay two. On the demo's validation questions, which avoid each other's
words, 85% of what then shares a cluster with a question is about the same (B-cubed precision; recall is 34%)."""
MOST = 3000
"""Different questions that are clustered, the newest: the distances of all pairs have to fit into memory."""
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions about one thing. `representative` is the one in their middle, `language` its language.

    `count` questions came from `people` persons; `examples` are up to EXAMPLES per language, the most typical first.
    Personal data are masked in all of them.
    """

    representative: str
    language: Language
    count: int
    people: int
    examples: tuple[tuple[Language, str], ...]

    def __str__(self) -> str:
        asked = f"{self.count} {'question' if self.count == 1 else 'questions'}"
        people = f"{self.people} {'person' if self.people == 1 else 'people'}"
        others = [f"    {language}: {text}" for language, text in self.examples if text != self.representative]
        return "\n".join([f"{asked} of {people}: {self.representative}", *others])


@dataclass(frozen=True, slots=True)
class _Asked:
    """The same words, asked by anybody."""

    text: str
    language: Language
    count: int
    people: frozenset[str]


def find_gaps(questions: Iterable[Question], vectors: Vectors, apart: float = APART) -> tuple[Gap, ...]:
    """Clusters of `questions`, those that most people asked first.

    Average linkage over cosine distance (Sokal and Michener 1958) of vectors that are centred by language, so that
    the two languages share clusters.

    Args:
        questions: unanswered ones, oldest first.
        vectors: encodes them.
        apart: mean distance at which two clusters stay two, between 0 and 2.
    """
    asked = _distinct(questions)[-MOST:]
    if not asked:
        return ()
    means = language_means(background(), vectors)
    encoded = vectors.of([one.text for one in asked])
    centred = unit(encoded - np.stack([means[one.language] for one in asked]))
    gaps = [_gap([asked[row] for row in rows], centred[rows]) for rows in clusters(centred, apart)]
    return tuple(sorted(gaps, key=lambda gap: (-gap.people, -gap.count, gap.representative)))


def _distinct(questions: Iterable[Question]) -> list[_Asked]:
    """Different questions, masked, in the order in which they were asked last."""
    found: dict[str, list[Question]] = {}
    for question in questions:
        text = mask(" ".join(question.text.split()))
        key = fold(text).strip(" ?.!。！~")
        if key:
            found[key] = [*found.pop(key, []), question]
    return [
        _Asked(
            text=mask(" ".join(same[-1].text.split())),
            language=same[-1].language,
            count=len(same),
            people=frozenset(question.person for question in same),
        )
        for same in found.values()
    ]


def clusters(vectors: Floats, apart: float = APART) -> list[NDArray[np.intp]]:
    """Rows of unit vectors (n, dimension) that belong together, by average linkage over cosine distance."""
    if len(vectors) == 1:
        return [np.array([0])]
    distances = np.clip(1.0 - vectors @ vectors.T, 0.0, 2.0)
    names = fcluster(linkage(squareform(distances, checks=False), "average"), apart, "distance")
    return [np.flatnonzero(names == name) for name in np.unique(names)]


def _gap(asked: Sequence[_Asked], vectors: Floats) -> Gap:
    counts = np.array([one.count for one in asked], dtype=np.float32)
    order = np.argsort(-(vectors @ (counts @ vectors)), kind="stable")  # nearest to the middle of all that was asked
    typical = [asked[row] for row in order]
    left: Counter[str] = Counter({"en": EXAMPLES, "zh": EXAMPLES})
    examples = []
    for one in typical:
        if left[one.language]:
            left[one.language] -= 1
            examples.append((one.language, one.text))
    return Gap(
        representative=typical[0].text,
        language=typical[0].language,
        count=sum(one.count for one in asked),
        people=len(frozenset().union(*(one.people for one in asked))),
        examples=tuple(examples),
    )

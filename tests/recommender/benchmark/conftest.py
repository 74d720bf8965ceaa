from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from recommender.benchmark.exams import TrainingData
from recommender.learning.datasets import Dataset
from recommender.learning.interactions import Interactions
from recommender.learning.texts import Texts
from recommender.types import Item

TEA, COFFEE = ("tea", "cup", "pot", "leaf", "honey", "lemon"), ("bean", "mill", "filter", "press", "mug", "milk")
Row = tuple[str, str, str, int]


def dataset_of(rows: Sequence[Row], items: Sequence[str], clock: bool = True, part: Sequence[str] = ()) -> Dataset:
    """A set with these items, in this order, whose titles are their ids."""
    things = tuple(Item(item, {"en": item}, {}, {"kind": ("tea" if item in TEA else "coffee",)}, 1.0) for item in items)
    return Dataset("tiny", things, Interactions.of(rows).restrict(items), clock, np.array(part) if part else None)


def texts_of(items: Sequence[str]) -> Texts:
    """Vectors that tell tea from coffee, and a little more."""
    generator = np.random.default_rng(5)
    raw = generator.normal(scale=0.1, size=(len(items), 6)).astype(np.float32)
    raw[:, 0] += [1.0 if item in TEA else -1.0 for item in items]
    return Texts.of(items, raw, "by hand")


@pytest.fixture(scope="session")
def camps() -> TrainingData:
    """Forty people, every other one drinks tea and likes four of the six things that belong to it."""
    generator = np.random.default_rng(1)
    rows: list[Row] = []
    for person in range(40):
        for day, item in enumerate(generator.permutation(TEA if person % 2 else COFFEE)[:4]):
            rows.append((f"p{person:02}", str(item), "like", day * 86_400))
    found = dataset_of(rows, (*TEA, *COFFEE))
    return TrainingData(found.items, texts_of((*TEA, *COFFEE)), found.interactions, found.clock)

"""There is something to learn: tastes beat popularity, and words help with items that nobody has touched."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from recommender.catalogue.items import Catalogue, load_catalogue

DATA = Path(__file__).resolve().parents[4] / "data"
CUT = "2026-09-01"


class Year:
    """Likes and purchases before and after the cut, as people × items of 0 and 1."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.past, self.seen, self.later = (np.zeros((2000, len(catalogue)), dtype=np.float32) for _ in range(3))
        with (DATA / "interactions.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                cell = int(row["person"][1:]) - 1, catalogue.index[row["item"]]
                before = row["timestamp"] < CUT
                if before:
                    self.seen[cell] = 1
                if row["event"] in {"like", "purchase"}:
                    (self.past if before else self.later)[cell] = 1
        self.new = np.array([item.added >= date(2026, 8, 1) for item in catalogue])

    def recall(self, scores: np.ndarray, among: np.ndarray) -> float:
        """Mean recall at 10 of people with a past, over unseen items `among` which they choose later."""
        allowed = (self.seen == 0) & among
        top = np.argsort(-np.where(allowed, scores, -np.inf), axis=1)[:, :10]
        wanted = self.later * allowed
        people = np.flatnonzero((self.past.sum(axis=1) > 0) & (wanted.sum(axis=1) > 0))
        return float(np.mean([wanted[p, top[p]].sum() / wanted[p].sum() for p in people]))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(DATA / "catalogue.csv")


@pytest.fixture(scope="module")
def year(catalogue: Catalogue) -> Year:
    return Year(catalogue)


def words(catalogue: Catalogue) -> np.ndarray:
    """Cosine of items by their English words, rare words weighing more."""
    texts = [set(re.findall(r"[a-z-]+", (i.titles["en"] + " " + i.descriptions["en"]).lower())) for i in catalogue]
    known = {word: place for place, word in enumerate(sorted(set().union(*texts)))}
    matrix = np.zeros((len(texts), len(known)), dtype=np.float32)
    for row, text in enumerate(texts):
        matrix[row, [known[word] for word in text]] = 1
    matrix *= np.log(len(texts) / matrix.sum(axis=0))
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    return matrix @ matrix.T


def test_what_people_alike_chose_beats_what_everyone_chose_by_far(year):
    everyone = np.broadcast_to(year.past.sum(axis=0), year.past.shape)
    gram = year.past.T @ year.past + 100 * np.eye(year.past.shape[1], dtype=np.float32)
    inverse = np.linalg.inv(gram)  # EASE, Steck 2019
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    everything = np.ones(year.past.shape[1], dtype=bool)
    assert year.recall(year.past @ weights, everything) > 3 * year.recall(everyone, everything)


def test_words_find_new_items_far_better_than_chance(year, catalogue):
    chance = np.random.default_rng(1).random(year.past.shape)
    assert year.recall(year.past @ words(catalogue), year.new) > 4 * year.recall(chance, year.new)

"""What each part of finding an answer adds, on the demo's held-out questions: python -m tests.benchmarks.answers."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from recommender.answers.base import AnswerBase
from recommender.answers.examples import Example, read_examples
from recommender.answers.index import AnswerIndex, unit
from recommender.answers.judged import auroc
from recommender.answers.vectors import Vectors
from recommender.language.encoder import Encoder
from recommender.settings import ROOT, load_settings

Scores = NDArray[np.float32]
HELD_OUT = ROOT / "tests" / "data" / "answers_heldout.csv"


def best_by_entry(index: AnswerIndex, ways: Scores) -> Scores:
    """(e,) the best of each entry's ways to ask."""
    return np.maximum.reduceat(ways, index.start[:-1])


def main() -> None:
    """Prints a table: right answer first, and AUROC of the best score between answerable and other questions."""
    settings = load_settings()
    encoder = Encoder.load(settings.encoder_dir)
    with tempfile.TemporaryDirectory() as folder:
        found = AnswerBase.open(ROOT / "data" / "answers", encoder, Path(folder)).snapshot
        vectors = Vectors.open(encoder, Path(folder) / "held_out.npz")
        index, fitted = found.index, found.fitted
        assert index is not None
        assert fitted is not None
        examples, _ = read_examples(HELD_OUT, index.entries)
        raw = vectors.of([words for entry in index.entries for words in entry.asked])
        asked = vectors.of([example.text for example in examples])

    def words(row: int) -> Scores:
        return best_by_entry(index, index.words.scores(examples[row].text)[: len(index.asked)])

    def uncentred(row: int) -> Scores:
        return best_by_entry(index, raw @ asked[row])

    def centred(row: int) -> Scores:
        return best_by_entry(index, index.asked @ unit(asked[row] - index.means[examples[row].language]))

    def all_of_it(row: int) -> Scores:
        return index.rank(asked[row], examples[row].text, examples[row].language).scores

    click.echo(f"{'':34}first en  first zh  AUROC en  AUROC zh")
    report("words alone (tf-idf)", words, index, examples)
    report("sentence vectors as they are", uncentred, index, examples)
    report("sentence vectors, centred", centred, index, examples)
    report("all, by score", all_of_it, index, examples)
    chance = [
        float(fitted.confidence.of(index.rank(asked[row], e.text, e.language).features()))
        for row, e in enumerate(examples)
    ]
    report("all, by fitted confidence", all_of_it, index, examples, chance)


def report(
    name: str,
    score: Callable[[int], Scores],
    index: AnswerIndex,
    examples: Sequence[Example],
    sure: Sequence[float] | None = None,
) -> None:
    """One line of the table; `sure` takes the place of the best score."""
    rows = {entry.question: row for row, entry in enumerate(index.entries)}
    first, separation = [], []
    for language in ("en", "zh"):
        right, known, others = [], [], []
        for row, example in enumerate(examples):
            if example.language != language:
                continue
            scores = score(row)
            best = float(scores.max()) if sure is None else sure[row]
            if example.question is None:
                others.append(best)
                continue
            expected, top = rows[example.question], int(scores.argmax())
            right.append(expected in (top, int(index.pairs[top])))
            known.append(best)
        first.append(float(np.mean(right)))
        separation.append(auroc(np.array(known), np.array(others)))
    click.echo(f"{name:34}" + "".join(f"{value:8.3f}  " for value in (*first, *separation)))


if __name__ == "__main__":
    main()

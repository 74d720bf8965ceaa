from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.errors import ModelError
from recommender.language.encoder import Encoder
from recommender.understanding.finetune import SETTINGS, UNSEEN, finetune_intents
from recommender.understanding.lines import Example
from tests.recommender.encoders.conftest import save_tiny  # noqa: F401 (a fixture)

FAST = replace(SETTINGS, epochs=6, batch_size=16, rate=1e-2, layers=2)
LETTERS = {"left": "abcd", "right": "efgh", "up": "ijkl"}


def examples(count: int = 90) -> list[Example]:
    """Each intent has letters of its own: nothing that a random model would tell apart well."""
    generator = np.random.default_rng(0)
    names = list(LETTERS)
    return [
        Example(" ".join(generator.choice(list(LETTERS[names[row % 3]]), size=4)) + f" {row}", names[row % 3])
        for row in range(count)
    ]


def test_an_encoder_that_learnt_intents_puts_their_lines_together(
    save_tiny: Callable[..., Path],  # noqa: F811
    tmp_path: Path,
) -> None:
    lines = examples()
    report = finetune_intents(str(save_tiny("tiny")), lines, tmp_path / "encoder", FAST)
    assert report.learnt + report.held_out == len(lines)
    assert report.accuracy > 0.8
    unseen = json.loads((tmp_path / "encoder" / UNSEEN).read_text(encoding="utf-8"))
    assert len(unseen) == report.held_out
    assert set(unseen) < {line.text for line in lines}
    vectors = Encoder.load(tmp_path / "encoder").encode([line.text for line in lines])
    centred = vectors - vectors.mean(axis=0)
    same = np.array([[one.intent == other.intent for other in lines] for one in lines])
    cosines = centred @ centred.T
    assert cosines[same].mean() > cosines[~same].mean() + 0.1


def test_too_few_lines_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="too few"):
        finetune_intents("bundled", examples(6), tmp_path / "encoder", FAST)

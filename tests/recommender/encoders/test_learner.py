from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from recommender.encoders.checkpoint import load_checkpoint
from recommender.encoders.contrastive import make_batch
from recommender.encoders.learner import Learner
from recommender.encoders.lora import add_adapter, copy_of
from recommender.encoders.pairs import Corpus, Pair
from recommender.encoders.precision import Arithmetic
from recommender.encoders.recipe import FinetuneSettings
from recommender.encoders.rows import tokenise
from recommender.encoders.trunk import SplitEncoder


@pytest.mark.parametrize("dropout", [0.0, 0.3])
def test_in_batch_negatives_span_all_accumulated_batches(
    dropout: float, save_tiny: Callable[..., Path], tmp_path: Path
) -> None:
    corpus = Corpus.of([Pair(f"{a} {b}", f"{b} {a} {a}") for a in "red" for b in "silk"])
    batch = make_batch(corpus, np.arange(12), np.full((12, 1), -1))
    found, losses = [], []
    for accumulate, batch_size in ((1, 12), (3, 4), (3, 4)):
        torch.manual_seed(0)
        checkpoint = load_checkpoint(str(save_tiny("tiny")), tmp_path)
        settings = FinetuneSettings(layers=1, accumulate=accumulate, batch_size=batch_size, dropout=dropout, clip=0)
        adapted = add_adapter(checkpoint.model, settings)
        rows = tokenise(checkpoint.tokenizer, "", [*corpus.queries, *corpus.passages], 32, keep_end=False)
        arithmetic = Arithmetic(torch.device("cpu"), "float32")
        encoder = SplitEncoder(adapted.get_base_model(), "mean", rows, 1, 4, arithmetic)
        encoder.cache(tmp_path, 100)
        learner = Learner(adapted, encoder, len(corpus.queries), settings, arithmetic)
        losses.append([learner.step(batch, number, 0.01) for number in range(3)])
        found.append(copy_of(adapted))
    # Parts of the same seed give the same step; without dropout, parts make no difference either.
    assert losses[1] == losses[2]
    assert all(torch.equal(found[1][name], found[2][name]) for name in found[1])
    assert losses[0][-1] < losses[0][0]
    if not dropout:
        assert losses[0] == pytest.approx(losses[1], rel=1e-4)
        assert all(torch.allclose(found[0][name], found[1][name], atol=1e-3) for name in found[0])

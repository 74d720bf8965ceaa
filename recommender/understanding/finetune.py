"""Fine-tunes the encoder on the bot's training lines and exports it to int8 ONNX for the bot alone.

Answers and recommendations keep the general encoder: what tells intents apart blurs what tells things apart.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recommender.encoders.recipe import FinetuneSettings
from recommender.errors import ModelError
from recommender.understanding.lines import Example

Say = Callable[[str], None]

UNSEEN = "unseen.json"
"""Beside the encoder: the lines that it did not learn, by which the bot's confidence is made honest."""
LONGEST = 48
MINIMUM_COSINE = 0.97
"""Of int8 and float vectors: measured .988. The head learns from int8 vectors, so that only what is blurred costs."""

SETTINGS = FinetuneSettings(
    epochs=2, batch_size=32, rate=1e-3, dropout=0.1, layers=4, targets="query,key,value,dense", minutes=0
)
"""With n-grams and flags, on one of five parts of the November lines: frozen .834 of intents right, LoRA on query and
value .844, on all .859 (3 passes). What it is worth to a bot: `parley bot train --finetune`, then
`parley bot evaluate`.
"""


@dataclass(frozen=True, slots=True)
class IntentReport:
    """How many lines were learnt and held out, and the share of the latter that a bare head named right."""

    learnt: int
    held_out: int
    accuracy: float

    def __str__(self) -> str:
        return (
            f"{self.learnt} lines learnt; of {self.held_out} held out {self.accuracy:.1%} are named right by the "
            "vector alone."
        )


def finetune_intents(
    source: str,
    examples: Sequence[Example],
    out: Path,
    settings: FinetuneSettings = SETTINGS,
    say: Say = lambda sentence: None,
) -> IntentReport:
    """Writes an encoder that tells the intents of `examples` apart to the folder `out`, with `UNSEEN` beside it.

    Args:
        source: 'bundled', a folder with a transformers checkpoint, or a hub id.
        examples: what the bot learns.
        out: replaced when everything is done.
        settings: how; `held_out` is the share of each intent that is not learnt.
        say: told in a sentence what happens.

    Raises:
        ModelError: there are too few examples.
        EncoderError: the source cannot be used, or the export is too far from the float model.
    """
    from recommender.encoders.export import build_encoder

    if len({example.intent for example in examples}) < 2 or len(examples) < 2 * settings.batch_size:
        raise ModelError(f"{len(examples)} lines are too few to fine-tune on: write more in bot/data/nlu.")
    out.parent.mkdir(parents=True, exist_ok=True)
    held = _held_out([example.intent for example in examples], settings)
    with tempfile.TemporaryDirectory(prefix=".intents-", dir=out.parent) as name:
        report = _train(source, examples, held, Path(name), settings, say)
        build_encoder(str(Path(name) / "checkpoint"), out, say, MINIMUM_COSINE)
    texts = [example.text for example, out_of in zip(examples, held, strict=True) if out_of]
    (out / UNSEEN).write_text(json.dumps(texts, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    return report


def _held_out(intents: Sequence[str], settings: FinetuneSettings) -> NDArray[np.bool_]:
    generator, held = np.random.default_rng(settings.seed), np.zeros(len(intents), dtype=bool)
    for intent in sorted(set(intents)):
        rows = generator.permutation([row for row, other in enumerate(intents) if other == intent])
        held[rows[: int(settings.held_out * len(rows))]] = True
    return held


def _train(
    source: str,
    examples: Sequence[Example],
    held: NDArray[np.bool_],
    folder: Path,
    settings: FinetuneSettings,
    say: Say,
) -> IntentReport:
    """Writes checkpoint/ in `folder`; its end frees a gigabyte before the export takes its own."""
    import torch

    from recommender.encoders.checkpoint import load_checkpoint
    from recommender.encoders.lora import add_adapter, merge
    from recommender.encoders.precision import Arithmetic, choose_device
    from recommender.encoders.rows import tokenise
    from recommender.encoders.saving import save_checkpoint
    from recommender.encoders.trunk import SplitEncoder
    from recommender.understanding.learner import IntentLearner, numbered

    checkpoint = load_checkpoint(source, folder / "hub")
    adapted = add_adapter(checkpoint.model, settings)
    texts = [example.text for example in examples]
    rows = tokenise(checkpoint.tokenizer, checkpoint.query_prefix, texts, LONGEST, keep_end=True)
    arithmetic = Arithmetic(choose_device("cpu"), "float32")  # so short are the texts that nothing else is faster
    encoder = SplitEncoder(
        adapted.get_base_model(), checkpoint.pooling, rows, settings.layers, settings.chunk, arithmetic
    )
    say(f"Running the lower layers over {len(rows):,} lines.")
    encoder.cache(folder, settings.cache_mb)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(settings.seed)
        learner = IntentLearner(
            adapted, encoder, numbered([e.intent for e in examples]), np.flatnonzero(~held), settings
        )
        for number in range(settings.epochs):
            loss = learner.epoch(number)
            say(f"Pass {number + 1} of {settings.epochs}: loss {loss:.3f}.")
    accuracy = learner.accuracy(np.flatnonzero(held))
    save_checkpoint(replace(checkpoint, model=merge(adapted)), folder / "checkpoint")
    return IntentReport(int((~held).sum()), int(held.sum()), accuracy)

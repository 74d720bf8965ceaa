"""Fine-tunes the sentence encoder on pairs of query and passage: contrast, LoRA, merge, export to int8 ONNX.

In-batch negatives under InfoNCE (Karpukhin et al. 2020), hard ones mined with the encoder itself (Xiong et al. 2021),
rank-16 updates of the upper layers (Hu et al. 2022) over cached outputs of the lower ones.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from recommender.encoders.export import MINIMUM_COSINE, build_encoder
from recommender.encoders.pairs import Corpus, Pair
from recommender.encoders.recipe import FinetuneSettings
from recommender.encoders.report import FinetuneReport, changes_of, peak_mb
from recommender.encoders.retrieval import choose_pool
from recommender.errors import EncoderError

if TYPE_CHECKING:
    from recommender.encoders.checkpoint import Checkpoint
    from recommender.encoders.monitor import RunMonitor
    from recommender.encoders.precision import Arithmetic
    from recommender.encoders.progress import State
    from recommender.encoders.trainer import Task

Say = Callable[[str], None]

CHECKPOINT, ENCODER, RUN, REPORT = "checkpoint", "encoder", "run", "report.json"


def finetune(
    source: str,
    pairs: Sequence[Pair],
    out: Path,
    settings: FinetuneSettings | None = None,
    more_passages: Sequence[str] = (),
    resume: bool = False,
    export: bool = True,
    say: Say = lambda sentence: None,
    clock: Callable[[], float] = time.monotonic,
    minimum_cosine: float = MINIMUM_COSINE,
) -> FinetuneReport:
    """Fine-tunes `source` and writes checkpoint/ (for PARLEY_ENCODER), encoder/ (int8 ONNX), run/ and report.json.

    Args:
        source: 'bundled', a folder with a transformers checkpoint, or a hub id.
        pairs: what to learn; groups never straddle training and validation.
        out: a new or earlier folder of this function.
        settings: how; defaults fit two cores and 15 minutes.
        more_passages: what else the catalogue holds: it competes when negatives are mined and the result is judged.
        resume: go on with the run in `out`, which must have had the same pairs and settings.
        export: also make the int8 encoder.
        say: told in a sentence what happens.
        clock: seconds.
        minimum_cosine: least mean cosine between the int8 encoder's vectors and the float model's.

    Raises:
        EncoderError: the source or a setting cannot be used, there are too few pairs, nothing can be resumed, or the
            export is too far from the float model.
    """
    settings, started = settings or FinetuneSettings(), clock()
    corpus = Corpus.of(pairs, more_passages)
    run = _identity(source, corpus, settings)
    _make_run_folder(out, resume)
    report = _train_and_save(source, corpus, settings, out, run, resume, say, lambda: clock() - started)
    if export:
        card = build_encoder(str(out / CHECKPOINT), out / ENCODER, say, minimum_cosine)
        report = replace(report, cosine=card.cosine)
    report = replace(report, peak_mb=peak_mb())
    report.save(out / REPORT, settings)
    return report


def _train_and_save(
    source: str,
    corpus: Corpus,
    settings: FinetuneSettings,
    out: Path,
    run: dict[str, Any],
    resume: bool,
    say: Say,
    clock: Callable[[], float],
) -> FinetuneReport:
    """Its end frees model and cache, more than a gigabyte, before the export takes its own."""
    from recommender.encoders.checkpoint import load_checkpoint
    from recommender.encoders.progress import load_state
    from recommender.encoders.saving import save_checkpoint

    saved = load_state(out / RUN, run) if resume else None
    say("Loading the sentence encoder's weights.")
    checkpoint = load_checkpoint(source, out / "hub")
    model, report = _train(checkpoint, corpus, settings, out / RUN, run, saved, say, clock)
    save_checkpoint(replace(checkpoint, model=model), out / CHECKPOINT)
    return report


def _train(
    checkpoint: Checkpoint,
    corpus: Corpus,
    settings: FinetuneSettings,
    folder: Path,
    run: dict[str, Any],
    saved: State | None,
    say: Say,
    clock: Callable[[], float],
) -> tuple[Any, FinetuneReport]:
    """Returns the merged model and the report, without export."""
    from recommender.encoders.lora import add_adapter, merge
    from recommender.encoders.monitor import RunMonitor
    from recommender.encoders.trainer import Task, Trainer

    train, held = corpus.split(settings.held_out, settings.seed)
    if len(train) < 2:
        raise EncoderError(f"{len(train)} pairs are left to learn from; contrast needs at least 2: give more.")
    task = Task(corpus, corpus.knowing(train), train, held, choose_pool(corpus, held, settings.pool, settings.seed))
    adapted = add_adapter(checkpoint.model, settings)
    arithmetic = _arithmetic(adapted, settings, saved.precision if saved else None)
    with RunMonitor(folder / "tensorboard", say, saved.step if saved else 0) as monitor:
        encoder = _encoder(checkpoint, adapted, task, settings, arithmetic, monitor, folder)
        trainer = Trainer(task, adapted, encoder, arithmetic, settings, folder, run, monitor, clock)
        if saved:
            trainer.go_on(saved)
        state = saved or trainer.begin()
        monitor.start(trainer.steps)
        trainer.train(state)
        monitor.say("Judging the fine-tuned encoder.")
        after = trainer.final_ranks()
    report = FinetuneReport(
        pairs=len(train),
        held_out=len(held),
        groups=len(np.unique(corpus.group_of[held])),
        passages=len(corpus.passages),
        steps=state.step,
        best_step=state.best_step,
        stopped=state.stopped,
        precision=arithmetic.precision,
        seconds=round(state.seconds, 1),
        peak_mb=peak_mb(),
        changes=changes_of(state.before.numpy(), after, corpus.group_of[held], settings.seed),
    )
    return merge(adapted).to("cpu"), report


def _encoder(
    checkpoint: Checkpoint,
    adapted: Any,
    task: Task,
    settings: FinetuneSettings,
    arithmetic: Arithmetic,
    monitor: RunMonitor,
    folder: Path,
) -> Any:
    from recommender.encoders.rows import tokenise
    from recommender.encoders.trunk import SplitEncoder

    queries, passages = task.corpus.queries, task.corpus.passages
    limits = [min(limit, checkpoint.max_tokens) for limit in (settings.query_tokens, settings.passage_tokens)]
    # The end of a conversation says what is wanted now, the start of a description what the thing is.
    rows = tokenise(checkpoint.tokenizer, checkpoint.query_prefix, queries, limits[0], keep_end=True)
    rows += tokenise(checkpoint.tokenizer, checkpoint.passage_prefix, passages, limits[1], keep_end=False)
    encoder = SplitEncoder(
        adapted.get_base_model(), checkpoint.pooling, rows, settings.layers, settings.chunk, arithmetic
    )
    monitor.say(f"Running the lower layers over {len(rows):,} texts ({len(rows.ids):,} tokens).")
    encoder.cache(folder, settings.cache_mb, monitor.bar("lower layers"))
    return encoder


def _arithmetic(adapted: Any, settings: FinetuneSettings, earlier: str | None) -> Arithmetic:
    """A resumed run keeps its number format, whatever would be faster now."""
    import torch

    from recommender.encoders.precision import Arithmetic, choose_device, choose_precision

    device = choose_device(settings.device)
    adapted.to(device)
    if earlier is not None:
        return Arithmetic(device, earlier)  # type: ignore[arg-type]

    ids = torch.ones((8, settings.passage_tokens), dtype=torch.long, device=device)

    def trial(arithmetic: Arithmetic) -> None:
        with arithmetic.autocast():
            states = adapted(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state
        states.float().sum().backward()
        adapted.zero_grad(set_to_none=True)

    return choose_precision(settings.precision, device, trial)


def _identity(source: str, corpus: Corpus, settings: FinetuneSettings) -> dict[str, Any]:
    """What must not change between the parts of a run, under names that an error can tell."""
    from recommender.encoders.source import Source

    digest = hashlib.sha256()
    for text in (*corpus.queries, *corpus.passages):
        digest.update(f"{text}\0".encode("utf-8", "replace"))
    for numbers in (corpus.query_of, corpus.passage_of, corpus.group_of, corpus.given):
        digest.update(numbers.tobytes())
    return {"encoder": Source.parse(source).digest(), "pairs": digest.hexdigest()} | settings.decisive()


def _make_run_folder(out: Path, resume: bool) -> None:
    folder = out / RUN
    if not resume and (folder / "state.pt").exists():
        raise EncoderError(
            f"{folder} holds a run: go on with it with --resume, remove that folder, or name another one."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EncoderError(f"{out} cannot be written ({error}): name a folder where this account may write.") from error

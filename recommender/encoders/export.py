"""Makes what `recommender.language.encoder` loads: checkpoint → int8 ONNX, checked against the float model first."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from recommender.encoders.sample import PASSAGES, QUERIES
from recommender.encoders.source import Source
from recommender.errors import EncoderError
from recommender.language.encoder import MODEL, TOKENIZER, Encoder, EncoderCard, Kind

if TYPE_CHECKING:
    from recommender.encoders.checkpoint import Checkpoint

Say = Callable[[str], None]

EXPORT = "onnx opset 18, two outputs, dynamic QInt8 per channel, eager attention, version 2"
"""What is done to the weights; goes into the fingerprint. Change it together with `recommender.encoders.graph`."""

MINIMUM_COSINE = 0.99


def encoder_is_current(source: str, target: Path) -> bool:
    """Whether `target` holds what `build_encoder(source, target)` would build; reads files but loads no model.

    Raises:
        EncoderError: the source does not exist.
    """
    expected = fingerprint(source)
    try:
        return EncoderCard.load(target).fingerprint == expected
    except EncoderError:
        return False


def fingerprint(source: str) -> str:
    """16 hexadecimal digits from the source's weights and the export settings.

    Raises:
        EncoderError: the source does not exist.
    """
    return hashlib.sha256(f"{Source.parse(source).digest()} {EXPORT}".encode()).hexdigest()[:16]


def build_encoder(
    source: str, target: Path, progress: Say | None = None, minimum_cosine: float = MINIMUM_COSINE
) -> EncoderCard:
    """Export, quantise, verify, and only then put in place; an encoder that stands in `target` stays on any failure.

    Args:
        source: 'bundled', a folder with a transformers checkpoint, or a hub id.
        target: the folder to write; what a hub sends is kept beside it, in hub/.
        progress: told in a sentence what comes next.
        minimum_cosine: least mean cosine between int8 and float vectors of `recommender.encoders.sample`.

    Raises:
        EncoderError: the source cannot be loaded or exported, the result is too far from the float model, or `target`
                cannot be written.
    """
    say = progress or (lambda sentence: None)
    mark = fingerprint(source)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as name:
            workshop = Path(name)
            fresh = workshop / "new"
            fresh.mkdir()
            card = _build(source, fresh, target.parent / "hub", mark, say, minimum_cosine)
            _put_in_place(fresh, target, workshop / "old")
    except OSError as error:
        raise EncoderError(
            f"The encoder cannot be written to {target} ({error}): make room (700 MB while it is built) and give this "
            "account the right to write there."
        ) from error
    say(f"The sentence encoder is ready: {card.name}, agreement with the float model {card.cosine:.4f}.")
    return card


def _build(source: str, folder: Path, cache: Path, mark: str, say: Say, minimum_cosine: float) -> EncoderCard:
    from recommender.encoders.graph import write_int8  # torch takes seconds to import and is needed only here

    float_file = folder / "float.onnx"
    draft, reference = _write_float_model(source, float_file, cache, say)
    say("Quantising the encoder to int8.")
    try:
        write_int8(float_file, folder / MODEL)
    except Exception as error:  # the quantiser raises whatever a graph provokes
        raise EncoderError(f"The encoder {draft.name} cannot be quantised: {error}") from error
    float_file.unlink()
    size = sum((folder / name).stat().st_size for name in (MODEL, TOKENIZER))
    card = replace(draft, fingerprint=mark, size=size)
    card.save(folder)
    say("Comparing the int8 encoder with the float model.")
    cosine = agreement(Encoder.load(folder), reference)
    if not cosine >= minimum_cosine:  # also when it is not a number
        raise EncoderError(
            f"The int8 encoder agrees with the float model {card.name} to a mean cosine of {cosine:.4f} only, "
            f"{minimum_cosine} is the least: this model does not bear quantisation, choose another in PARLEY_ENCODER."
        )
    card = replace(card, cosine=round(cosine, 5))
    card.save(folder)
    return card


def _write_float_model(source: str, file: Path, cache: Path, say: Say) -> tuple[EncoderCard, NDArray[np.float32]]:
    """Its end frees the torch model, half a gigabyte, before the quantiser takes its own."""
    say("Loading the sentence encoder's weights.")
    from recommender.encoders.checkpoint import load_checkpoint
    from recommender.encoders.graph import write_float

    checkpoint = load_checkpoint(source, cache)
    reference = float_vectors(checkpoint)
    checkpoint.tokenizer.save(str(file.parent / TOKENIZER))
    say("Exporting the encoder to ONNX.")
    try:
        write_float(checkpoint, file)
    except Exception as error:  # the exporter raises whatever a model's code provokes
        raise EncoderError(f"The encoder {checkpoint.name} cannot be exported to ONNX: {error}") from error
    draft = EncoderCard(
        name=checkpoint.name,
        dimension=checkpoint.dimension,
        query_prefix=checkpoint.query_prefix,
        passage_prefix=checkpoint.passage_prefix,
        max_tokens=checkpoint.max_tokens,
        fingerprint="",
        cosine=0.0,
        size=0,
    )
    return draft, reference


def float_vectors(checkpoint: Checkpoint) -> NDArray[np.float32]:
    """(queries + passages of the sample, dimension) float32 unit vectors of the float model, one sentence at a time."""
    import torch

    from recommender.encoders.graph import SentenceModel

    model = SentenceModel(checkpoint.model, checkpoint.pooling).eval()
    prefixed = [checkpoint.query_prefix + text for text in QUERIES] + [
        checkpoint.passage_prefix + text for text in PASSAGES
    ]
    rows = []
    with torch.inference_mode():
        for text in prefixed:
            ids = torch.tensor([checkpoint.tokenizer.encode(text).ids[: checkpoint.max_tokens]])
            rows.append(model(ids, torch.ones_like(ids))[1][0].numpy())
    return np.stack(rows)


def agreement(encoder: Encoder, reference: NDArray[np.float32]) -> float:
    """Mean cosine between an encoder's vectors of the sample and the rows of `float_vectors`."""
    kinds: tuple[tuple[tuple[str, ...], Kind], ...] = ((QUERIES, "query"), (PASSAGES, "passage"))
    vectors = np.vstack([encoder.encode(texts, kind) for texts, kind in kinds])
    return float((vectors * reference).sum(axis=1).mean())


def _put_in_place(fresh: Path, target: Path, old: Path) -> None:
    """Two renames on one file system; the first is taken back when the second fails."""
    if not target.exists():
        os.rename(fresh, target)
        return
    os.rename(target, old)
    try:
        os.rename(fresh, target)
    except OSError:
        os.rename(old, target)
        raise

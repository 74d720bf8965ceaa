"""Text → vectors, with an int8 ONNX transformer that `recommender.encoders.export` built.

Needs numpy, onnxruntime and tokenizers alone, so that the bot's Python 3.10 runs it as well as ours.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from recommender.errors import EncoderError

Floats = NDArray[np.float32]
Kind = Literal["query", "passage"]

FORMAT = 1
MODEL, TOKENIZER, CARD = "model.onnx", "tokenizer.json", "encoder.json"
REMEDY = "run `make prepare` to build it"
REMEMBERED = 256
"""Single queries whose vectors are kept: what a person looks for stays the same over several turns (2.8 ms each)."""


@dataclass(frozen=True, slots=True)
class EncoderCard:
    """What encoder.json says of the model beside it.

    `fingerprint` tells source weights and export settings apart; `cosine` is the mean agreement with the float model
    that was measured at build; `size` is that of model.onnx and tokenizer.json together, in bytes.
    """

    name: str
    dimension: int
    query_prefix: str
    passage_prefix: str
    max_tokens: int
    fingerprint: str
    cosine: float
    size: int
    format: int = FORMAT

    @classmethod
    def load(cls, folder: Path) -> EncoderCard:
        """The card in `folder`, checked against the files beside it.

        Raises:
            EncoderError: there is none, it is damaged, or it does not describe the files.
        """
        try:
            values: Any = json.loads((folder / CARD).read_text(encoding="utf-8"))
            found = sum((folder / name).stat().st_size for name in (MODEL, TOKENIZER))
        except FileNotFoundError as error:
            raise EncoderError(f"There is no sentence encoder in {folder}: {REMEDY}.") from error
        except (OSError, ValueError) as error:
            raise EncoderError(f"The sentence encoder in {folder} is unreadable ({error}): {REMEDY} anew.") from error
        if not isinstance(values, dict) or values.get("format") != FORMAT:
            raise EncoderError(f"{folder / CARD} is not of format {FORMAT}: {REMEDY} anew.")
        try:
            card = cls(**values)
        except TypeError as error:
            raise EncoderError(f"{folder / CARD} is damaged ({error}): {REMEDY} anew.") from error
        if card.size != found:
            raise EncoderError(
                f"The sentence encoder in {folder} is cut off or mixed up, {found} bytes instead of {card.size}: "
                f"{REMEDY} anew."
            )
        return card

    def save(self, folder: Path) -> None:
        """Write encoder.json."""
        (folder / CARD).write_text(json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


class Encoder:
    """Sentence vectors of unit length. Safe to use from several threads.

    A text's vector depends a little on what else is in its batch (cosine above .99), since activations are quantised
    with one scale for a whole batch.
    """

    def __init__(self, card: EncoderCard, session: onnxruntime.InferenceSession, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.enable_truncation(card.max_tokens)
        self.card = card
        self._session = session
        self._tokenizer = tokenizer
        self._remember = lru_cache(REMEMBERED)(self._encode_one)

    @classmethod
    def load(cls, folder: Path, threads: int = 1) -> Encoder:
        """The encoder in `folder`, which `recommender.encoders.export.build_encoder` wrote.

        Args:
            folder: holds model.onnx, tokenizer.json and encoder.json.
            threads: of one call; the processors are shared with other processes, so more is not always faster.

        Raises:
            EncoderError: the folder is missing, incomplete or damaged.
        """
        card = EncoderCard.load(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle threads would burn shared cores
        try:
            session = onnxruntime.InferenceSession(str(folder / MODEL), options, providers=["CPUExecutionProvider"])
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        except Exception as error:  # both libraries raise classes of their own that share no other base
            raise EncoderError(f"The sentence encoder in {folder} is unreadable ({error}): {REMEDY} anew.") from error
        return cls(card, session, tokenizer)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self.card.dimension

    @property
    def fingerprint(self) -> str:
        """Differs when source weights or export settings do."""
        return self.card.fingerprint

    def encode(self, texts: Sequence[str], kind: Kind = "query", batch_size: int = 32) -> Floats:
        """Vectors of texts.

        Args:
            texts: any length, empty ones too; what exceeds the model's `max_tokens` is cut off.
            kind: what the texts are, for models that tell queries from passages by a prefix.
            batch_size: texts in one run of the model; those of similar length go together.

        Returns:
            (len(texts), dimension) float32, rows L2-normalised, in the order of `texts`.
        """
        if isinstance(texts, str):
            raise TypeError("encode takes a list of texts; wrap a single one: encode([text])")
        if batch_size < 1:
            raise ValueError(f"batch_size must be at least 1, not {batch_size}")
        if len(texts) == 1:
            return self._remember(texts[0], kind).copy()
        rows = [self._tokens(text, kind) for text in texts]
        order = sorted(range(len(rows)), key=lambda row: len(rows[row]))
        vectors = np.empty((len(rows), self.dimension), dtype=np.float32)
        for start in range(0, len(order), batch_size):
            batch = order[start : start + batch_size]
            vectors[batch] = self._run([rows[row] for row in batch])
        return vectors

    def _encode_one(self, text: str, kind: Kind) -> Floats:
        return self._run([self._tokens(text, kind)])

    def _tokens(self, text: str, kind: Kind) -> list[int]:
        prefix = self.card.query_prefix if kind == "query" else self.card.passage_prefix
        readable = text.encode("utf-8", "replace").decode(
            "utf-8"
        )  # JSON can carry half an emoji, which no tokenizer takes
        ids: list[int] = self._tokenizer.encode(prefix + readable).ids
        return ids or [0]  # a tokenizer without <s> and </s> makes nothing of an empty text

    def _run(self, rows: list[list[int]]) -> Floats:
        width = max(len(row) for row in rows)
        input_ids = np.zeros((len(rows), width), dtype=np.int64)  # what stands behind the mask makes no difference
        mask = np.zeros_like(input_ids)
        for index, row in enumerate(rows):
            input_ids[index, : len(row)] = row
            mask[index, : len(row)] = 1
        feeds = {"input_ids": input_ids, "attention_mask": mask}
        vectors: Floats = self._session.run(["sentence_embedding"], feeds)[0]
        return vectors

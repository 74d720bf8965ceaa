"""An encoder whose vectors are the words of a text: texts without a common word are at right angles."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from recommender.answers.lexical import terms

DIMENSION = 256


class WordEncoder:
    dimension = DIMENSION
    fingerprint = "words"

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str], kind: str = "query", batch_size: int = 32) -> np.ndarray:
        self.encoded += texts
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for row, text in enumerate(texts):
            for term in terms(text):
                if not term.startswith("~"):
                    vectors[row, zlib.crc32(term.encode()) % DIMENSION] += 1
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)

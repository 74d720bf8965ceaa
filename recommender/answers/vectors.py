"""Vectors of texts that were encoded before, kept in a file, so that an edited line costs one line's encoding."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recommender.language.encoder import Encoder, Kind

Floats = NDArray[np.float32]


@dataclass
class Vectors:
    """Encodes what it has not seen; `save` keeps what was asked for since this was opened and nothing else."""

    encoder: Encoder
    file: Path
    stored: Mapping[str, Floats] = field(default_factory=dict)
    used: dict[str, Floats] = field(default_factory=dict)

    @classmethod
    def open(cls, encoder: Encoder, file: Path) -> Vectors:
        """What `file` holds of this encoder; nothing where it is missing, damaged or of another."""
        try:
            with np.load(file, allow_pickle=False) as arrays:
                fits = str(arrays["fingerprint"]) == encoder.fingerprint
                stored = dict(zip(arrays["keys"].tolist(), arrays["vectors"], strict=True)) if fits else {}
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            stored = {}
        return cls(encoder, file, stored)

    def of(self, texts: Sequence[str], kind: Kind = "query") -> Floats:
        """(len(texts), dimension) float32 unit vectors, the same that a single question of these words gets."""
        keys = [_key(text, kind) for text in texts]
        self.used |= {key: self.stored[key] for key in keys if key in self.stored}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self.used}
        if missing:
            # One at a time: an int8 vector depends a little on its batch, and a question comes alone.
            new = self.encoder.encode(list(missing.values()), kind, batch_size=1)
            self.used |= dict(zip(missing, new, strict=True))
        found = [self.used[key] for key in keys]
        return np.stack(found) if found else np.zeros((0, self.encoder.dimension), dtype=np.float32)

    def save(self) -> None:
        """Replaces the file in one step where anything changed; several processes may do so."""
        if self.used.keys() == self.stored.keys():
            return
        self.file.parent.mkdir(parents=True, exist_ok=True)
        part = self.file.with_name(f"{self.file.stem}.{os.getpid()}.npz")
        np.savez(
            part,
            fingerprint=np.array(self.encoder.fingerprint),
            keys=np.array(list(self.used), dtype=np.str_),
            vectors=np.array(list(self.used.values()), dtype=np.float32),
        )
        os.replace(part, self.file)


def _key(text: str, kind: Kind) -> str:
    return hashlib.sha256(f"{kind}:{text}".encode("utf-8", "replace")).hexdigest()[:32]

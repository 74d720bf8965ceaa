"""What the encoder says of a catalogue, remembered from one training to the next."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from recommender.model.features import Floats, TextEncoder, centre, encode_items
from recommender.model.hybrid import Progress
from recommender.types import Item

BATCH = 200  # items between two progress lines


@dataclass(frozen=True)
class Texts:
    """ids (n,), vectors (n, t) centred by mean (t,) and L2-normalised, and the fingerprint of the encoder."""

    item_ids: tuple[str, ...]
    vectors: Floats
    mean: Floats
    encoder: str

    @classmethod
    def of(cls, item_ids: Sequence[str], raw: Floats, encoder: str) -> Texts:
        """Centres the encoder's `raw` vectors (n, t) by their mean."""
        mean = raw.mean(axis=0)
        return cls(tuple(item_ids), centre(raw, mean), mean, encoder)


def encode_catalogue(
    items: Sequence[Item], encoder: TextEncoder, memory: Path, progress: Progress | None = None
) -> Texts:
    """Texts of `items`; only those whose words or encoder changed since the last call are encoded.

    Args:
        items: the catalogue.
        encoder: makes the vectors.
        memory: an .npz file of vectors by key, read if it is there and replaced at the end.
        progress: is told how many items are done.
    """
    keys = [_key(item, encoder.fingerprint) for item in items]
    known = _read(memory)
    fresh = [row for row, key in enumerate(keys) if key not in known]
    for first in range(0, len(fresh), BATCH):
        if progress:
            progress(f"reading item {first + 1} of {len(fresh)}")
        rows = fresh[first : first + BATCH]
        vectors = encode_items([items[row] for row in rows], encoder)
        known.update({keys[row]: vector for row, vector in zip(rows, vectors, strict=True)})
    raw = np.array([known[key] for key in keys], dtype=np.float32).reshape(len(items), encoder.dimension)
    if fresh:
        _write(memory, keys, raw)
    return Texts.of([item.id for item in items], raw, encoder.fingerprint)


def _key(item: Item, encoder: str) -> str:
    words = repr((encoder, sorted(item.titles.items()), sorted(item.descriptions.items())))
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def _read(memory: Path) -> dict[str, Floats]:
    try:
        with np.load(memory, allow_pickle=False) as archive:
            return dict(zip(archive["keys"].tolist(), archive["vectors"], strict=True))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}  # a lost memory costs time and nothing else


def _write(memory: Path, keys: Sequence[str], vectors: Floats) -> None:
    memory.parent.mkdir(parents=True, exist_ok=True)
    scratch = memory.with_name(f".{memory.name}-{os.getpid()}.npz")
    np.savez(scratch, keys=np.array(keys), vectors=vectors)
    os.replace(scratch, memory)

"""What the encoder says of a catalogue, remembered from one training to the next."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recommender.encoders.batch import RayEncoding, encode_on_ray
from recommender.model.features import Floats, TextEncoder, centre, encode_items
from recommender.model.hybrid import Progress
from recommender.types import Item

BATCH = 200  # items encoded together
REMEMBERED = 50_000  # newly encoded items after which the memory is written, so that an end by force costs minutes

_KEY = "<U32"


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
    items: Sequence[Item],
    encoder: TextEncoder,
    memory: Path,
    progress: Progress | None = None,
    on_ray: RayEncoding | None = None,
) -> Texts:
    """Texts of `items`; only those whose words or encoder changed since the last call are encoded.

    Args:
        items: the catalogue.
        encoder: makes the vectors.
        memory: an .npz file of vectors by key, read if it is there and replaced at the end, and on the way.
        progress: is told how many items are done.
        on_ray: where to encode when there is much to encode, with the same encoder; None: here.

    Raises:
        EncoderError: Ray was asked for and failed.
    """
    keys = np.array([_key(item, encoder.fingerprint) for item in items], dtype=_KEY)
    raw = np.empty((len(items), encoder.dimension), dtype=np.float32)
    done = _recall(memory, keys, raw)
    # Items with the same words have the same vector, whatever batch they came in: int8 rounds by the batch.
    _, first, same = np.unique(keys, return_index=True, return_inverse=True)
    fresh = np.sort(first[~done[first]])
    batches = [fresh[first : first + BATCH] for first in range(0, len(fresh), BATCH)]
    encoded = written = 0
    for rows, vectors in _encoded(items, batches, encoder, on_ray):
        raw[rows] = vectors
        done[rows] = True
        encoded += len(rows)
        if progress:
            progress(f"read {encoded} of {len(fresh)} items")
        if encoded - written >= REMEMBERED and encoded < len(fresh):
            _write(memory, keys[done], raw[done])
            written = encoded
    if len(fresh):
        raw = raw[first][same]
        _write(memory, keys, raw)
    return Texts.of([item.id for item in items], raw, encoder.fingerprint)


def _encoded(
    items: Sequence[Item], batches: Sequence[NDArray[np.intp]], encoder: TextEncoder, on_ray: RayEncoding | None
) -> Iterator[tuple[NDArray[np.intp], Floats]]:
    chosen = [[items[row] for row in rows] for rows in batches]
    if on_ray and on_ray.wanted(sum(map(len, batches))):
        for number, vectors in encode_on_ray(chosen, on_ray):
            yield batches[number], vectors
    else:
        for rows, batch in zip(batches, chosen, strict=True):
            yield rows, encode_items(batch, encoder)


def _key(item: Item, encoder: str) -> str:
    words = repr((encoder, sorted(item.titles.items()), sorted(item.descriptions.items())))
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def _recall(memory: Path, keys: NDArray[np.str_], raw: Floats) -> NDArray[np.bool_]:
    """Fills the rows of `raw` whose keys are remembered, and says which."""
    done = np.zeros(len(keys), dtype=bool)
    try:
        with np.load(memory, allow_pickle=False) as archive:
            places = {key: row for row, key in enumerate(archive["keys"].tolist())}
            vectors = archive["vectors"]
        found = np.array([places.get(key, -1) for key in keys.tolist()], dtype=np.intp)
        raw[found >= 0] = vectors[found[found >= 0]]
        done = found >= 0
    except (OSError, ValueError, IndexError, KeyError, EOFError, zipfile.BadZipFile):
        pass  # a lost memory costs time and nothing else
    return done


def _write(memory: Path, keys: NDArray[np.str_], vectors: Floats) -> None:
    memory.parent.mkdir(parents=True, exist_ok=True)
    scratch = memory.with_name(f".{memory.name}-{os.getpid()}.npz")
    np.savez(scratch, keys=keys, vectors=vectors)
    os.replace(scratch, memory)

"""The model that serves, swapped without a restart when the registry's current version changes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recommender.conversations.catalogue import Catalogue
from recommender.conversations.model import ARRAYS, ConversationModel
from recommender.errors import ModelError, ParleyError
from recommender.model.embeddings import Embeddings
from recommender.model.features import TextEncoder, centre, encode_items
from recommender.model.hybrid import map_text
from recommender.model.registry import Registry
from recommender.model.sequence import SequenceModel
from recommender.serving.index import CatalogueIndex
from recommender.serving.rank import Scorer
from recommender.serving.shortlist import Shortlister, Spaces

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Snapshot:
    """A catalogue and a model that fit each other row by row: everything that one recommendation reads."""

    index: CatalogueIndex
    embeddings: Embeddings
    person_rows: Mapping[str, int]
    shortlister: Shortlister
    conversations: ConversationModel

    @classmethod
    def build(
        cls,
        index: CatalogueIndex,
        embeddings: Embeddings,
        encoder: TextEncoder,
        names: Catalogue | None = None,
        folder: Path | None = None,
    ) -> Snapshot:
        """Aligns `embeddings` with `index`; items that the model does not know are encoded and mapped from their text.

        Args:
            index: of the catalogue.
            embeddings: of any version.
            encoder: makes vectors of what is said and of new items.
            names: the catalogue as conversations are matched with it; made here when it is not given.
            folder: of the version; it may hold a conversation model and indexes.

        Raises:
            ModelError: the model was trained with another encoder.
        """
        if embeddings.card.encoder != encoder.fingerprint:
            raise ModelError(
                f"Model {embeddings.card.version} was trained with another encoder; `parley train` makes one that fits."
            )
        aligned = align(embeddings, index, encoder)
        person_rows = {str(person): row for row, person in enumerate(aligned.person_ids)}
        told = spoken_catalogue(names or Catalogue.build(index.items), aligned)
        shortlister = Shortlister(Scorer(aligned), Spaces.build(aligned, folder))
        return cls(index, aligned, person_rows, shortlister, _conversations(told, aligned, folder))


class LiveModel:
    """Hands out the current snapshot; thread-safe.

    A version that cannot be read is reported once in the log and the one before goes on serving.
    """

    def __init__(self, registry: Registry, build: Callable[[Embeddings], Snapshot]) -> None:
        self._registry = registry
        self._build = build
        self._lock = threading.Lock()
        self._version = registry.current()
        self._snapshot = build(registry.load(self._version))

    def snapshot(self) -> Snapshot:
        """The snapshot of the current version. Looking for a newer one costs a read of one small file."""
        version = self._registry.current()
        if version != self._version and version is not None and self._lock.acquire(blocking=False):
            # Whoever comes while the new version loads is served by the old one.
            try:
                self._swap(version)
            finally:
                self._lock.release()
        return self._snapshot

    def _swap(self, version: str) -> None:
        if version == self._version:
            return
        self._version = version
        try:
            self._snapshot = self._build(self._registry.load(version))
            logger.info("Model %s serves now.", version)
        except ParleyError:
            logger.exception("Model %s cannot serve; %s goes on.", version, self._snapshot.embeddings.card.version)


def align(embeddings: Embeddings, index: CatalogueIndex, encoder: TextEncoder) -> Embeddings:
    """`embeddings` with item arrays in the order of `index`; items that left the catalogue drop out of histories."""
    known = {str(item): row for row, item in enumerate(embeddings.item_ids)}
    ids = [item.id for item in index.items]
    if ids == list(known):
        return embeddings
    source = np.array([known.get(item, -1) for item in ids], dtype=np.intp)
    fresh = source < 0
    text = embeddings.text_vectors[source]
    vectors = embeddings.item_vectors[source]
    popularity, trend = embeddings.popularity[source], embeddings.trend[source]
    warm = embeddings.warm[source] & ~fresh
    if fresh.any():
        new_items = [index.items[row] for row in np.flatnonzero(fresh)]
        text[fresh] = centre(encode_items(new_items, encoder), embeddings.text_mean)
        vectors[fresh] = map_text(text[fresh], embeddings.text_map)
        popularity[fresh] = trend[fresh] = 0.0
    start, items, bought = _history(embeddings, source)
    return replace(
        embeddings,
        item_ids=np.array(ids, dtype=np.str_),
        item_vectors=vectors,
        warm=warm,
        popularity=popularity,
        trend=trend,
        text_vectors=text,
        history_start=start,
        history_items=items,
        history_bought=bought,
        neighbours=embeddings.neighbours.moved(source),
        sequence=None if embeddings.sequence is None else _moved(embeddings.sequence, source, text),
    )


def spoken_catalogue(names: Catalogue, embeddings: Embeddings) -> Catalogue:
    """`names` with what the model knows of each item: its text, the taste for it, and how many like it."""
    taste = embeddings.item_vectors[:, :-1]
    lengths = np.linalg.norm(taste, axis=1, keepdims=True)
    return names.with_vectors(
        embeddings.text_vectors,
        (taste / np.maximum(lengths, 1e-9)).astype(np.float32),
        np.log1p(embeddings.popularity).astype(np.float32),
    )


def _conversations(catalogue: Catalogue, embeddings: Embeddings, folder: Path | None) -> ConversationModel:
    """What past conversations taught this version, or weights set by hand where they taught nothing yet."""
    if folder is not None and (folder / ARRAYS).exists():
        try:
            return ConversationModel.load(folder, catalogue)
        except ModelError as error:
            logger.warning("%s What was set by hand serves meanwhile.", error)
    return ConversationModel.fresh(catalogue, np.stack([embeddings.text_mean, embeddings.text_mean]))


def _moved(model: SequenceModel, source: NDArray[np.intp], text: NDArray[np.float32]) -> SequenceModel:
    fresh = source < 0
    vectors = model.item_vectors[source]
    vectors[fresh] = map_text(text[fresh], model.text_map)
    return replace(model, item_vectors=vectors, warm=model.warm[source] & ~fresh)


def _history(
    embeddings: Embeddings, source: NDArray[np.intp]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.bool_]]:
    target = np.full(len(embeddings.item_ids), -1, dtype=np.int32)
    target[source[source >= 0]] = np.flatnonzero(source >= 0)
    moved = target[embeddings.history_items]
    kept = moved >= 0
    running = np.concatenate([[0], np.cumsum(kept)])
    return running[embeddings.history_start].astype(np.int64), moved[kept], embeddings.history_bought[kept]

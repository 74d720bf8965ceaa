from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recommender.errors import ModelError
from recommender.model.embeddings import Embeddings, ModelCard
from recommender.model.registry import Registry
from recommender.serving.index import CatalogueIndex
from recommender.serving.live import LiveModel, Snapshot, align
from recommender.types import Item


@pytest.fixture
def registry(tmp_path: Path, embeddings: Embeddings) -> Registry:
    registry = Registry(tmp_path)
    registry.promote(registry.add(embeddings))
    return registry


def versioned(embeddings: Embeddings, version: str) -> Embeddings:
    return replace(embeddings, card=replace(embeddings.card, version=version))


def live(registry: Registry, index: CatalogueIndex, encoder: Any) -> LiveModel:
    return LiveModel(registry, lambda arrays: Snapshot.build(index, arrays, encoder))


def test_a_promoted_version_serves_without_a_restart(
    registry: Registry, index: CatalogueIndex, embeddings: Embeddings, encoder: Any
) -> None:
    model = live(registry, index, encoder)
    assert model.snapshot().embeddings.card.version == "tiny"
    registry.promote(registry.add(versioned(embeddings, "tiny-2")))
    assert model.snapshot().embeddings.card.version == "tiny-2"


def test_an_unreadable_version_leaves_the_old_one_serving(
    registry: Registry, index: CatalogueIndex, embeddings: Embeddings, encoder: Any
) -> None:
    model = live(registry, index, encoder)
    registry.add(versioned(embeddings, "broken"))
    (registry.folder / "broken" / "model.npz").write_bytes(b"not an archive")
    registry.promote("broken")
    assert model.snapshot().embeddings.card.version == "tiny"


def test_a_model_of_another_encoder_is_refused(index: CatalogueIndex, embeddings: Embeddings, encoder: Any) -> None:
    foreign = replace(embeddings, card=ModelCard(version="x", encoder="other"))
    with pytest.raises(ModelError, match="another encoder"):
        Snapshot.build(index, foreign, encoder)


def test_a_catalogue_that_changed_since_training_still_fits(
    items: list[Item], embeddings: Embeddings, encoder: Any
) -> None:
    new = replace(items[4], id="boots-9", titles={"en": "green boots"})
    changed = CatalogueIndex.build([new, *items[:3][::-1]])  # dress-3, dress-2, dress-1; everything else has left
    aligned = align(embeddings, changed, encoder)
    assert list(aligned.item_ids) == ["boots-9", "dress-3", "dress-2", "dress-1"]
    assert list(aligned.warm) == [False, True, True, True]
    np.testing.assert_allclose(aligned.item_vectors[3], embeddings.item_vectors[0])
    # The new item stands where its text stands; ann's history keeps dress-1 and loses the boots that left.
    assert int(np.argmax(aligned.item_vectors[0, :3])) == 1
    assert [changed.items[row].id for row in aligned.history(0)] == ["dress-1"]
    assert list(aligned.bought(0)) == []


def test_an_unchanged_catalogue_costs_nothing(index: CatalogueIndex, embeddings: Embeddings, encoder: Any) -> None:
    assert align(embeddings, index, encoder) is embeddings

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recommender.errors import ModelError
from recommender.model.embeddings import Embeddings, ModelCard
from recommender.model.ranker import Ranker
from recommender.model.registry import Registry
from recommender.model.sequence import SequenceModel
from recommender.serving.index import CatalogueIndex
from recommender.serving.live import LiveModel, Snapshot, align
from recommender.serving.recommend import recommend
from recommender.types import Item, Request


@pytest.fixture
def registry(tmp_path: Path, embeddings: Embeddings) -> Registry:
    registry = Registry(tmp_path)
    registry.promote(registry.add(embeddings))
    return registry


def versioned(embeddings: Embeddings, version: str) -> Embeddings:
    return replace(embeddings, card=replace(embeddings.card, version=version))


def sequence_of(items: int) -> SequenceModel:
    """Vectors that count the items, and a network that cannot run."""
    vectors = np.repeat(np.arange(items, dtype=np.float32)[:, None], 4, axis=1)
    text_map = np.vstack([2 * np.eye(3, 4), np.full(4, 100.0)]).astype(np.float32)
    return SequenceModel(vectors, text_map, np.ones(items, dtype=bool), b"not a network")


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


@pytest.mark.parametrize("fault", ["ranker", "network"])
def test_a_version_that_cannot_score_leaves_the_old_one_serving(
    registry: Registry, index: CatalogueIndex, embeddings: Embeddings, encoder: Any, fault: str
) -> None:
    model = live(registry, index, encoder)
    broken = versioned(embeddings, "broken")
    if fault == "ranker":
        broken = replace(broken, ranker=Ranker.linear({"text": 1.0}, ("text",), 5))
    else:
        broken = replace(broken, sequence=sequence_of(8))
    registry.promote(registry.add(broken))
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


def test_every_kind_of_evidence_moves_with_the_catalogue(
    items: list[Item], embeddings: Embeddings, encoder: Any
) -> None:
    model = replace(embeddings, sequence=sequence_of(8))
    new = replace(items[4], id="boots-9", titles={"en": "green boots"})
    changed = CatalogueIndex.build([new, items[6], items[5], items[4], items[0]])
    aligned = align(model, changed, encoder)
    assert list(aligned.trend) == [0.0, 7.0, 1.0, 1.0, 1.0]
    assert list(aligned.popularity) == [0.0, 3.0, 1.0, 9.0, 5.0]
    # boots-1 keeps its link to boots-2, in another row; that to hat-2 left with the hat, and dress-1's with dress-2.
    said = [aligned.neighbours.evidence(np.array([row]), np.ones(1, dtype=np.float32)) for row in range(5)]
    assert {(row, int(to)) for row in range(5) for to in np.flatnonzero(said[row])} == {(2, 3), (3, 2)}
    assert aligned.sequence is not None
    assert list(aligned.sequence.warm) == [False, True, True, True, True]
    np.testing.assert_array_equal(aligned.sequence.item_vectors[1:, 0], [6, 5, 4, 0])
    # The map of the sequence model doubles a text, to which it adds 100.
    np.testing.assert_allclose(aligned.sequence.item_vectors[0, :3], 2 * aligned.text_vectors[0] + 100)
    assert model.sequence is not None
    assert aligned.sequence.network == model.sequence.network


def test_a_person_whose_history_left_the_catalogue_is_still_served(
    items: list[Item], embeddings: Embeddings, encoder: Any
) -> None:
    only_hats = CatalogueIndex.build(items[6:])
    snapshot = Snapshot.build(only_hats, embeddings, encoder)
    shown, _ = recommend(snapshot, Request("ann", "s"), encoder)
    assert {entry.item.id for entry in shown} == {"hat-1", "hat-2"}


def test_an_unchanged_catalogue_costs_nothing(index: CatalogueIndex, embeddings: Embeddings, encoder: Any) -> None:
    assert align(embeddings, index, encoder) is embeddings

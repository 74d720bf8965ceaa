from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.errors import ModelError
from recommender.model.embeddings import BlendWeights, Embeddings, ModelCard, load_embeddings
from recommender.model.registry import Registry


@pytest.fixture
def model() -> Embeddings:
    return Embeddings(
        item_ids=np.array(["a", "b"]),
        item_vectors=np.eye(2, 3, dtype=np.float32),
        warm=np.array([True, False]),
        popularity=np.array([1, 0], dtype=np.float32),
        text_vectors=np.eye(2, 4, dtype=np.float32),
        text_mean=np.zeros(4, dtype=np.float32),
        text_map=np.zeros((5, 3), dtype=np.float32),
        person_ids=np.array(["阿明"]),
        person_vectors=np.ones((1, 3), dtype=np.float32),
        mean_person=np.ones(3, dtype=np.float32),
        history_start=np.array([0, 1]),
        history_items=np.array([0], dtype=np.int32),
        history_bought=np.array([True]),
        card=ModelCard(version="v1", metrics={"ndcg@10": 0.2}, weights=BlendWeights(text=0.5)),
    )


def test_a_model_comes_back_as_it_was_stored(tmp_path: Path, model: Embeddings) -> None:
    registry = Registry(tmp_path)
    registry.promote(registry.add(model))
    back = registry.load()
    assert back.card == model.card
    np.testing.assert_array_equal(back.item_vectors, model.item_vectors)
    assert list(back.person_ids) == ["阿明"]
    assert list(back.history(0)) == [0]


def test_a_new_version_does_not_serve_before_it_is_promoted(tmp_path: Path, model: Embeddings) -> None:
    registry = Registry(tmp_path)
    registry.add(model)
    assert registry.current() is None
    assert registry.versions() == ("v1",)
    with pytest.raises(ModelError, match="make prepare"):
        registry.load()


def test_promoting_an_unknown_version_is_refused_and_changes_nothing(tmp_path: Path, model: Embeddings) -> None:
    registry = Registry(tmp_path)
    registry.promote(registry.add(model))
    with pytest.raises(ModelError, match="no model version v9"):
        registry.promote("v9")
    assert registry.current() == "v1"


def test_versions_are_never_overwritten(tmp_path: Path, model: Embeddings) -> None:
    registry = Registry(tmp_path)
    registry.add(model)
    with pytest.raises(ModelError, match="exists"):
        registry.add(model)


def test_a_damaged_archive_is_refused_with_a_remedy(tmp_path: Path, model: Embeddings) -> None:
    registry = Registry(tmp_path)
    folder = tmp_path / registry.add(model)
    (folder / "model.npz").write_bytes((folder / "model.npz").read_bytes()[:100])
    with pytest.raises(ModelError, match="parley train"):
        load_embeddings(folder)


def test_arrays_that_do_not_fit_are_refused(tmp_path: Path, model: Embeddings) -> None:
    registry = Registry(tmp_path)
    folder = tmp_path / registry.add(replace(model, popularity=np.zeros(3, dtype=np.float32)))
    with pytest.raises(ModelError, match="do not fit"):
        load_embeddings(folder)


def test_values_that_are_not_finite_are_refused(tmp_path: Path, model: Embeddings) -> None:
    registry = Registry(tmp_path)
    broken = replace(model, item_vectors=np.full((2, 3), np.nan, dtype=np.float32))
    with pytest.raises(ModelError, match="not finite"):
        load_embeddings(tmp_path / registry.add(broken))


def test_nothing_in_a_version_is_a_pickle(tmp_path: Path, model: Embeddings) -> None:
    registry = Registry(tmp_path)
    folder = tmp_path / registry.add(model)
    with zipfile.ZipFile(folder / "model.npz") as archive:
        assert all(name.endswith(".npy") for name in archive.namelist())
    with np.load(folder / "model.npz", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)


def test_a_failed_write_leaves_no_version_behind(tmp_path: Path, model: Embeddings) -> None:
    registry = Registry(tmp_path / "file")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ModelError, match="cannot be written"):
        registry.add(model)
    assert registry.versions() == ()

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from recommender.errors import ModelError
from recommender.model.embeddings import Embeddings
from recommender.model.registry import Registry


def test_a_model_comes_back_as_it_was_stored(tmp_path: Path, tiny: Embeddings) -> None:
    registry = Registry(tmp_path)
    registry.promote(registry.add(tiny))
    back = registry.load()
    assert back.card == tiny.card
    np.testing.assert_array_equal(back.item_vectors, tiny.item_vectors)
    assert list(back.person_ids) == ["阿明"]
    assert list(back.history(0)) == [0]


def test_a_new_version_does_not_serve_before_it_is_promoted(tmp_path: Path, tiny: Embeddings) -> None:
    registry = Registry(tmp_path)
    registry.add(tiny)
    assert registry.current() is None
    assert registry.versions() == ("v1",)
    with pytest.raises(ModelError, match="make prepare"):
        registry.load()


def test_promoting_an_unknown_version_is_refused_and_changes_nothing(tmp_path: Path, tiny: Embeddings) -> None:
    registry = Registry(tmp_path)
    registry.promote(registry.add(tiny))
    with pytest.raises(ModelError, match="no model version v9"):
        registry.promote("v9")
    assert registry.current() == "v1"


def test_versions_are_never_overwritten(tmp_path: Path, tiny: Embeddings) -> None:
    registry = Registry(tmp_path)
    registry.add(tiny)
    with pytest.raises(ModelError, match="exists"):
        registry.add(tiny)


def test_a_failed_write_leaves_no_version_behind(tmp_path: Path, tiny: Embeddings) -> None:
    registry = Registry(tmp_path / "file")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ModelError, match="cannot be written"):
        registry.add(tiny)
    assert registry.versions() == ()

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from pathlib import Path

import numpy as np
import pytest

from recommender.errors import ModelError
from recommender.model.embeddings import Embeddings, load_embeddings, read_card
from recommender.model.neighbours import Links

NAN = np.float32("nan")


def again(model: Embeddings, folder: Path) -> Embeddings:
    model.save(folder)
    return load_embeddings(folder)


def same(one: np.ndarray, other: np.ndarray) -> None:
    np.testing.assert_array_equal(one, other)
    assert one.dtype == other.dtype
    assert one.shape == other.shape


def test_every_array_comes_back_as_it_was_stored(tmp_path: Path, tiny: Embeddings) -> None:
    back = again(tiny, tmp_path)
    for one in fields(Embeddings):
        if one.name not in ("neighbours", "sequence", "ranker", "card"):
            same(getattr(back, one.name), getattr(tiny, one.name))
    for one in fields(Links):
        same(getattr(back.neighbours, one.name), getattr(tiny.neighbours, one.name))
    assert back.card == tiny.card


def test_the_sequence_model_comes_back_with_its_network(tmp_path: Path, tiny: Embeddings) -> None:
    back = again(tiny, tmp_path).sequence
    assert back is not None
    assert tiny.sequence is not None
    assert back.network == tiny.sequence.network
    for name in ("item_vectors", "text_map", "warm"):
        same(getattr(back, name), getattr(tiny.sequence, name))


def test_the_ranker_comes_back_and_scores_alike_in_every_bucket(tmp_path: Path, tiny: Embeddings) -> None:
    own = np.array([[0.0, 1.0, 2.0], [3.0, 0.0, 0.0]], dtype=np.float32)
    bucketed = replace(
        tiny.ranker, factors=own, query_factors=np.eye(3, dtype=np.float32), query_bias=np.zeros(3, dtype=np.float32)
    )
    back = again(replace(tiny, ranker=bucketed), tmp_path).ranker
    assert back.names == bucketed.names
    for name, array in bucketed.arrays().items():
        same(back.arrays()[name], array)
    columns = np.array([[1.0, 0.5], [0.0, -2.0]], dtype=np.float32)
    for hot in np.eye(3, dtype=np.float32):
        same(back.score(columns, hot), bucketed.score(columns, hot))


def test_parts_that_are_off_stay_off(tmp_path: Path, tiny: Embeddings) -> None:
    bare = replace(tiny, neighbours=Links.none(2), sequence=None, card=replace(tiny.card, parts=()))
    back = again(bare, tmp_path)
    assert back.sequence is None
    assert not len(back.neighbours.items)
    assert back.card.parts == ()


def test_nothing_in_a_model_is_a_pickle(tmp_path: Path, tiny: Embeddings) -> None:
    tiny.save(tmp_path)
    with zipfile.ZipFile(tmp_path / "model.npz") as archive:
        assert all(name.endswith(".npy") for name in archive.namelist())
    with np.load(tmp_path / "model.npz", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)


def refused(folder: Path, what: str) -> None:
    with pytest.raises(ModelError, match=what) as caught:
        load_embeddings(folder)
    assert "parley train" in str(caught.value)


@pytest.mark.parametrize("kept", [0, 100, 2000])
def test_an_archive_that_was_cut_off_is_refused_with_a_remedy(tmp_path: Path, tiny: Embeddings, kept: int) -> None:
    tiny.save(tmp_path)
    archive = tmp_path / "model.npz"
    archive.write_bytes(archive.read_bytes()[:kept])
    refused(tmp_path, "cannot be read")


def test_a_flipped_byte_is_noticed(tmp_path: Path, tiny: Embeddings) -> None:
    tiny.save(tmp_path)
    archive = tmp_path / "model.npz"
    content = bytearray(archive.read_bytes())
    content[content.index(b"a network")] ^= 1
    archive.write_bytes(bytes(content))
    refused(tmp_path, "cannot be read")


def rewrite(folder: Path, change: Callable[[dict[str, np.ndarray]], object]) -> None:
    with np.load(folder / "model.npz", allow_pickle=False) as archive:
        arrays = {name: archive[name] for name in archive.files}
    change(arrays)
    np.savez(folder / "model.npz", **arrays)


@pytest.mark.parametrize(
    "name", ["item_vectors", "trend", "neighbours.weights", "ranker.weights", "ranker.names", "sequence.warm", "format"]
)
def test_an_array_that_is_missing_is_named(tmp_path: Path, tiny: Embeddings, name: str) -> None:
    tiny.save(tmp_path)
    rewrite(tmp_path, lambda arrays: arrays.pop(name))
    refused(tmp_path, name.split(".")[-1])


def test_another_format_is_said_to_be_one(tmp_path: Path, tiny: Embeddings) -> None:
    tiny.save(tmp_path)
    rewrite(tmp_path, lambda arrays: arrays.update(format=np.array(1)))
    refused(tmp_path, "has format 1, not 2")


@pytest.mark.parametrize(
    "change",
    [
        {"popularity": np.zeros(3, dtype=np.float32)},
        {"trend": np.zeros(1, dtype=np.float32)},
        {"mean_person": np.zeros(4, dtype=np.float32)},
        {"neighbours": Links.none(3)},
        {"neighbours": Links(np.array([0, 1, 1]), np.array([2], np.int32), np.ones(1, np.float32))},
        {"neighbours": Links(np.array([0, 1, 2]), np.array([1], np.int32), np.ones(1, np.float32))},
        {"history_items": np.array([2], dtype=np.int32)},
        {"history_start": np.array([0, 2])},
    ],
    ids=lambda change: next(iter(change)),
)
def test_arrays_that_do_not_fit_are_refused(tmp_path: Path, tiny: Embeddings, change: dict[str, object]) -> None:
    replace(tiny, **change).save(tmp_path)  # type: ignore[arg-type]
    refused(tmp_path, "do not fit each other")


def test_a_sequence_model_of_other_items_is_refused(tmp_path: Path, tiny: Embeddings) -> None:
    assert tiny.sequence is not None
    other = replace(tiny.sequence, item_vectors=np.zeros((3, 3), dtype=np.float32))
    replace(tiny, sequence=other).save(tmp_path)
    refused(tmp_path, "do not fit each other")


@pytest.mark.parametrize("where", ["item_vectors", "person_vectors", "neighbours", "ranker", "sequence"])
def test_values_that_are_not_finite_are_refused(tmp_path: Path, tiny: Embeddings, where: str) -> None:
    assert tiny.sequence is not None
    broken: dict[str, object] = {
        "item_vectors": tiny.item_vectors * NAN,
        "person_vectors": tiny.person_vectors * NAN,
        "neighbours": replace(tiny.neighbours, weights=tiny.neighbours.weights * NAN),
        "ranker": replace(tiny.ranker, weights=tiny.ranker.weights * NAN),
        "sequence": replace(tiny.sequence, item_vectors=tiny.sequence.item_vectors * NAN),
    }
    replace(tiny, **{where: broken[where]}).save(tmp_path)  # type: ignore[arg-type]
    refused(tmp_path, "not finite")


@pytest.mark.parametrize(
    "change",
    [
        lambda card: card.pop("parts"),
        lambda card: card["weights"].update(hybrid=1.0),  # of an older release
        lambda card: card.update(unheard="of"),
    ],
    ids=["without parts", "other weights", "another field"],
)
def test_a_card_of_another_release_is_refused_with_a_remedy(
    tmp_path: Path, tiny: Embeddings, change: Callable[[dict[str, object]], object]
) -> None:
    tiny.save(tmp_path)
    card = json.loads(json.dumps(asdict(tiny.card)))
    change(card)
    (tmp_path / "card.json").write_text(json.dumps(card), encoding="utf-8")
    refused(tmp_path, "card .* cannot be read")


def test_a_card_can_be_read_without_the_arrays(tmp_path: Path, tiny: Embeddings) -> None:
    tiny.save(tmp_path)
    (tmp_path / "model.npz").unlink()
    assert read_card(tmp_path) == tiny.card
    refused(tmp_path, "cannot be read")

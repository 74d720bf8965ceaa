from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from recommender.encoders.source import Recipe, Source, read_recipe
from recommender.errors import EncoderError

MakeST = Callable[[Path, str, int], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Looks like a checkpoint; its weights are never read here."""
    place = tmp_path / "model"
    place.mkdir()
    (place / "config.json").write_text("{}")
    (place / "model.safetensors").write_bytes(b"weights")
    return place


def test_a_setting_is_the_bundled_model_a_folder_or_a_hub_id(folder: Path) -> None:
    assert Source.parse("bundled").kind == "bundled"
    assert Source.parse(str(folder)) == Source("folder", "model", folder)
    assert Source.parse("intfloat/multilingual-e5-base") == Source("hub", "intfloat/multilingual-e5-base")
    assert Source.parse("a/b@v1.0").revision == "v1.0"


@pytest.mark.parametrize("text", ["", "nonsense", "./no/such/folder", "/no/such", "a/b/c", "a b/c", "a/b@"])
def test_anything_else_is_refused_and_the_setting_named(text: str) -> None:
    with pytest.raises(EncoderError, match="PARLEY_ENCODER"):
        Source.parse(text)


def test_a_folder_without_a_checkpoint_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"has no config\.json"):
        Source.parse(str(tmp_path))


def test_the_digest_follows_every_file_that_makes_the_encoder(folder: Path) -> None:
    before = Source.parse(str(folder)).digest()
    assert Source.parse(str(folder)).digest() == before
    (folder / "README.md").write_text("no part of it")
    assert Source.parse(str(folder)).digest() == before
    (folder / "model.safetensors").write_bytes(b"weightz")
    changed = Source.parse(str(folder)).digest()
    (folder / "parley.json").write_text("{}")
    assert len({before, changed, Source.parse(str(folder)).digest()}) == 3


def test_the_digest_of_a_hub_id_needs_no_network_and_follows_the_revision() -> None:
    assert Source.parse("a/b").digest() == Source.parse("a/b").digest()
    assert Source.parse("a/b").digest() != Source.parse("a/b@v2").digest()


@pytest.mark.parametrize(
    ("name", "prefixes"),
    [
        ("intfloat/multilingual-e5-base", ("query: ", "passage: ")),
        ("E5-small-v2", ("query: ", "passage: ")),
        ("paraphrase-multilingual-MiniLM-L12-v2", ("", "")),
        ("some5thing", ("", "")),
        ("me5/other", ("", "")),
    ],
)
def test_e5_models_get_their_prefixes_by_name(folder: Path, name: str, prefixes: tuple[str, str]) -> None:
    recipe = read_recipe(folder, name)
    assert (recipe.query_prefix, recipe.passage_prefix) == prefixes


def test_prompts_come_before_the_name_and_parley_json_before_prompts(folder: Path) -> None:
    prompts = {"prompts": {"query": "search: ", "document": "text: "}}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(prompts))
    assert read_recipe(folder, "e5") == Recipe("mean", "search: ", "text: ")
    (folder / "parley.json").write_text(json.dumps({"query_prefix": "", "max_tokens": 64}))
    assert read_recipe(folder, "e5") == Recipe("mean", "", "text: ", 64)


@pytest.mark.parametrize(("way", "pooling"), [("cls_token", "cls"), ("mean_tokens", "mean")])
def test_pooling_and_length_of_sentence_transformers_are_respected(
    folder: Path, as_sentence_transformer: MakeST, way: str, pooling: str
) -> None:
    as_sentence_transformer(folder, way, 99)
    assert read_recipe(folder, "x") == Recipe(pooling, "", "", 99)  # type: ignore[arg-type]


def test_pooling_by_maximum_is_refused(folder: Path, as_sentence_transformer: MakeST) -> None:
    as_sentence_transformer(folder, "max_tokens", 99)
    with pytest.raises(EncoderError, match="pooling by max_tokens"):
        read_recipe(folder, "x")


def test_a_layer_behind_the_pooling_is_refused(folder: Path) -> None:
    modules = [{"type": "sentence_transformers.models.Dense", "path": "2_Dense"}]
    (folder / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(EncoderError, match="layer of kind Dense"):
        read_recipe(folder, "x")


@pytest.mark.parametrize(("text", "fault"), [("{", "is no JSON"), ("[]", "should hold a JSON object")])
def test_a_file_that_is_no_json_object_is_named(folder: Path, text: str, fault: str) -> None:
    (folder / "parley.json").write_text(text)
    with pytest.raises(EncoderError, match=rf"parley\.json {fault}"):
        read_recipe(folder, "x")

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from safetensors.torch import load_file, save_file

from recommender.encoders.checkpoint import Checkpoint, load_checkpoint
from recommender.encoders.export import agreement, build_encoder, encoder_is_current, fingerprint, float_vectors
from recommender.encoders.sample import PASSAGES, QUERIES
from recommender.errors import EncoderError
from recommender.language.encoder import Encoder

SaveTiny = Callable[..., Path]
ROOT = Path(__file__).resolve().parents[3]


def test_a_local_checkpoint_becomes_an_encoder_that_agrees_with_it(save_tiny: SaveTiny, tmp_path: Path) -> None:
    target = tmp_path / "var" / "encoder"
    said: list[str] = []
    source = str(save_tiny("tiny-e5"))
    card = build_encoder(source, target, said.append)
    encoder = Encoder.load(target)
    assert encoder.card == card
    assert (card.name, card.dimension, card.max_tokens, card.query_prefix) == ("tiny-e5", 32, 128, "query: ")
    assert card.cosine >= 0.99
    assert agreement(encoder, float_vectors(load_checkpoint(source, tmp_path))) == pytest.approx(card.cosine, abs=1e-4)
    assert sorted(path.name for path in target.iterdir()) == ["encoder.json", "model.onnx", "tokenizer.json"]
    assert [path.name for path in target.parent.iterdir()] == ["encoder"]
    assert all(sentence.endswith(".") for sentence in said)
    assert len(said) == 5


def test_the_graph_has_the_agreed_inputs_and_outputs_for_any_batch_and_length(
    save_tiny: SaveTiny, tmp_path: Path
) -> None:
    build_encoder(str(save_tiny("tiny")), tmp_path / "encoder")
    session = onnxruntime.InferenceSession(str(tmp_path / "encoder" / "model.onnx"))
    assert {value.name: value.type for value in session.get_inputs()} == {
        "input_ids": "tensor(int64)",
        "attention_mask": "tensor(int64)",
    }
    for batch, length in ((1, 1), (1, 128), (5, 3)):
        ids = np.full((batch, length), 7, dtype=np.int64)
        feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        tokens, sentences = session.run(["token_embeddings", "sentence_embedding"], feeds)
        assert tokens.shape == (batch, length, 32)
        np.testing.assert_allclose(np.linalg.norm(sentences, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize(("kind", "way"), [("XLMRoberta", "mean_tokens"), ("Bert", "cls_token")])
def test_other_families_and_poolings_export_too(
    save_tiny: SaveTiny,
    as_sentence_transformer: Callable[[Path, str, int], None],
    tmp_path: Path,
    kind: str,
    way: str,
) -> None:
    folder = save_tiny("tiny", kind)
    as_sentence_transformer(folder, way, 60)
    assert build_encoder(str(folder), tmp_path / "encoder").cosine >= 0.99
    vectors = Encoder.load(tmp_path / "encoder").encode(["长" * 500, "短", "a much longer text " * 50])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_building_twice_gives_the_same_bytes_and_no_folder_of_this_machine(save_tiny: SaveTiny, tmp_path: Path) -> None:
    source = str(save_tiny("tiny"))
    build_encoder(source, tmp_path / "one" / "encoder")
    build_encoder(source, tmp_path / "two" / "encoder")
    for name in ("model.onnx", "tokenizer.json", "encoder.json"):
        content = (tmp_path / "one" / "encoder" / name).read_bytes()
        assert content == (tmp_path / "two" / "encoder" / name).read_bytes()
        assert str(ROOT).encode() not in content
        assert str(tmp_path).encode() not in content


def test_an_encoder_that_fails_its_check_leaves_the_one_that_stands(save_tiny: SaveTiny, tmp_path: Path) -> None:
    target = tmp_path / "var" / "encoder"
    build_encoder(str(save_tiny("old", seed=1)), target)
    before = {path.name: path.read_bytes() for path in target.iterdir()}
    with pytest.raises(EncoderError, match=r"mean cosine of 0\.9\d+ only, 1\.1 is the least.*PARLEY_ENCODER"):
        build_encoder(str(save_tiny("new", seed=2)), target, minimum_cosine=1.1)
    assert {path.name: path.read_bytes() for path in target.iterdir()} == before
    assert [path.name for path in target.parent.iterdir()] == ["encoder"]
    assert Encoder.load(target).card.name == "old"


def test_an_encoder_that_fails_its_first_check_writes_nothing(save_tiny: SaveTiny, tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="the least"):
        build_encoder(str(save_tiny("tiny")), tmp_path / "var" / "encoder", minimum_cosine=1.1)
    assert list((tmp_path / "var").iterdir()) == []


def test_a_target_that_cannot_be_written_is_named(save_tiny: SaveTiny, tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where a folder should be")
    with pytest.raises(EncoderError, match=r"cannot be written to .*var/encoder .*: make room"):
        build_encoder(str(save_tiny("tiny")), tmp_path / "var" / "encoder")


def test_weights_that_are_not_numbers_fail_the_check(save_tiny: SaveTiny, tmp_path: Path) -> None:
    folder = save_tiny("broken")
    weights = load_file(folder / "model.safetensors")
    weights["encoder.layer.1.output.LayerNorm.bias"][:] = float("nan")
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(EncoderError, match="broken"):
        build_encoder(str(folder), tmp_path / "encoder")
    assert not (tmp_path / "encoder").exists()


def test_staleness_follows_the_weights_and_what_stands_in_the_target(save_tiny: SaveTiny, tmp_path: Path) -> None:
    folder, target = save_tiny("tiny"), tmp_path / "encoder"
    assert not encoder_is_current(str(folder), target)
    build_encoder(str(folder), target)
    assert encoder_is_current(str(folder), target)
    assert not encoder_is_current("bundled", target)
    (folder / "parley.json").write_text('{"query_prefix": "find: "}')
    assert not encoder_is_current(str(folder), target)
    (folder / "parley.json").unlink()
    assert encoder_is_current(str(folder), target)
    with (target / "model.onnx").open("ab") as model:
        model.write(b"x")
    assert not encoder_is_current(str(folder), target)


def test_staleness_is_told_without_torch() -> None:
    program = (
        "import sys, pathlib\n"
        "from recommender.encoders.export import encoder_is_current\n"
        "encoder_is_current('bundled', pathlib.Path('nowhere'))\n"
        "print(sorted({'torch', 'transformers', 'onnx'} & set(sys.modules)))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_the_bundled_fingerprint_is_quick_enough_for_every_start() -> None:
    started = time.perf_counter()
    assert len(fingerprint("bundled")) == 16
    assert time.perf_counter() - started < 3


@pytest.mark.artefacts
def test_the_bundled_int8_encoder_agrees_with_its_float_model(bundled: Checkpoint) -> None:
    folder = ROOT / "var" / "encoder"
    if not (folder / "encoder.json").is_file():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"`make prepare` has not built {folder.name} yet.")
    if json.loads((folder / "encoder.json").read_text())["fingerprint"] != fingerprint("bundled"):
        pytest.skip("PARLEY_ENCODER names another model than the bundled one.")
    encoder, reference = Encoder.load(folder), float_vectors(bundled)
    assert agreement(encoder, reference) >= 0.99
    alone = np.vstack([encoder.encode([text]) for text in QUERIES])
    alone = np.vstack([alone, *(encoder.encode([text], "passage") for text in PASSAGES)])
    assert (alone * reference).sum(axis=1).min() >= 0.99

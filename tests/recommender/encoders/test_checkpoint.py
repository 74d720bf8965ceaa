from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from recommender.encoders.checkpoint import load_checkpoint
from recommender.encoders.graph import SentenceModel
from recommender.errors import EncoderError

SaveTiny = Callable[..., Path]
ROOT = Path(__file__).resolve().parents[3]


def test_a_local_folder_loads_with_its_own_weights(save_tiny: SaveTiny, tmp_path: Path) -> None:
    folder = save_tiny("tiny-e5")
    checkpoint = load_checkpoint(str(folder), tmp_path)
    state = checkpoint.model.state_dict()
    for name, values in load_file(folder / "model.safetensors").items():
        torch.testing.assert_close(state[name], values)
    assert (checkpoint.name, checkpoint.dimension, checkpoint.max_tokens) == ("tiny-e5", 32, 128)
    assert (checkpoint.pooling, checkpoint.query_prefix, checkpoint.passage_prefix) == ("mean", "query: ", "passage: ")
    assert not checkpoint.model.training


def test_roberta_counts_positions_from_its_padding_id(save_tiny: SaveTiny, tmp_path: Path) -> None:
    checkpoint = load_checkpoint(str(save_tiny("tiny", "XLMRoberta", max_position_embeddings=40)), tmp_path)
    assert checkpoint.max_tokens == 38
    ids = torch.full((1, 38), 7)
    tokens, sentence = SentenceModel(checkpoint.model, "mean")(ids, torch.ones_like(ids))
    assert tokens.shape == (1, 38, 32)
    assert sentence.norm().item() == pytest.approx(1, abs=1e-5)


def test_sentence_transformers_length_counts_when_it_is_shorter(
    save_tiny: SaveTiny, as_sentence_transformer: Callable[[Path, str, int], None], tmp_path: Path
) -> None:
    folder = save_tiny("tiny")
    as_sentence_transformer(folder, "cls_token", 20)
    checkpoint = load_checkpoint(str(folder), tmp_path)
    assert (checkpoint.pooling, checkpoint.max_tokens) == ("cls", 20)
    as_sentence_transformer(folder, "cls_token", 4000)
    assert load_checkpoint(str(folder), tmp_path).max_tokens == 128


def test_cls_pooling_takes_the_first_token_and_mean_pooling_those_behind_the_mask(
    save_tiny: SaveTiny, tmp_path: Path
) -> None:
    model = load_checkpoint(str(save_tiny("tiny")), tmp_path).model
    ids, mask = torch.tensor([[0, 5, 6, 2, 1, 1]]), torch.tensor([[1, 1, 1, 1, 0, 0]])
    with torch.inference_mode():
        tokens, first = SentenceModel(model, "cls")(ids, mask)
        mean = SentenceModel(model, "mean")(ids, mask)[1]
    unit = torch.nn.functional.normalize
    torch.testing.assert_close(first, unit(tokens[:, 0], dim=-1))
    torch.testing.assert_close(mean, unit(tokens[:, :4].mean(dim=1), dim=-1))


def test_weights_of_another_shape_are_refused_with_the_folder_named(save_tiny: SaveTiny, tmp_path: Path) -> None:
    folder = save_tiny("tiny")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"num_hidden_layers": 3}))
    with pytest.raises(EncoderError, match=r"tiny lacks weights.*config\.json"):
        load_checkpoint(str(folder), tmp_path)


def test_damaged_weights_and_a_missing_tokenizer_are_refused_with_the_folder_named(
    save_tiny: SaveTiny, tmp_path: Path
) -> None:
    damaged = save_tiny("damaged")
    (damaged / "model.safetensors").write_bytes(b"nothing of the kind")
    with pytest.raises(EncoderError, match="damaged is no checkpoint that transformers can load"):
        load_checkpoint(str(damaged), tmp_path)
    dumb = save_tiny("dumb")
    (dumb / "tokenizer.json").unlink()
    with pytest.raises(EncoderError, match=r"dumb has no tokenizer\.json"):
        load_checkpoint(str(dumb), tmp_path)


def test_a_hub_out_of_reach_gives_one_sentence_with_the_way_out(tmp_path: Path) -> None:
    program = (
        "import pathlib, sys\n"
        "from recommender.encoders.checkpoint import load_checkpoint\n"
        "from recommender.errors import EncoderError\n"
        "try:\n    load_checkpoint('nobody/nothing', pathlib.Path(sys.argv[1]))\n"
        "except EncoderError as error:\n    print(error)\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "hub")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HF_ENDPOINT": "http://127.0.0.1:9"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "nobody/nothing" in result.stdout
    assert "set PARLEY_ENCODER to a local folder or 'bundled'" in result.stdout
    assert len(result.stdout.splitlines()) == 1

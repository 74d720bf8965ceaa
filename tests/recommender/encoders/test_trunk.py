from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from recommender.encoders.checkpoint import Checkpoint, load_checkpoint
from recommender.encoders.graph import SentenceModel
from recommender.encoders.lora import add_adapter, copy_of, learning, merge, put_back, set_dropout
from recommender.encoders.precision import Arithmetic, choose_device, choose_precision, has_bfloat16
from recommender.encoders.recipe import FinetuneSettings
from recommender.encoders.rows import TokenRows, tokenise
from recommender.encoders.saving import save_checkpoint
from recommender.encoders.source import read_recipe
from recommender.encoders.trunk import SplitEncoder
from recommender.errors import EncoderError

SaveTiny = Callable[..., Path]
CPU = torch.device("cpu")
PLAIN = Arithmetic(CPU, "float32")
TEXTS = ["red", "a red silk dress", "jeans", "waterproof boots for the rain", ""]


def rows_of(checkpoint: Checkpoint) -> TokenRows:
    return tokenise(checkpoint.tokenizer, "", TEXTS, 64, keep_end=False)


def whole(model: torch.nn.Module, checkpoint: Checkpoint) -> np.ndarray:
    """Each text by itself through all layers."""
    encode = SentenceModel(model, checkpoint.pooling)
    with torch.no_grad():
        ids = [torch.tensor([checkpoint.tokenizer.encode(text).ids]) for text in TEXTS]
        return np.concatenate([encode(row, torch.ones_like(row))[1].numpy() for row in ids])


@pytest.mark.parametrize(("kind", "layers"), [("Bert", 1), ("Bert", 2), ("XLMRoberta", 1)])
@pytest.mark.parametrize("megabytes", [100, 0])
def test_two_halves_say_what_the_whole_says(
    kind: str, layers: int, megabytes: int, save_tiny: SaveTiny, tmp_path: Path
) -> None:
    checkpoint = load_checkpoint(str(save_tiny("tiny", kind=kind)), tmp_path)
    encoder = SplitEncoder(checkpoint.model, "mean", rows_of(checkpoint), layers, 2, PLAIN)
    encoder.cache(tmp_path, megabytes)
    found = np.zeros((len(TEXTS), 32), dtype=np.float32)
    encoder.encode(np.array([0, 1, 3, 4]), found)
    expected = whole(checkpoint.model, checkpoint)
    expected[2] = 0
    np.testing.assert_allclose(found, expected, atol=2e-3)  # what is cached is rounded to float16
    again = encoder.vectors(np.array([3, 0])).detach().numpy()
    np.testing.assert_allclose(again, expected[[3, 0]], atol=2e-3)


def test_an_adapter_changes_nothing_at_first_and_its_merged_form_says_what_it_said(
    save_tiny: SaveTiny, tmp_path: Path
) -> None:
    checkpoint = load_checkpoint(str(save_tiny("tiny")), tmp_path)
    before = whole(checkpoint.model, checkpoint)
    adapted = add_adapter(checkpoint.model, FinetuneSettings(layers=1, rank=4, alpha=8))
    assert all("lora_" in name and ".layer.1." in name for name in learning(adapted))
    assert len(learning(adapted)) == 4  # A and B of query and value
    set_dropout(adapted, on=False)
    np.testing.assert_array_equal(whole(adapted.get_base_model(), checkpoint), before)
    weights = copy_of(adapted)
    generator = torch.Generator().manual_seed(0)
    put_back(adapted, {name: torch.randn(value.shape, generator=generator) / 4 for name, value in weights.items()})
    changed = whole(adapted.get_base_model(), checkpoint)
    assert np.abs(changed - before).max() > 0.05
    merged = merge(adapted)
    np.testing.assert_allclose(whole(merged, checkpoint), changed, atol=1e-5)
    assert not any("lora" in name for name in merged.state_dict())
    with pytest.raises(EncoderError, match="another model"):
        put_back(merged, weights)


def test_only_the_adapters_own_dropout_is_on_while_it_learns(save_tiny: SaveTiny, tmp_path: Path) -> None:
    adapted = add_adapter(load_checkpoint(str(save_tiny("tiny")), tmp_path).model, FinetuneSettings(layers=2))
    set_dropout(adapted, on=True)
    on = {name for name, module in adapted.named_modules() if isinstance(module, torch.nn.Dropout) and module.training}
    assert on
    assert all("lora_dropout" in name for name in on)
    set_dropout(adapted, on=False)
    assert not any(module.training for module in adapted.modules() if isinstance(module, torch.nn.Dropout))


@pytest.mark.parametrize("pooling", ["mean", "cls"])
def test_a_saved_checkpoint_is_loaded_as_it_was(pooling: str, save_tiny: SaveTiny, tmp_path: Path) -> None:
    from dataclasses import replace

    checkpoint = replace(
        load_checkpoint(str(save_tiny("tiny")), tmp_path),
        pooling=pooling,  # type: ignore[arg-type]
        query_prefix="ask: ",
        passage_prefix="",
        max_tokens=100,
    )
    for _ in range(2):  # the second replaces the first
        save_checkpoint(checkpoint, tmp_path / "saved")
    recipe = read_recipe(tmp_path / "saved", "saved")
    assert (recipe.pooling, recipe.query_prefix, recipe.passage_prefix, recipe.max_tokens) == (
        pooling,
        "ask: ",
        "",
        100,
    )
    loaded = load_checkpoint(str(tmp_path / "saved"), tmp_path)
    np.testing.assert_array_equal(whole(loaded.model, loaded), whole(checkpoint.model, checkpoint))
    assert loaded.tokenizer.to_str() == checkpoint.tokenizer.to_str()


def test_a_checkpoint_that_cannot_be_written_is_explained(save_tiny: SaveTiny, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EncoderError, match="cannot be written"):
        save_checkpoint(load_checkpoint(str(save_tiny("tiny")), tmp_path), tmp_path / "file" / "saved")


def test_bfloat16_is_chosen_only_where_it_proves_faster() -> None:
    if not has_bfloat16(CPU):
        assert choose_precision("auto", CPU, lambda arithmetic: None).precision == "float32"
        return
    for cost, expected in ((0.5, "bfloat16"), (0.95, "float32"), (2.0, "float32")):
        now = [0.0]

        def trial(arithmetic: Arithmetic, cost: float = cost, now: list[float] = now) -> None:
            now[0] += cost if arithmetic.precision == "bfloat16" else 1.0

        assert choose_precision("auto", CPU, trial, clock=lambda now=now: now[0]).precision == expected


def test_a_device_or_format_that_is_not_here_is_explained() -> None:
    with pytest.raises(EncoderError, match="no device 'abacus'"):
        choose_device("abacus")
    with pytest.raises(EncoderError, match="needs a CUDA device"):
        choose_precision("float16", CPU, lambda arithmetic: None)
    assert choose_precision("bfloat16", CPU, lambda arithmetic: None) == Arithmetic(CPU, "bfloat16")
    assert not PLAIN.scaler().is_enabled()

"""A tiny transformers checkpoint, and the bundled one, for the encoder's tests."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
import transformers
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from recommender.encoders.checkpoint import Checkpoint, load_checkpoint
from recommender.encoders.sample import PASSAGES, QUERIES

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]


def tiny_tokenizer() -> Tokenizer:
    """One token for each character of the bilingual sample."""
    characters = sorted(set("".join(QUERIES + PASSAGES).lower()) - {" "})
    vocabulary = {piece: index for index, piece in enumerate(SPECIAL + characters)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Split("", behavior="isolated")]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return tokenizer


SaveTiny = Callable[..., Path]


@pytest.fixture
def save_tiny(tmp_path: Path) -> SaveTiny:
    """Saves a random transformer of 2 layers and 32 dimensions: save_tiny(name, kind="Bert", seed=0, **config)."""

    def save(name: str, kind: str = "Bert", seed: int = 0, **config: int) -> Path:
        folder = tmp_path / name
        tokenizer = tiny_tokenizer()
        torch.manual_seed(seed)
        settings = {
            "vocab_size": tokenizer.get_vocab_size(),
            "hidden_size": 32,
            "num_hidden_layers": 2,
            "num_attention_heads": 2,
            "intermediate_size": 64,
            "max_position_embeddings": 128,
            "pad_token_id": 1,
            "initializer_range": 0.2,
        } | config
        model = getattr(transformers, f"{kind}Model")(getattr(transformers, f"{kind}Config")(**settings))
        model.save_pretrained(folder)
        tokenizer.save(str(folder / "tokenizer.json"))
        return folder

    return save


def as_sentence_transformer(folder: Path, pooling: str, length: int) -> None:
    """Adds the files by which sentence-transformers notes pooling and length."""
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
    ]
    (folder / "modules.json").write_text(json.dumps(modules))
    (folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": length, "do_lower_case": False}))
    (folder / "1_Pooling").mkdir(exist_ok=True)
    ways = {f"pooling_mode_{way}": way == pooling for way in ("cls_token", "mean_tokens", "max_tokens")}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"word_embedding_dimension": 32} | ways))


@pytest.fixture(name="as_sentence_transformer")
def _as_sentence_transformer() -> Callable[[Path, str, int], None]:
    return as_sentence_transformer


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    """The float model of the bundled weights."""
    return load_checkpoint("bundled", tmp_path_factory.mktemp("hub"))

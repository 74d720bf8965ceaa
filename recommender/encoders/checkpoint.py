"""A sentence encoder in torch, from the bundled weights, a local folder or a model hub."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers import AutoModel, AutoTokenizer, BertConfig, BertModel

from recommender.encoders.bundled import BundledModel, read_bundled
from recommender.encoders.quiet import quiet
from recommender.encoders.source import Pooling, Recipe, Source, read_recipe
from recommender.errors import EncoderError

ATTENTION = "eager"
"""Its graph is the simplest; as int8 ONNX a query takes three quarters of the time that `sdpa` takes."""

VOCABULARIES = ("vocab.txt", "vocab.json", "sentencepiece.bpe.model", "spiece.model", "tokenizer.model")
HUB_FILES = ("*.json", "*.txt", "*.model", "model*.safetensors", "pytorch_model.bin")

LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True)
class Checkpoint:
    """A float model that can be exported or fine-tuned.

    `model` is a transformers encoder whose output has `last_hidden_state` (batch, tokens, dimension); `tokenizer` adds
    the model's special tokens and neither pads nor truncates.
    """

    name: str
    model: torch.nn.Module
    tokenizer: Tokenizer
    pooling: Pooling
    query_prefix: str
    passage_prefix: str
    max_tokens: int
    dimension: int


def load_checkpoint(source: str, cache: Path) -> Checkpoint:
    """Load a float model in evaluation mode.

    Args:
        source: 'bundled', a folder with a transformers checkpoint (sentence-transformers' pooling is respected), or a
            hub id, optionally with @revision.
        cache: where files from a hub are kept.

    Raises:
        EncoderError: there is no such model, it is damaged or of an unsupported kind, or the hub is out of reach.
    """
    parsed = Source.parse(source)
    if parsed.kind == "bundled" and parsed.place is not None:
        return _from_bundled(parsed.name, read_bundled(parsed.place))
    folder = parsed.place or _download(parsed, cache)
    return _from_folder(folder, parsed.name, read_recipe(folder, parsed.name))


def _from_bundled(name: str, bundled: BundledModel) -> Checkpoint:
    sizes = bundled.sizes
    config = BertConfig(
        vocab_size=sizes.vocabulary,
        hidden_size=sizes.hidden,
        num_hidden_layers=sizes.layers,
        num_attention_heads=sizes.heads,
        intermediate_size=sizes.feed_forward,
        max_position_embeddings=sizes.positions,
        type_vocab_size=sizes.types,
        layer_norm_eps=sizes.epsilon,
        pad_token_id=1,
    )
    with torch.device("meta"):  # no time is lost on random weights
        model = BertModel(config, add_pooling_layer=False)
    state = _bert_state(bundled, {key: value.shape for key, value in model.state_dict().items()})
    model.load_state_dict(state, strict=True, assign=True)
    _make_buffers(model, config)
    model.set_attn_implementation(ATTENTION)
    return Checkpoint(
        name=name,
        model=model.train(False),
        tokenizer=bundled.tokenizer,
        pooling="mean",
        query_prefix="query: ",
        passage_prefix="passage: ",
        max_tokens=sizes.positions,
        dimension=sizes.hidden,
    )


def _bert_state(bundled: BundledModel, shapes: dict[str, torch.Size]) -> dict[str, torch.Tensor]:
    names = dict(EMBEDDINGS)
    for layer in range(bundled.sizes.layers):
        for short, long in LAYER.items():
            names[f"l{layer}.{short}.w"] = f"encoder.layer.{layer}.{long}.weight"
            names[f"l{layer}.{short}.b"] = f"encoder.layer.{layer}.{long}.bias"
    return {long: torch.from_numpy(bundled.tensors[short]).reshape(shapes[long]) for short, long in names.items()}


def _make_buffers(model: BertModel, config: BertConfig) -> None:
    """Position and type ids are buffers outside the checkpoint, left without data by the meta device."""
    model.embeddings.register_buffer(
        "position_ids", torch.arange(config.max_position_embeddings).expand((1, -1)), False
    )
    model.embeddings.register_buffer("token_type_ids", torch.zeros((1, config.max_position_embeddings)).long(), False)


def _from_folder(folder: Path, name: str, recipe: Recipe) -> Checkpoint:
    with quiet():
        try:
            model, report = AutoModel.from_pretrained(
                folder, local_files_only=True, output_loading_info=True, attn_implementation=ATTENTION
            )
            tokenizer = _load_tokenizer(folder)
        except EncoderError:
            raise
        except Exception as error:  # transformers raises whatever its many loaders raise
            raise EncoderError(f"{folder} is no checkpoint that transformers can load: {_first_line(error)}") from error
    missing = sorted(key for key in report["missing_keys"] if "pooler" not in key)
    if missing:
        raise EncoderError(
            f"{folder} lacks weights, {missing[0]} among {len(missing)}: is its config.json of another model?"
        )
    model = model.float().train(False)
    return Checkpoint(
        name=name,
        model=model,
        tokenizer=tokenizer,
        pooling=recipe.pooling,
        query_prefix=recipe.query_prefix,
        passage_prefix=recipe.passage_prefix,
        max_tokens=min(recipe.max_tokens or 512, _longest(model.config)),
        dimension=int(model.config.hidden_size),
    )


def _load_tokenizer(folder: Path) -> Tokenizer:
    file = folder / "tokenizer.json"
    if file.is_file():
        tokenizer = Tokenizer.from_file(str(file))
    else:
        if not any((folder / name).is_file() for name in VOCABULARIES):  # transformers would make up an empty one
            raise EncoderError(
                f"{folder} has no tokenizer.json nor another vocabulary: save the tokenizer with the model."
            )
        slow = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        if not hasattr(slow, "backend_tokenizer"):
            raise EncoderError(f"{folder} has no tokenizer.json and its tokenizer has no fast form.")
        tokenizer = slow.backend_tokenizer
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _longest(config: Any) -> int:
    positions = int(getattr(config, "max_position_embeddings", 512))
    if "roberta" in config.model_type or config.model_type in {"camembert", "mpnet"}:
        return positions - int(config.pad_token_id) - 1  # they number positions from the padding id on
    return positions


def _download(source: Source, cache: Path) -> Path:
    from huggingface_hub import snapshot_download

    try:
        folder = snapshot_download(
            source.name, revision=source.revision, cache_dir=cache, allow_patterns=list(HUB_FILES), etag_timeout=5
        )
    except Exception as error:  # the client raises errors of several libraries
        raise EncoderError(
            f"The encoder {source.name} is not in {cache} and could not be fetched from the model hub "
            f"({_first_line(error)}): check the name and the connection, or set PARLEY_ENCODER to a local folder or "
            "'bundled'."
        ) from error
    return Path(folder)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]

"""A float checkpoint as a folder that `recommender.encoders.source` takes, and sentence-transformers too."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path

from recommender.encoders.checkpoint import Checkpoint
from recommender.encoders.quiet import quiet
from recommender.errors import EncoderError


def save_checkpoint(checkpoint: Checkpoint, folder: Path) -> None:
    """Writes config.json, model.safetensors, tokenizer.json and the notes on pooling, prefixes and length.

    What stands in `folder` is replaced, once everything is written.

    Raises:
        EncoderError: it cannot be written.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as name:
            fresh = Path(name) / "new"
            fresh.mkdir()
            _write(checkpoint, fresh)
            if folder.exists():
                os.rename(folder, Path(name) / "old")
            os.rename(fresh, folder)
    except (OSError, shutil.Error) as error:
        raise EncoderError(
            f"The checkpoint cannot be written to {folder} ({error}): make room (500 MB) and give this account the "
            "right to write there."
        ) from error


def _write(checkpoint: Checkpoint, folder: Path) -> None:
    with quiet():
        checkpoint.model.save_pretrained(folder)  # type: ignore[operator]
    checkpoint.tokenizer.save(str(folder / "tokenizer.json"))
    _note(
        folder / "parley.json",
        {
            "query_prefix": checkpoint.query_prefix,
            "passage_prefix": checkpoint.passage_prefix,
            "max_tokens": checkpoint.max_tokens,
        },
    )
    place = "sentence_transformers.models"
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": f"{place}.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{place}.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{place}.Normalize"},
    ]
    _note(folder / "modules.json", modules)
    _note(folder / "sentence_bert_config.json", {"max_seq_length": checkpoint.max_tokens, "do_lower_case": False})
    prompts = {"query": checkpoint.query_prefix, "passage": checkpoint.passage_prefix}
    _note(folder / "config_sentence_transformers.json", {"prompts": prompts})
    ways = {
        "pooling_mode_cls_token": checkpoint.pooling == "cls",
        "pooling_mode_mean_tokens": checkpoint.pooling == "mean",
    }
    (folder / "1_Pooling").mkdir()
    _note(folder / "1_Pooling" / "config.json", {"word_embedding_dimension": checkpoint.dimension} | ways)


def _note(file: Path, values: object) -> None:
    file.write_text(json.dumps(values, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

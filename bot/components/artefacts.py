"""The encoder and the vocabulary that the components share: looked up when a model is loaded, never stored in it."""

from __future__ import annotations

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from recommender.language.encoder import CARD, Encoder
from recommender.language.vocabulary import Vocabulary

DEFAULTS = {"encoder": "encoder", "vocabulary": "vocabulary.json"}
"""Component settings: paths, relative ones below PARLEY_VAR."""

OWN_ENCODER = "bot/encoder"
"""Where `parley bot train --finetune` puts an encoder of the bot's own, which goes before the general one."""
UNSEEN = "unseen.json"


def load_encoder(config: dict[str, Any]) -> Encoder:
    """The encoder of `config`; one per process.

    Raises:
        EncoderError: it is missing or damaged; the text names the remedy.
    """
    folder = _encoder_folder(config)
    return _encoder(folder, _changed(folder / CARD))


def load_unseen(config: dict[str, Any]) -> frozenset[str]:
    """Training lines that a fine-tuned encoder did not learn; none for the general encoder, which learnt none."""
    file = _encoder_folder(config) / UNSEEN
    return frozenset(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else frozenset()


def load_vocabulary(config: dict[str, Any]) -> Vocabulary:
    """The vocabulary of `config`; one per process.

    Raises:
        FileNotFoundError: it is missing; the text names the remedy.
        ValueError: it is damaged.
    """
    file = _path(config, "vocabulary")
    return _vocabulary(file, _changed(file))


def _encoder_folder(config: dict[str, Any]) -> Path:
    own = _path({}, OWN_ENCODER)
    return own if (own / CARD).exists() else _path(config, "encoder")


def _path(config: dict[str, Any], name: str) -> Path:
    # A trained model is moved and reused, so the folder belongs to the process that loads it.
    return Path(os.environ.get("PARLEY_VAR") or "../var").resolve() / (config.get(name) or DEFAULTS.get(name, name))


def _changed(file: Path) -> int:
    return file.stat().st_mtime_ns if file.exists() else 0


@lru_cache(maxsize=2)
def _encoder(folder: Path, _changed: int) -> Encoder:
    return Encoder.load(folder)


@lru_cache(maxsize=2)
def _vocabulary(file: Path, _changed: int) -> Vocabulary:
    return Vocabulary.load(file)

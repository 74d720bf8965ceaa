"""The hand-written sentences of phrases/*.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from recommender.types import Language

FOLDER = Path(__file__).parent / "phrases"
Variants = tuple[str, ...]


@dataclass(frozen=True)
class Phrasebook:
    """Sentences of one language by act; `number` and `year` hold the ways to say limits; `frames` place values."""

    language: Language
    acts: Mapping[str, Variants]
    reasons: Variants
    number: Mapping[str, Variants]
    year: Mapping[str, Variants]
    position: Variants
    joins: Mapping[str, str]
    frames: Mapping[str, Mapping[str, str]]


@cache
def phrasebook(language: Language) -> Phrasebook:
    """The sentences of `language`."""
    raw = yaml.safe_load((FOLDER / f"{language}.yml").read_text(encoding="utf-8"))
    lists = {name: {key: tuple(v) for key, v in raw[name].items()} for name in ("acts", "number", "year")}
    return Phrasebook(
        language=language,
        reasons=tuple(raw["reasons"]),
        position=tuple(raw["position"]),
        joins=raw["joins"],
        frames=raw["frames"],
        **lists,
    )

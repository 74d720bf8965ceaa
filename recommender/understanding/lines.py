"""The bot's training lines, hand-written and generated, without Rasa."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from recommender.errors import ModelError

_MARK = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


@dataclass(frozen=True, slots=True)
class Example:
    """A message, bare of entity marks, and its intent."""

    text: str
    intent: str


def read_examples(paths: Iterable[Path]) -> tuple[Example, ...]:
    """Every example of an intent in `paths`, Rasa NLU files and folders of them, each text once.

    Raises:
        ModelError: a file cannot be read.
    """
    found: dict[str, Example] = {}
    for path in paths:
        for file in sorted(path.rglob("*.yml")) if path.is_dir() else [path]:
            for example in _examples(file):
                found.setdefault(example.text, example)
    return tuple(found.values())


def _examples(file: Path) -> Iterator[Example]:
    try:
        content: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
        for block in content.get("nlu") or ():
            for line in block.get("examples", "").splitlines() if "intent" in block else ():
                if line.lstrip().startswith("- "):
                    yield Example(_MARK.sub(r"\1", line.strip()[2:].strip()), block["intent"])
    except (OSError, UnicodeDecodeError, yaml.YAMLError, AttributeError, KeyError, TypeError) as error:
        raise ModelError(f"{file} is no Rasa training data ({error}): mend it, or run `parley bot build`.") from error

"""Labelled messages from Rasa's YAML and JSON, folders and zips of them, with what they are judged against."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from recommender.errors import CatalogueError

HELD_OUT = 0.2
SEED = 7
# [text]{"entity": …} or [text](entity:value), as Rasa's training data have it.
_MARK = re.compile(r"\[(?P<text>[^\]]+)\](?:\((?P<short>[^)]*)\)|(?P<long>\{[^}]*\}))")

Entity = tuple[str, str, str]
"""Name, value as text, role ("" for none)."""


@dataclass(frozen=True)
class Line:
    """A message without marks, its intent, and the entities that its marks name."""

    text: str
    intent: str
    entities: frozenset[Entity] = frozenset()


@dataclass(frozen=True)
class Lines:
    """A set to judge: with `train`, a bot of its own learns that first; without, the shop's bot is asked."""

    name: str
    judge: tuple[Line, ...]
    train: tuple[Line, ...] = ()


def read(path: Path) -> Lines:
    """What stands in `path`.

    A YAML file or a folder of them is for the shop's bot. A JSON file, a zip with one, or a folder whose files are
    called train… and test… brings intents of its own: where there is no test file, a fifth of each intent (seed 7) is
    kept back.

    Raises:
        CatalogueError: nothing there can be read; the text names the remedy.
    """
    try:
        if path.is_dir() and any(path.glob("*.json")):
            parts = {part: _json_folder(path, part) for part in ("train", "test")}
            return Lines(path.name, parts["test"], parts["train"])
        if path.suffix in {".json", ".zip"}:
            return _split(path.stem, _json(path))
        files = sorted(path.glob("*.y*ml")) if path.is_dir() else [path]
        return Lines(path.stem, tuple(line for file in files for line in read_yaml(file)))
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile, yaml.YAMLError) as error:
        raise CatalogueError(
            f"{path} cannot be read as labelled messages ({error}): give a Rasa NLU file in YAML or JSON, a zip, or a "
            "folder of them."
        ) from error


def read_yaml(file: Path) -> Iterator[Line]:
    """The examples of all intents in a Rasa NLU file."""
    for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
        for raw in block.get("examples", "").splitlines() if "intent" in block else ():
            if raw.lstrip().startswith("- "):
                yield parse(raw.strip()[2:].strip(), block["intent"])


def parse(marked: str, intent: str) -> Line:
    """A line with its marks taken off."""
    entities = frozenset(entity for match in _MARK.finditer(marked) for entity in _entities(match))
    return Line(_MARK.sub(lambda match: match["text"], marked), intent, entities)


def _entities(match: re.Match[str]) -> Iterator[Entity]:
    """A value with | in it stands for several things ("the first two": 1|2)."""
    if match["long"]:
        given: dict[str, Any] = json.loads(match["long"])
        name, value, role = str(given["entity"]), str(given.get("value", match["text"])), str(given.get("role", ""))
    else:
        name, _, value = match["short"].partition(":")
        role = ""
    for one in (value or match["text"]).split("|"):
        yield name, one, role


def _json(path: Path) -> tuple[Line, ...]:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            name = next(name for name in archive.namelist() if name.endswith(".json"))
            content: Any = json.loads(archive.read(name).decode("utf-8"))
    else:
        content = json.loads(path.read_text(encoding="utf-8"))
    return tuple(Line(one["text"], one["intent"]) for one in content["rasa_nlu_data"]["common_examples"])


def _json_folder(folder: Path, part: str) -> tuple[Line, ...]:
    found = tuple(line for file in sorted(folder.glob(f"{part}*.json")) for line in _json(file))
    if not found:
        raise ValueError(f"there is no {part}*.json")
    return found


def _split(name: str, lines: tuple[Line, ...]) -> Lines:
    generator = np.random.default_rng(SEED)
    held: set[int] = set()
    for intent in sorted({line.intent for line in lines}):
        rows = [row for row, line in enumerate(lines) if line.intent == intent]
        held |= set(generator.permutation(rows)[: round(HELD_OUT * len(rows))].tolist())
    judge = tuple(line for row, line in enumerate(lines) if row in held)
    return Lines(name, judge, tuple(line for row, line in enumerate(lines) if row not in held))

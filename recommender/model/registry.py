"""Model versions in one folder, and which of them serves.

    var/models/20261124-101500-1a2b/model.npz, card.json
    var/models/current            one line: the version that serves

A version is written beside its place and renamed; `current` is replaced atomically. Readers never see half of either.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from recommender.errors import ModelError
from recommender.model.embeddings import Embeddings, ModelCard, load_embeddings, read_card

CURRENT_FILE = "current"


@dataclass(frozen=True)
class Registry:
    """The versions below `folder`."""

    folder: Path

    def add(self, embeddings: Embeddings) -> str:
        """Stores `embeddings` under its card's version, without letting it serve. Returns the version.

        Raises:
            ModelError: the version exists or the folder cannot be written.
        """
        version = embeddings.card.version
        target = self.folder / version
        if target.exists():
            raise ModelError(f"Model version {version} exists in {self.folder}. Wait a second and train again.")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            scratch = Path(tempfile.mkdtemp(prefix=".writing-", dir=self.folder))
            try:
                embeddings.save(scratch)
                scratch.chmod(0o755)
                scratch.rename(target)
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
        except OSError as error:
            raise ModelError(
                f"The model cannot be written to {self.folder} ({error}). Free the disk or mend its rights."
            ) from error
        return version

    def promote(self, version: str) -> None:
        """Lets `version` serve from now on.

        Raises:
            ModelError: there is no such version.
        """
        if not (self.folder / version).is_dir():
            raise ModelError(f"There is no model version {version}. `parley models` lists those that exist.")
        scratch = self.folder / f".{CURRENT_FILE}-{os.getpid()}"
        scratch.write_text(version + "\n", encoding="utf-8")
        os.replace(scratch, self.folder / CURRENT_FILE)

    def current(self) -> str | None:
        """The version that serves, or None before the first training."""
        try:
            return (self.folder / CURRENT_FILE).read_text(encoding="utf-8").strip() or None
        except FileNotFoundError:
            return None

    def versions(self) -> tuple[str, ...]:
        """All versions, oldest first."""
        if not self.folder.is_dir():
            return ()
        return tuple(sorted(p.name for p in self.folder.iterdir() if p.is_dir() and not p.name.startswith(".")))

    def card(self, version: str) -> ModelCard:
        """The card of `version`."""
        return read_card(self.folder / version)

    def load(self, version: str | None = None) -> Embeddings:
        """The arrays of `version`, or of the one that serves.

        Raises:
            ModelError: none serves yet, or it cannot be read.
        """
        version = version or self.current()
        if version is None:
            raise ModelError(f"No model serves yet in {self.folder}. `make prepare` trains the first one.")
        return load_embeddings(self.folder / version)

"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from recommender.errors import CatalogueError


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` beside `path` and move it there in one step; the folder is made if need be.

    Raises:
        CatalogueError: the place cannot be written to.
    """
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        if partial.is_file():
            partial.unlink()
        raise CatalogueError(f"{path} cannot be written ({error.strerror}); check that the folder is yours.") from error

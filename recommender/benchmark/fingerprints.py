"""Short names for what a measurement depends on, so that one that is still good need not be taken again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def fingerprint_of_files(paths: Iterable[Path]) -> str:
    """24 hexadecimal digits that change with any file's name or content."""
    found = hashlib.sha256()
    for path in paths:
        found.update(path.name.encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:24]


def fingerprint_of(value: Any) -> str:
    """24 hexadecimal digits of anything that JSON can say."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:24]

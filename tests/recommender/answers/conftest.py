"""A tiny shop's answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

DELIVERY = """# Delivery

## How long does delivery take?
- When will my parcel arrive?

Two days.

## What does delivery cost?
* Is shipping free of charge?

Nothing at all.
"""
RETURNS = """# Returns

## How do I send something back?
- I want to return my purchase

Press the return button.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "answers"
    found.mkdir()
    (found / "delivery.en.md").write_text(DELIVERY, encoding="utf-8")
    (found / "returns.en.md").write_text(RETURNS, encoding="utf-8")
    return found


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a file of answers under a name."""

    def to_file(text: str, name: str = "page.md") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return to_file

"""Words that say nothing about what is looked for, in both languages; what `residue` leaves out."""

from __future__ import annotations

import re
from pathlib import Path


def _read(language: str) -> list[str]:
    return Path(__file__).with_name(f"stopwords_{language}.txt").read_text(encoding="utf-8").split()


ENGLISH = frozenset(_read("en"))
CHINESE = frozenset(_read("zh"))
# Longest first: a phrase must not lose its middle to a shorter one. Single characters count as whole tokens only.
CHINESE_PHRASES = re.compile("|".join(sorted((w for w in CHINESE if len(w) > 1), key=lambda w: (-len(w), w))))

"""A question with its answer, as an owner wrote it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from recommender.types import Language


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer and the ways to ask for it.

    `question` is the heading, `phrasings` are further ways to ask; `title` is the file's own heading; `file` and `line`
    tell its owner where the heading stands.
    """

    question: str
    phrasings: tuple[str, ...]
    text: str
    language: Language
    title: str
    file: str
    line: int

    @property
    def id(self) -> str:
        """Eight characters that stay as long as the heading does: buttons have little room."""
        return hashlib.sha256(f"{self.language}:{self.question}".encode()).hexdigest()[:8]

    @property
    def source(self) -> str:
        """Where the answer stands, for the person who asked: title and heading."""
        return f"{self.title} › {self.question}"

    @property
    def asked(self) -> tuple[str, ...]:
        """All ways to ask, the heading first."""
        return (self.question, *self.phrasings)

"""What is found for a question."""

from __future__ import annotations

from dataclasses import dataclass

from recommender.answers.entry import Entry
from recommender.types import Language


@dataclass(frozen=True, slots=True)
class Match:
    """An answer: the question that it was written for, its text, where it stands, and how sure it is the right one.

    `score` is a probability. `text` is an owner's or a stranger's (imported) and only ever shown.
    """

    id: str
    question: str
    text: str
    source: str
    score: float
    language: Language

    @classmethod
    def of(cls, entry: Entry, score: float) -> Match:
        """`entry` as a match."""
        return cls(entry.id, entry.question, entry.text, entry.source, score, entry.language)


@dataclass(frozen=True, slots=True)
class Answered:
    """What there is to say to a question: one answer, several to choose from, or none that is good enough.

    `matches` are best first. Without confidence they are what came nearest, and not to be shown as answers.
    """

    matches: tuple[Match, ...] = ()
    confident: bool = False

    @property
    def close(self) -> bool:
        """Whether several answers are so close that the person has to choose."""
        return self.confident and len(self.matches) > 1

    @property
    def score(self) -> float:
        """How sure the best is, 0 without any."""
        return self.matches[0].score if self.matches else 0.0

    @property
    def source(self) -> str | None:
        """Where the best stands, None where it is not good enough."""
        return self.matches[0].source if self.confident else None

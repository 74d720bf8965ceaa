"""What actions can ask beside the recommender, each None where it is not set up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from recommender.answers.base import AnswerBase
from recommender.types import Language


class Rewording(Protocol):
    """What this room needs of `recommender.wording`."""

    def rephrase(self, text: str, facts: Any, language: Language) -> str:
        """`text` in other words that say the same, or `text` itself."""


@dataclass(frozen=True)
class Services:
    """The shop's answers to questions, and rephrasing of what is said."""

    answers: AnswerBase | None = None
    wording: Rewording | None = None

"""What actions can ask beside the recommender, each None where it is not set up."""

from __future__ import annotations

from dataclasses import dataclass

from recommender.answers.base import AnswerBase
from recommender.api import Recommender
from recommender.settings import Settings
from recommender.wording.wording import Wording


@dataclass(frozen=True)
class Services:
    """The shop's answers to questions, and other words for what is said."""

    answers: AnswerBase | None = None
    wording: Wording | None = None

    @classmethod
    def open(cls, settings: Settings, recommender: Recommender) -> Services:
        """As the settings say; `recommender` lends its encoder and its vocabulary.

        Raises:
            ParleyError: something that is set up cannot be read.
        """
        answers = AnswerBase.open(settings.answers, recommender.encoder, settings.var)
        return cls(answers, Wording.open(settings, recommender.vocabulary))

"""Other words for what Parley says, and a second look at what it did not understand, by any OpenAI-compatible model.

Off unless PARLEY_LLM_URL names a server. In an action:

    wording = Wording.open(settings, vocabulary)         # once, when the action server starts
    facts = Facts.of(items, quotes=[request.text])       # the items that the text names, in its order
    text = wording.rephrase(text, facts, language)       # the template unless the model's text is grounded in it
    guess = wording.understand(message, vocabulary, language)  # for what fell back; None: stay with the fallback

`rephrase` and `understand` never raise, and called once each in a turn they take PARLEY_LLM_SECONDS at most. They
block: call them in a thread, as `ParleyAction` does. Rephrase the plain text that goes with the cards; leave quick
replies, payloads and details with long descriptions as they are. What a person typed, or any text of the catalogue that
is neither title nor value, belongs into `quotes` when it stands in the text.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from prometheus_client import Counter

from recommender.language.vocabulary import Vocabulary
from recommender.types import Language
from recommender.wording import prompt
from recommender.wording.breaker import Breaker
from recommender.wording.budget import Budget
from recommender.wording.cache import Cache
from recommender.wording.endpoint import Answer, Endpoint, EndpointError, Message
from recommender.wording.facts import Facts
from recommender.wording.grounding import Check
from recommender.wording.guess import INTENTS, Guess, Similar, read_guess
from recommender.wording.shape import LONGEST

if TYPE_CHECKING:
    from recommender.settings import Settings

logger = logging.getLogger(__name__)

TOTAL = Counter(
    "parley_wording",
    "Rephrasings and guesses by result (used, same, rejected, failed, skipped) and reason",
    ["result", "reason"],
)
T = TypeVar("T")
_THOUGHTS = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)
_QUOTES = {'"': '"', "“": "”", "'": "'"}


class _UnansweredError(Exception):
    """No answer to work with; it has been counted."""


@dataclass(frozen=True)
class Wording:
    """Rephrases and guesses through `endpoint`; without one it gives templates back. Safe to share between threads."""

    vocabulary: Vocabulary
    endpoint: Endpoint | None = None
    budget: Budget = field(default_factory=lambda: Budget(1000, time.time))
    breaker: Breaker = field(default_factory=lambda: Breaker(time.monotonic))
    cache: Cache[str] = field(default_factory=lambda: Cache(time.monotonic))
    guesses: bool = False
    similar: Similar | None = None

    @classmethod
    def open(cls, settings: Settings, vocabulary: Vocabulary, similar: Similar | None = None) -> Wording:
        """As the settings say: `llm_url` empty is off; `similar` gives the cosine of two words, for `understand`."""
        if not settings.llm_url:
            return cls(vocabulary)
        key = settings.llm_key.get_secret_value()
        # A message that fell back and was guessed may be answered with a rephrased list: two calls in one turn.
        seconds = settings.llm_seconds / (2 if settings.llm_understand else 1)
        return cls(
            vocabulary,
            Endpoint(settings.llm_url, settings.llm_model, key, seconds),
            budget=Budget(settings.llm_budget, time.time),
            guesses=settings.llm_understand,
            similar=similar,
        )

    def rephrase(self, text: str, facts: Facts, language: Language) -> str:
        """`text` in other words, `text` itself unless those are grounded; never raises."""
        if self.endpoint is None or not text.strip() or len(text) > LONGEST:
            return text
        return self._safely(lambda: self._rephrased(text, facts, language), text)

    def understand(self, text: str, vocabulary: Vocabulary, language: Language) -> Guess | None:
        """What a message that fell back may mean, None when the model does not help; never raises."""
        if self.endpoint is None or not self.guesses or not text.strip() or len(text) > LONGEST:
            return None
        return self._safely(lambda: self._guessed(text, vocabulary), None)

    def close(self) -> None:
        """Gives the endpoint's connections back."""
        if self.endpoint:
            self.endpoint.close()

    def _safely(self, make: Callable[[], T], otherwise: T) -> T:
        try:
            return make()
        except _UnansweredError:
            return otherwise
        except Exception:
            TOTAL.labels("failed", "internal").inc()
            logger.exception("Wording failed; the template went out.")
            return otherwise

    def _rephrased(self, text: str, facts: Facts, language: Language) -> str:
        key = text, facts, language
        known = self.cache.get(key)
        if known is not None:
            return known
        answer = self._ask(prompt.rephrasing(text, language), most_tokens=len(text) + 80, temperature=0.7)
        said = _trimmed(answer.text)
        reason = "length" if answer.cut else Check(text, facts, language, self.vocabulary).fault(said)
        if reason:
            TOTAL.labels("rejected", reason).inc()
        else:
            TOTAL.labels("same" if said == text.strip() else "used", "").inc()
        result = text if reason else said
        self.cache.put(key, result)
        return result

    def _guessed(self, text: str, vocabulary: Vocabulary) -> Guess | None:
        listed = "; ".join(
            f"{attribute}: {', '.join(vocabulary.values(attribute))}" for attribute in vocabulary.attributes
        )
        answer = self._ask(prompt.classification(text, INTENTS, listed), most_tokens=200, temperature=0.0)
        guess = read_guess(answer.text, text, vocabulary, self.similar)
        TOTAL.labels("guessed" if guess else "rejected", "" if guess else "guess").inc()
        return guess

    def _ask(self, messages: Sequence[Message], *, most_tokens: int, temperature: float) -> Answer:
        """The model's answer.

        Raises:
            _UnansweredError: there is none, for a reason that was counted.
        """
        endpoint = self.endpoint
        if endpoint is None or not self.breaker.allows():
            TOTAL.labels("skipped", "breaker").inc()
            raise _UnansweredError
        if not self.budget.take():
            TOTAL.labels("skipped", "budget").inc()
            raise _UnansweredError
        try:
            answer = endpoint.ask(messages, most_tokens=most_tokens, temperature=temperature)
        except EndpointError as error:
            self.breaker.failed()
            TOTAL.labels("failed", error.reason).inc()
            logger.warning("The language model gave no answer (%s).", error.reason)
            raise _UnansweredError from error
        self.breaker.succeeded()
        return answer


def _trimmed(answer: str) -> str:
    """`answer` without thoughts and quotation marks around it."""
    said = _THOUGHTS.sub("", answer).strip()
    closing = _QUOTES.get(said[:1])
    inside = said[1:-1]
    return inside.strip() if closing and len(said) > 1 and said.endswith(closing) and closing not in inside else said

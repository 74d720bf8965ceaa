"""The bot's understanding without a server: the parts of its pipeline, put together as bot/config.yml does."""

from __future__ import annotations

import tarfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from components import evidence
from components.artefacts import load_encoder, load_vocabulary
from components.extractor import entities_of
from components.fallback import EvidenceFallback, in_doubt, instead
from components.fitting import Options, fit
from components.intent_classifier import FILE, LogisticIntentClassifier
from components.logistic import Floats, Head
from components.relevance import relevant
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME

from evaluation.lines import Entity, Line
from recommender.errors import ModelError
from recommender.language.encoder import Encoder
from recommender.language.understand import Understanding, understand
from recommender.language.vocabulary import Vocabulary

NO_CATALOGUE = Vocabulary.from_mapping({"format": 1, "currency": "CNY", "attributes": {}})
"""What another subject's messages are read with."""


@dataclass(frozen=True)
class Reading:
    """What a message became: the best intent, the one after the fallback, all probabilities, the entities."""

    intent: str
    decided: str
    probabilities: Floats
    entities: frozenset[Entity]


@dataclass(frozen=True)
class Pipeline:
    """Encoder, vocabulary and head; reads one message as the served bot does."""

    encoder: Encoder
    vocabulary: Vocabulary
    head: Head

    @classmethod
    def served(cls, archive: Path) -> Pipeline:
        """The shop's: its head out of Rasa's model, encoder and vocabulary as the components find them.

        Raises:
            ModelError: there is no head in the archive.
            EncoderError: the encoder is missing.
        """
        try:
            with tarfile.open(archive) as files:
                member = next(name for name in files.getnames() if name.endswith(f"/{FILE}"))
                content = files.extractfile(member)
                head = Head.load(BytesIO(content.read()))  # type: ignore[union-attr]
        except (OSError, tarfile.TarError, StopIteration) as error:
            raise ModelError(f"There is no trained bot in {archive}: run `parley bot train`.") from error
        return cls(load_encoder({}), load_vocabulary({}), head)

    @classmethod
    def learnt(cls, lines: Sequence[Line], encoder: Encoder, vocabulary: Vocabulary = NO_CATALOGUE) -> Pipeline:
        """A head that learnt `lines` with the settings of the served one."""
        config = LogisticIntentClassifier.get_default_config()
        dense, texts = prepare([line.text for line in lines], encoder, vocabulary)
        width = len(evidence.FLAGS)
        names = ("strength", "grams", "seed", "folds")
        options = Options(groups=(dense.shape[1] - width, width), **{name: config[name] for name in names})
        return cls(encoder, vocabulary, fit(dense, texts, [line.intent for line in lines], options))

    def read(self, text: str) -> Reading:
        """A message, understood."""
        understanding = understand(text, self.vocabulary)
        dense, masked = _features(text, understanding, self.encoder)
        found = self.head.probabilities(dense, masked)
        order = np.argsort(-found, kind="stable")[:2]
        ranking = [{"name": self.head.labels[place], "confidence": float(found[place])} for place in order]
        best = self.head.labels[int(found.argmax())]
        entities = entities_of(text, understanding)
        limits = EvidenceFallback.get_default_config()
        doubt = in_doubt(ranking, limits["confidence"], limits["margin"])
        decided = instead(entities) if doubt else best
        return Reading(best, decided, found, frozenset(_named(relevant(decided, text, entities))))

    def probability(self, readings: Sequence[Reading], intent: str) -> Floats:
        """(readings,) of one intent; 0 where the head does not know it."""
        if intent not in self.head.labels:
            return np.zeros(len(readings), dtype=np.float32)
        return np.array([reading.probabilities[self.head.labels.index(intent)] for reading in readings])


def prepare(texts: Sequence[str], encoder: Encoder, vocabulary: Vocabulary) -> tuple[Floats, list[str]]:
    """(n, features) float32 and the masked texts that a head learns from."""
    found = [_features(text, understand(text, vocabulary), encoder) for text in texts]
    return np.stack([dense for dense, _ in found]), [masked for _, masked in found]


def same(wanted: str, found: str) -> bool:
    """Whether an intent is right: what nobody understood is out of scope, too."""
    return wanted == found.replace(DEFAULT_NLU_FALLBACK_INTENT_NAME, "out_of_scope")


def _features(text: str, understanding: Understanding, encoder: Encoder) -> tuple[Floats, str]:
    # One by one: a vector depends a little on what else is in its batch.
    dense = np.concatenate([encoder.encode([text])[0], evidence.flags(text, understanding)])
    return dense, evidence.masked(text, understanding)


def _named(entities: Iterable[dict[str, Any]]) -> Iterable[Entity]:
    for entity in entities:
        if entity["entity"] != "language":
            yield entity["entity"], _value(entity["value"]), entity.get("role", "")


def _value(value: Any) -> str:
    """A value as annotations write it: "min 300 max 500" for a price, "runtime max 120" for another number."""
    if not isinstance(value, dict):
        return str(value)
    words = [str(value[name]) for name in ("attribute", "direction") if name in value]
    limits = {"min": value.get("minimum"), "max": value.get("maximum")}
    return " ".join([*words, *(f"{name} {limit:g}" for name, limit in limits.items() if limit is not None)])

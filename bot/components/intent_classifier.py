"""The intent of a message, by a logistic head on its sentence vector, its n-grams and what was understood in it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components import evidence
from components.artefacts import DEFAULTS, load_unseen, load_vocabulary
from components.extractor import understood
from components.featurizer import SentenceFeaturizer
from components.fitting import Options, fit
from components.logistic import Head
from recommender.language.vocabulary import Vocabulary

FILE = "intents.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LogisticIntentClassifier(GraphComponent, IntentClassifier):
    """Sets `intent` and `intent_ranking`. What it was worth against DIET: tests/benchmarks/nlu.py."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        vocabulary: Vocabulary,
        head: Head | None = None,
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._vocabulary = vocabulary
        self._head = head

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Inverse penalty; flags on (1) or off (0); n-grams against the sentence vector; `folds` of the calibration."""
        return {
            "strength": 30.0,
            "flags": 1.0,
            "grams": 1.4,
            "folds": 2,
            "ranking_length": 5,
            "seed": 7,
            "vocabulary": DEFAULTS["vocabulary"],
        }

    @classmethod
    def required_components(cls) -> list[type]:
        """The vectors must be there."""
        return [SentenceFeaturizer]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LogisticIntentClassifier:
        """Loads the vocabulary; the head comes from training."""
        return cls(config, model_storage, resource, load_vocabulary(config))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LogisticIntentClassifier:
        """Loads the head as well."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, load_vocabulary(config), Head.load(folder / FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Fits the head and stores it."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT) and example.get(INTENT)]
        dense = np.stack([self._dense(example) for example in examples])
        width, unseen = len(evidence.FLAGS), load_unseen({})
        options = Options(
            groups=(dense.shape[1] - width, width),
            unseen=tuple(row for row, example in enumerate(examples) if example.get(TEXT) in unseen),
            **{name: self._config[name] for name in ("strength", "grams", "seed", "folds")},
        )
        self._head = fit(dense, [self._text(e) for e in examples], [e.get(INTENT) for e in examples], options)
        with self._storage.write_to(self._resource) as folder:
            self._head.save(folder / FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Ranks the intents of each message; what has no vector (payloads, empty texts) gets the fallback intent."""
        for message in messages:
            ranking = self._ranking(message) or [{"name": DEFAULT_NLU_FALLBACK_INTENT_NAME, "confidence": 1.0}]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking[: self._config["ranking_length"]], add_to_output=True)
        return messages

    def _ranking(self, message: Message) -> list[dict[str, Any]]:
        if self._head is None or message.get_dense_features(TEXT)[1] is None:
            return []
        found = self._head.probabilities(self._dense(message), self._text(message))
        order = np.argsort(-found, kind="stable")
        return [{"name": self._head.labels[label], "confidence": float(found[label])} for label in order]

    def _dense(self, message: Message) -> NDArray[np.float32]:
        vector = message.get_dense_features(TEXT)[1].features[0]
        text = message.get(TEXT)
        return np.concatenate(
            [vector, self._config["flags"] * evidence.flags(text, understood(text, self._vocabulary))]
        )

    def _text(self, message: Message) -> str:
        text = message.get(TEXT)
        return evidence.masked(text, understood(text, self._vocabulary))

"""The sentence vector of a message."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.artefacts import DEFAULTS, load_encoder
from components.payloads import is_payload
from recommender.language.encoder import Encoder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Raw sentence vectors, (1, dimension) float32; whoever learns from them centres them by its own training mean."""

    def __init__(self, config: dict[str, Any], name: str, encoder: Encoder) -> None:
        super().__init__(name, config)
        self._encoder = encoder

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Where the encoder is."""
        return {FEATURIZER_CLASS_ALIAS: None, "encoder": DEFAULTS["encoder"]}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """Loads the encoder, in training and in serving."""
        return cls(config, execution_context.node_name, load_encoder(config))

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Everything has a default."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Keeps Rasa from taking another encoder's vectors out of its training cache."""
        return load_encoder(config).fingerprint

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the vectors of all examples."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds each message's vector; payloads need none."""
        for message in messages:
            text = message.get(TEXT)
            if text and not is_payload(text):
                # One by one, in training too: a vector depends a little on what else is in its batch.
                self.add_features_to_message(None, self._encoder.encode([text]), TEXT, message)
        return messages

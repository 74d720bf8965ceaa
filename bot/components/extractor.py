"""Catalogue values, limits on prices and other numbers, positions and wishes in a message, as Rasa's entities."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from components.artefacts import DEFAULTS, load_vocabulary
from components.payloads import is_payload
from recommender.language.detect import detect
from recommender.language.understand import Understanding, understand
from recommender.language.vocabulary import Vocabulary

Entity = dict[str, Any]


@lru_cache(maxsize=64)
def understood(text: str, vocabulary: Vocabulary) -> Understanding:
    """What `text` says; remembered, since extractor and classifier ask for the same message."""
    return understand(text, vocabulary)


def entities_of(text: str, understanding: Understanding) -> list[Entity]:
    """Rasa's entity dictionaries in the order of the message, `language` first.

    A message that does not tell its language ("38", "👍") has no `language`, and the conversation keeps its own.
    """
    found = sorted(_entities(understanding), key=lambda entity: (entity["start"], entity["end"]))
    if detect(text, "en") != detect(text, "zh"):
        return found
    return [_entity("language", understanding.language, 0, 0), *found]


def _entities(understanding: Understanding) -> Iterator[Entity]:
    for mention in understanding.mentions:
        role = {"role": "exclude"} if mention.exclude else {}
        yield _entity(mention.attribute, mention.value, mention.start, mention.end) | role
    for price in understanding.prices:
        limit = {"minimum": price.minimum, "maximum": price.maximum, "currency": price.currency}
        yield _entity("price", limit, price.start, price.end)
    for bounds in understanding.ranges:
        limit = {"attribute": bounds.attribute, "minimum": bounds.minimum, "maximum": bounds.maximum}
        yield _entity("range", limit, bounds.start, bounds.end)
    for number in understanding.changes:
        value = {"attribute": number.attribute, "direction": number.direction}
        yield _entity("change", value, number.start, number.end)
    for change in understanding.price_changes:
        yield _entity("price_change", change.value, change.start, change.end)
    for reference in understanding.references:
        yield _entity("reference", reference.value, reference.start, reference.end)
    for drop in understanding.drops:
        yield _entity("drop", drop.attribute, drop.start, drop.end)
    for another in understanding.another:
        yield _entity("another", another.attribute, another.start, another.end)


def _entity(name: str, value: object, start: int, end: int) -> Entity:
    return {"entity": name, "value": value, "start": start, "end": end, "confidence_entity": 1.0}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class CatalogueExtractor(GraphComponent, EntityExtractorMixin):
    """Entities of `recommender.language.understand`; a new catalogue needs no training, only a new start."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Where the vocabulary is."""
        return {"vocabulary": DEFAULTS["vocabulary"]}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CatalogueExtractor:
        """Loads the vocabulary."""
        return cls(load_vocabulary(config))

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the entities of each message."""
        for message in messages:
            text = message.get(TEXT)
            if text and not is_payload(text):
                found = entities_of(text, understood(text, self._vocabulary))
                message.set(ENTITIES, self.add_extractor_name(found), add_to_output=True)
        return messages

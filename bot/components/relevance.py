"""What the entities of a message mean in the act that it is: "my kids" in small talk names no wish."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from components.intent_classifier import LogisticIntentClassifier
from components.payloads import is_payload
from recommender.language.aversion import is_averse
from recommender.language.negation import HEAD

Entity = dict[str, Any]

NO_GOODS = frozenset(str.split("greet goodbye thanks bot_challenge help chitchat insult out_of_scope hand_over"))
"""Acts that speak of no goods, whatever their words."""
ABOUT = frozenset({"ask_why", "ask_why_not", "forget"})
"""Acts that are about a value, wanted or not: "why no Nike", "forget that I hate wool"."""
NO_CHANGE = frozenset({"like_item", "ask_why", "go_back", "compare_items"})
"""Acts that ask for nothing cheaper or dearer: "the cheap ones from before", "which is cheaper"."""
DESCRIBED = "described"
"""Group of values that only tell which item is meant: "the striped one is ugly" is not against stripes."""
NO_VALUE = frozenset(str.split("language price price_change range change reference drop another item_id audience"))
_INSTEAD = re.compile(
    r"\b(?:prefer|rather|instead|i(?:'d| would) like|want|wanted|looking for|only|just)\b"
    r"|想要|更喜欢|换成|要的是|宁愿|只"
)
_NEW_WISH = re.compile(r"\bforgot (?:to|about)\b|忘了说|忘记说|忘了讲")


def relevant(intent: str, text: str, entities: Collection[Entity]) -> list[Entity]:
    """Those of `entities` that count in `intent`, with the roles that they have there."""
    if intent in NO_GOODS:
        return [entity for entity in entities if entity["entity"] == "language"]
    if intent in NO_CHANGE:
        return [entity for entity in entities if entity["entity"] != "price_change"]
    if intent == "dislike_item":
        return _unwanted(text.lower(), entities, {"role": "exclude", "group": DESCRIBED})
    if intent == "remember" and is_averse(text) and not any("role" in entity for entity in entities):
        return _unwanted(text.lower(), entities, {"role": "exclude"})  # "wool makes me itch"
    if intent in ABOUT and not _NEW_WISH.search(text.lower()):
        return [{name: value for name, value in entity.items() if name != "role"} for entity in entities]
    return list(entities)


def _unwanted(text: str, entities: Collection[Entity], mark: Entity) -> list[Entity]:
    """`entities` with the values that have no role marked, up to where the message says what is wanted instead."""
    instead = _INSTEAD.search(text)
    end = instead.start() if instead else len(text)
    values = {entity["entity"] for entity in entities} - NO_VALUE - {HEAD}
    # An ugly coat is nothing against coats, and red shirts that itch nothing against shirts.
    unmarked = NO_VALUE | {HEAD} if values or "group" in mark else NO_VALUE
    return [
        entity | mark if entity["entity"] not in unmarked and "role" not in entity and entity["start"] < end else entity
        for entity in entities
    ]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class EntityRelevance(GraphComponent, IntentClassifier):
    """Keeps the entities that count in the intent that was decided for."""

    @classmethod
    def required_components(cls) -> list[type]:
        """The intent must be known."""
        return [LogisticIntentClassifier]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EntityRelevance:
        """Nothing to load."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Replaces the entities of typed messages."""
        for message in messages:
            text = message.get(TEXT) or ""
            if text and not is_payload(text):
                kept = relevant((message.get(INTENT) or {}).get("name") or "", text, message.get(ENTITIES, []))
                message.set(ENTITIES, kept, add_to_output=True)
        return messages

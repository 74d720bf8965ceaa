"""One tokenizer for English, Chinese and both in one sentence; Rasa's own are for one language each."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from components.artefacts import DEFAULTS, load_vocabulary
from recommender.language.tokens import add_words, tokenize


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class MixedTokenizer(Tokenizer):
    """Tokens of `recommender.language.tokens`, which knows the catalogue's words."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Rasa's settings for intents, and where the vocabulary is."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "vocabulary": DEFAULTS["vocabulary"]}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MixedTokenizer:
        """Teaches the tokenizer the catalogue's words, so that 连衣裙 stays one."""
        add_words(load_vocabulary(config).words())
        tokenize("您好")  # the first Chinese text makes jieba read its dictionary: 0.7 s that would be someone's turn
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Tokens of `attribute` with their offsets."""
        return [Token(token.text, token.start, token.end) for token in tokenize(message.get(attribute))]

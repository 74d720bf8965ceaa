import json
from pathlib import Path

import pytest
from components.tokenizer import MixedTokenizer
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

WORDS = {"category": {"labels": {}, "values": {"dress": {"en": ["dress"], "zh": ["连衣裙"]}}}}


@pytest.fixture
def tokenizer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MixedTokenizer:
    vocabulary = {"format": 1, "currency": "CNY", "attributes": WORDS}
    (tmp_path / "vocabulary.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    monkeypatch.setenv("PARLEY_VAR", str(tmp_path))
    context = ExecutionContext(GraphSchema({}), "tokenizer")
    storage = LocalModelStorage(tmp_path / "storage")
    return MixedTokenizer.create(MixedTokenizer.get_default_config(), storage, Resource("tokenizer"), context)


def test_both_languages_in_one_sentence_are_cut_into_words(tokenizer: MixedTokenizer) -> None:
    text = "想要 Nike 的red连衣裙"
    tokens = tokenizer.tokenize(Message({TEXT: text}), TEXT)
    assert [token.text for token in tokens] == ["想要", "Nike", "的", "red", "连衣裙"]
    assert all(text[token.start : token.end] == token.text for token in tokens)


def test_a_message_without_words_has_no_tokens(tokenizer: MixedTokenizer) -> None:
    assert tokenizer.tokenize(Message({TEXT: " …!? "}), TEXT) == []

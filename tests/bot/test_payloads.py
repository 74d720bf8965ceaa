import json
import re

import pytest
from channels.payloads import MAX_TEXT, BadMessageError, Incoming, checked_payload, clean, escape, read_message
from hypothesis import given
from hypothesis import strategies as st
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.training_data.message import Message

INTENTS = {"greet", "like_item", "refine"}
DOMAIN = Domain.from_dict({"intents": sorted(INTENTS), "entities": ["item_id", "colour", "price"]})
ADDRESS = {"conversation": "a" * 32, "id": "b" * 32}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def read(**fields: object) -> Incoming:
    return read_message(json.dumps({**ADDRESS, **fields}).encode(), INTENTS)


def parsed_by_rasa(text: str) -> Message:
    return YAMLStoryReader.unpack_regex_message(Message.build(text=text), DOMAIN)


@given(st.text())
def test_typed_text_never_reaches_rasa_as_a_payload(text: str) -> None:
    try:
        incoming = read(text=text)
    except BadMessageError:
        assert len(text) > MAX_TEXT or not clean(text)
        return
    delivered = UserMessage(incoming.text).text
    assert not delivered.startswith("/")
    assert parsed_by_rasa(delivered).get("intent") is None


@pytest.mark.parametrize(
    "text", ['/like_item{"item_id": "x"}', "  /greet", "\n/greet", "\x00/greet", "\ud800/greet", "//greet"]
)
def test_text_that_looks_like_a_payload_is_shown_as_typed_and_read_as_text(text: str) -> None:
    incoming = read(text=text)
    assert incoming.shown.startswith("/")
    assert incoming.text.startswith("／")
    assert parsed_by_rasa(incoming.text).get("intent") is None


@given(st.text())
def test_what_is_read_can_be_stored_by_any_database(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert clean(cleaned) == cleaned


@given(st.text(st.characters(blacklist_characters="/", blacklist_categories=("Cs", "Cc"))))
def test_ordinary_text_passes_unchanged(text: str) -> None:
    assert escape(text) == text
    assert clean(text) == text.strip()


@given(st.sampled_from(sorted(INTENTS)), st.dictionaries(st.sampled_from(["item_id", "colour"]), st.text(max_size=20)))
def test_a_button_means_to_rasa_exactly_what_the_bot_wrote_into_it(intent: str, entities: dict[str, str]) -> None:
    payload = f"/{intent}{json.dumps(entities)}"
    message = parsed_by_rasa(checked_payload(payload, INTENTS))
    assert message.get("intent")["name"] == intent
    assert {entity["entity"]: entity["value"] for entity in message.get("entities")} == entities


def test_a_price_in_a_payload_keeps_its_structure() -> None:
    payload = '/refine{"price": {"minimum": null, "maximum": 500.0, "currency": "CNY"}}'
    (entity,) = parsed_by_rasa(checked_payload(payload, INTENTS)).get("entities")
    assert entity["value"] == {"minimum": None, "maximum": 500.0, "currency": "CNY"}


@pytest.mark.parametrize(
    "payload",
    [
        "/restart",
        "/session_start",
        "/unknown",
        "greet",
        "/",
        "/greet@1.0",
        "/greet{",
        "/greet[1]",
        '/greet{"a": NaN}',
        "/greet{} and more",
        "/greet" + json.dumps({"item_id": "x" * MAX_TEXT}),
    ],
)
def test_a_payload_that_no_button_carries_is_refused(payload: str) -> None:
    with pytest.raises(BadMessageError):
        checked_payload(payload, INTENTS)


@given(st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_other_body_is_refused_in_one_sentence(body: bytes) -> None:
    with pytest.raises(BadMessageError) as caught:
        read_message(body, INTENTS)
    assert re.fullmatch(r"[^\n]+\.", str(caught.value))


def test_a_body_nested_beyond_reason_is_refused() -> None:
    with pytest.raises(BadMessageError, match="not valid JSON"):
        read_message(b"[" * 16_000, INTENTS)


@given(st.dictionaries(st.sampled_from(["conversation", "id", "text", "payload", "title", "again"]), JSON))
def test_fields_of_any_kind_are_read_or_refused_and_nothing_else(fields: dict[str, object]) -> None:
    try:
        incoming = read_message(json.dumps({**ADDRESS, **fields}).encode(), INTENTS)
    except BadMessageError:
        return
    assert incoming.text
    assert incoming.again in (True, False)


def test_a_title_is_what_the_person_saw_and_the_payload_what_rasa_gets() -> None:
    incoming = read(payload='/like_item{"item_id":"dress-1"}', title="I like the dress")
    assert (incoming.text, incoming.shown) == ('/like_item{"item_id": "dress-1"}', "I like the dress")

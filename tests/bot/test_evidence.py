import numpy as np
import pytest
from components.evidence import ATTRIBUTE, CATEGORY, FLAGS, POSITION, PRICE, flags, masked
from components.extractor import entities_of
from components.fallback import in_doubt, instead
from components.relevance import relevant
from hypothesis import given
from hypothesis import strategies as st

from recommender.language.understand import Understanding, understand
from recommender.language.vocabulary import Vocabulary

VOCABULARY = Vocabulary.from_mapping(
    {
        "format": 1,
        "currency": "CNY",
        "attributes": {
            "category": {
                "labels": {"en": ["category"], "zh": ["品类"]},
                "values": {"dress": {"en": ["dress"], "zh": ["连衣裙"]}, "film": {"en": ["film"], "zh": ["电影"]}},
            },
            "colour": {
                "labels": {"en": ["colour"], "zh": ["颜色"]},
                "values": {"red": {"en": ["red"], "zh": ["红色"]}, "blue": {"en": ["blue"], "zh": ["蓝色"]}},
            },
        },
    }
)


def read(text: str) -> Understanding:
    return understand(text, VOCABULARY)


def raised(text: str) -> set[str]:
    counted = {"length", "length of the rest", "mentions / 4"}
    values = flags(text, read(text))
    return {name for name, value in zip(FLAGS, values, strict=True) if value and name not in counted}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a red dress", {"category", "other attribute"}),
        ("红色连衣裙", {"category", "other attribute", "nothing else"}),
        ("not red", {"exclusion"}),
        ("under 500 yuan", {"price", "nothing else"}),
        ("便宜一点的", {"price change"}),
        ("why the second dress?", {"category", "position", "position and category", "question mark"}),
        ("颜色无所谓", {"drop", "nothing else"}),
        ("换个颜色", {"another", "nothing else"}),
        ("the first or the third?", {"position", "several positions", "question mark"}),
        ("hello", set()),
    ],
)
def test_flags_say_what_was_understood(text: str, expected: set[str]) -> None:
    assert raised(text) - {"nothing else"} == expected - {"nothing else"}


@given(st.text(max_size=200))
def test_flags_stay_between_nought_and_two(text: str) -> None:
    values = flags(text, read(text))
    assert values.shape == (len(FLAGS),)
    assert values.dtype == np.float32
    assert (values >= 0).all()
    assert (values <= 2).all()


def test_every_catalogue_reads_alike() -> None:
    assert masked("A RED dress", read("A RED dress")) == f"a {ATTRIBUTE} {CATEGORY}"
    assert masked("a blue film", read("a blue film")) == f"a {ATTRIBUTE} {CATEGORY}"
    assert masked("想买红色的连衣裙", read("想买红色的连衣裙")) == f"想买{ATTRIBUTE}的{CATEGORY}"


def test_amounts_and_positions_read_alike() -> None:
    for price in ("under 500 yuan", "under 80 yuan"):
        assert masked(price, read(price)) == PRICE
    assert masked("why the first", read("why the first")) == masked("why the third", read("why the third"))
    assert POSITION in masked("why the third", read("why the third"))


@given(st.text(max_size=80))
def test_offsets_of_entities_lie_in_the_message(text: str) -> None:
    for entity in entities_of(text, read(text)):
        assert 0 <= entity["start"] <= entity["end"] <= len(text)
        assert entity["entity"] == "language" or entity["start"] < entity["end"]


def test_entities_come_in_the_order_of_the_message_with_language_first() -> None:
    text = "a red dress under 500 yuan, cheaper than the second"
    assert [entity["entity"] for entity in entities_of(text, read(text))][:4] == [
        "language",
        "colour",
        "category",
        "price",
    ]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("red dress", "ask_recommendation"),
        ("anything but a dress", "refine"),
        ("红色", "refine"),
        ("500以内", "refine"),
        ("the second", "nlu_fallback"),
        ("asdf", "nlu_fallback"),
    ],
)
def test_a_doubtful_message_follows_what_it_names(text: str, intent: str) -> None:
    assert instead(entities_of(text, read(text))) == intent


@pytest.mark.parametrize(
    ("intent", "text", "expected"),
    [
        ("chitchat", "you are smarter than my husband", []),
        ("ask_recommendation", "a red dress", [("colour", None), ("category", None)]),
        ("refine", "not red", [("colour", "exclude")]),
        ("ask_why_not", "no red ones?", [("colour", None)]),
        ("forget", "forget that I hate red", [("colour", None)]),
        ("forget", "I forgot to say: not red", [("colour", "exclude")]),
        ("go_back", "where did the cheaper ones go", []),
        ("remember", "red dresses make me itch", [("colour", "exclude"), ("category", None)]),
        ("remember", "I never wear red, only blue", [("colour", "exclude"), ("colour", None)]),
        ("dislike_item", "the red one is ugly", [("colour", "exclude")]),
        ("dislike_item", "red is ugly, I'd prefer blue", [("colour", "exclude"), ("colour", None)]),
    ],
)
def test_entities_mean_what_they_mean_in_their_act(
    intent: str, text: str, expected: list[tuple[str, str | None]]
) -> None:
    found = relevant(intent, text, entities_of(text, read(text)))
    assert [(e["entity"], e.get("role")) for e in found if e["entity"] != "language"] == expected


@pytest.mark.parametrize(
    ("confidences", "doubt"),
    [((0.9, 0.05), False), ((0.39, 0.1), True), ((0.48, 0.45), True), ((0.5, 0.4), False), ((1.0,), False)],
)
def test_doubt_is_little_confidence_or_a_narrow_lead(confidences: tuple[float, ...], doubt: bool) -> None:
    ranking = [{"name": str(rank), "confidence": confidence} for rank, confidence in enumerate(confidences)]
    assert in_doubt(ranking, confidence=0.4, margin=0.05) is doubt


def test_two_intents_of_one_action_are_no_doubt_together() -> None:
    near = [{"name": "like_item", "confidence": 0.34}, {"name": "purchase_item", "confidence": 0.33}]
    assert not in_doubt(near, confidence=0.4, margin=0.05)
    assert in_doubt([near[0], {**near[1], "name": "ask_why"}], confidence=0.4, margin=0.05)

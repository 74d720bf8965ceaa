"""What a few words mean as the answer to the question that was just asked: "38", "M", "up to 500"."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.state import NO_ATTRIBUTES, State
from recommender.language.tokens import fold
from recommender.language.vocabulary import Vocabulary
from recommender.serving.index import PRICE

_NUMBER = re.compile(r"\D{0,6}([0-9]+(?:\.[0-9]+)?)\D{0,3}")


def answered(state: State, vocabulary: Vocabulary) -> State:
    """`state` with the value that its message names for the attribute just asked about, where it names nothing else.

    Bare codes and numbers mean something only as an answer: "38" may be a size or a price.
    """
    attribute, turn = state.awaiting.question, state.turn
    named = any(e["entity"] not in NO_ATTRIBUTES or e["entity"] in ("price", "range") for e in turn.entities)
    if attribute is None or named or turn.clicked:
        return state
    said = fold(turn.text).strip(" .!?。！？，,的")
    entity: dict[str, object] | None = None
    if attribute == PRICE:
        number = _NUMBER.fullmatch(said)
        if number:
            limit = {"minimum": None, "maximum": float(number[1]), "currency": None}
            entity = {"entity": PRICE, "value": limit}
    else:
        value = next((v for v in vocabulary.values(attribute) if said in _words(vocabulary, attribute, v)), None)
        entity = None if value is None else {"entity": attribute, "value": value}
    if entity is None:
        return state
    whole = {**entity, "start": 0, "end": len(turn.text)}
    return replace(state, turn=replace(turn, entities=(*turn.entities, whole)))


def _words(vocabulary: Vocabulary, attribute: str, value: str) -> set[str]:
    return {
        fold(word).strip() for word in (value, *(vocabulary.label(attribute, value, code) for code in ("en", "zh")))
    }

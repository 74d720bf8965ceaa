"""What people asked for in the shop and then liked → the conversation model that serves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from recommender.conversations.catalogue import Catalogue
from recommender.conversations.dialogue import Answered, Dialogue
from recommender.conversations.features import Floats
from recommender.conversations.model import ConversationModel
from recommender.encoders.feedback_pairs import LIKED, asked
from recommender.learning.conversations import ConversationParameters, encode_turns, fit_conversations
from recommender.model.features import TextEncoder
from recommender.types import Event, Impression

LEAST = 50
"""Answered requests below which the weights set by hand serve: learned from fewer, a ranker knows only their items."""


def answered_turns(events: Iterable[Event], lists: Callable[[str], Sequence[Impression]]) -> tuple[Answered, ...]:
    """One turn for each list of which something was liked or bought: what was asked for, and what was chosen.

    Args:
        events: of any kind, in time order.
        lists: the stored list of a request id, empty when there is none.
    """
    chosen: dict[str, dict[str, None]] = {}
    session: dict[str, str] = {}
    for event in events:
        if event.request_id is not None and event.kind in LIKED:
            chosen.setdefault(event.request_id, {})[event.item] = None
            session[event.request_id] = event.session
    turns = []
    for request, items in chosen.items():
        query = next((asked(shown) for shown in lists(request) if shown.item in items), "")
        if query:
            turns.append(Answered(session[request], Dialogue((query,)), tuple(items)))
    return tuple(turns)


def fit_shop(
    catalogue: Catalogue,
    turns: Sequence[Answered],
    encoder: TextEncoder | None,
    text_mean: Floats | None,
    parameters: ConversationParameters | None = None,
) -> ConversationModel:
    """The model for a shop: learned from `turns` when there are LEAST of them, else without a past.

    Args:
        catalogue: with the items' vectors if there is an encoder.
        turns: from `answered_turns`.
        encoder: whose vectors the catalogue holds, None without one.
        text_mean: (t,) what centred the items' vectors; it centres queries while there are too few to have a mean.
        parameters: how a model is learned.
    """
    row_of = catalogue.rows
    known = [turn for turn in turns if any(item in row_of for item in turn.items)]
    if len(known) < LEAST:
        return ConversationModel.fresh(catalogue, None if text_mean is None else np.stack([text_mean, text_mean]))
    encoded = None if encoder is None else encode_turns([turn.dialogue for turn in known], encoder)
    fingerprint = "" if encoder is None else encoder.fingerprint
    return fit_conversations(catalogue, known, encoded, parameters, fingerprint)

"""What a message's words say of the catalogue, as one more part of the recommender's blend."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recommender.conversations.catalogue import mentions_of
from recommender.conversations.dialogue import Dialogue
from recommender.conversations.features import Evidence, Floats, QueryVectors
from recommender.conversations.model import ConversationModel, Link
from recommender.model.features import TextEncoder, centre

_LIKE = re.compile(
    r"\b(?:like|similar|resembl\w*|as good as|in the (?:vein|style) of|reminds?|fan of|loved?|enjoyed)\b"
    r"|像|类似|差不多|一样|喜欢|看过|风格",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class ConversationPart:
    """evidence (n,) float32 with mean 0 and standard deviation 1, or all zeros when the words lead nowhere.

    `named` are rows of the items that the words name; a list should not repeat those that it should resemble
    (`resemble`).
    """

    evidence: Floats
    named: tuple[int, ...]
    resemble: bool
    model: ConversationModel
    found: Evidence | None

    def links(self, row: int) -> tuple[Link, ...]:
        """The names that lead to the item in `row`, newest first; empty when only words or past conversations do."""
        return () if self.found is None else self.model.links(self.found, row)


def conversation_part(
    model: ConversationModel,
    text: str,
    encoder: TextEncoder | None = None,
    before: Sequence[str] = (),
    anchor: int | None = None,
) -> ConversationPart:
    """Evidence of what was just said.

    Args:
        model: of this catalogue.
        text: the message, or what of it constraints did not take.
        encoder: the one whose vectors the model's catalogue holds; None leaves dense evidence out.
        before: earlier turns of both sides, oldest first, the last one the bot's.
        anchor: row of an item that the result should resemble, named before the text.
    """
    nothing = np.zeros(model.catalogue.size, dtype=np.float32)
    if not text.strip() and anchor is None:
        return ConversationPart(nothing, (), False, model, None)
    dialogue = Dialogue((*before, text), anchors=() if anchor is None else (model.catalogue.ids[anchor],))
    vectors = None if encoder is None else query_vectors(model, dialogue, encoder)
    ranking = model.rank(dialogue, vectors)
    final = len(dialogue.turns) - 1
    named = {m.items[0] for m in ranking.evidence.mentions if m.turn == final and len(m.items) == 1 and not m.weak}
    resemble = anchor is not None or bool(_LIKE.search(text))
    scores = ranking.scores
    rest = np.ones(len(scores), dtype=bool)
    if resemble:
        rest[list(named)] = False
    spread = float(scores[rest].std()) if rest.any() else 0.0
    if spread < 1e-6:
        return ConversationPart(nothing, tuple(sorted(named)), resemble, model, ranking.evidence)
    standard = ((scores - scores[rest].mean()) / spread).astype(np.float32)
    # Like what was named, but not itself, which a ranker that learned from "who made it?" would put first.
    standard[~rest] = float(standard[rest].min())
    return ConversationPart(standard, tuple(sorted(named)), resemble, model, ranking.evidence)


@dataclass(frozen=True, slots=True)
class Resembled:
    """An item that a message names, and where in the message its title stands."""

    item: str
    start: int
    end: int


def resembled(model: ConversationModel, text: str) -> Resembled | None:
    """The item whose title `text` names, the last one, when it asks for something like it; else None."""
    return titled(model, text) if _LIKE.search(text) else None


def titled(model: ConversationModel, text: str) -> Resembled | None:
    """The item whose title `text` names, the last one, whatever it says of it."""
    mentions = mentions_of(model.catalogue, Dialogue((text,)))
    found = [mention for mention in mentions if len(mention.items) == 1 and not mention.weak]
    return Resembled(model.catalogue.ids[found[-1].items[0]], found[-1].start, found[-1].end) if found else None


def query_vectors(model: ConversationModel, dialogue: Dialogue, encoder: TextEncoder) -> QueryVectors | None:
    """The vectors of a dialogue, as the model's catalogue and past hold theirs."""
    if model.catalogue.vectors is None:
        return None
    whole, last = dialogue.recent(), dialogue.recent(1)
    raw = encoder.encode([last])[0]
    both = raw if whole == last else encoder.encode([whole])[0]
    mean = model.query_mean
    return QueryVectors(centre(raw, mean[0]), centre(both, mean[1]))

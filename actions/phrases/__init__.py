"""What the actions say, in both languages, a file for each topic. Fixed sentences of the dialogue stand in bot/domain.

A phrase with several variants gives one or the other, so that nobody hears the same sentence twice in a row. Whatever
a phrase names is put in from the catalogue's own objects.
"""

from __future__ import annotations

from actions.phrases import answers, explain, feedback, recommend, refine, smalltalk
from recommender.types import Language

TEXTS = {
    **recommend.TEXTS,
    **refine.TEXTS,
    **explain.TEXTS,
    **feedback.TEXTS,
    **answers.TEXTS,
    **smalltalk.TEXTS,
}


def variants(phrase: str, language: Language) -> tuple[str, ...]:
    """All ways to say `phrase`."""
    said = TEXTS[phrase][language]
    return (said,) if isinstance(said, str) else said

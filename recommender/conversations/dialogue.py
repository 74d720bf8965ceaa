"""A conversation as a query: its turns so far, and what an annotator says that they name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What was said before the turn that is to be answered.

    `turns` stand oldest first, the last one is to be answered; two people take turns, so that the one who answers also
    said the turn before the last. `named` are names that are known to stand in the turns (a data set's annotation, or
    ids of a catalogue); most callers have none, and names are found in the text.
    """

    turns: tuple[str, ...]
    named: tuple[str, ...] = ()

    @property
    def last(self) -> str:
        """The turn to be answered, "" before anybody spoke."""
        return self.turns[-1] if self.turns else ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A dialogue and what was recommended in answer: item ids; turns with one `dialogue_id` belong together."""

    dialogue_id: str
    dialogue: Dialogue
    items: tuple[str, ...]

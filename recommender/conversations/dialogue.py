"""A conversation as a query: its turns so far, and what an annotator says that they name."""

from __future__ import annotations

from dataclasses import dataclass

CHARACTERS = 280  # that are encoded of a dialogue: as the encoder is fine-tuned, and time goes by length


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What was said before the turn that is to be answered.

    `turns` stand oldest first, the last one is to be answered; two people take turns, so that the one who answers also
    said the turn before the last. `named` are names that are known to stand in the turns (a data set's annotation);
    most callers have none, and names are found in the text. `anchors` are ids of items that were pointed at without
    being named ("more like the third").
    """

    turns: tuple[str, ...]
    named: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()

    @property
    def last(self) -> str:
        """The turn to be answered, "" before anybody spoke."""
        return self.turns[-1] if self.turns else ""

    def recent(self, turns: int | None = None) -> str:
        """The end of what was said in the last `turns`, of all by default: CHARACTERS at most, cut between words."""
        return end_of(" ".join(self.turns[-turns:] if turns else self.turns))


@dataclass(frozen=True, slots=True)
class Answered:
    """A dialogue and what was recommended in answer: item ids; turns with one `dialogue_id` belong together."""

    dialogue_id: str
    dialogue: Dialogue
    items: tuple[str, ...]


def end_of(said: str, characters: int = CHARACTERS) -> str:
    """The end of what was said, cut between words where it has spaces. Ask with it what was trained with it."""
    said = " ".join(said.split())
    if len(said) <= characters:
        return said
    end = said[-characters:]
    if said[-characters - 1] != " " and " " in end[:40]:  # a longer "word" is a language without spaces
        end = end[end.index(" ") :]
    return end.strip()

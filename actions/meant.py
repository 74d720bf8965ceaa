"""Which of the shown items a message means: by position, button, description, superlative, title or as "it"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.slots import numbers
from actions.state import State
from recommender.api import Recommender
from recommender.language.superlatives import find_superlatives
from recommender.types import Constraint, Item

OTHER = re.compile(r"\b(?:the )?other one\b|另[一外]?[那]?[个件条双款部本]|另外那")
ALL = re.compile(
    r"\b(?:both|none|neither|any of|all of them|them all|these|those|all (?:three|four|five))\b"
    r"|都|全|这几|这些|[两三][个件条双款部本]"
)


@dataclass(frozen=True)
class Meaning:
    """What `state`'s message means among what `recommender` showed."""

    recommender: Recommender
    state: State

    @property
    def shown(self) -> list[Item]:
        """The items of the list that are still in the catalogue, in order."""
        return [item for item in map(self.recommender.find, self.state.shown.items) if item is not None]

    def named(self) -> tuple[str, ...]:
        """Ids that the message names: by position or button, else by description, superlative or title."""
        return self.state.referenced() or self.described()

    def described(self) -> tuple[str, ...]:
        """The only shown item that has what the message says of it ("the striped one", "最便宜的那个"), else none."""
        fitting = self.fitting()
        return (fitting[0].id,) if len(fitting) == 1 < len(self.shown) else ()

    def fitting(self) -> list[Item]:
        """The shown items that meet the description in the message; [] when it describes none."""
        wishes, items = self.state.turn.wishes, self.shown
        if any(wish.exclude for wish in wishes) or self.state.turn.clicked:
            return []
        described = [item for item in items if has_all(item, wishes)] if wishes else items
        best = self._most(described)
        if best or wishes:
            return best or described
        return self._titled() or self._other()

    def talked_about(self) -> tuple[str, ...]:
        """Ids that the message is about: named, else the one just talked about, else the only one shown."""
        named = self.named()
        if named or self.state.names_missing_position():
            return named
        if self.state.shown.focus in self.state.shown.items:
            return (str(self.state.shown.focus),)
        return self.state.shown.items if len(self.state.shown.items) == 1 else ()

    def all_of_them(self) -> bool:
        """Whether the message speaks of all that is shown ("both", "这几个")."""
        return bool(ALL.search(self.state.turn.text.lower()))

    def _most(self, items: Sequence[Item]) -> list[Item]:
        """The one with the most or least of a number that the message names ("the cheapest")."""
        found = find_superlatives(self.state.turn.text, self.recommender.vocabulary)
        if not found:
            return []
        attribute, direction = found[0].attribute, found[0].direction
        known = [item for item in items if numbers([item], attribute)]
        ordered = sorted(known, key=lambda item: numbers([item], attribute)[0], reverse=direction == "more")
        return ordered[:1]

    def _titled(self) -> list[Item]:
        """The shown item whose title the message says."""
        titled = self.recommender.titled(self.state.turn.text)
        return [item for item in self.shown if titled is not None and item.id == titled.id]

    def _other(self) -> list[Item]:
        """Of two items the one that was not talked about."""
        if len(self.shown) != 2 or not OTHER.search(self.state.turn.text.lower()):
            return []
        return [item for item in self.shown if item.id != self.state.shown.focus] if self.state.shown.focus else []


def has_all(item: Item, wishes: Sequence[Constraint]) -> bool:
    """Whether `item` has one of the wanted values of every wish."""
    return all(set(wish.values) & set(item.attributes.get(wish.attribute, ())) for wish in wishes)

"""What was said and shown so far in a conversation, and what the shop owes the person for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from recommender.serving.index import PRICE
from recommender.types import Limit, Range
from tests.simulator import acts
from tests.simulator.acts import Act
from tests.simulator.parts import Part, put, without
from tests.simulator.shop import Shop


@dataclass(frozen=True, slots=True)
class Fault:
    """A card that should not have been shown: `part` is what it breaks, None for a repeat after a dislike."""

    item: str
    part: Part | None
    relative: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A list that was on the screen, and what had been said when it came."""

    cards: tuple[str, ...]
    said: tuple[Part, ...]


@dataclass
class Memory:
    """The ledger of one conversation.

    `said` are hard constraints that hold; `soft` are leanings that were mentioned; `relative` is the limit that
    "cheaper" sets for the very next list and no longer; `shown` is the list on the screen, `before` the one that was
    there before, `pages` all lists. Who goes back to a list is where they were when it came: what they said since is
    said again if they still mean it.
    """

    shop: Shop
    said: tuple[Part, ...] = ()
    soft: tuple[Part, ...] = ()
    relative: Part | None = None
    shown: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    pages: list[Page] = field(default_factory=list)
    back: bool = False
    disliked: set[str] = field(default_factory=set)

    @property
    def lists(self) -> int:
        """How many lists have been shown."""
        return len(self.pages)

    def say(self, act: Act) -> None:
        """Notes what `act` commits the shop to."""
        self.relative, self.back = self._relative(act), act.name == "go_back"
        if act.name in acts.HARD:
            for part in act.parts:
                self.said = put(self.said, part)
        elif act.name == "prefer":
            for part in act.parts:
                self.soft = put(self.soft, part)
        elif act.name == "take_back" and act.attribute:
            self.said, self.soft = without(self.said, act.attribute), without(self.soft, act.attribute)
        elif act.name == "start_over":
            self.said, self.soft = (), ()
        elif act.name == "none_of_these":
            self.disliked |= set(self.shown)
        elif act.name in acts.DISLIKES and act.position:
            self.disliked.add(self.shown[act.position - 1])

    def hear(self, cards: tuple[str, ...]) -> list[Fault]:
        """Takes in a list and returns what is wrong with it."""
        if not cards:
            return []
        if self.back:
            earlier = (page.said for page in reversed(self.pages[:-1]) if set(cards) <= set(page.cards))
            self.said = next(earlier, self.said)
        owed = [(part, False) for part in self.said] + ([(self.relative, True)] if self.relative else [])
        faults = [Fault(i, part, relative) for i in cards for part, relative in owed if self.shop.breaks(i, part)]
        faults += [Fault(i, None) for i in cards if i in self.disliked]
        self.before, self.shown = self.shown, cards
        self.pages.append(Page(cards, self.said))
        return faults

    def _relative(self, act: Act) -> Part | None:
        """The least that "cheaper" means: below the dearest of the list, or below the one item it was said of."""
        named = self.shown[act.position - 1 : act.position] if act.position else self.shown
        prices = [p for i in named if (p := self.shop.item(i).price) is not None]
        if not prices:
            return None
        if act.name in acts.CHEAPER:
            return Range(PRICE, Limit(maximum=max(prices), exclusive=True))
        if act.name == "dearer":
            return Range(PRICE, Limit(minimum=min(prices), exclusive=True))
        return None

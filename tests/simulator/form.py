"""What Parley is compared with: a form that asks one attribute after the other, in a fixed order, then shows lists."""

from __future__ import annotations

from dataclasses import dataclass

from recommender.api import Recommender
from recommender.serving.index import PRICE
from recommender.types import Constraint, Range, Request
from tests.simulator.goal import Goal
from tests.simulator.parts import Part
from tests.simulator.shop import Shop

PAGES = 30


@dataclass(frozen=True)
class Form:
    """A form over the same ranker with the same list length, which hears every answer perfectly.

    One message answers one question; then "more" turns the page until an item is accepted, which is the last message.
    `enough` makes a better form: it shows its list as soon as no more items fit than that, 0 for never.
    """

    recommender: Recommender
    shop: Shop
    list_length: int = 5
    enough: int = 0

    def turns(self, goal: Goal) -> int | None:
        """Messages until the person of `goal` accepts an item; None when they see no such item within `PAGES` lists."""
        answers: list[Part] = []
        asked = 0
        for attribute in self.questions:
            if self.shop.fitting(answers).sum() <= self.enough:
                break
            asked += 1
            answers += [part for part in goal.wish if part.attribute == attribute]
        seen: frozenset[str] = frozenset()
        for page in range(PAGES):
            shown = self._page(goal, answers, seen)
            if page >= goal.browsing and goal.accepted & (seen | shown):
                return asked + page + 1
            if not shown:
                return asked + page + 1 if goal.accepted & seen else None
            seen |= shown
        return None

    @property
    def questions(self) -> tuple[str, ...]:
        """What is asked, in order: the askable attributes as they are declared, then the price where there is one."""
        there = {*self.shop.choices, *self.shop.numbers} - {PRICE}
        asked = [a for a in self.shop.vocabulary.askable if a in there]
        return (*asked, PRICE) if PRICE in self.shop.numbers else tuple(asked)

    def _page(self, goal: Goal, answers: list[Part], seen: frozenset[str]) -> frozenset[str]:
        ranges = [part for part in answers if isinstance(part, Range)]
        request = Request(
            person=f"form-{goal.seed}",
            session=f"form-{goal.seed}",
            language=goal.language,
            constraints=tuple(part for part in answers if isinstance(part, Constraint)),
            price=next((r.limit for r in ranges if r.attribute == PRICE), Request("", "").price),
            ranges=tuple(r for r in ranges if r.attribute != PRICE),
            hidden=seen,
            count=self.list_length,
        )
        return frozenset(shown.item.id for shown in self.recommender.recommend(request).items)

"""A simulated person: says what they want bit by bit, judges lists by their own taste, and does not wait for ever."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from recommender.serving.index import PRICE
from tests.simulator import acts
from tests.simulator.acts import Act
from tests.simulator.agenda import Agenda, opening, statements
from tests.simulator.goal import Goal
from tests.simulator.memory import Memory
from tests.simulator.moves import next_move
from tests.simulator.parts import Part, excludes
from tests.simulator.reply import Reply
from tests.simulator.shop import Shop

DIGRESS = 0.12
CLICK = 0.5  # chance that a button is used where one says what is meant


@dataclass
class Person:
    """Somebody with a goal, talking; the same seed says the same to the same replies."""

    goal: Goal
    shop: Shop
    rng: random.Random
    memory: Memory = field(init=False)
    agenda: Agenda = field(init=False)
    last: Act | None = None
    retries: int = 0
    empty: int = 0
    hurried: bool = False  # there is nothing more to see: who only browsed decides now

    def __post_init__(self) -> None:
        self.memory = Memory(self.shop)
        self.agenda = opening(self.goal.wish, self.rng)

    def open(self) -> Act:
        """The first act."""
        return self._do(self.agenda.pop())

    def answer(self, reply: Reply) -> Act:
        """What the person does after `reply`, whose cards stand in the memory already."""
        self.agenda.settle(self.memory.said)
        self._react(reply)
        if not self.agenda:
            self.agenda.push(next_move(self.goal, self.memory, self.last, self.rng))
        return self._do(self.agenda.pop())

    @property
    def pending(self) -> tuple[Part, ...]:
        """Constraints of the wish that the shop has not been told, or that were taken back."""
        return tuple(part for part in self.goal.wish if part not in self.memory.said)

    def _do(self, act: Act) -> Act:
        self.memory.say(act)
        self.last = act
        return act

    def _react(self, reply: Reply) -> None:
        """Puts what `reply` calls for on top of the agenda."""
        aside = self.last is not None and self.last.name in acts.DIGRESSIONS | acts.DISLIKES
        if self.pending and not self.agenda:
            for act in statements(self.pending, self.rng):
                self.agenda.push(act)
        self.hurried |= not reply.cards and bool(reply.drops)
        if place := self._acceptable(reply):
            self.agenda.push(Act("accept", position=place))
            return
        if reply.cards:
            self.retries = self.empty = 0
            self._complain(reply)
        elif reply.asked:
            pass
        elif reply.drops and not aside:
            self._give_way(reply)
        elif not aside and self.last is not None:
            self._try_again(self.last)
        if reply.asked:
            self._be_asked(reply, reply.asked)
        if self.memory.shown and self.rng.random() < DIGRESS:
            self.agenda.push(self._digression())

    def _acceptable(self, reply: Reply) -> int | None:
        """The place of the best card that the person would take, once they have looked around enough."""
        shown = self.memory.shown
        decided = self.hurried or (reply.cards and self.memory.lists > self.goal.browsing)
        wanted = [i for i in shown if i in self.goal.accepted and i not in self.memory.disliked] if decided else []
        return shown.index(max(wanted, key=self.goal.utility.__getitem__)) + 1 if wanted else None

    def _complain(self, reply: Reply) -> None:
        """Who is shown what they ruled out says it again."""
        broken = [p for p in self.memory.said if any(self.shop.breaks(i, p) for i in reply.cards)]
        if broken:
            part = self.rng.choice(broken)
            self.agenda.push(Act("exclude" if excludes(part) else "restate", (part,)))

    def _be_asked(self, reply: Reply, attribute: str) -> None:
        """A question: its answer where the wish has one, else mostly that it does not matter."""
        if attribute not in (PRICE, *self.shop.vocabulary.attributes):
            self._say_which(reply)  # which item, or which of the shop's answers: not what the wish is asked for
            return
        fitting = [part for part in self.pending if part.attribute == attribute]
        if fitting:
            self.agenda.push(self._stated(reply, fitting[0]))
        elif favourite := self._favourite(attribute):
            self.agenda.push(Act("prefer", (favourite,)))
        elif not reply.cards or self.rng.random() < 0.6:
            skip = reply.button("skip")
            click = skip.payload if skip and self.rng.random() < CLICK else None
            self.agenda.push(Act("no_preference", attribute=attribute, payload=click))

    def _stated(self, reply: Reply, part: Part) -> Act:
        if excludes(part):
            return Act("exclude", (part,))
        if not hasattr(part, "values"):
            return Act("budget" if part.attribute == PRICE else "refine", (part,))
        same = reply.button(**{part.attribute: part.values[0]}) if len(part.values) == 1 else None
        click = same.payload if same and self.rng.random() < CLICK else None
        return Act("answer", (part,), attribute=part.attribute, payload=click)

    def _favourite(self, attribute: str) -> Part | None:
        favourite = self.goal.taste.favourite
        told = favourite in self.memory.soft
        return favourite if favourite and favourite.attribute == attribute and not told else None

    def _say_which(self, reply: Reply) -> None:
        """ "Which one do you mean?": the one that was meant, where it was one."""
        place = self.last.position if self.last else None
        if self.last and place and place <= len(self.memory.shown):
            same = reply.button(item_id=self.memory.shown[place - 1])
            self.agenda.push(replace(self.last, payload=same.payload if same else None))
        elif self.last:
            self._try_again(self.last)

    def _give_way(self, reply: Reply) -> None:
        """Nothing was found: first what was only a leaning goes, then the whole wish is said anew."""
        self.empty += 1
        loose = [p.attribute for p in (*self.memory.soft, *self.memory.said) if p not in self.goal.wish]
        if self.last and self.last.name in acts.CHEAPER | {"dearer"}:
            loose.append(PRICE)
        if loose and self.empty < 3:
            same = reply.button(drop=loose[0])
            click = same.payload if same and self.rng.random() < CLICK else None
            self.agenda.push(Act("take_back", attribute=loose[0], payload=click))
        else:
            self._say_all(anew=self.empty > 1)

    def _try_again(self, act: Act) -> None:
        """The bot did not understand: once more in other words, then everything from the start."""
        self.retries += 1
        if self.retries < 3 and act.name not in ("ask_vague", "start_over", "take_back", "no_preference"):
            self.agenda.push(replace(act, payload=None))
        elif self.retries > 2:
            self._say_all(anew=False)

    def _say_all(self, *, anew: bool) -> None:
        wish = tuple(part for part in self.goal.wish if part in self.memory.said) or self.goal.wish[:1]
        if not all(map(excludes, wish)):
            self.agenda.push(Act("ask", wish))
        if anew:
            self.agenda.push(Act("start_over"))

    def _digression(self) -> Act:
        shown = len(self.memory.shown)
        names = ["faq", "faq", "thanks", "why", "details"] + (["compare"] if shown > 1 else [])
        name = self.rng.choice(names + (["go_back"] if self.memory.lists > 1 else []))
        place = self.rng.randint(1, shown)
        other = self.rng.choice([p for p in range(1, shown + 1) if p != place] or [place])
        if name in ("why", "details"):
            return Act(name, position=place)
        return Act(name, position=place, other=other) if name == "compare" else Act(name)

"""The words for what the catalogue holds, in one language: values, attributes, numbers, prices, wishes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actions import phrases
from recommender.api import Recommender
from recommender.language.display import format_price
from recommender.language.vocabulary import Vocabulary
from recommender.serving.filters import limits
from recommender.serving.index import PRICE
from recommender.types import Change, Constraint, Item, Language, Limit, Preference, Range, Request


@dataclass(frozen=True)
class Names:
    """Says in `language` what `recommender`'s catalogue holds."""

    recommender: Recommender
    language: Language

    @property
    def vocabulary(self) -> Vocabulary:
        """The catalogue's words."""
        return self.recommender.vocabulary

    @property
    def thing(self) -> str:
        """What is sold, in one word: "film", "商品"."""
        return next(iter(self.vocabulary.things(self.language)), self.fixed("thing"))

    def fixed(self, phrase: str, **values: object) -> str:
        """A phrase that has one wording only."""
        return phrases.variants(phrase, self.language)[0].format(**values)

    def listed(self, words: Iterable[str]) -> str:
        """Words one after the other: "red, blue", "红色、蓝色"."""
        return ("、" if self.language == "zh" else ", ").join(words)

    def attribute(self, attribute: str) -> str:
        """The word for an attribute, the price among them."""
        if attribute == PRICE:
            return self.fixed("price_limit")
        return self.vocabulary.attribute_label(attribute, self.language)

    def value(self, attribute: str, value: str) -> str:
        """The word for a canonical value."""
        return self.vocabulary.label(attribute, value, self.language)

    def amount(self, attribute: str, number: float, currency: str | None = None) -> str:
        """A price with its currency, or a number with its unit."""
        if attribute == PRICE:
            return format_price(number, currency or self.recommender.currency)
        return self.vocabulary.format_number(attribute, number, self.language)

    def price(self, item: Item) -> str:
        """The price of `item`, "" where it has none."""
        return "" if item.price is None else self.amount(PRICE, item.price, item.currency)

    def headline(self, item: Item) -> str:
        """Title and price, as far as there is one."""
        price = self.price(item)
        return f"{item.title(self.language)} — {price}" if price else item.title(self.language)

    def change(self, change: Change) -> str:
        """The word for more or less of a number: "cheaper", "更长"."""
        if change.attribute == PRICE:
            cheaper = {"less": ("cheaper", "便宜一点"), "more": ("dearer", "贵一点")}[change.direction]
            return cheaper[self.language == "zh"]
        return self.vocabulary.change_label(change.attribute, change.direction, self.language)

    def constraint(self, constraint: Constraint) -> str:
        """A wish about an attribute: "red or blue", "not red"."""
        joiner = "或" if self.language == "zh" else " or "
        values = joiner.join(self.value(constraint.attribute, value) for value in constraint.values)
        return self.fixed("except", values=values) if constraint.exclude else values

    def limit(self, attribute: str, limit: Limit) -> str:
        """A limit on a number: "up to ¥500", "runtime up to 120 minutes"."""
        low, high = (
            None if bound is None else self.amount(attribute, bound) for bound in (limit.minimum, limit.maximum)
        )
        if low is not None and high is not None:
            said = self.fixed("between", low=low, high=high)
        elif high is not None:
            said = self.fixed("below" if limit.exclusive else "at_most", amount=high)
        else:
            said = self.fixed("above" if limit.exclusive else "at_least", amount=low)
        return said if attribute == PRICE else self.fixed("of_number", attribute=self.attribute(attribute), limit=said)

    def search(self, request: Request) -> str:
        """What was searched for, "" for nothing: "red · dress · up to ¥500"."""
        parts = [self.constraint(constraint) for constraint in request.constraints]
        parts += [self.limit(r.attribute, r.limit) for r in request.ranges if r.limit]
        if request.price:
            parts.append(self.limit(PRICE, request.price))
        if request.text:
            parts.append(f"“{request.text}”")
        return " · ".join(parts)

    def goods(self, goods: Sequence[Constraint], ranges: Sequence[Range]) -> str:
        """What was missed, in words: "nike · shoes · up to ¥500"."""
        parts = [self.constraint(constraint) for constraint in goods]
        return " · ".join([*parts, *(self.limit(r.attribute, r.limit) for r in ranges)])

    def wish_about(self, request: Request, attribute: str) -> str:
        """What `request` says of one attribute."""
        about = [c for c in request.constraints if c.attribute == attribute]
        parts = [self.constraint(c) for c in [c for c in about if not c.exclude] or about]
        parts += [self.limit(name, limit) for name, limit in limits(request) if name == attribute]
        return " · ".join(parts)

    def wish(self, wish: Preference) -> str:
        """A lasting wish: "never wool"."""
        return self.fixed(f"wish_{wish.kind}", value=self.wished(wish))

    def wished(self, wish: Preference) -> str:
        """What a lasting wish is about: "wool", “too flashy”."""
        if wish.attribute and wish.value:
            return self.value(wish.attribute, wish.value)
        return f"“{wish.text}”"

    def values(self, item: Item, attribute: str) -> str:
        """What `item` has of an attribute, the price and other numbers too; "" where the catalogue does not say."""
        if attribute == PRICE:
            return self.price(item)
        if attribute in item.numbers:
            return self.amount(attribute, item.numbers[attribute])
        name = self.attribute(attribute)
        # "size M" would say its attribute twice where the attribute is named beside it.
        labels = (
            self.value(attribute, value).removeprefix(name).strip() for value in item.attributes.get(attribute, ())
        )
        return self.listed(labels)

    def facts(self, item: Item) -> list[tuple[str, str]]:
        """(attribute, value) of everything that the catalogue says of `item` beside title, price and description."""
        names = [*item.attributes, *item.numbers]
        return [(self.attribute(attribute), self.values(item, attribute)) for attribute in names]

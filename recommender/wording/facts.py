"""What a rephrasing may say, made from the same items as the cards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from recommender.types import Item


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One item that a text is about.

    `titles` are its titles in every language, `values` its (attribute, canonical value) pairs, `numbers` its numeric
    attributes. `price` is None where the catalogue knows none.
    """

    titles: tuple[str, ...]
    price: float | None = None
    currency: str = ""
    values: frozenset[tuple[str, str]] = frozenset()
    numbers: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything beside the template that a rephrasing may name; hashable, so that it can be a cache's key.

    `quotes` are words of a person or of the catalogue that stand in the template (descriptions, what was searched
    for): they may be repeated as they are, or left out, and are never read as something that Parley says.
    """

    items: tuple[ItemFacts, ...] = ()
    quotes: tuple[str, ...] = ()

    @classmethod
    def of(cls, items: Iterable[Item], quotes: Iterable[str] = ()) -> Facts:
        """The facts of `items`, in the order in which the text names them; `quotes` as in the class."""
        shown = tuple(items)
        texts = [text for item in shown for text in (*item.descriptions.values(), item.url or "")]
        return cls(
            items=tuple(
                ItemFacts(
                    titles=tuple(dict.fromkeys(item.titles.values())),
                    price=item.price,
                    currency=item.currency,
                    values=frozenset((name, value) for name, values in item.attributes.items() for value in values),
                    numbers=tuple(item.numbers.values()),
                )
                for item in shown
            ),
            quotes=tuple(text for text in dict.fromkeys((*quotes, *texts)) if text),
        )

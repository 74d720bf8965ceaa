"""The frozen values that Parley's rooms hand each other.

Attribute values are canonical: lower-case, as they stand in the catalogue ("red", "t-shirt", "科幻").
Money is in the catalogue's currency, a float in its main unit (399.0 is ¥399); a numeric attribute is a float in the
unit that the schema declares (a film's 117.0 minutes).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Language = Literal["en", "zh"]
EventKind = Literal["like", "dislike", "purchase", "view", "comment"]
AttributeKind = Literal["choice", "tags", "number", "text"]
"""One value of a known set, several such values, a number with a unit, or words to search in."""

EVIDENCE = ("neighbours", "text", "sequence", "popularity")
"""What the recommender can weigh beside LightFM, and can do without."""

EVENT_KINDS: tuple[EventKind, ...] = ("like", "dislike", "purchase", "view", "comment")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be recommended.

    `titles` and `descriptions` map a language to its text; an attribute has one or several canonical values, or is one
    of `numbers`. `price` is None where the catalogue knows none (films, ideas for trips). `stock` None means that the
    catalogue does not count; 0 means sold out. `added` is the day it went on sale.
    """

    id: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    attributes: Mapping[str, tuple[str, ...]]
    price: float | None
    currency: str = "CNY"
    stock: int | None = None
    image: str | None = None
    url: str | None = None
    added: date | None = None
    numbers: Mapping[str, float] = field(default_factory=dict)

    def title(self, language: str) -> str:
        """The title in `language`, else in any language that the item has."""
        return self.titles.get(language) or next(iter(self.titles.values()))

    def description(self, language: str) -> str:
        """The description in `language`, else in any language, else an empty text."""
        return self.descriptions.get(language) or next(iter(self.descriptions.values()), "")


@dataclass(frozen=True, slots=True)
class Constraint:
    """A hard wish about one attribute: one of `values` must hold, or with `exclude` none of them may."""

    attribute: str
    values: tuple[str, ...]
    exclude: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """Bounds of a number; None is unbounded. "Cheaper than ¥399" excludes the bound itself."""

    minimum: float | None = None
    maximum: float | None = None
    exclusive: bool = False

    def __bool__(self) -> bool:
        return self.minimum is not None or self.maximum is not None


NO_LIMIT = Limit()


@dataclass(frozen=True, slots=True)
class Range:
    """A hard wish about a numeric attribute other than the price; items without the number do not meet it."""

    attribute: str
    limit: Limit


Direction = Literal["more", "less"]


@dataclass(frozen=True, slots=True)
class Change:
    """A wish for more or less of a numeric attribute than was shown: longer, newer, less risky."""

    attribute: str
    direction: Direction


PreferenceKind = Literal["never", "avoid", "prefer"]


@dataclass(frozen=True, slots=True)
class Preference:
    """A lasting wish of a person, kept until they take it back.

    never    hard: no item with `attribute` = `value` is shown unless it is asked for by name ("I never wear wool")
    avoid, prefer   soft: such items sink or rise; without an attribute `text` says what is (un)liked ("too flashy")

    `text` is what was said. `at` is timezone-aware UTC.
    """

    kind: PreferenceKind
    person: str
    session: str
    at: datetime
    attribute: str | None = None
    value: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for, in one turn.

    `liked` and `disliked` are item ids from this conversation, oldest first; `hidden` items are never shown;
    `text` is what was said beyond constraints, for semantic retrieval; `anchor` asks for items like that one;
    `preferences` are lasting wishes, which the recommender looks up itself.
    """

    person: str
    session: str
    language: Language = "en"
    constraints: tuple[Constraint, ...] = ()
    price: Limit = NO_LIMIT
    ranges: tuple[Range, ...] = ()
    text: str = ""
    anchor: str | None = None
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    preferences: tuple[Preference, ...] = ()
    count: int = 5


ReasonCode = Literal["matches", "anchor", "liked", "history", "taste", "text", "popular", "new"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an item is shown: a code and the evidence that made it true.

    matches  evidence: the constrained attributes → value, plus "price" / "minimum" / "maximum" when a limit was set
    anchor, liked, history   evidence: "item" → the id it resembles, and the attributes that both share
    taste    evidence: attribute → value that the person chooses far more often than others do; empty when no
             attribute says it and the score of the hybrid model does
    text     evidence: "text" → the words of the message that the item's text answers
    popular, new   evidence: "rank" (1 is the most popular) / "added" (ISO day)
    """

    code: ReasonCode
    evidence: Mapping[str, str | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RecommendedItem:
    """An item in a list, with the 1-based position and the probability with which it was put there."""

    item: Item
    position: int
    score: float
    reasons: tuple[Reason, ...]
    propensity: float = 1.0


@dataclass(frozen=True, slots=True)
class Relaxation:
    """What would help an empty or short list: dropping `attribute` (a number, or "price") gives `count` items."""

    attribute: str
    count: int


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A ranked list and everything that is needed to learn from it later."""

    request_id: str
    request: Request
    items: tuple[RecommendedItem, ...]
    model_version: str
    relaxations: tuple[Relaxation, ...] = ()
    arm: str = "default"


@dataclass(frozen=True, slots=True)
class Event:
    """Something a person did or said about an item. `at` is timezone-aware UTC."""

    kind: EventKind
    person: str
    item: str
    session: str
    at: datetime
    request_id: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Impression:
    """One shown item, as it is stored. `reasons` are those that were true when it was shown."""

    request_id: str
    person: str
    session: str
    item: str
    position: int
    score: float
    propensity: float
    model_version: str
    arm: str
    reasons: tuple[Reason, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """A question put to the shop. `score` is the best answer's, `source` where it stands; None: nobody could answer."""

    person: str
    session: str
    at: datetime
    language: Language
    text: str
    score: float
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """A conversation that a person of the shop should take over; `summary` says what it was about."""

    person: str
    session: str
    at: datetime
    language: Language
    summary: str

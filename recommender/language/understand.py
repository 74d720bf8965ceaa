"""One message, understood: everything that the bot's extractor and its intent features need, from one call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from recommender.language.changes import NumberChange, changes_in
from recommender.language.detect import detect
from recommender.language.measures import RangeMention, ranges_in
from recommender.language.mending import Mended, mend
from recommender.language.money import PriceMention, find_prices_folded
from recommender.language.references import (
    Another,
    Drop,
    PriceChange,
    Reference,
    another_in,
    drops_in,
    price_changes_in,
    references_in,
)
from recommender.language.residue import residue_of
from recommender.language.things import ThingMention, things_in
from recommender.language.tokens import fold
from recommender.language.vocabulary import Mention, Vocabulary
from recommender.types import Language


@dataclass(frozen=True)
class Understanding:
    """What a message says; all offsets are into the message, and things of different kinds do not overlap.

    `drops` speak of what was asked before: a value mentioned in the same message still holds ("any colour but
    black" drops the colour and excludes black). `ranges` and `changes` are about numbers other than the price; where
    the catalogue has no prices, only an amount in a currency is one. `things` are general words for what is sold
    ("film"). `residue` is what none of it covers, "" when that is nothing.
    """

    language: Language
    mentions: tuple[Mention, ...]
    prices: tuple[PriceMention, ...]
    price_changes: tuple[PriceChange, ...]
    references: tuple[Reference, ...]
    drops: tuple[Drop, ...]
    another: tuple[Another, ...]
    residue: str
    ranges: tuple[RangeMention, ...] = ()
    changes: tuple[NumberChange, ...] = ()
    things: tuple[ThingMention, ...] = ()


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


# Characters of a message that are read: some patterns take time by the square of it, and wishes are short.
LONGEST = 2000
_BEFORE_ALL = 1_000_000  # "raise the budget to 800" sets a limit, however long "raise the budget" is

_S = TypeVar("_S", bound=_Spanned)


def understand(text: str, vocabulary: Vocabulary, default: Language = "en") -> Understanding:
    """Everything that `text` says about what is wanted.

    Where readings overlap a limit wins ("cheaper than $40", "longer than 2 hours"), then the longest ("任何颜色" is a
    dropped colour), and among equally long ones a drop, another, a position, a value, a price change, a change of
    another number, a word for what is sold, in this order. A number with another unit than money's is no price.
    Slips of the fingers are mended first (`recommender.language.mending`).

    Args:
        text: a message in English, Chinese or both, of which the first `LONGEST` characters are read; anything else
            gives an empty understanding.
        vocabulary: of the catalogue.
        default: the language of a message that does not tell ("38", "👍").
    """
    text = text[:LONGEST]
    mended = mend(fold(text), vocabulary)
    folded = mended.text
    ranges = ranges_in(folded, vocabulary)
    measured = [(mention.start, mention.end) for mention in ranges]
    prices = find_prices_folded(folded, measured)
    if vocabulary.currency is None:  # where nothing has a price, "under 100" is none, and "cheaper" may mean the fee
        prices = [price for price in prices if price.currency]
    changes: list[list[_Spanned]] = [list(price_changes_in(folded)), list(changes_in(folded, vocabulary))]
    found: list[list[_Spanned]] = [
        list(drops_in(folded, vocabulary)),
        list(another_in(folded, vocabulary)),
        list(ranges),
        list(prices),
        list(references_in(folded)),
        list(vocabulary.find_folded(folded)),
        *(changes if vocabulary.currency is not None else reversed(changes)),
        list(things_in(folded, vocabulary)),
    ]
    resolved = _resolve(found)
    kept = [_as_typed(thing, mended) for thing in resolved]
    said = text if mended.origin is None else folded  # a slip that was mended is nothing to search for
    return Understanding(
        language=detect(text, default),
        mentions=_only(kept, Mention),
        prices=_only(kept, PriceMention),
        price_changes=_only(kept, PriceChange),
        references=_only(kept, Reference),
        drops=_only(kept, Drop),
        another=_only(kept, Another),
        residue=residue_of(said, folded, [(thing.start, thing.end) for thing in resolved]),
        ranges=_only(kept, RangeMention),
        changes=_only(kept, NumberChange),
        things=_only(kept, ThingMention),
    )


def _resolve(found: list[list[_Spanned]]) -> list[_Spanned]:
    """Things in order of place, without those that overlap a longer one or an equally long one of an earlier kind."""
    ranked = sorted(
        (
            (thing.start - thing.end - isinstance(thing, (PriceMention, RangeMention)) * _BEFORE_ALL, kind, thing)
            for kind, things in enumerate(found)
            for thing in things
        ),
        key=lambda entry: (entry[0], entry[1], entry[2].start),
    )
    kept: list[tuple[int, _Spanned]] = []
    for _, kind, thing in ranked:
        clash = any(
            thing.start < other.end
            and other.start < thing.end
            and not (kind == rank and (thing.start, thing.end) == (other.start, other.end))
            for rank, other in kept
        )
        if not clash:
            kept.append((kind, thing))
    return sorted((thing for _, thing in kept), key=lambda thing: (thing.start, thing.end))


def _as_typed(thing: _S, mended: Mended) -> _S:
    if mended.origin is None:
        return thing
    start, end = mended.span(thing.start, thing.end)
    moved: _S = replace(thing, start=start, end=end)  # type: ignore[type-var]  # each kind is a dataclass
    return moved


def _only(things: Iterable[_Spanned], kind: type[_S]) -> tuple[_S, ...]:
    return tuple(thing for thing in things if isinstance(thing, kind))

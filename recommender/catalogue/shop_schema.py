"""What a shop sells and by which attributes people ask for it: kinds, names, units, and which ones to ask for.

`schema_file` reads it from YAML; `inference` guesses what the file leaves out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from recommender.types import AttributeKind

Words = Mapping[str, tuple[str, ...]]
"""Language → words; the first is the one to show."""

NO_WORDS: Words = MappingProxyType({})


@dataclass(frozen=True)
class Unit:
    """Words after a number ("hours") and what one of them is in the catalogue's unit (60.0 where that is minutes)."""

    factor: float
    words: Words


@dataclass(frozen=True)
class Attribute:
    """One attribute of the items in a shop.

    `column` holds it; `values` are words for canonical values; a number has `units`, the first of factor 1, and words
    for `more` and `less` of it; `calendar` marks a year, which is written and said unlike other numbers. `declared`
    is False for what was guessed.
    """

    name: str
    kind: AttributeKind
    column: str
    ask: bool = False
    names: Words = field(default_factory=dict)
    values: Mapping[str, Words] = field(default_factory=dict)
    units: tuple[Unit, ...] = ()
    more: Words = field(default_factory=dict)
    less: Words = field(default_factory=dict)
    calendar: bool = False
    declared: bool = True


@dataclass(frozen=True)
class ShopSchema:
    """A shop's attributes in the order in which they are spoken of; `things` are words for what is sold ("film")."""

    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    things: Words = field(default_factory=dict)
    currency: str | None = None

    def of_kind(self, *kinds: AttributeKind) -> tuple[str, ...]:
        """Names of the attributes of `kinds`, in order."""
        return tuple(name for name, attribute in self.attributes.items() if attribute.kind in kinds)


NO_SCHEMA = ShopSchema()

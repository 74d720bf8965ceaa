"""Reasons in words, in both languages, made from the same evidence that stands in the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from recommender.language.display import format_price
from recommender.serving.explain import describe_source
from recommender.types import Item, Language, Reason

LIMITS = ("price", "minimum", "maximum")

_LIKENESS: dict[str, dict[Language, str]] = {
    "anchor": {"en": "like the {named} you picked", "zh": "与您选的{named}相似"},
    "liked": {"en": "like the {named} you liked", "zh": "像您喜欢的{named}"},
    "history": {"en": "like the {named} you chose before", "zh": "像您以前选的{named}"},
}


class Labels(Protocol):
    """What this module needs of `recommender.language.vocabulary.Vocabulary`."""

    def label(self, attribute: str, value: str, language: str) -> str:
        """The word for a canonical value."""

    def attribute_label(self, attribute: str, language: str) -> str:
        """The word for an attribute."""

    def format_number(self, attribute: str, value: float, language: str) -> str:
        """A number with its unit: "117 minutes"."""


def reason_text(
    reason: Reason, language: Language, currency: str, labels: Labels, find: Callable[[str], Item | None]
) -> str:
    """`reason` as a short phrase: "red · dress · ¥399, under your ¥500".

    Args:
        reason: what to say.
        language: of the phrase.
        currency: of its prices.
        labels: words for canonical values.
        find: the item of an id, None when it left the catalogue.
    """
    if reason.code == "matches":
        return _matches(reason, language, currency, labels)
    if reason.code in ("anchor", "liked", "history"):
        return _resembles(reason, language, labels, find)
    zh = language == "zh"
    if reason.code == "taste":
        for attribute, value in reason.evidence.items():
            word = labels.label(attribute, str(value), language)
            return f"您常选{word}" if zh else f"you often choose {word}"
        return "符合您的口味" if zh else "close to your taste"
    if reason.code == "text":
        text = reason.evidence["text"]
        return f"符合您说的“{text}”" if zh else f"fits “{text}”"
    if reason.code == "new":
        return "新品上架" if zh else "new in"
    rank = int(reason.evidence["rank"])
    return f"人气第{rank}名" if zh else f"number {rank} in popularity"


def _matches(reason: Reason, language: Language, currency: str, labels: Labels) -> str:
    words = [
        labels.label(a, v, language) if isinstance(v, str) else labels.format_number(a, v, language)
        for a, v in reason.evidence.items()
        if a not in LIMITS
    ]
    if "price" in reason.evidence:
        words.append(_price(reason, language, currency))
    return " · ".join(words)


def _price(reason: Reason, language: Language, currency: str) -> str:
    price, low, high = (reason.evidence.get(key) for key in LIMITS)
    text = format_price(float(price or 0), currency)
    lower = None if low is None else format_price(float(low), currency)
    upper = None if high is None else format_price(float(high), currency)
    if lower and upper:
        return f"{text}，在您的 {lower}–{upper} 之内" if language == "zh" else f"{text}, within your {lower}–{upper}"
    # The limit is inclusive, so "under" would be false for an item that costs exactly that.
    at_limit = price == (high if upper else low)
    if upper:
        if language == "zh":
            return f"{text}，{'正好是您的预算' if at_limit else '低于您的预算'} {upper}"
        return f"{text}, {'just your' if at_limit else 'under your'} {upper}"
    if language == "zh":
        return f"{text}，{'正好' if at_limit else '高于'}您要的 {lower}"
    return f"{text}, {'just your' if at_limit else 'above your'} {lower}"


def _resembles(reason: Reason, language: Language, labels: Labels, find: Callable[[str], Item | None]) -> str:
    source = find(str(reason.evidence["item"]))
    if source is None:
        named = "商品" if language == "zh" else "item"
    else:
        words = [labels.label(attribute, value, language) for attribute, value in describe_source(source)]
        named = ("" if language == "zh" else " ").join(words) or source.title(language)
    return _LIKENESS[reason.code][language].format(named=named)

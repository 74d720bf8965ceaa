"""Recommendation → messages. The only place that knows message payloads.

Every `custom` message follows a plain text that says the same in words, made from the same objects.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import phrases
from recommender.api import Recommender
from recommender.language.display import format_price
from recommender.serving.index import PRICE
from recommender.types import Item, Language, Reason, Recommendation, RecommendedItem, Request

Button = dict[str, str]


def payload(intent: str, **entities: object) -> str:
    """Rasa's own form of a button: /intent{entities}."""
    return f"/{intent}{json.dumps(entities, ensure_ascii=False)}" if entities else f"/{intent}"


@dataclass(frozen=True)
class Replies:
    """Says things in `language` through `dispatcher`."""

    dispatcher: CollectingDispatcher
    recommender: Recommender
    language: Language

    def say(self, phrase: str, buttons: Sequence[Button] = (), **values: object) -> None:
        """A text from `phrases`, with quick replies."""
        self.dispatcher.utter_message(text=self.words(phrase, **values), buttons=list(buttons))

    def words(self, phrase: str, **values: object) -> str:
        """A text from `phrases`."""
        return phrases.TEXTS[phrase][self.language].format(**values)

    def items(self, recommendation: Recommendation, notes: Sequence[str] = ()) -> None:
        """A list of cards, and the same in words."""
        search = self.describe(recommendation.request)
        phrase = "list_for" if search else "list"
        lines = [self.words(phrase, count=len(recommendation.items), search=search), *notes]
        lines += [f"{shown.position}. {self._line(shown)}" for shown in recommendation.items]
        self.dispatcher.utter_message(text="\n".join(lines), buttons=self._refinements(recommendation))
        self.dispatcher.utter_message(
            json_message={
                "kind": "items",
                "language": self.language,
                "request_id": recommendation.request_id,
                "items": [self._card(shown) for shown in recommendation.items],
            }
        )

    def nothing(self, recommendation: Recommendation, notes: Sequence[str] = (), *, more: bool = False) -> None:
        """Says honestly that nothing (with `more`: nothing else) fits, and which one wish to give up for how many."""
        search = self.describe(recommendation.request)
        phrase = ("no_more" if more else "nothing") + ("_for" if search else "")
        lines = [self.words(phrase, search=search), *notes]
        lines += [self._relaxation(r.attribute, r.count) for r in recommendation.relaxations[:2]]
        self.dispatcher.utter_message(text="\n".join(lines), buttons=self._drops(recommendation))

    def answer(self, text: str, source: str, item: Item | None = None, buttons: Sequence[Button] = ()) -> None:
        """An answer made from facts; `source` says which."""
        custom: dict[str, Any] = {"kind": "answer", "language": self.language, "text": text, "source": source}
        custom["confidence"] = 1.0
        if item is not None:
            custom["item"] = item.id
        self.dispatcher.utter_message(text=text, buttons=list(buttons))
        self.dispatcher.utter_message(json_message=custom)

    def question(self, text: str, attribute: str, quick_replies: Sequence[Button]) -> None:
        """A question with answers to choose from."""
        self.dispatcher.utter_message(text=text, buttons=list(quick_replies))
        custom = {"kind": "question", "language": self.language, "text": text, "attribute": attribute}
        self.dispatcher.utter_message(json_message={**custom, "quick_replies": list(quick_replies)})

    def which(self, intent: str, items: Sequence[Item], phrase: str = "which") -> None:
        """Asks which of the shown items is meant; the answer does what `intent` says."""
        buttons = [button(item.title(self.language), intent, item_id=item.id) for item in items]
        self.question(self.words(phrase, count=len(items)), "item", buttons)

    def what(self, categories: Sequence[str]) -> None:
        """Asks what kind of thing is looked for."""
        buttons = [button(self._label("category", c), "ask_recommendation", category=c) for c in categories]
        self.question(self.words("what"), "category", buttons)

    def price(self, amount: float) -> str:
        """An amount in the catalogue's currency."""
        return format_price(amount, self.recommender.currency)

    def reasons(self, reasons: Sequence[Reason]) -> str:
        """Reasons in words, as one phrase."""
        between = "；" if self.language == "zh" else "; "
        return between.join(self.recommender.reason_text(reason, self.language) for reason in reasons)

    def describe(self, request: Request) -> str:
        """What was searched for, "" for nothing: "red · dress · up to ¥500"."""
        joiner = "或" if self.language == "zh" else " or "
        parts = []
        for constraint in request.constraints:
            values = joiner.join(self._label(constraint.attribute, value) for value in constraint.values)
            parts.append(self.words("except", values=values) if constraint.exclude else values)
        limit = request.price
        low, high = limit.minimum, limit.maximum
        if low is not None and high is not None:
            parts.append(f"{self.price(low)}–{self.price(high)}")
        elif high is not None:
            parts.append(self.words("below" if limit.exclusive else "at_most", price=self.price(high)))
        elif low is not None:
            parts.append(self.words("above" if limit.exclusive else "at_least", price=self.price(low)))
        if request.text:
            parts.append(f"“{request.text}”")
        return " · ".join(parts)

    def details(self, item: Item) -> str:
        """Everything that the catalogue says of `item`, in lines."""
        colon = "：" if self.language == "zh" else ": "
        lines = [f"{item.title(self.language)} — {format_price(item.price, item.currency)}"]
        lines += [item.description(self.language)] if item.description(self.language) else []
        for attribute, values in item.attributes.items():
            name = self.recommender.vocabulary.attribute_label(attribute, self.language)
            # "size M" would say its attribute twice in this line.
            labels = (self._label(attribute, value).removeprefix(name).strip() for value in values)
            lines.append(f"{name}{colon}{('、' if self.language == 'zh' else ', ').join(labels)}")
        if item.stock is not None:
            lines.append(self.words("in_stock" if item.stock else "sold_out", count=item.stock))
        if item.url:
            lines.append(item.url)
        return "\n".join(lines)

    def _label(self, attribute: str, value: str) -> str:
        return self.recommender.vocabulary.label(attribute, value, self.language)

    def _line(self, shown: RecommendedItem) -> str:
        price = format_price(shown.item.price, shown.item.currency)
        return f"{shown.item.title(self.language)} — {price} ({self.reasons(shown.reasons)})"

    def _card(self, shown: RecommendedItem) -> dict[str, Any]:
        item = shown.item
        return {
            "id": item.id,
            "title": item.title(self.language),
            "price": item.price,
            "currency": item.currency,
            "url": item.url,
            "image": item.image,
            "attributes": {a: v[0] if len(v) == 1 else list(v) for a, v in item.attributes.items()},
            "reasons": [
                {"code": r.code, "text": self.recommender.reason_text(r, self.language)} for r in shown.reasons
            ],
            "buttons": [
                button("👍", "like_item", item_id=item.id),
                button("👎", "dislike_item", item_id=item.id),
                button(self.words("more_like_this"), "more_like_item", item_id=item.id),
            ],
        }

    def _refinements(self, recommendation: Recommendation) -> list[Button]:
        """The next steps that make sense after this list."""
        full = len(recommendation.items) >= recommendation.request.count
        buttons = [button(self.words("cheaper"), "refine", price_change="cheaper")]
        if full:
            buttons.append(button(self.words("show_more"), "show_more"))
        else:
            buttons += self._drops(recommendation)
        return [*buttons, button(self.words("why"), "ask_why")]

    def _drops(self, recommendation: Recommendation) -> list[Button]:
        return [
            button(self.words("drop", attribute=self._attribute(r.attribute)), "refine", drop=r.attribute)
            for r in recommendation.relaxations[:2]
        ]

    def _relaxation(self, attribute: str, count: int) -> str:
        return self.words("relaxation", attribute=self._attribute(attribute), count=count)

    def _attribute(self, attribute: str) -> str:
        if attribute == PRICE:
            return self.words("price_limit")
        return self.recommender.vocabulary.attribute_label(attribute, self.language)


def button(title: str, intent: str, **entities: object) -> Button:
    """A quick reply that takes the same way as a sentence."""
    return {"title": title, "payload": payload(intent, **entities)}

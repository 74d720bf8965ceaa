"""Recommendation → messages. The only place that knows message payloads.

Every `custom` message follows a plain text that says the same in words, made from the same objects.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from rasa_sdk.executor import CollectingDispatcher

from actions import phrases
from actions.names import Names
from recommender.serving.ask import Choice, NextQuestion
from recommender.serving.index import PRICE
from recommender.types import Item, Language, Reason, Recommendation, RecommendedItem, Relaxation
from recommender.wording.facts import Facts
from recommender.wording.wording import Wording

Button = dict[str, str]


def payload(intent: str, **entities: object) -> str:
    """Rasa's own form of a button: /intent{entities}."""
    return f"/{intent}{json.dumps(entities, ensure_ascii=False)}" if entities else f"/{intent}"


def button(title: str, intent: str, **entities: object) -> Button:
    """A quick reply that takes the same way as a sentence."""
    return {"title": title, "payload": payload(intent, **entities)}


@dataclass(frozen=True)
class Replies:
    """Says things through `dispatcher`, in words that `names` has.

    Which variant of a phrase is said follows from `seed`, the message's id, but is never the one of `said`, the last
    one used.
    """

    dispatcher: CollectingDispatcher
    names: Names
    seed: str = ""
    said: dict[str, int] = field(default_factory=dict)
    wording: Wording | None = None

    @property
    def language(self) -> Language:
        """The language of all that is said."""
        return self.names.language

    def say(self, phrase: str, buttons: Sequence[Button] = (), **values: object) -> None:
        """A text from `phrases`, with quick replies."""
        self.text(self.words(phrase, **values), buttons)

    def text(self, text: str, buttons: Sequence[Button] = ()) -> None:
        """Any text, with quick replies."""
        self.dispatcher.utter_message(text=text, buttons=list(buttons))

    def reworded(self, text: str, items: Sequence[Item], quotes: Sequence[str] = ()) -> str:
        """`text`, which is about `items`, perhaps in a model's words: the one place where those come in.

        Args:
            text: made from a template.
            items: that it names, in order.
            quotes: words of the person or of the catalogue's descriptions that stand in it.
        """
        if self.wording is None:
            return text
        return self.wording.rephrase(text, Facts.of(items, quotes), self.language)

    def words(self, phrase: str, **values: object) -> str:
        """A text from `phrases`."""
        variants = phrases.variants(phrase, self.language)
        chosen = crc32(f"{self.seed}{phrase}".encode()) % len(variants)
        if len(variants) > 1:
            chosen = (chosen + 1) % len(variants) if self.said.pop(phrase, None) == chosen else chosen
            self.said[phrase] = chosen
        return variants[chosen].format(**values)

    def custom(self, kind: str, **content: object) -> None:
        """A message of a kind that channels know."""
        self.dispatcher.utter_message(json_message={"kind": kind, "language": self.language, **content})

    def items(self, recommendation: Recommendation, notes: Sequence[str] = ()) -> None:
        """A list of cards, and the same in words."""
        search = self.names.search(recommendation.request)
        phrase = ("list" if len(recommendation.items) > 1 else "list_one") + ("_for" if search else "")
        said = self.words(phrase, count=len(recommendation.items), search=search)
        said = self.reworded(said, [shown.item for shown in recommendation.items], [recommendation.request.text])
        lines = [said, *notes]
        lines += [f"{shown.position}. {self._line(shown)}" for shown in recommendation.items]
        self.text("\n".join(lines), self._refinements(recommendation))
        self.cards(recommendation.request_id, [(shown.item, shown.reasons) for shown in recommendation.items])

    def cards(self, request_id: str, items: Sequence[tuple[Item, Sequence[Reason]]]) -> None:
        """The cards alone."""
        self.custom("items", request_id=request_id, items=[self.card(item, reasons) for item, reasons in items])

    def answer(
        self,
        text: str,
        source: str,
        item: Item | None = None,
        buttons: Sequence[Button] = (),
        confidence: float = 1.0,
    ) -> None:
        """An answer made from facts; `source` says which."""
        self.text(text, buttons)
        about = {} if item is None else {"item": item.id}
        self.custom("answer", text=text, source=source, confidence=confidence, **about)

    def question(self, text: str, attribute: str, quick_replies: Sequence[Button]) -> None:
        """A question with answers to choose from."""
        self.text(text, quick_replies)
        self.custom("question", text=text, attribute=attribute, quick_replies=list(quick_replies))

    def ask(self, question: NextQuestion) -> None:
        """Asks about an attribute, with the likeliest answers and a way past the question."""
        own = f"ask_{question.attribute}"
        phrase = own if own in phrases.TEXTS else "ask"
        text = self.words(phrase, attribute=self.names.attribute(question.attribute))
        buttons = [self._choice(question.attribute, choice) for choice in question.choices]
        self.question(text, question.attribute, [*buttons, button(self.words("no_preference"), "skip")])

    def which(self, intent: str, items: Sequence[Item], phrase: str = "which", **entities: object) -> None:
        """Asks which of `items` is meant; the answer does what `intent` and `entities` say."""
        buttons = [button(item.title(self.language), intent, item_id=item.id, **entities) for item in items]
        self.question(self.words(phrase, count=len(items)), "item", buttons)

    def reasons(self, reasons: Sequence[Reason]) -> str:
        """Reasons in words, as one phrase."""
        between = "；" if self.language == "zh" else "; "
        recommender = self.names.recommender
        return between.join(recommender.reason_text(reason, self.language) for reason in reasons)

    def details(self, item: Item) -> str:
        """Everything that the catalogue says of `item`, in lines."""
        colon = "：" if self.language == "zh" else ": "
        lines = [self.names.headline(item)]
        lines += [item.description(self.language)] if item.description(self.language) else []
        lines += [f"{name}{colon}{value}" for name, value in self.names.facts(item)]
        if item.stock is not None:
            lines.append(self.words("in_stock" if item.stock else "sold_out", count=item.stock))
        if item.url:
            lines.append(item.url)
        return "\n".join(lines)

    def drops(self, relaxations: Sequence[Relaxation]) -> list[Button]:
        """Buttons that give a wish up."""
        return [
            button(self.words("drop", attribute=self.names.attribute(r.attribute)), "refine", drop=r.attribute)
            for r in relaxations[:2]
        ]

    def card(self, item: Item, reasons: Sequence[Reason] = ()) -> dict[str, Any]:
        """An item as channels show it."""
        recommender = self.names.recommender
        attributes: Mapping[str, object] = {a: v[0] if len(v) == 1 else list(v) for a, v in item.attributes.items()}
        return {
            "id": item.id,
            "title": item.title(self.language),
            "price": item.price,
            "currency": item.currency,
            "url": item.url,
            "image": item.image,
            "attributes": {**attributes, **item.numbers},
            "reasons": [{"code": r.code, "text": recommender.reason_text(r, self.language)} for r in reasons],
            "buttons": [
                button("👍", "like_item", item_id=item.id),
                button("👎", "dislike_item", item_id=item.id),
                button(self.words("more_like_this"), "more_like_item", item_id=item.id),
            ],
        }

    def _line(self, shown: RecommendedItem) -> str:
        return f"{self.names.headline(shown.item)} ({self.reasons(shown.reasons)})"

    def _choice(self, attribute: str, choice: Choice) -> Button:
        if choice.value is not None:
            return button(self.names.value(attribute, choice.value), "refine", **{attribute: choice.value})
        bounds = {"minimum": choice.limit.minimum, "maximum": choice.limit.maximum}
        if attribute == PRICE:
            price = {**bounds, "currency": self.names.recommender.currency}
            return button(self.names.limit(PRICE, choice.limit), "refine", price=price)
        title = self.names.limit(attribute, choice.limit)
        return button(title, "refine", range={"attribute": attribute, **bounds})

    def _refinements(self, recommendation: Recommendation) -> list[Button]:
        """The next steps that make sense after this list."""
        buttons = self.changes([shown.item for shown in recommendation.items])
        if len(recommendation.items) >= recommendation.request.count:
            buttons.append(button(self.words("show_more"), "show_more"))
        else:
            buttons += self.drops(recommendation.relaxations)
        return [*buttons, button(self.words("why"), "ask_why")]

    def changes(self, items: Sequence[Item]) -> list[Button]:
        """Cheaper; where nothing has a price, more or less of the first number that the schema lets people speak of."""
        if any(item.price is not None for item in items):
            return [button(self.words("cheaper"), "refine", price_change="cheaper")]
        vocabulary = self.names.vocabulary
        for attribute in vocabulary.numbers:
            if any(attribute in item.numbers for item in items):
                title = vocabulary.change_label(attribute, "more", self.language)
                return [button(title.capitalize(), "refine", change={"attribute": attribute, "direction": "more"})]
        return []

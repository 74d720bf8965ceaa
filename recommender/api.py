"""The one door for actions: recommend, explain, record, forget."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from recommender.catalogue.items import load_catalogue
from recommender.conversations.catalogue import Catalogue
from recommender.conversations.part import Resembled, resembled
from recommender.errors import CatalogueError, UnknownItemError
from recommender.feedback.store import FeedbackStore
from recommender.language.encoder import Encoder
from recommender.language.vocabulary import Vocabulary
from recommender.model.embeddings import Embeddings
from recommender.model.registry import Registry
from recommender.serving.filters import allowed
from recommender.serving.index import CatalogueIndex
from recommender.serving.live import LiveModel, Snapshot
from recommender.serving.recommend import recommend
from recommender.serving.words import reason_text
from recommender.settings import Settings
from recommender.types import Event, Impression, Item, Language, Reason, Recommendation, Request


def utc_now() -> datetime:
    """The present, with its zone."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Recommender:
    """Recommends from one catalogue with the model that serves now; every list and every event is stored at once."""

    live: LiveModel
    encoder: Encoder
    vocabulary: Vocabulary
    store: FeedbackStore
    currency: str
    clock: Callable[[], datetime] = utc_now

    @classmethod
    def open(cls, settings: Settings) -> Recommender:
        """Loads everything that `make prepare` built.

        Raises:
            ParleyError: something is missing or unreadable; the text says what to do.
        """
        index = CatalogueIndex.build(load_catalogue(settings.catalogue, settings.currency).items)
        encoder = Encoder.load(settings.encoder_dir)
        vocabulary = _vocabulary(settings)
        names = Catalogue.build(index.items, vocabulary.meanings())

        def build(embeddings: Embeddings) -> Snapshot:
            return Snapshot.build(index, embeddings, encoder, names, settings.models_dir / embeddings.card.version)

        return cls(
            live=LiveModel(Registry(settings.models_dir), build),
            encoder=encoder,
            vocabulary=vocabulary,
            store=FeedbackStore.open(settings.feedback_url),
            currency=settings.currency,
        )

    def recommend(self, request: Request) -> Recommendation:
        """The list for `request`, with the person's opinions since training folded in. Its impressions are durable.

        Raises:
            FeedbackError: the impressions could not be stored.
        """
        snapshot = self.live.snapshot()
        informed = self._with_opinions(snapshot, request)
        items, relaxations = recommend(snapshot, informed, self.encoder)
        recommendation = Recommendation(
            request_id=uuid.uuid4().hex,
            request=informed,
            items=items,
            model_version=snapshot.embeddings.card.version,
            relaxations=relaxations,
        )
        self.store.append_impressions(_impressions(recommendation, self.clock()))
        return recommendation

    def any_fits(self, request: Request) -> bool:
        """Whether the catalogue has anything in stock that meets the constraints of `request`."""
        return bool(allowed(self.live.snapshot().index, request).any())

    def resembled(self, text: str) -> Resembled | None:
        """The item that `text` wants something like, by its title: "something like Blade Runner but funnier"."""
        return resembled(self.live.snapshot().conversations, text)

    def explain(self, request_id: str, item_id: str) -> tuple[Reason, ...]:
        """The reasons that were true when `item_id` was shown in the list `request_id`; none if it was not."""
        return next((i.reasons for i in self.store.impressions(request_id) if i.item == item_id), ())

    def record(self, event: Event, key: str | None = None) -> bool:
        """Stores `event`, durable on return. False when `key` was stored before (a message delivered twice).

        Raises:
            UnknownItemError: the catalogue does not have the item.
            FeedbackError: it could not be stored.
        """
        self.item(event.item)
        return self.store.append(event, key=key)

    def forget(self, person: str) -> int:
        """Erases what was stored of `person`; returns the number of rows. Models forget with the next retraining."""
        return self.store.forget(person)

    @property
    def version(self) -> str:
        """The model version that serves."""
        return self.live.snapshot().embeddings.card.version

    @property
    def items(self) -> tuple[Item, ...]:
        """The whole catalogue."""
        return self.live.snapshot().index.items

    def item(self, item_id: str) -> Item:
        """The item of an id.

        Raises:
            UnknownItemError: the catalogue does not have it.
        """
        item = self.find(item_id)
        if item is None:
            raise UnknownItemError(f"The catalogue has no item {item_id!r}.")
        return item

    def find(self, item_id: str) -> Item | None:
        """The item of an id, None when the catalogue does not have it."""
        index = self.live.snapshot().index
        row = index.rows.get(item_id)
        return None if row is None else index.items[row]

    def reason_text(self, reason: Reason, language: Language) -> str:
        """`reason` in words."""
        return reason_text(reason, language, self.currency, self.vocabulary, self.find)

    def _with_opinions(self, snapshot: Snapshot, request: Request) -> Request:
        since = None
        trained_until = snapshot.embeddings.card.trained_until
        if request.person in snapshot.person_rows and trained_until:
            since = datetime.fromisoformat(trained_until) + timedelta(microseconds=1)
        opinions: dict[str, bool] = {}
        for event in self.store.events(person=request.person, since=since, kinds=("like", "purchase", "dislike")):
            opinions.pop(event.item, None)  # the newest opinion counts, at its own place in time
            opinions[event.item] = event.kind != "dislike"
        liked = tuple(item for item, good in opinions.items() if good)
        disliked = tuple(item for item, good in opinions.items() if not good)
        return replace(request, liked=request.liked + liked, disliked=request.disliked + disliked)


def _vocabulary(settings: Settings) -> Vocabulary:
    try:
        return Vocabulary.load(settings.vocabulary_file)
    except (OSError, ValueError) as error:
        raise CatalogueError(str(error)) from error


def _impressions(recommendation: Recommendation, at: datetime) -> list[Impression]:
    request = recommendation.request
    return [
        Impression(
            request_id=recommendation.request_id,
            person=request.person,
            session=request.session,
            item=shown.item.id,
            position=shown.position,
            score=shown.score,
            propensity=shown.propensity,
            model_version=recommendation.model_version,
            arm=recommendation.arm,
            reasons=shown.reasons,
            at=at,
        )
        for shown in recommendation.items
    ]

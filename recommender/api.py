"""The one door for actions: recommend, explain, record, forget."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property

import numpy as np

from recommender.catalogue.items import load_catalogue
from recommender.conversations.catalogue import Catalogue
from recommender.conversations.part import Resembled, resembled, titled
from recommender.errors import CatalogueError, UnknownItemError
from recommender.feedback.store import FeedbackStore
from recommender.language.encoder import Encoder
from recommender.language.vocabulary import Vocabulary
from recommender.model.embeddings import Embeddings
from recommender.model.registry import Registry
from recommender.serving.absence import Absence, absence, nearest_number, outermost
from recommender.serving.ask import Asker, NextQuestion
from recommender.serving.filters import allowed, within
from recommender.serving.index import CatalogueIndex
from recommender.serving.live import LiveModel, Snapshot
from recommender.serving.recommend import listed, rank
from recommender.serving.words import reason_text
from recommender.settings import Settings
from recommender.types import (
    NO_LIMIT,
    Constraint,
    Direction,
    Event,
    Impression,
    Item,
    Language,
    Limit,
    Preference,
    Range,
    Reason,
    Recommendation,
    Request,
)

DEPTH = 5000  # places in a list beyond which nobody asks why something is not higher


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
        index = CatalogueIndex.build(load_catalogue(settings.catalogue, settings.currency, settings.schema_file).items)
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
            currency=vocabulary.currency or settings.currency,
        )

    def recommend(self, request: Request) -> Recommendation:
        """The list for `request`, with the person's opinions since training folded in. Its impressions are durable.

        Raises:
            FeedbackError: the impressions could not be stored.
        """
        return self.recommend_and_ask(request, ())[0]

    def recommend_and_ask(
        self, request: Request, attributes: Sequence[str], *, needed: bool = False
    ) -> tuple[Recommendation, NextQuestion | None]:
        """As `recommend`, and the question that would narrow the list down best, if any is worth asking.

        Args:
            request: what is asked for.
            attributes: what the question may be about.
            needed: whether any question is better than none.

        Raises:
            FeedbackError: the impressions could not be stored.
        """
        snapshot = self.live.snapshot()
        informed = self._informed(snapshot, request)
        ranking = rank(snapshot, informed, self.encoder)
        items, relaxations = listed(snapshot, informed, ranking)
        recommendation = Recommendation(
            request_id=uuid.uuid4().hex,
            request=informed,
            items=items,
            model_version=snapshot.embeddings.card.version,
            relaxations=relaxations,
        )
        self.store.append_impressions(_impressions(recommendation, self.clock()))
        if not attributes or not items:
            return recommendation, None
        scores = ranking.total[ranking.found]
        question = self._asker.next_question(ranking.mask, ranking.found, scores, attributes, needed=needed)
        return recommendation, question

    def count(self, request: Request) -> int:
        """How many items in stock meet the constraints of `request` and the lasting wishes of who asks."""
        wishes = request.preferences or self.preferences(request.person)
        return int(allowed(self.live.snapshot().index, replace(request, preferences=wishes)).sum())

    def scores(self, request: Request, ids: Sequence[str]) -> dict[str, float]:
        """The ranker's scores of `ids` for who asks and what is asked for in words, whatever else limits the list."""
        snapshot = self.live.snapshot()
        free = replace(request, constraints=(), price=NO_LIMIT, ranges=(), hidden=frozenset(), anchor=None)
        informed = self._informed(snapshot, free)
        rows = {item: snapshot.index.rows[item] for item in ids if item in snapshot.index.rows}
        soft = replace(informed, preferences=_soft(informed.preferences), count=len(rows))
        ranking = rank(snapshot, soft, self.encoder, only=list(rows.values()))
        return {item: float(ranking.total[row]) for item, row in rows.items() if np.isfinite(ranking.total[row])}

    def why_not(
        self, request: Request, goods: Sequence[Constraint], limits: Sequence[Range] = (), item: str | None = None
    ) -> Absence:
        """Why nothing with the values of `goods` and numbers in `limits` (or the item of an id) is in the list."""
        snapshot = self.live.snapshot()
        index = snapshot.index
        named = {c.attribute for c in goods}
        open_ = replace(request, constraints=tuple(c for c in request.constraints if c.attribute not in named))
        ranking = rank(snapshot, replace(self._informed(snapshot, open_), count=min(len(index), DEPTH)), self.encoder)
        mask = np.ones(len(index), dtype=bool)
        for constraint in goods:
            mask &= index.mask(constraint.attribute, constraint.values)
        for limited in limits:
            mask &= within(index.number(limited.attribute), limited.limit)
        if item is not None:
            mask[:] = False
            mask[index.rows_of([item])] = True
        asked = replace(ranking.visible, constraints=request.constraints)  # a wish for something else is the answer
        return absence(index, asked, mask, ranking.total)

    def nearest_number(self, request: Request, attribute: str) -> tuple[Item, float] | None:
        """What comes nearest to a limit on `attribute` ("price" too) that leaves nothing: the item and its number."""
        index = self.live.snapshot().index
        wishes = self.preferences(request.person)
        found = nearest_number(index, replace(request, preferences=wishes), attribute)
        return None if found is None else (index.items[found[0]], found[1])

    def outermost(self, request: Request, attribute: str, direction: Direction) -> Limit:
        """The limit that the `request.count` items with the most or least of a number meet: "the cheapest"."""
        wished = replace(request, preferences=self.preferences(request.person))
        return outermost(self.live.snapshot().index, wished, attribute, direction, request.count)

    @property
    def has_prices(self) -> bool:
        """Whether anything in the catalogue has a price."""
        return bool(np.isfinite(self.live.snapshot().index.prices).any())

    def acceptable(self, person: str, ids: Sequence[str]) -> tuple[str, ...]:
        """Those of `ids` that are in stock and that `person` has neither disliked nor ruled out for good."""
        index = self.live.snapshot().index
        _, disliked = self._opinions(person, None)
        mask = allowed(index, Request(person, "", hidden=frozenset(disliked), preferences=self.preferences(person)))
        return tuple(item for item in ids if item in index.rows and mask[index.rows[item]])

    def knows(self, person: str) -> bool:
        """Whether anything tells the taste of `person`: a history, or what they liked since."""
        snapshot = self.live.snapshot()
        row = snapshot.person_rows.get(person)
        return bool(self.liked(person)) or (row is not None and len(snapshot.embeddings.history(row)) > 0)

    def liked(self, person: str) -> tuple[str, ...]:
        """Ids of what `person` liked or bought, oldest first."""
        return self._opinions(person, None)[0]

    def popular(self, count: int) -> tuple[Item, ...]:
        """The `count` most popular items in stock, best first."""
        snapshot = self.live.snapshot()
        popularity = np.where(snapshot.index.in_stock, snapshot.embeddings.popularity, -1.0)
        return tuple(snapshot.index.items[row] for row in np.argsort(-popularity, kind="stable")[:count])

    def preferences(self, person: str) -> tuple[Preference, ...]:
        """The lasting wishes of `person`, oldest first."""
        return self.store.preferences(person)

    def resembled(self, text: str) -> Resembled | None:
        """The item that `text` wants something like, by its title: "something like Blade Runner but funnier"."""
        return resembled(self.live.snapshot().conversations, text)

    def titled(self, text: str) -> Item | None:
        """The item whose title `text` names."""
        found = titled(self.live.snapshot().conversations, text)
        return None if found is None else self.find(found.item)

    def reasons(self, request_id: str) -> dict[str, tuple[Reason, ...]]:
        """The reasons that were true of every item when the list `request_id` was shown."""
        return {shown.item: shown.reasons for shown in self.store.impressions(request_id)}

    def explain(self, request_id: str, item_id: str) -> tuple[Reason, ...]:
        """The reasons that were true when `item_id` was shown in the list `request_id`; none if it was not."""
        return self.reasons(request_id).get(item_id, ())

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

    @cached_property
    def _asker(self) -> Asker:
        return Asker(self.live.snapshot().index)

    def _informed(self, snapshot: Snapshot, request: Request) -> Request:
        """`request` with the person's opinions since training and their lasting wishes."""
        since = None
        trained_until = snapshot.embeddings.card.trained_until
        if request.person in snapshot.person_rows and trained_until:
            since = datetime.fromisoformat(trained_until) + timedelta(microseconds=1)
        liked, disliked = self._opinions(request.person, since)
        wishes = request.preferences or self.preferences(request.person)
        return replace(request, liked=request.liked + liked, disliked=request.disliked + disliked, preferences=wishes)

    def _opinions(self, person: str, since: datetime | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Ids that `person` liked and disliked, oldest first."""
        opinions: dict[str, bool] = {}
        for event in self.store.events(person=person, since=since, kinds=("like", "purchase", "dislike")):
            opinions.pop(event.item, None)  # the newest opinion counts, at its own place in time
            opinions[event.item] = event.kind != "dislike"
        liked = tuple(item for item, good in opinions.items() if good)
        disliked = tuple(item for item, good in opinions.items() if not good)
        return liked, disliked


def _soft(wishes: tuple[Preference, ...]) -> tuple[Preference, ...]:
    return tuple(wish for wish in wishes if wish.kind != "never")


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

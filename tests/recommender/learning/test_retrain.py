"""Feedback comes back as a better model: on the demo data, with the real encoder and a real database."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from recommender.api import Recommender
from recommender.catalogue.items import load_catalogue
from recommender.feedback.store import FeedbackStore
from recommender.learning.evaluation import Blend
from recommender.learning.metrics import HeldOutRanks
from recommender.learning.retrain import _verdict, retrain, train
from recommender.model.registry import Registry
from recommender.serving.recommend import recommend
from recommender.settings import Settings
from recommender.types import Event, Item, Request

EARTHY = {"green", "olive", "khaki", "beige", "brown"}
NOW = datetime(2026, 11, 20, tzinfo=UTC)


def silent(_: str) -> None:
    pass


@pytest.fixture
def shop(artefacts: Settings, tmp_path: Path) -> Settings:
    """A copy of what `make prepare` built, with a database of its own."""
    var = tmp_path / "var"
    shutil.copytree(artefacts.models_dir, var / "models")
    (var / "encoder").symlink_to(artefacts.encoder_dir)
    for name in ("vocabulary.json", "text-vectors.npz"):
        (var / name).symlink_to(artefacts.var / name)
    return Settings(_env_file=None, var=var)


@pytest.fixture
def favourites(artefacts: Settings) -> list[Item]:
    """Items that someone with an earthy taste would like, in an order that knows nothing of them."""
    items = [i for i in load_catalogue(artefacts.catalogue).items if EARTHY & set(i.attributes["colour"]) and i.stock]
    return [items[i] for i in np.random.default_rng(1).permutation(len(items))]


def like(settings: Settings, items: list[Item]) -> None:
    """One like a second, from the day after everything that the serving model has seen."""
    registry = Registry(settings.models_dir)
    first = datetime.fromisoformat(registry.card(str(registry.current())).trained_until) + timedelta(days=1)
    with FeedbackStore.open(settings.feedback_url) as store:
        for second, item in enumerate(items):
            store.append(Event("like", "earthy", item.id, "s", first + timedelta(seconds=second)))


def mean_rank(settings: Settings, version: str, held_out: list[Item], liked: list[Item]) -> float:
    """Where the model alone puts the items for our person, 1 is the top; no fold-in, so that only training shows.

    What they like does not compete, before and after, or it would stand in the way only before.
    """
    recommender = Recommender.open(settings)
    snapshot = recommender.live.snapshot()
    assert snapshot.embeddings.card.version == version
    hidden = frozenset(item.id for item in liked)
    request = Request("earthy", "s", hidden=hidden, count=len(snapshot.index))
    shown, _ = recommend(snapshot, request, recommender.encoder)
    place = {entry.item.id: entry.position for entry in shown}
    return float(np.mean([place[item.id] for item in held_out]))


@pytest.mark.artefacts
def test_after_200_likes_the_held_out_favourites_rank_higher_and_the_running_recommender_knows(
    shop: Settings, database_url: str, favourites: list[Item]
) -> None:
    shop = shop.model_copy(update={"database_url": database_url})
    liked, held_out = favourites[:200], favourites[200:]
    assert len(held_out) >= 20
    registry = Registry(shop.models_dir)
    before = str(registry.current())
    rank_before = mean_rank(shop, before, held_out, liked)
    running = Recommender.open(shop)
    like(shop, liked)
    report = retrain(shop, silent)
    assert report.promoted, report.reason
    assert registry.current() == report.version != before
    assert mean_rank(shop, report.version, held_out, liked) < 0.8 * rank_before
    assert running.version == report.version


@pytest.mark.artefacts
def test_too_little_feedback_keeps_the_model_and_says_what_is_missing(shop: Settings, favourites: list[Item]) -> None:
    like(shop, favourites[:20])
    before = Registry(shop.models_dir).current()
    report = retrain(shop, silent)
    assert not report.promoted
    assert "only 4 new likes" in report.reason
    assert Registry(shop.models_dir).current() == before


@pytest.mark.artefacts
def test_training_afresh_includes_feedback_and_is_reproducible(shop: Settings, favourites: list[Item]) -> None:
    # Sequences are the slowest part by far, and their seed has a test of its own.
    shop = shop.model_copy(update={"parts": "neighbours,text,popularity"})
    like(shop, favourites[:30])
    first = train(shop, silent, lambda: NOW)
    registry = Registry(shop.models_dir)
    one = registry.load(first.version)
    assert "earthy" in one.person_ids
    assert 0 < first.metrics["ndcg@10"] < 1
    second = train(shop, silent, lambda: NOW + timedelta(hours=1))
    two = registry.load(second.version)
    np.testing.assert_array_equal(one.item_vectors, two.item_vectors)
    np.testing.assert_array_equal(one.neighbours.weights, two.neighbours.weights)
    np.testing.assert_array_equal(one.ranker.weights, two.ranker.weights)
    np.testing.assert_array_equal(one.ranker.factors, two.ranker.factors)
    assert one.card.weights == two.card.weights
    assert one.card.parts == two.card.parts == ("neighbours", "text", "popularity")
    assert one.sequence is None
    assert (one.ranker.weights != Blend.untaught().ranker.weights).any(), "the blend was learnt"


def ranks(*places: int) -> HeldOutRanks:
    """One held-out item per person, at these places of 100."""
    size = len(places)
    return HeldOutRanks(
        np.arange(size, dtype=np.int32),
        np.arange(size + 1),
        np.array(places),
        np.full(size, 100),
    )


def test_a_worse_candidate_is_not_promoted_and_the_figures_say_why() -> None:
    worse, reason = _verdict(ranks(9, 8, 50), ranks(1, 1, 2), seed=1)
    assert worse
    assert reason.startswith("Kept the serving model: NDCG@10 0.")
    assert "of 3 people" in reason


def test_a_candidate_that_is_as_good_is_promoted() -> None:
    worse, reason = _verdict(ranks(1, 2, 3), ranks(1, 2, 3), seed=1)
    assert not worse
    assert reason.startswith("Promoted")

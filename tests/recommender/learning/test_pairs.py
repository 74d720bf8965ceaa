from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from recommender.encoders.pairs import Pair
from recommender.errors import FeedbackError
from recommender.feedback.store import FeedbackStore
from recommender.learning.pairs import shop_pairs
from recommender.settings import Settings
from recommender.types import Event, Impression, Reason

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CATALOGUE = """id,title_en,title_zh,category,colour,price
a,Red dress,红色连衣裙,dress,red,10
b,Blue dress,蓝色连衣裙,dress,blue,20
c,Black hat,,hat,black,5
"""


@pytest.fixture
def shop(settings: Settings) -> Settings:
    catalogue = settings.var / "shop.csv"
    catalogue.write_text(CATALOGUE, encoding="utf-8")
    return settings.model_copy(update={"catalogue": catalogue, "interactions": None})


def test_what_was_asked_and_what_is_liked_together_become_pairs_in_each_language(shop: Settings) -> None:
    with FeedbackStore.open(shop.feedback_url) as store:
        reasons = (Reason("text", {"text": "for a wedding"}),)
        store.append_impressions([Impression("r", "p", "s", "a", 1, 1.0, 1.0, "v", "default", reasons, NOW)])
        store.append(Event("like", "p", "a", "s", NOW, "r"))
        store.append(Event("purchase", "p", "b", "s", NOW + timedelta(days=1)))
        store.append(Event("like", "p", "c", "s", NOW + timedelta(days=30)))  # too late to belong together
        store.append(Event("view", "p", "c", "s", NOW + timedelta(days=1)))  # looking is not liking
    assert set(shop_pairs(shop)) == {
        Pair("for a wedding", "Red dress.", "p"),
        Pair("Red dress.", "Blue dress.", "p"),
        Pair("Blue dress.", "Red dress.", "p"),
        Pair("红色连衣裙.", "蓝色连衣裙.", "p"),
        Pair("蓝色连衣裙.", "红色连衣裙.", "p"),
    }


def test_past_interactions_count_too(shop: Settings) -> None:
    past = shop.var / "past.csv"
    past.write_text("person,item,event,timestamp\nq,a,like,2026-01-01\nq,c,purchase,2026-01-02\n", encoding="utf-8")
    found = shop_pairs(shop.model_copy(update={"interactions": past}))
    assert Pair("Red dress.", "Black hat.", "q") in found
    assert len(found) == 2  # the hat has no Chinese title


def test_nothing_to_learn_from_is_said_with_what_to_do(shop: Settings) -> None:
    with pytest.raises(FeedbackError, match="--pairs"):
        shop_pairs(shop)

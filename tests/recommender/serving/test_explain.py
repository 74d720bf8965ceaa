from __future__ import annotations

from dataclasses import replace
from typing import Any

from recommender.model.embeddings import Embeddings
from recommender.serving.index import CatalogueIndex
from recommender.serving.live import Snapshot
from recommender.serving.recommend import recommend
from recommender.types import Constraint, Item, Limit, Reason, Request


def reasons(snapshot: Snapshot, encoder: Any, item: str, **request: Any) -> dict[str, Reason]:
    asked = Request(**{"person": "stranger", "session": "s", "count": 8, **request})
    items, _ = recommend(snapshot, asked, encoder)
    return {r.code: r for shown in items if shown.item.id == item for r in shown.reasons}


def test_a_met_wish_is_named_with_the_item_own_values(snapshot: Snapshot, encoder: Any) -> None:
    wishes = (Constraint("category", ("dress", "hat")), Constraint("colour", ("red",)))
    found = reasons(snapshot, encoder, "dress-1", constraints=wishes, price=Limit(maximum=500))
    assert found["matches"].evidence == {"category": "dress", "colour": "red", "price": 399.0, "maximum": 500}


def test_an_item_for_everybody_is_said_to_be_so(items: list[Item], embeddings: Embeddings, encoder: Any) -> None:
    items[0] = replace(items[0], attributes={**items[0].attributes, "audience": ("unisex",)})
    snapshot = Snapshot.build(CatalogueIndex.build(items), embeddings, encoder)
    found = reasons(snapshot, encoder, "dress-1", constraints=(Constraint("audience", ("women",)),))
    assert found["matches"].evidence == {"audience": "unisex"}


def test_an_exclusion_is_no_reason(snapshot: Snapshot, encoder: Any) -> None:
    found = reasons(snapshot, encoder, "dress-3", constraints=(Constraint("colour", ("red",), exclude=True),))
    assert "matches" not in found


def test_a_resemblance_names_the_liked_item_and_what_both_share(snapshot: Snapshot, encoder: Any) -> None:
    found = reasons(snapshot, encoder, "dress-3", liked=("dress-1",))
    assert found["liked"].evidence == {"item": "dress-1", "category": "dress", "material": "linen"}


def test_what_was_chosen_before_is_told_apart_from_what_was_just_liked(snapshot: Snapshot, encoder: Any) -> None:
    assert reasons(snapshot, encoder, "dress-3", person="ann")["history"].evidence["item"] == "dress-1"


def test_an_item_unlike_everything_liked_is_not_said_to_resemble_it(snapshot: Snapshot, encoder: Any) -> None:
    found = reasons(snapshot, encoder, "hat-1", liked=("dress-1",))
    assert "liked" not in found


def test_an_anchor_is_named_only_for_items_like_it(snapshot: Snapshot, encoder: Any) -> None:
    assert reasons(snapshot, encoder, "boots-2", anchor="boots-1")["anchor"].evidence["item"] == "boots-1"
    assert "anchor" not in reasons(snapshot, encoder, "hat-1", anchor="boots-1")


def test_popularity_is_claimed_only_with_its_true_rank(snapshot: Snapshot, encoder: Any) -> None:
    assert reasons(snapshot, encoder, "hat-1")["popular"].evidence == {"rank": 3}


def test_a_new_item_says_since_when(snapshot: Snapshot, encoder: Any) -> None:
    assert reasons(snapshot, encoder, "hat-2")["new"].evidence == {"added": "2026-10-20"}
    assert "new" not in reasons(snapshot, encoder, "hat-1")

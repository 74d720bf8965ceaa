from __future__ import annotations

from typing import Any

import pytest

from recommender.serving.live import Snapshot
from recommender.serving.recommend import recommend
from recommender.types import Constraint, Limit, Request

DRESS = Constraint("category", ("dress",))
RED = Constraint("colour", ("red",))


def ids(snapshot: Snapshot, encoder: Any, **request: Any) -> list[str]:
    items, _ = recommend(snapshot, Request(**{"person": "stranger", "session": "s", **request}), encoder)
    return [shown.item.id for shown in items]


def test_constraints_hold_even_when_the_list_stays_short(snapshot: Snapshot, encoder: Any) -> None:
    request = Request("ann", "s", constraints=(DRESS, RED), price=Limit(maximum=500))
    items, relaxations = recommend(snapshot, request, encoder)
    assert [shown.item.id for shown in items] == ["dress-1"]
    # Without the price the silk one, without the colour the blue one, without the category the hat: each with dress-1.
    assert {r.attribute: r.count for r in relaxations} == {"price": 2, "colour": 2, "category": 2}


def test_a_stranger_sees_what_is_popular_first(snapshot: Snapshot, encoder: Any) -> None:
    assert ids(snapshot, encoder)[0] == "boots-1"


def test_what_was_liked_comes_back_only_when_nothing_else_fits(snapshot: Snapshot, encoder: Any) -> None:
    linen = Constraint("material", ("linen",))
    assert ids(snapshot, encoder, constraints=(linen,), liked=("dress-1",)) == ["dress-3"]
    assert ids(snapshot, encoder, constraints=(linen,), liked=("dress-1", "dress-3")) == ["dress-1", "dress-3"]
    assert ids(snapshot, encoder, constraints=(linen,), liked=("dress-1",), disliked=("dress-3",)) == ["dress-1"]


def test_a_known_person_sees_their_taste_and_not_what_they_bought(snapshot: Snapshot, encoder: Any) -> None:
    shown = ids(snapshot, encoder, person="ann")
    assert shown[0].startswith("dress")
    assert "boots-1" not in shown


def test_a_like_moves_the_next_list_towards_it_and_settles_the_item(snapshot: Snapshot, encoder: Any) -> None:
    before = ids(snapshot, encoder, count=7)
    after = ids(snapshot, encoder, count=7, liked=("hat-1",))
    assert "hat-1" in before
    assert "hat-1" not in after
    assert after.index("hat-2") < before.index("hat-2")


def test_a_dislike_moves_alike_items_down(snapshot: Snapshot, encoder: Any) -> None:
    hat = Constraint("category", ("hat", "boots"))
    assert ids(snapshot, encoder, constraints=(hat,), disliked=("hat-1",))[-1] == "hat-2"
    assert ids(snapshot, encoder, constraints=(hat,), disliked=("boots-1",))[-1] == "boots-2"


def test_an_anchor_brings_items_like_it_but_not_itself(snapshot: Snapshot, encoder: Any) -> None:
    shown = ids(snapshot, encoder, anchor="hat-1", count=3)
    assert shown[0] == "hat-2"
    assert "hat-1" not in shown


def test_free_text_finds_what_it_names(snapshot: Snapshot, encoder: Any) -> None:
    assert ids(snapshot, encoder, text="something like a hat", count=2) == ["hat-1", "hat-2"]


def test_every_item_has_a_reason_and_positions_count_from_one(snapshot: Snapshot, encoder: Any) -> None:
    items, _ = recommend(snapshot, Request("bob", "s", count=7), encoder)
    assert [shown.position for shown in items] == list(range(1, 8))
    assert all(shown.reasons for shown in items)


@pytest.mark.parametrize("person", ["ann", "bob", "stranger"])
def test_the_same_request_gives_the_same_list(snapshot: Snapshot, encoder: Any, person: str) -> None:
    assert ids(snapshot, encoder, person=person) == ids(snapshot, encoder, person=person)

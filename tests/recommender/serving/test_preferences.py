from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np

from recommender.serving.filters import allowed
from recommender.serving.index import CatalogueIndex
from recommender.serving.live import Snapshot
from recommender.serving.preferences import bias
from recommender.serving.recommend import recommend
from recommender.types import Constraint, Preference, Request


def wish(kind: str, attribute: str | None = None, value: str | None = None, text: str = "") -> Preference:
    return Preference(kind, "bob", "s", datetime(2026, 1, 1, tzinfo=UTC), attribute, value, text)  # type: ignore[arg-type]


def ids(snapshot: Snapshot, encoder: Any, *wishes: Preference, **request: Any) -> list[str]:
    items, _ = recommend(snapshot, Request("bob", "s", preferences=wishes, count=9, **request), encoder)
    return [shown.item.id for shown in items]


def test_what_somebody_never_wears_is_in_no_list(snapshot: Snapshot, encoder: Any) -> None:
    assert not [item for item in ids(snapshot, encoder, wish("never", "material", "wool")) if item.startswith("hat")]


def test_what_somebody_never_wears_is_shown_when_it_is_asked_for_by_name(index: CatalogueIndex) -> None:
    never = (wish("never", "material", "wool"),)
    wool, hat = Constraint("material", ("wool",)), Constraint("category", ("hat",))
    assert allowed(index, Request("bob", "s", constraints=(wool,), preferences=never)).any()
    assert not allowed(index, Request("bob", "s", constraints=(hat,), preferences=never)).any()


def test_what_is_avoided_sinks_and_stays(snapshot: Snapshot, encoder: Any) -> None:
    dresses = {"constraints": (Constraint("category", ("dress",)),)}
    before = ids(snapshot, encoder, **dresses)
    after = ids(snapshot, encoder, wish("avoid", "material", before_material(snapshot, before[0])), **dresses)
    assert set(before) == set(after)
    assert before[0] != after[0]


def test_what_is_preferred_rises(snapshot: Snapshot, encoder: Any) -> None:
    assert ids(snapshot, encoder, wish("prefer", "colour", "grey"))[0] == "hat-2"


def test_words_lower_what_resembles_them_and_leave_the_rest(snapshot: Snapshot, encoder: Any) -> None:
    model = snapshot.embeddings
    moved = bias(snapshot.index, model.text_vectors, model.text_mean, (wish("avoid", text="no boots"),), encoder)
    assert moved is not None
    rows = snapshot.index.rows
    assert moved[rows["boots-1"]] < -0.5
    assert moved.max() <= 0
    assert (moved[[rows["hat-1"], rows["dress-1"]]] > moved[rows["boots-1"]]).all()


def test_hard_wishes_alone_move_no_score(snapshot: Snapshot, encoder: Any) -> None:
    model = snapshot.embeddings
    hard = (wish("never", "material", "wool"),)
    assert bias(snapshot.index, model.text_vectors, np.zeros(3, dtype=np.float32), hard, encoder) is None


def before_material(snapshot: Snapshot, item: str) -> str:
    return snapshot.index.items[snapshot.index.rows[item]].attributes["material"][0]

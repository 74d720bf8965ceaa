from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recommender.benchmark.synthetic import Shop
from recommender.learning.evaluation import Blend
from recommender.learning.texts import Texts
from recommender.learning.training import Recipe, fit
from recommender.model.embeddings import Embeddings
from recommender.model.hybrid import HybridParameters
from recommender.model.sequence import SequenceParameters
from recommender.serving import nearest
from recommender.serving.approximate import ApproximateIndex
from recommender.serving.index import CatalogueIndex
from recommender.serving.live import Snapshot
from recommender.serving.profile import Profile, build_profile
from recommender.serving.rank import ScoreParts, Scorer
from recommender.serving.recommend import recommend
from recommender.serving.shortlist import Shortlister, Spaces, Wish
from recommender.types import Constraint, Item, Limit, Request

SHOP = Shop(items=4_000, interactions=40_000, seed=3)
TEXT = 24
COLOURS = ("red", "blue", "green", "black")
RED, RARE = Constraint("colour", ("red",)), Constraint("colour", ("gold",))


class NoEncoder:
    """Requests here have no free text."""

    dimension, fingerprint = TEXT, "none"

    def encode(self, texts: object, kind: str = "query", batch_size: int = 32) -> np.ndarray:
        raise AssertionError("There is nothing to encode.")


@pytest.fixture(scope="module")
def model() -> Embeddings:
    """A twentieth of the items is new."""
    log = SHOP.log()
    log = log.rows(log.item % 20 != 0)
    texts = Texts(log.items, SHOP.texts(TEXT), np.zeros(TEXT, dtype=np.float32), NoEncoder.fingerprint)
    sequence = SequenceParameters(dimensions=16, epochs=1)
    return fit(log, texts, Recipe(HybridParameters(dimensions=16, epochs=3), sequence=sequence), Blend.untaught())


@pytest.fixture(scope="module", autouse=True)
def _eager() -> Iterator[None]:
    """What is said of catalogues above 20,000 items holds above 300."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearest, "APPROXIMATE_ABOVE", 300)
        yield


@pytest.fixture(scope="module")
def spaces(model: Embeddings) -> Spaces:
    built = Spaces.build(model)
    assert built is not None
    return built


@pytest.fixture(scope="module")
def catalogue(model: Embeddings) -> CatalogueIndex:
    def item(row: int, name: str) -> Item:
        colour = "gold" if row % 200 == 7 else COLOURS[row % len(COLOURS)]
        return Item(name, {"en": name}, {}, {"category": ("thing",), "colour": (colour,)}, float(row % 97))

    return CatalogueIndex.build([item(row, str(name)) for row, name in enumerate(model.item_ids)])


def exact(model: Embeddings) -> Shortlister:
    return Shortlister(Scorer(model), None)


def profiles(model: Embeddings) -> list[Profile]:
    """Strangers, new people with some likes, and known people."""
    likes = [(), (11,), (11, 400, 2_003), (20, 40)]  # rows 20 and 40 are new items
    return [build_profile(model, None, liked, ()) for liked in likes] + [
        build_profile(model, person, (), (17,)) for person in range(0, len(model.person_ids), 40)
    ]


def best_ten(shortlister: Shortlister, profile: Profile, mask: np.ndarray, wish: Wish) -> list[int]:
    scored = shortlister.score(profile, wish, mask, 10)
    return [int(row) for row in scored.rows[np.argsort(-scored.scores, kind="stable")[:10]]]


@pytest.mark.parametrize("share", [1.0, 0.9, 0.3, 0.02, 0.0])
@pytest.mark.parametrize("asked", [False, True])
def test_the_best_are_those_of_looking_at_everything(
    model: Embeddings, spaces: Spaces, share: float, asked: bool
) -> None:
    mask = np.random.default_rng(5).random(SHOP.items) < share
    wish = Wish(query=model.text_vectors[5], anchor=77) if asked else Wish()
    hits = wanted = 0
    for profile in profiles(model):
        truth = best_ten(exact(model), profile, mask, wish)
        found = best_ten(Shortlister(Scorer(model), spaces), profile, mask, wish)
        assert mask[found].all()
        assert len(set(found)) == len(found) == len(truth)
        hits += len(set(found) & set(truth))
        wanted += len(truth)
    assert hits >= 0.97 * wanted


def test_evidence_has_the_units_of_looking_at_everything(model: Embeddings, spaces: Spaces) -> None:
    mask = np.ones(SHOP.items, dtype=bool)
    said = np.random.default_rng(1).normal(size=SHOP.items).astype(np.float32)
    profile, wish = build_profile(model, 5, (11, 400), (17,)), Wish(model.text_vectors[5], 77, said)
    whole = exact(model).score(profile, wish, mask, 10).parts
    scored = Shortlister(Scorer(model), spaces).score(profile, wish, mask, 10)
    for one in fields(ScoreParts):
        part, truth = getattr(scored.parts, one.name), getattr(whole, one.name)
        np.testing.assert_allclose(part[scored.rows], truth[scored.rows], atol=2e-3, err_msg=one.name)


def test_parts_that_are_off_say_nothing(model: Embeddings, spaces: Spaces) -> None:
    bare = replace(model, sequence=None, card=replace(model.card, parts=()))
    without = replace(spaces, sequence=None)
    scored = Shortlister(Scorer(bare), without).score(
        build_profile(bare, 5, (), ()), Wish(), np.ones(SHOP.items, dtype=bool), 10
    )
    assert len(scored.rows)
    for name in ("text", "sequence", "popularity", "trend", "query", "anchor", "conversation"):
        assert not getattr(scored.parts, name).any(), name


@pytest.fixture
def both(model: Embeddings, catalogue: CatalogueIndex) -> tuple[Snapshot, Snapshot]:
    """The same shop, looked at as a whole and, as it is built, through indexes."""
    built = Snapshot.build(catalogue, model, NoEncoder())
    assert built.shortlister.spaces is not None
    return replace(built, shortlister=exact(model)), built


@pytest.mark.parametrize(
    "constraints",
    [
        {"constraints": (RED,)},
        {"constraints": (RARE,)},
        {"constraints": (replace(RED, exclude=True),)},
        {"price": Limit(maximum=3)},
        {"constraints": (RARE,), "price": Limit(maximum=10)},
    ],
)
def test_constraints_hold_as_they_do_without_indexes(
    both: tuple[Snapshot, Snapshot], constraints: dict[str, Any]
) -> None:
    hits = wanted = 0
    for person in ("p0000003", "p0000500", "stranger"):
        request = Request(person, "s", count=10, **constraints)
        (truth, relaxed), (shown, relaxations) = (recommend(one, request, NoEncoder()) for one in both)
        for entry in shown:
            colours = entry.item.attributes["colour"]
            assert all(set(colours).isdisjoint(c.values) == c.exclude for c in request.constraints)
            assert request.price.maximum is None or entry.item.price <= request.price.maximum
            assert entry.reasons
        assert (len(shown), relaxations) == (len(truth), relaxed)
        hits += len({entry.item.id for entry in shown} & {entry.item.id for entry in truth})
        wanted += len(truth)
    assert hits >= 0.97 * wanted


def test_an_index_that_finds_too_few_is_not_the_last_word(
    both: tuple[Snapshot, Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the index misses, a list is as long as it would be."""
    nothing = np.empty(0, dtype=np.intp), np.empty(0, dtype=np.float32)
    monkeypatch.setattr(ApproximateIndex, "search", lambda *_: nothing)
    request = Request("p0000003", "s", constraints=(RED,), count=10)
    truth, shown = (recommend(one, request, NoEncoder())[0] for one in both)
    assert [entry.item.id for entry in shown] == [entry.item.id for entry in truth]


def test_small_catalogues_have_no_index(model: Embeddings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "APPROXIMATE_ABOVE", SHOP.items)
    assert Spaces.build(model) is None


def test_stored_indexes_serve_again(
    model: Embeddings, spaces: Spaces, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spaces.save(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {"index.npz", "index-texts.npz", "index-sequence.npz"}
    monkeypatch.setattr(ApproximateIndex, "build", lambda *_: pytest.fail("built anew"))
    again = Spaces.build(model, tmp_path)
    assert again is not None
    mask, profile = np.ones(SHOP.items, dtype=bool), build_profile(model, 5, (), ())
    lists = [best_ten(Shortlister(Scorer(model), one), profile, mask, Wish()) for one in (spaces, again)]
    assert lists[0] == lists[1]

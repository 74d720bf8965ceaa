"""What is written is read back the same, in every format."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommender.catalogue.check import check_catalogue
from recommender.catalogue.items import Catalogue, load_catalogue
from recommender.catalogue.writing import save_catalogue
from recommender.errors import CatalogueError
from recommender.types import Item

typed = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x9FFF, categories=("L", "N", "P")), min_size=1, max_size=8
)
prose = st.lists(typed, min_size=1, max_size=4).map(" ".join)
values = st.lists(
    st.sampled_from(["red", "light blue", "t-shirt", "红色", "38", "xl"]), min_size=1, max_size=3, unique=True
)


@st.composite
def items(draw: st.DrawFn, number: int) -> Item:
    return Item(
        id=f"{draw(typed)}-{number}",
        titles={"en": draw(prose)} | ({"zh": draw(prose)} if draw(st.booleans()) else {}),
        descriptions={"zh": draw(prose)} if draw(st.booleans()) else {},
        attributes={"category": ("thing",)} | ({"colour": tuple(draw(values))} if draw(st.booleans()) else {}),
        price=draw(st.integers(1, 10**7)) / 100,
        currency="CNY",
        stock=draw(st.none() | st.integers(0, 10**6)),
        image=draw(st.none() | st.just(f"/media/{number}.png")),
        added=draw(st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1))),
    )


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    count = draw(st.integers(1, 4))
    return Catalogue(tuple(draw(items(number)) for number in range(count)), ("category", "colour"))


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(catalogue=catalogues())
def test_a_catalogue_survives_every_format(tmp_path, ending, catalogue):
    path = tmp_path / f"c.{ending}"
    save_catalogue(catalogue, path)
    assert check_catalogue(path) == ()
    assert load_catalogue(path).items == catalogue.items


def test_an_unknown_ending_is_refused_and_nothing_is_written(tmp_path):
    with pytest.raises(CatalogueError, match=r"\.csv"):
        save_catalogue(Catalogue((), ()), tmp_path / "c.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_to_is_one_clear_error(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    item = Item("a", {"en": "A"}, {}, {"category": ("x",)}, 1.0)
    with pytest.raises(CatalogueError, match="cannot be written"):
        save_catalogue(Catalogue((item,), ("category",)), tmp_path / "file" / "c.csv")

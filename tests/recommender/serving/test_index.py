from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.serving.index import INCLUDES, CatalogueIndex
from recommender.types import Item

attributes = st.dictionaries(
    st.sampled_from(["colour", "audience"]),
    st.lists(st.sampled_from(["red", "blue", "women", "men", "unisex"]), max_size=3).map(tuple),
)


def shelf(*described: dict[str, tuple[str, ...]]) -> CatalogueIndex:
    return CatalogueIndex.build([Item(f"i{row}", {"en": "x"}, {}, values, 1.0) for row, values in enumerate(described)])


def test_a_value_finds_the_items_that_have_it_and_unknown_ones_find_nothing() -> None:
    index = shelf({"colour": ("red",)}, {"colour": ("blue", "red")}, {})
    assert index.mask("colour", ["red"]).tolist() == [True, True, False]
    assert index.mask("colour", ["blue", "green"]).tolist() == [False, True, False]
    assert index.mask("colour", []).tolist() == [False, False, False]
    assert index.frequency("colour", "red") == pytest.approx(2 / 3)
    assert index.frequency("colour", "green") == 0


def test_a_share_counts_a_row_as_often_as_it_is_given() -> None:
    index = shelf({"colour": ("red",)}, {}, {})
    assert index.share("colour", "red", [0, 0, 1, 2]) == 0.5
    assert index.share("colour", "red", []) == 0
    assert index.share("colour", "green", [0]) == 0


def test_what_suits_everybody_counts_once_where_it_is_named_twice() -> None:
    index = shelf({"audience": ("unisex", "women")}, {"audience": ("men",)})
    assert index.frequency("audience", "women") == 0.5
    assert index.mask("audience", ["men"]).tolist() == [True, True]


def test_an_empty_catalogue_has_nothing() -> None:
    index = shelf()
    assert len(index.mask("colour", ["red"])) == 0
    assert index.frequency("colour", "red") == 0


@given(st.lists(attributes, max_size=8), st.lists(st.sampled_from(["red", "women", "men", "unisex"]), max_size=3))
def test_a_mask_is_what_looking_at_each_item_finds(
    described: list[dict[str, tuple[str, ...]]], wanted: list[str]
) -> None:
    index = shelf(*described)
    for attribute in ("colour", "audience"):
        expected = [
            any(
                value in wanted or set(INCLUDES.get((attribute, value), ())) & set(wanted)
                for value in item.attributes.get(attribute, ())
            )
            for item in index.items
        ]
        assert index.mask(attribute, wanted).tolist() == expected


def test_memory_grows_with_what_items_have_and_not_with_items_times_values() -> None:
    index = shelf(*({"brand": (f"brand-{row}",)} for row in range(2_000)))
    assert sum(rows.nbytes for rows in index.postings.values()) == 4 * 2_000
    assert np.array_equal(np.concatenate(list(index.postings.values())), np.arange(2_000))

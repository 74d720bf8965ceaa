from __future__ import annotations

import pytest

from recommender.catalogue.importing.categories import guess_category


@pytest.mark.parametrize(
    ("title", "brand", "category"),
    [
        ("Parx Men Brown Slim Fit Printed Casual Shirt", "Parx", "shirt"),
        ("Women Shirt Dress", "", "dress"),
        ("Navy Polo Collar T-shirt", "", "t-shirt"),
        ("Kurta Set with Jacket", "", "kurta"),
        ("Pepe Jeans Men Blue Sneakers", "Pepe Jeans", "sneakers"),
        ("Pepe Jeans Men Blue", "Pepe Jeans", "other"),
        ("Set of 2 Door Curtains", "", "curtains"),
        ("HP 74 Black Original Ink Cartridges, 2 Cartridges", "HP", "printer"),
        ("A Cream-Coloured Thing", "", "other"),
        ("", "", "other"),
    ],
)
def test_the_last_noun_before_what_comes_with_it_is_the_category(title: str, brand: str, category: str) -> None:
    assert guess_category(title, brand) == category

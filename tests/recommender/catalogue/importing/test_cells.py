from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.catalogue.importing.cells import plain, read_audience, read_colour, read_price


@pytest.mark.parametrize(
    ("written", "digits", "currency"),
    [
        ("399", "399", ""),
        ("12.5", "12.5", ""),
        ("$12.99", "12.99", "USD"),
        ("$1,299.00", "1299.00", "USD"),
        ("₹ 1,29,900", "129900", "INR"),
        ("Rs. 799", "799", "INR"),
        ("1.299,00 €", "1299.00", "EUR"),
        ("1 299,50 EUR", "1299.50", "EUR"),
        ("1.299", "1.299", ""),
        ("€ 1.299", "1299", "EUR"),
        ("1,299", "1299", ""),
        ("12,5", "12.5", ""),
        ("CHF 1'299.50", "1299.50", "CHF"),
        ("¥399", "399", "CNY"),
        ("$10.00 - $20.00", "10.00", "USD"),
        ("-5", "-5", ""),
        ("  25 USD ", "25", "USD"),
        (".99", "0.99", ""),
        ("12.345678", "12.345678", ""),
    ],
)
def test_a_price_is_read_as_people_write_it(written: str, digits: str, currency: str) -> None:
    found = read_price(written)
    assert found is not None
    assert (float(found[0]), found[1]) == (float(digits), currency)


@pytest.mark.parametrize("written", ["call us", "", "3 for 10 or 4 for 12", "size 5 for 10"])
def test_what_is_no_one_price_is_not_guessed(written: str) -> None:
    assert read_price(written) is None


@given(st.decimals(min_value=0, max_value=10**7, places=2))
def test_a_price_with_english_thousands_is_the_number_that_was_written(price: float) -> None:
    found = read_price(f"${price:,.2f}")
    assert found is not None
    assert float(found[0]) == float(price)


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("<p>Soft &amp; warm</p>", "Soft & warm"),
        ("dupatta\xa0and\nkurta", "dupatta and kurta"),
        ("zero\u200bwidth", "zerowidth"),
        ("I <3 it, 2 < 3 > 1", "I <3 it, 2 < 3 > 1"),
        ("<style>p {x: y}</style>Text<!-- note -->", "Text"),
        ("R&D & co", "R&D & co"),
    ],
)
def test_texts_lose_markup_and_invisible_characters_only(written: str, clean: str) -> None:
    assert plain(written) == clean


@given(st.text())
def test_a_plain_text_can_be_shown_and_has_single_spaces(text: str) -> None:
    clean = plain(text)
    assert clean.isprintable()
    assert clean == " ".join(clean.split())


@pytest.mark.parametrize(
    ("written", "audience"),
    [
        ("Women", ("women",)),
        ("Men's", ("men",)),
        ("Boys", ("boys", "kids")),
        ("Unisex Kids", ("kids",)),
        ("Pets", ("pets",)),
    ],
)
def test_genders_become_the_catalogues_audiences(written: str, audience: tuple[str, ...]) -> None:
    assert read_audience(written) == audience


def test_colours_are_british() -> None:
    assert [read_colour(word) for word in (" Black", "Gray", "dark gray")] == ["black", "grey", "dark grey"]

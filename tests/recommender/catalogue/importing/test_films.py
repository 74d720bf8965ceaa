from __future__ import annotations

from pathlib import Path

import pytest

from recommender.catalogue.importing.films import parse_genres, parse_title
from recommender.catalogue.importing.importer import import_catalogue
from recommender.catalogue.importing.sources import recognise


@pytest.mark.parametrize(
    ("written", "title", "year"),
    [
        ("Matrix, The (1999)", "The Matrix", "1999"),
        ("Toy Story (1995)", "Toy Story", "1995"),
        ("City of Lost Children, The (Cité des enfants perdus, La) (1995)",
         "The City of Lost Children (La Cité des enfants perdus)", "1995"),
        ("Appartement, L' (1996)", "L'Appartement", "1996"),
        ("Babylon 5", "Babylon 5", ""),
        ("Death Note (2006–2007)", "Death Note", "2006"),
        ("2001: A Space Odyssey (1968) ", "2001: A Space Odyssey", "1968"),
        ("Good, the Bad and the Ugly, The (1966)", "The Good, the Bad and the Ugly", "1966"),
    ],
)  # fmt: skip
def test_titles_read_as_people_say_them(written: str, title: str, year: str) -> None:
    assert parse_title(written) == (title, year)


def test_genres_have_the_same_names_in_every_set() -> None:
    assert parse_genres("Children's|Sci-Fi") == ("children", "sci-fi")
    assert parse_genres("(no genres listed)") == ()


def test_the_100k_layout_has_flags_for_genres(tmp_path: Path) -> None:
    flags = ["0"] * 19
    flags[5] = flags[18] = "1"
    film = "|".join(["7", "Café, The (1995)", "01-Jan-1995", "", "http://imdb/x", *flags])
    (tmp_path / "u.item").write_bytes(f"{film}\n8|short\n".encode("latin-1"))
    catalogue, tally, _ = import_catalogue(recognise(tmp_path), "USD")
    item = catalogue["7"]
    assert item.titles == {"en": "The Café"}
    assert item.attributes == {"category": ("film",), "genre": ("comedy", "western"), "year": ("1995",)}
    assert item.description("en") == "Comedy, western film of 1995."
    assert (tally.read, tally.kept, [fault.row for fault in tally.faults if fault.row]) == (2, 1, [2])


def test_the_1m_layout_is_latin_and_the_10m_layout_utf8(tmp_path: Path) -> None:
    for encoding in ("latin-1", "utf-8"):
        (tmp_path / "movies.dat").write_bytes("1::Amélie (2001)::Comedy|Romance\r\n".encode(encoding))
        catalogue, _, _ = import_catalogue(recognise(tmp_path), "USD")
        assert catalogue["1"].title("en") == "Amélie"
        assert catalogue["1"].attributes["genre"] == ("comedy", "romance")


def test_the_25m_layout_takes_addresses_and_the_most_frequent_tags(tmp_path: Path) -> None:
    (tmp_path / "movies.csv").write_text(
        'movieId,title,genres\n1,"Matrix, The (1999)",Action|Sci-Fi\n2,Heat,Crime\n3\n'
    )
    (tmp_path / "links.csv").write_text("movieId,imdbId,tmdbId\n1,133093,603\n")
    tags = ["hacker", "Hacker", "slow", "cyber punk", "cyber punk", "dark", "bullets", "green"]
    (tmp_path / "tags.csv").write_text("userId,movieId,tag,timestamp\n" + "".join(f"9,1,{tag},0\n" for tag in tags))
    catalogue, tally, _ = import_catalogue(recognise(tmp_path), "USD")
    assert catalogue["1"].url == "https://www.imdb.com/title/tt0133093/"
    assert catalogue["1"].attributes["tag"] == ("cyber punk", "hacker", "bullets", "dark", "green")
    assert catalogue["2"].attributes == {"category": ("film",), "genre": ("crime",)}
    assert (tally.read, tally.kept) == (3, 2)


def test_a_film_has_no_price_and_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "movies.dat").write_text("1::Heat (1995)::Crime\n")
    catalogue, tally, _ = import_catalogue(recognise(tmp_path), "USD")
    assert (catalogue["1"].price, catalogue.currency) == (None, None)
    assert any(fault.column == "price" and "items have no price" in fault.problem for fault in tally.faults)

"""A film world with obvious answers."""

from __future__ import annotations

import pytest

from recommender.conversations.catalogue import Catalogue
from recommender.conversations.dialogue import Answered, Dialogue
from recommender.types import Item


def film(number: str, title: str, director: str, actors: str, genres: str, year: str, zh: str = "") -> Item:
    titles = {"en": title} | ({"zh": zh} if zh else {})
    attributes = {
        "director": (director,),
        "actor": tuple(actors.split(", ")),
        "genre": tuple(genres.split(", ")),
        "year": (year,),
    }
    return Item(number, titles, {"en": ""}, attributes, 0.0)


FILMS = (
    film(
        "blade",
        "Blade Runner",
        "Ridley Scott",
        "Harrison Ford, Sean Young",
        "science fiction, thriller",
        "1982",
        "银翼杀手",
    ),
    film("alien", "Alien", "Ridley Scott", "Sigourney Weaver", "science fiction, horror", "1979", "异形"),
    film("galaxy", "Galaxy Quest", "Dean Parisot", "Sigourney Weaver, Tim Allen", "science fiction, comedy", "1999"),
    film("iron1", "Iron Man", "Jon Favreau", "Robert Downey Jr.", "action", "2008", "钢铁侠"),
    film("iron2", "Iron Man 2", "Jon Favreau", "Robert Downey Jr.", "action", "2010", "钢铁侠2"),
    film("chef", "Chef", "Jon Favreau", "Jon Favreau, Robert Downey Jr.", "comedy", "2014"),
    film("amelie", "Amélie", "Jean-Pierre Jeunet", "Audrey Tautou", "comedy, romance", "2001", "天使爱美丽"),
    film("shining", "The Shining", "Stanley Kubrick", "Jack Nicholson", "horror", "1980", "闪灵"),
    film("clockwork", "A Clockwork Orange", "Stanley Kubrick", "Malcolm McDowell", "crime", "1971"),
    film("it", "It", "Andy Muschietti", "Bill Skarsgård", "horror", "2017"),
    film("hallow78", "Halloween (1978)", "John Carpenter", "Jamie Lee Curtis", "horror", "1978"),
    film("hallow18", "Halloween (2018)", "David Gordon Green", "Jamie Lee Curtis", "horror", "2018"),
    film("paris", "Midnight in Paris", "Woody Allen", "Owen Wilson", "comedy, romance", "2011"),
    film("toy", "Toy Story", "John Lasseter", "Tim Allen", "animation", "1995", "玩具总动员"),
    film("ocean", "Ocean's Eleven", "Steven Soderbergh", "George Clooney", "crime", "2001"),
)


@pytest.fixture(scope="session")
def films() -> Catalogue:
    return Catalogue.build(FILMS)


def turn(dialogue: str, said: str, *items: str) -> Answered:
    return Answered(dialogue, Dialogue((said,)), items)


@pytest.fixture(scope="session")
def answered() -> tuple[Answered, ...]:
    """People who ask for Kubrick get A Clockwork Orange; who asks for a laugh, Galaxy Quest."""
    return tuple(
        turned
        for number in range(6)
        for turned in (
            turn(f"kubrick-{number}", "What else did Stanley Kubrick direct?", "clockwork"),
            turn(f"laugh-{number}", "Something to laugh about, please", "galaxy"),
            turn(f"star-{number}", "Anything with Robert Downey Jr.?", "iron1"),
        )
    )

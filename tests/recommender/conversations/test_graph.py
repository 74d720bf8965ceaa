from __future__ import annotations

from recommender.conversations.catalogue import Catalogue
from recommender.conversations.graph import AttributeGraph
from recommender.types import Item


def test_every_item_leads_to_its_values_and_back(films: Catalogue) -> None:
    graph = films.graph
    scott = graph.values.index((graph.attributes.index("director"), "Ridley Scott"))
    assert {films.ids[row] for row in graph.items_with(scott)} == {"blade", "alien"}
    assert scott in graph.values_of(films.rows["alien"])
    assert graph.degree[scott] == 2


def test_what_every_item_has_tells_nothing() -> None:
    items = [Item(str(i), {"en": "x"}, {}, {"shop": ("one",), "brand": (f"b{i}",)}, 1.0) for i in range(3)]
    assert AttributeGraph.build(items).attributes == ("brand",)


def test_values_that_differ_in_case_are_one() -> None:
    items = [
        Item("a", {"en": "x"}, {}, {"genre": ("Comedy", "comedy", "War")}, 1.0),
        Item("b", {"en": "y"}, {}, {"genre": ("comedy",)}, 1.0),
    ]
    graph = AttributeGraph.build(items)
    assert sorted(value.lower() for _, value in graph.values) == ["comedy", "war"]
    assert graph.has.sum() == 3


def test_a_catalogue_without_attributes_has_an_empty_graph() -> None:
    graph = AttributeGraph.build([Item("a", {"en": "x"}, {}, {}, 1.0)])
    assert graph.has.shape == (1, 0)
    assert graph.attributes == ()

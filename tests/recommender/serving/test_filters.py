from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from recommender.serving.filters import allowed, relaxations, without
from recommender.serving.index import CatalogueIndex
from recommender.types import NO_LIMIT, Constraint, Item, Limit, Range, Relaxation, Request


def ask(*constraints: Constraint, price: Limit = NO_LIMIT, hidden: frozenset[str] = frozenset()) -> Request:
    return Request("ann", "s", constraints=constraints, price=price, hidden=hidden)


def ids(index: CatalogueIndex, request: Request) -> list[str]:
    return [item.id for item, ok in zip(index.items, allowed(index, request), strict=True) if ok]


RED, DRESS = Constraint("colour", ("red",)), Constraint("category", ("dress",))


def test_every_constraint_holds_and_sold_out_items_are_gone(index: CatalogueIndex) -> None:
    assert ids(index, ask(RED, DRESS)) == ["dress-1", "dress-2"]


def test_one_of_several_values_is_enough(index: CatalogueIndex) -> None:
    assert ids(index, ask(Constraint("colour", ("blue", "black")))) == ["dress-3", "boots-1"]


def test_excluded_values_are_gone(index: CatalogueIndex) -> None:
    assert ids(index, ask(DRESS, Constraint("colour", ("red",), exclude=True))) == ["dress-3"]


def test_a_limit_includes_its_bounds_unless_it_is_exclusive(index: CatalogueIndex) -> None:
    assert ids(index, ask(DRESS, price=Limit(199, 399))) == ["dress-1", "dress-3"]
    assert ids(index, ask(DRESS, price=Limit(maximum=399, exclusive=True))) == ["dress-3"]


def test_a_value_that_the_catalogue_does_not_have_matches_nothing(index: CatalogueIndex) -> None:
    assert ids(index, ask(Constraint("colour", ("ultraviolet",)))) == []
    assert ids(index, ask(Constraint("flavour", ("mint",)))) == []


def test_hidden_items_are_not_shown(index: CatalogueIndex) -> None:
    assert ids(index, ask(DRESS, hidden=frozenset({"dress-1", "gone"}))) == ["dress-2", "dress-3"]


def test_relaxations_count_what_dropping_one_wish_gives_and_offer_the_category_last(index: CatalogueIndex) -> None:
    request = ask(RED, DRESS, price=Limit(maximum=100))
    assert ids(index, request) == []
    # Without the price: two red dresses; without the colour: no dress below 100; without the category: the red hat.
    assert relaxations(index, request) == (Relaxation("price", 2), Relaxation("category", 1))


def test_unisex_things_are_for_women_and_men_and_not_for_kids() -> None:
    items = [Item(w, {"en": w}, {}, {"audience": (w,)}, 1.0) for w in ("women", "men", "unisex", "kids")]
    index = CatalogueIndex.build(items)
    assert ids(index, ask(Constraint("audience", ("women",)))) == ["women", "unisex"]
    assert ids(index, ask(Constraint("audience", ("kids",)))) == ["kids"]
    assert ids(index, ask(Constraint("audience", ("unisex",)))) == ["unisex"]


constraint = st.builds(
    Constraint,
    st.sampled_from(["category", "colour", "material"]),
    st.lists(st.sampled_from(["dress", "red", "blue", "linen", "none"]), min_size=1, max_size=3).map(tuple),
    st.booleans(),
)


@given(st.lists(constraint, max_size=4), st.floats(0, 1000), st.floats(0, 1000))
def test_filters_agree_with_reading_each_item(wishes: list[Constraint], low: float, high: float) -> None:
    items = [
        Item(f"i{n}", {"en": "x"}, {}, {"category": (c,), "colour": (k,)}, price=float(p))
        for n, (c, k, p) in enumerate([("dress", "red", 10), ("dress", "blue", 500), ("hat", "red", 1000)])
    ]
    index = CatalogueIndex.build(items)
    expected = [
        item.id
        for item in items
        if low <= item.price <= high
        and all(w.exclude != any(v in w.values for v in item.attributes.get(w.attribute, ())) for w in wishes)
    ]
    assert ids(index, ask(*wishes, price=Limit(low, high))) == expected


def test_without_drops_only_what_it_names(index: CatalogueIndex) -> None:
    request = ask(RED, DRESS, price=Limit(maximum=100))
    assert without(request, "colour").constraints == (DRESS,)
    assert without(request, "colour").price == request.price
    assert not without(request, "price").price


FILMS = CatalogueIndex.build(
    [
        Item("short", {"en": "Short"}, {}, {"genre": ("drama",)}, None, numbers={"runtime": 80.0}),
        Item("long", {"en": "Long"}, {}, {"genre": ("drama",)}, None, numbers={"runtime": 180.0}),
        Item("unknown", {"en": "Unknown"}, {}, {"genre": ("comedy",)}, None),
    ]
)


def runtime(limit: Limit, *constraints: Constraint) -> Request:
    return Request("ann", "s", constraints=constraints, ranges=(Range("runtime", limit),))


def test_a_number_is_limited_as_the_price_is() -> None:
    assert ids(FILMS, runtime(Limit(maximum=180))) == ["short", "long"]
    assert ids(FILMS, runtime(Limit(maximum=180, exclusive=True))) == ["short"]
    assert ids(FILMS, runtime(Limit(minimum=100))) == ["long"]


def test_things_without_a_price_are_shown_until_a_price_is_asked_for() -> None:
    assert ids(FILMS, ask()) == ["short", "long", "unknown"]
    assert ids(FILMS, ask(price=Limit(maximum=1000))) == []


def test_a_number_that_no_item_has_limits_everything_away() -> None:
    assert ids(FILMS, Request("ann", "s", ranges=(Range("weight", Limit(maximum=1)),))) == []


def test_a_limited_number_can_be_relaxed() -> None:
    request = runtime(Limit(minimum=200), Constraint("genre", ("drama",)))
    assert relaxations(FILMS, request) == (Relaxation("runtime", 2),)
    assert without(request, "runtime").ranges == ()

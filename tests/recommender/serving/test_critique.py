from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.serving.critique import Critique, Search, apply
from recommender.types import Change, Constraint, Limit, Range

DRESS = Constraint("category", ("dress",))
BOOTS = Constraint("category", ("boots",))
RED = Constraint("colour", ("red",))
BLUE = Constraint("colour", ("blue",))
NOT_RED = Constraint("colour", ("red",), exclude=True)
WOMEN = Constraint("audience", ("women",))
UNDER_500 = Limit(maximum=500)
UNDER = (Range("price", UNDER_500),)
RUNNING = Search((DRESS, RED), UNDER, UNDER)
CHEAPER, DEARER = (Change("price", "less"),), (Change("price", "more"),)
LONGER, SHORTER = (Change("runtime", "more"),), (Change("runtime", "less"),)


def prices(*shown: float) -> dict[str, tuple[float, ...]]:
    return {"price": shown}


def test_what_is_not_mentioned_stays() -> None:
    after = apply(RUNNING, Critique(constraints=(Constraint("material", ("linen",)),)))
    assert after.wanted("category") == ("dress",)
    assert after.wanted("colour") == ("red",)
    assert after.wanted("material") == ("linen",)
    assert after.price == UNDER_500


def test_a_new_value_replaces_the_old_one_of_its_attribute() -> None:
    assert apply(RUNNING, Critique(constraints=(BLUE,))).constraints == (DRESS, BLUE)


def test_cheaper_is_below_everything_shown_and_keeps_the_rest() -> None:
    after = apply(RUNNING, Critique(changes=CHEAPER, shown=prices(399.0, 299.0, 450.0)))
    assert after.price == Limit(maximum=299.0, exclusive=True)
    assert after.constraints == RUNNING.constraints


def test_dearer_gives_up_the_budget_only_when_both_cannot_hold() -> None:
    assert apply(RUNNING, Critique(changes=DEARER, shown=prices(99.0, 299.0))).price == Limit(299.0, 500, True)
    assert apply(RUNNING, Critique(changes=DEARER, shown=prices(500.0))).price == Limit(500.0, None, True)


def test_what_cheaper_had_set_does_not_outlive_its_kind_of_thing_but_the_named_budget_does() -> None:
    cheaper = apply(RUNNING, Critique(changes=CHEAPER, shown=prices(159.0)))
    assert cheaper.as_stated() == RUNNING
    assert apply(cheaper, Critique(constraints=(BOOTS,))).price == UNDER_500


def test_a_named_price_wins_over_cheaper() -> None:
    after = apply(RUNNING, Critique(limits=(Range("price", Limit(maximum=200)),), changes=CHEAPER, shown=prices(399.0)))
    assert after.price == Limit(maximum=200)


def test_cheaper_before_anything_was_shown_changes_nothing() -> None:
    assert apply(RUNNING, Critique(changes=CHEAPER)) == RUNNING


def test_a_number_is_critiqued_as_a_price_is() -> None:
    film = Search((), (Range("runtime", Limit(90, 150)),), (Range("runtime", Limit(90, 150)),))
    longer = apply(film, Critique(changes=LONGER, shown={"runtime": (100.0, 120.0)}))
    assert longer.ranges == (Range("runtime", Limit(120, 150, exclusive=True)),)
    assert longer.as_stated() == film
    shorter = apply(longer, Critique(changes=SHORTER, shown={"runtime": (130.0,)}))
    assert shorter.ranges == (Range("runtime", Limit(120, 130, exclusive=True)),)


def test_cheaper_and_shorter_hold_together() -> None:
    shown = {"price": (10.0, 20.0), "runtime": (90.0, 80.0)}
    after = apply(Search(), Critique(changes=(*CHEAPER, *SHORTER), shown=shown))
    assert after.price == Limit(maximum=10, exclusive=True)
    assert after.ranges == (Range("runtime", Limit(maximum=80, exclusive=True)),)


def test_a_limit_on_one_number_leaves_the_others() -> None:
    after = apply(RUNNING, Critique(limits=(Range("runtime", Limit(maximum=120)),)))
    assert (after.price, after.ranges) == (UNDER_500, (Range("runtime", Limit(maximum=120)),))
    assert apply(after, Critique(drops=("runtime",))) == RUNNING


def test_dropping_an_attribute_frees_it_in_both_directions() -> None:
    search = Search((DRESS, NOT_RED))
    assert apply(search, Critique(drops=("colour",))).constraints == (DRESS,)
    assert apply(RUNNING, Critique(drops=("price",))).price == Limit()


def test_another_colour_excludes_the_present_one() -> None:
    assert apply(RUNNING, Critique(another=("colour",))).constraints == (DRESS, NOT_RED)


def test_not_red_but_blue_keeps_both_wishes() -> None:
    after = apply(Search((DRESS,)), Critique(constraints=(NOT_RED, BLUE)))
    assert after.constraints == (DRESS, NOT_RED, BLUE)


def test_excluding_what_was_wanted_withdraws_the_wish() -> None:
    assert apply(RUNNING, Critique(constraints=(NOT_RED,))).constraints == (DRESS, NOT_RED)


def test_wanting_what_was_excluded_withdraws_the_exclusion() -> None:
    assert apply(Search((DRESS, NOT_RED)), Critique(constraints=(RED,))).constraints == (DRESS, RED)


def test_exclusions_of_one_attribute_add_up() -> None:
    not_blue = Constraint("colour", ("blue",), exclude=True)
    assert apply(Search((NOT_RED,)), Critique(constraints=(not_blue,))).constraints == (
        Constraint("colour", ("red", "blue"), exclude=True),
    )


def test_asking_for_another_kind_of_thing_starts_anew_for_the_same_person() -> None:
    search = Search((DRESS, RED, WOMEN), UNDER, UNDER, text="beach wedding")
    assert apply(search, Critique(constraints=(BOOTS,), fresh=True)) == Search((WOMEN, BOOTS))


def test_a_kind_of_thing_named_for_the_first_time_narrows() -> None:
    assert apply(Search((RED,), UNDER, UNDER), Critique(constraints=(DRESS,), fresh=True)) == Search(
        (RED, DRESS), UNDER, UNDER
    )


def test_the_same_in_another_kind_of_thing_keeps_colour_and_price() -> None:
    after = apply(RUNNING, Critique(constraints=(BOOTS,)))
    assert (after.wanted("category"), after.wanted("colour"), after.price) == (("boots",), ("red",), UNDER_500)


def test_asking_again_for_the_same_kind_refines() -> None:
    assert apply(RUNNING, Critique(constraints=(DRESS, BLUE), fresh=True)) == Search((DRESS, BLUE), UNDER, UNDER)


def test_a_wider_word_for_what_is_wanted_widens_nothing_until_it_is_asked_for() -> None:
    shoes = Constraint("category", ("boots", "sneakers"))
    search = Search((BOOTS, RED), UNDER, UNDER)
    assert apply(search, Critique(constraints=(shoes,), changes=CHEAPER, shown=prices(300.0))) == Search(
        (BOOTS, RED), (Range("price", Limit(maximum=300.0, exclusive=True)),), UNDER
    )
    assert apply(search, Critique(constraints=(shoes,), fresh=True)) == Search((shoes,))


def test_red_or_blue_after_red_means_both() -> None:
    either = Constraint("colour", ("red", "blue"))
    assert apply(RUNNING, Critique(constraints=(either,))).constraints == (DRESS, either)


values = st.lists(st.sampled_from(["red", "blue", "green"]), min_size=1, max_size=2, unique=True).map(tuple)
constraints = st.builds(Constraint, st.sampled_from(["colour", "category"]), values, st.booleans())


@given(st.lists(st.lists(constraints, max_size=3).map(tuple), max_size=6))
def test_no_value_is_ever_wanted_and_excluded_at_once(messages: list[tuple[Constraint, ...]]) -> None:
    search = Search()
    for message in messages:
        for constraint in message:  # one message never both wants and excludes a value: it is applied in its order
            search = apply(search, Critique(constraints=(constraint,)))
    for attribute in ("colour", "category"):
        wanted = {v for c in search.constraints if c.attribute == attribute and not c.exclude for v in c.values}
        excluded = {v for c in search.constraints if c.attribute == attribute and c.exclude for v in c.values}
        assert not wanted & excluded


@given(st.lists(st.lists(constraints, max_size=3).map(tuple), max_size=6))
def test_an_attribute_has_at_most_one_wish_and_one_exclusion(messages: list[tuple[Constraint, ...]]) -> None:
    search = Search()
    for message in messages:
        search = apply(search, Critique(constraints=message))
    keys = [(c.attribute, c.exclude) for c in search.constraints]
    assert len(keys) == len(set(keys))
    assert all(c.values for c in search.constraints)


@pytest.mark.parametrize(("shown", "limit"), [((10.0,), 10.0), ((30.0, 20.0), 20.0)])
def test_cheaper_twice_goes_down(shown: tuple[float, ...], limit: float) -> None:
    once = apply(Search(), Critique(changes=CHEAPER, shown=prices(*shown)))
    twice = apply(once, Critique(changes=CHEAPER, shown=prices(*(p - 5 for p in shown))))
    assert once.price.maximum == limit
    assert twice.price.maximum == limit - 5

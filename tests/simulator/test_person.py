"""People tell their wish, hold the shop to it, and leave with what they like or after ten messages."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.types import Constraint, Limit, Range
from tests.simulator import acts
from tests.simulator.acts import Act
from tests.simulator.agenda import Agenda, opening
from tests.simulator.assistant import Assistant
from tests.simulator.conversation import PATIENCE, Outcome, converse, meet
from tests.simulator.goal import sample_goal
from tests.simulator.memory import Memory
from tests.simulator.reply import Reply
from tests.simulator.report import report
from tests.simulator.tiny import tiny_shop
from tests.simulator.transcript import transcript

SHOP = tiny_shop()
RED, SHIRT = Constraint("colour", ("red",)), Constraint("category", ("shirt",))
seeds = st.integers(0, 10_000)


def talk(seed: int, deaf: bool = False) -> Outcome:
    person = meet(sample_goal(SHOP, seed), SHOP)
    assistant = Assistant(SHOP, deaf)
    return converse(person, lambda text: assistant.answer(person))


@given(seeds)
def test_an_opening_holds_the_whole_wish(seed: int) -> None:
    wish = sample_goal(SHOP, seed).wish
    agenda, told = opening(wish, random.Random(seed)), []
    while agenda:
        told += agenda.pop().parts
    assert sorted(map(str, told)) == sorted(map(str, wish))


def test_what_was_said_in_an_answer_is_not_said_again() -> None:
    agenda = Agenda([Act("refine", (RED,)), Act("more")])
    agenda.settle([RED])
    assert agenda.stack == [Act("more")]


@given(seeds)
def test_a_conversation_ends_after_ten_messages_or_with_something_that_fits_and_pleases(seed: int) -> None:
    outcome = talk(seed)
    assert 2 <= len(outcome.turns) <= PATIENCE
    if outcome.success:
        assert outcome.turns[-1].act.name == "accept"
        assert outcome.cause == ""
    else:
        assert len(outcome.turns) == PATIENCE
        assert outcome.cause


@given(seeds)
def test_a_good_assistant_breaks_nothing(seed: int) -> None:
    assert talk(seed).faults == ()


def test_a_good_assistant_pleases_nearly_everybody() -> None:
    outcomes = [talk(seed) for seed in range(150)]
    assert sum(outcome.success for outcome in outcomes) > 0.9 * len(outcomes)


def test_a_deaf_assistant_is_caught() -> None:
    outcomes = [talk(seed, deaf=True) for seed in range(100)]
    assert sum(bool(outcome.violations) for outcome in outcomes) > 50
    assert any(outcome.cause == "lists against what was said" for outcome in outcomes)


def test_the_same_seed_says_the_same() -> None:
    assert [turn.text for turn in talk(11).turns] == [turn.text for turn in talk(11).turns]


def test_people_do_all_kinds_of_things() -> None:
    done = {turn.act.name for seed in range(300) for deaf in (False, True) for turn in talk(seed, deaf).turns}
    wanted = {"ask", "refine", "exclude", "budget", "more", "none_of_these", "cheaper", "dearer", "like_nth", "restate"}
    assert wanted | acts.DIGRESSIONS | acts.DISLIKES | {"take_back", "go_back", "accept"} <= done


def test_what_is_said_holds_until_it_is_taken_back() -> None:
    memory = Memory(SHOP)
    memory.say(Act("ask", (SHIRT, RED)))
    assert memory.hear(("shirt-0",)) == []
    assert [fault.part for fault in memory.hear(("boots-0", "shirt-1"))] == [SHIRT, RED]
    memory.say(Act("take_back", attribute="colour"))
    assert memory.hear(("shirt-1",)) == []


def test_cheaper_holds_for_the_next_list_only() -> None:
    memory = Memory(SHOP)
    memory.hear(("shirt-2", "shirt-4"))
    memory.say(Act("cheaper"))
    assert [fault.item for fault in memory.hear(("shirt-3", "shirt-4"))] == ["shirt-4"]
    memory.say(Act("like_nth_cheaper", position=1))
    assert memory.relative == Range("price", Limit(maximum=250.0, exclusive=True))
    memory.say(Act("more"))
    assert memory.hear(("boots-9",)) == []


def test_what_was_disliked_must_not_come_again() -> None:
    memory = Memory(SHOP)
    memory.hear(("shirt-0", "shirt-1"))
    memory.say(Act("dislike", position=2))
    assert [(fault.item, fault.part) for fault in memory.hear(("shirt-1", "shirt-2"))] == [("shirt-1", None)]
    memory.say(Act("none_of_these"))
    assert memory.disliked == {"shirt-1", "shirt-2"}


def test_who_goes_back_is_where_they_were() -> None:
    memory = Memory(SHOP)
    memory.say(Act("ask", (SHIRT,)))
    memory.hear(("shirt-0", "shirt-1"))
    memory.say(Act("refine", (RED,)))
    memory.hear(("shirt-0",))
    memory.say(Act("dislike", position=1))
    memory.say(Act("go_back"))
    assert [(fault.item, fault.part) for fault in memory.hear(("shirt-0", "shirt-1"))] == [("shirt-0", None)]
    assert memory.said == (SHIRT,)


def test_a_leaning_commits_nobody() -> None:
    memory = Memory(SHOP)
    memory.say(Act("prefer", (RED,)))
    assert memory.hear(("shirt-1",)) == []


def test_a_reply_is_read_from_rasas_messages() -> None:
    quick = [{"title": "red", "payload": '/refine{"colour": "red"}'}, {"title": "Skip", "payload": "/skip"}]
    reply = Reply.read(
        [
            {"text": "2 for you:", "buttons": [{"title": "Any colour", "payload": '/refine{"drop": "colour"}'}]},
            {"custom": {"kind": "items", "items": [{"id": "shirt-1"}, {"id": "shirt-2"}]}},
            {"custom": {"kind": "comparison", "items": [{"id": "boots-1"}]}},
            {"custom": {"kind": "question", "attribute": "colour", "quick_replies": quick}},
        ]
    )
    assert (reply.text, reply.cards, reply.asked) == ("2 for you:", ("shirt-1", "shirt-2"), "colour")
    assert [button.title for button in reply.drops] == ["Any colour"]
    chosen, skipped = reply.button(colour="red"), reply.button("skip")
    assert chosen is not None
    assert chosen.payload == '/refine{"colour": "red"}'
    assert skipped is not None
    assert reply.button(colour="green") is None


@pytest.mark.parametrize("asked", ["colour", "price"])
def test_a_question_gets_its_answer_where_there_is_one(asked: str) -> None:
    goals = (sample_goal(SHOP, seed) for seed in range(500))
    goal = next(
        g for g in goals if {"colour", "price"} <= {p.attribute for p in g.wish} and g.wish[0].attribute != asked
    )
    person = meet(goal, SHOP)
    person.memory.said, person.last = (goal.wish[0],), Act("ask", goal.wish[:1])
    part = next(part for part in goal.wish if part.attribute == asked)
    assert part in person.answer(Reply(asked=asked)).parts


def test_a_question_that_the_wish_is_silent_on_is_waved_away() -> None:
    person = meet(next(g for g in map(lambda s: sample_goal(SHOP, s), range(99)) if g.taste.kind == "low"), SHOP)
    person.open()
    assert person.answer(Reply(asked="weight")).name == "no_preference"


def test_the_report_counts_and_the_transcript_tells() -> None:
    outcomes = [talk(seed, deaf=True) for seed in range(20)]
    text = report(outcomes, {"form": [6] * 20})
    assert "success of 20" in text
    assert "failures by cause" in text
    failed = next(outcome for outcome in outcomes if not outcome.success)
    assert "✗" in transcript(failed, SHOP)

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from recommender.feedback.store import FeedbackStore
from recommender.types import Handover, Preference, Question

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
WOOL = Preference("never", "ann", "chat-1", NOON, "material", "wool", "I never wear wool")
FLASHY = Preference("avoid", "ann", "chat-1", NOON, text="too flashy 太花")
OPEN = Question("ann", "chat-1", NOON, "zh", "能开专票吗", 0.31)
ANSWERED = Question("bob", "chat-2", NOON + timedelta(hours=1), "en", "how long is delivery", 0.92, "delivery.md")


def test_wishes_come_back_oldest_first_and_only_to_their_person(store: FeedbackStore) -> None:
    store.add_preference(WOOL)
    store.add_preference(FLASHY)
    store.add_preference(replace(WOOL, person="bob", value="silk"))
    assert store.preferences("ann") == (WOOL, FLASHY)


def test_a_wish_about_the_same_value_replaces_the_one_before(store: FeedbackStore) -> None:
    liked = replace(WOOL, kind="prefer", text="I love wool")
    for wish in (WOOL, liked, FLASHY, FLASHY):
        store.add_preference(wish)
    assert store.preferences("ann") == (liked, FLASHY)


def test_the_last_wish_can_be_taken_back(store: FeedbackStore) -> None:
    store.add_preference(WOOL)
    store.add_preference(FLASHY)
    assert store.forget_preferences("ann", last=True) == (FLASHY,)
    assert store.preferences("ann") == (WOOL,)


def test_wishes_about_a_value_can_be_taken_back(store: FeedbackStore) -> None:
    silk = replace(WOOL, value="silk")
    for wish in (WOOL, silk, FLASHY):
        store.add_preference(wish)
    assert store.forget_preferences("ann", "material", "wool") == (WOOL,)
    assert store.forget_preferences("ann", "colour") == ()
    assert store.forget_preferences("ann") == (silk, FLASHY)
    assert store.preferences("ann") == ()


def test_questions_without_an_answer_are_told_apart(store: FeedbackStore) -> None:
    store.add_question(OPEN)
    store.add_question(ANSWERED)
    assert store.questions() == (OPEN, ANSWERED)
    assert store.questions(answered=False) == (OPEN,)
    assert store.questions(answered=True) == (ANSWERED,)
    assert store.questions(since=NOON + timedelta(minutes=1)) == (ANSWERED,)


def test_handovers_come_back_in_time_order(store: FeedbackStore) -> None:
    late = Handover("ann", "chat-1", NOON + timedelta(hours=2), "en", "wants: dress, red")
    early = replace(late, at=NOON, summary="想要：红色连衣裙\x00")
    store.add_handover(late)
    store.add_handover(early)
    assert store.handovers() == (replace(early, summary="想要：红色连衣裙"), late)
    assert store.handovers(since=NOON + timedelta(hours=1)) == (late,)


def test_forgetting_a_person_leaves_nothing_of_the_dialogue(store: FeedbackStore) -> None:
    store.add_preference(WOOL)
    store.add_question(OPEN)
    store.add_handover(Handover("ann", "chat-1", NOON, "en", "wants: dress"))
    store.add_question(ANSWERED)
    assert store.forget("ann") == 3
    assert (store.preferences("ann"), store.handovers(), store.questions()) == ((), (), (ANSWERED,))

"""Past support conversations become answers, and every row is accounted for."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommender.answers.cleaning import clean, clean_question
from recommender.answers.conversations import import_conversations
from recommender.answers.document import read_document
from recommender.answers.entry import Entry
from recommender.answers.vectors import Vectors
from recommender.answers.writing import write_imported
from recommender.catalogue.importing.ledger import Tally
from recommender.errors import AnswersError
from tests.recommender.answers.words import WordEncoder

DAY = date(2026, 1, 2)
EXISTING = Entry("Where are you?", ("What is your address?",), "Lantern Lane.", "en", "Shop", "shop.en.md", 3)


def imported(
    folder: Path, *rows: tuple[str, str], header: tuple[str, str] = ("question", "answer")
) -> tuple[tuple[Entry, ...], Tally]:
    path = folder / "past.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return import_conversations(path, Vectors.open(WordEncoder(), folder / "v.npz"), [EXISTING])  # type: ignore[arg-type]


def test_questions_that_are_alike_become_one_with_the_answer_given_most_often(tmp_path: Path) -> None:
    (entry,), tally = imported(
        tmp_path,
        ("do you sell wool socks here", "Only in winter."),
        ("do you sell wool socks", "Yes, in the basement."),
        ("you sell wool socks", "Yes, in the basement."),
    )
    assert entry.question == "do you sell wool socks"
    assert set(entry.phrasings) == {"do you sell wool socks here", "you sell wool socks"}
    assert entry.text == "Yes, in the basement."
    assert (tally.read, tally.kept) == (3, 3)
    assert any("more often" in reason for reason in tally.mended)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("", "Yes, we do that."), "no question"),
        (("hi", "Yes, we do that."), "no question"),
        (("long " * 100, "Yes, we do that."), "characters"),
        (("Do you sell socks?", "ok"), "no answer"),
        (("Where is order AB-123456?", "Order AB-123456 left today."), "one person's case"),
        (("What is your address", "Somewhere else now."), "answered already"),
    ],
)
def test_what_helps_nobody_else_is_dropped_with_its_reason(tmp_path: Path, row: tuple[str, str], reason: str) -> None:
    entries, tally = imported(tmp_path, row)
    assert not entries
    assert (tally.read, tally.kept) == (1, 0)
    (told,) = tally.dropped
    assert reason in told
    assert tally.faults[0].row == 2


def test_the_same_pair_twice_is_dropped_once(tmp_path: Path) -> None:
    _, tally = imported(tmp_path, ("Do you sell socks?", "Yes, we do."), ("do you sell socks", "Yes, we do."))
    assert (tally.read, tally.kept, sum(tally.dropped.values())) == (2, 1, 1)


def test_personal_data_are_masked_and_salutations_left_out(tmp_path: Path) -> None:
    (entry,), _ = imported(
        tmp_path,
        ("Hello, can I ring you? Mine is 13812345678. Thanks!", "Dear customer, of course you can.\nBest regards, Tom"),
    )
    assert entry.question == "can I ring you? Mine is [phone]"
    assert entry.text == "of course you can."


@pytest.mark.parametrize("header", [("Customer", "Agent"), ("问题", "回复"), ("QUERY", "Response")])
def test_columns_are_found_by_their_names(tmp_path: Path, header: tuple[str, str]) -> None:
    entries, _ = imported(tmp_path, ("Do you sell socks?", "Yes, we do."), header=header)
    assert len(entries) == 1


def test_a_missing_column_and_a_missing_file_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(AnswersError, match="--question COLUMN"):
        imported(tmp_path, ("a", "b"), header=("x", "answer"))
    with pytest.raises(AnswersError, match="is not there"):
        import_conversations(tmp_path / "nowhere.csv", Vectors.open(WordEncoder(), tmp_path / "v.npz"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("亲，您好！可以免费改裤长哦", "可以免费改裤长哦"),
        ("客服：可以的", "可以的"),
        ("Hi there,\n\nWe <b>do</b>.<br>Come in.\n\nKind regards\nMary", "We do.\nCome in."),
        ("# Not a heading\n## nor this", "Not a heading\nnor this"),
        ("Fish &amp; chips &lt;!-- hidden", "Fish & chips hidden"),
        ("您好，可以。祝您购物愉快！", "可以。"),
        ("Highly recommended", "Highly recommended"),
    ],
)
def test_cleaning(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_thanks_in_advance_are_no_part_of_a_question() -> None:
    assert clean_question("Can I pay by card? Thank you very much!") == "Can I pay by card?"
    assert clean_question("可以刷卡吗，谢谢啦") == "可以刷卡吗"


LINES = st.text(alphabet="ab #-*•<!>?.，中1\n", max_size=40)


@given(question=LINES, answer=LINES, more=LINES)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_whatever_is_imported_is_read_back_as_one_question(
    tmp_path: Path, question: str, answer: str, more: str
) -> None:
    entries, tally = imported(tmp_path, (question, answer), (more, "The very same answer."))
    assert tally.read == tally.kept + sum(tally.dropped.values())
    if entries:
        write_imported(entries, tmp_path / "imported.md", "past.csv", DAY, force=True)
        back, faults = read_document(tmp_path / "imported.md")
        assert len(back) == len(entries)
        assert not faults


def test_the_file_says_where_it_is_from_and_is_not_replaced_unasked(tmp_path: Path) -> None:
    entries, _ = imported(tmp_path, ("Do you sell socks?", "- Yes, we do.\n- Two kinds."))
    target = tmp_path / "new" / "imported.md"
    write_imported(entries, target, "past.csv", DAY)
    assert "Imported from past.csv on 2026-01-02" in target.read_text()
    (back,), _ = read_document(target)
    assert back.text == "Yes, we do.\n\n• Two kinds."
    with pytest.raises(AnswersError, match="--force"):
        write_imported(entries, target, "past.csv", DAY)
    with pytest.raises(AnswersError, match="No row"):
        write_imported([], target, "past.csv", DAY, force=True)

"""A shop owner's file is read as it was meant, and what cannot be read is named by line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.answers.document import read_document
from recommender.answers.markdown import lines_of, paragraphs, plain

Write = Callable[..., Path]


def test_headings_are_questions_the_list_below_is_phrasings_and_the_rest_is_the_answer(write: Write) -> None:
    entries, faults = read_document(
        write(
            "# Delivery\n\n## How long?\n- When is it here?\n* How many days?\n\nTwo days.\nNever more.\n\n"
            "## How much?\n¥12."
        )
    )
    assert not faults
    first, second = entries
    assert first.title == "Delivery"
    assert first.asked == ("How long?", "When is it here?", "How many days?")
    assert first.text == "Two days. Never more."
    assert (first.line, second.line) == (3, 10)
    assert second.asked == ("How much?",)
    assert second.source == "Delivery › How much?"


@pytest.mark.parametrize(
    "heading", ["##How long?", "## How long? ##", "### How long?", "＃＃ How long?", "  ## How long?"]
)
def test_a_heading_may_be_written_carelessly(write: Write, heading: str) -> None:
    entries, _ = read_document(write(f"# Delivery\n{heading}\nTwo days."))
    assert [entry.question for entry in entries] == ["How long?"]


def test_a_file_with_headings_of_one_level_has_questions_and_no_title(write: Write) -> None:
    entries, faults = read_document(write("# How long?\nTwo days.\n# How much?\n¥12.", "delivery.en.md"))
    assert not faults
    assert [entry.question for entry in entries] == ["How long?", "How much?"]
    assert entries[0].title == "delivery"


def test_the_file_name_tells_the_language_else_the_question_does(write: Write) -> None:
    named, _ = read_document(write("# T\n## VIP?\n可以。", "vip.zh.md"))
    mixed, _ = read_document(write("# T\n## 多久能到？\n两天。\n## How long?\nTwo days."))
    assert named[0].language == "zh"
    assert [entry.language for entry in mixed] == ["zh", "en"]


def test_a_list_after_a_sentence_belongs_to_the_answer(write: Write) -> None:
    (entry,), _ = read_document(write("# T\n## How?\nLike this:\n- open it\n- close it\n1. Then\n2. Done"))
    assert entry.phrasings == ()
    assert entry.text == "Like this:\n• open it\n• close it\n1. Then\n2. Done"


def test_wrapped_chinese_lines_are_joined_without_a_space(write: Write) -> None:
    (entry,), _ = read_document(write("# 配送\n## 多久？\n大城市一天，\n其他地方两天。"))
    assert entry.text == "大城市一天，其他地方两天。"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("# T\n## How?\n", 2, "no answer"),
        ("# T\n\n## How?\n- only a list", 3, "no answer"),
        ("# T\n##\nText.", 2, "without words"),
        ("just text", None, "no question"),
        ("", None, "no question"),
    ],
)
def test_what_cannot_be_used_is_named_with_file_and_line(write: Write, text: str, line: int | None, words: str) -> None:
    entries, faults = read_document(write(text))
    assert not entries
    assert [(fault.file, fault.line, fault.severity) for fault in faults] == [("page.md", line, "error")]
    assert words in str(faults[0])


def test_a_bad_question_does_not_hide_the_good_ones(write: Write) -> None:
    entries, faults = read_document(write("# T\n## Bad?\n\n## Good?\nYes."))
    assert [entry.question for entry in entries] == ["Good?"]
    assert len(faults) == 1


def test_text_before_the_first_heading_and_answers_too_long_are_warned_of(write: Write) -> None:
    entries, faults = read_document(write(f"lost words\n## Why?\n{'long ' * 300}"))
    assert len(entries) == 1
    assert [(fault.line, fault.severity) for fault in faults] == [(2, "warning"), (1, "warning")]


def test_what_chinese_excel_users_save_is_read(tmp_path: Path) -> None:
    path = tmp_path / "page.zh.md"
    path.write_bytes("# 配送\n## 包邮吗？\n满199元包邮。".encode("gb2312"))
    (entry,), faults = read_document(path)
    assert entry.text == "满199元包邮。"
    assert [fault.severity for fault in faults] == ["warning"]


def test_comments_and_marks_are_not_shown() -> None:
    assert (
        plain("**Yes**, see [our page](https://a.example/x) or `call`")
        == "Yes, see our page (https://a.example/x) or call"
    )
    assert plain("3 * 4 and snake_case_name") == "3 * 4 and snake_case_name"
    assert paragraphs(list(lines_of("<!-- not\nfor you -->\nShown."))) == "Shown."


@given(st.text(alphabet="#-* \nab？。<!>[](){}_`", max_size=80))
def test_any_text_is_read_or_refused_but_never_breaks(text: str) -> None:
    for line in lines_of(text):
        assert line.number <= text.count("\n") + 1
    assert isinstance(paragraphs(list(lines_of(text))), str)

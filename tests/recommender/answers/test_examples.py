"""Known questions, from a file and those that come with Parley."""

from __future__ import annotations

from pathlib import Path

from recommender.answers.entry import Entry
from recommender.answers.examples import Example, background, read_examples

ENTRY = Entry("How much?", (), "¥12.", "en", "T", "t.en.md", 1)


def test_rows_are_questions_with_or_without_an_answer(tmp_path: Path) -> None:
    path = tmp_path / "validation.csv"
    path.write_text("language,text,question\nen,what does it cost,How much?\n,讲个笑话,\n")
    examples, faults = read_examples(path, [ENTRY])
    assert examples == (Example("what does it cost", "en", "How much?"), Example("讲个笑话", "zh"))
    assert not faults


def test_a_heading_that_is_gone_is_named_by_row(tmp_path: Path) -> None:
    path = tmp_path / "validation.csv"
    path.write_text("text,question\nhow far is it,How far?\n")
    examples, (fault,) = read_examples(path, [ENTRY])
    assert not examples
    assert (fault.file, fault.line) == ("validation.csv", 2)


def test_a_missing_file_holds_nothing(tmp_path: Path) -> None:
    assert read_examples(tmp_path / "nowhere.csv", [ENTRY]) == ((), ())


def test_a_file_without_texts_says_what_columns_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "validation.csv"
    path.write_text("words\nhello\n")
    examples, (fault,) = read_examples(path, [ENTRY])
    assert not examples
    assert "text" in fault.problem


def test_what_nothing_answers_comes_in_both_languages() -> None:
    languages = [example.language for example in background()]
    assert min(languages.count("en"), languages.count("zh")) >= 100
    assert all(example.question is None for example in background())

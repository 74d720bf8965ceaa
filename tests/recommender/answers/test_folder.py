"""All files of a folder together."""

from __future__ import annotations

import os
from pathlib import Path

from recommender.answers.folder import read_folder, stamp
from recommender.answers.translations import translations


def test_all_files_are_read_but_the_one_for_people(folder: Path) -> None:
    (folder / "README.md").write_text("## Not a question\nfor customers")
    entries, faults = read_folder(folder)
    assert [entry.question for entry in entries] == [
        "How long does delivery take?",
        "What does delivery cost?",
        "How do I send something back?",
    ]
    assert not faults


def test_a_missing_folder_has_no_answers(tmp_path: Path) -> None:
    assert read_folder(tmp_path / "nowhere") == ((), ())


def test_a_question_answered_twice_is_named_and_the_first_answer_stays(folder: Path) -> None:
    (folder / "z.en.md").write_text("## how long does delivery take?\nTen days.")
    entries, (fault,) = read_folder(folder)
    assert [entry.text for entry in entries if "take" in entry.question] == ["Two days."]
    assert str(fault).startswith("z.en.md, line 1: ")
    assert "delivery.en.md, line 3" in str(fault)


def test_the_same_words_below_two_questions_are_warned_of(folder: Path) -> None:
    (folder / "z.en.md").write_text("## Is it fast?\n- When will my parcel arrive?\n\nYes.")
    _, (fault,) = read_folder(folder)
    assert fault.severity == "warning"
    assert "How long does delivery take?" in fault.problem


def test_the_stamp_differs_once_a_file_is_saved_added_or_gone(folder: Path) -> None:
    first = stamp(folder)
    assert stamp(folder) == first
    page = folder / "returns.en.md"
    os.utime(page, ns=(1, 1))
    saved = stamp(folder)
    page.unlink()
    assert len({first, saved, stamp(folder)}) == 3


def test_files_of_two_languages_with_the_same_questions_are_translations(folder: Path) -> None:
    (folder / "delivery.zh.md").write_text("# 配送\n## 多久能到？\n两天。\n## 运费多少？\n不要钱。")
    entries, _ = read_folder(folder)
    pairs, faults = translations(entries)
    asked = [entry.question for entry in entries]
    assert not faults
    assert asked[pairs[asked.index("多久能到？")]] == "How long does delivery take?"
    assert asked[pairs[asked.index("What does delivery cost?")]] == "运费多少？"
    assert pairs[asked.index("How do I send something back?")] == asked.index("How do I send something back?")


def test_files_that_cannot_be_paired_are_named(folder: Path) -> None:
    (folder / "delivery.zh.md").write_text("# 配送\n## 多久能到？\n两天。")
    entries, _ = read_folder(folder)
    pairs, (fault,) = translations(entries)
    assert pairs.tolist() == list(range(len(entries)))
    assert "2 questions here, 1 in delivery.zh.md" in str(fault)

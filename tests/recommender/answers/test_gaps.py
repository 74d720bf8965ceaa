"""What nobody could answer, put together for the shop's owner."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from recommender.answers.gaps import EXAMPLES, find_gaps
from recommender.answers.vectors import Vectors
from recommender.language.encoder import Encoder
from recommender.settings import Settings
from recommender.types import Language, Question
from tests.recommender.answers.words import WordEncoder

START = datetime(2026, 1, 1, tzinfo=UTC)


def asked(*texts: str, language: Language = "en", person: str | None = None) -> list[Question]:
    return [
        Question(person or f"person-{text}-{n}", "s", START + timedelta(minutes=n), language, text, 0.1)
        for n, text in enumerate(texts)
    ]


@pytest.fixture
def vectors(tmp_path: Path) -> Vectors:
    return Vectors.open(WordEncoder(), tmp_path / "gaps.npz")  # type: ignore[arg-type]


def test_nothing_asked_is_no_gap(vectors: Vectors) -> None:
    assert find_gaps([], vectors) == ()
    assert find_gaps(asked("  ", "?"), vectors) == ()


def test_the_same_words_are_one_question_however_they_are_written(vectors: Vectors) -> None:
    (gap,) = find_gaps(asked("Do you hire?", "do you  hire", "DO YOU HIRE!"), vectors)
    assert (gap.count, gap.people) == (3, 3)
    assert len(gap.examples) == 1


def test_what_most_people_ask_comes_first_not_what_one_person_repeats(vectors: Vectors) -> None:
    one = asked("Suits for rent", "Suits for rent", "Suits for rent", person="impatient")
    several = asked("Jobs here", "Jobs here")
    gaps = find_gaps(one + several, vectors)
    assert [(gap.representative, gap.count, gap.people) for gap in gaps] == [
        ("Jobs here", 2, 2),
        ("Suits for rent", 3, 1),
    ]


def test_alike_questions_share_a_gap_and_the_middle_one_represents_them(vectors: Vectors) -> None:
    gaps = find_gaps(asked("rent a suit", "rent a suit weekend", "rent suit weekend sunday", "vegan shoes"), vectors)
    assert [gap.count for gap in gaps] == [3, 1]
    assert gaps[0].representative == "rent a suit weekend"


def test_personal_data_are_masked_everywhere(vectors: Vectors) -> None:
    gaps = find_gaps(asked("hire me, call 13812345678", "hire me, mail a@b.example"), vectors)
    told = "\n".join(map(str, gaps))
    assert "138" not in told
    assert "b.example" not in told
    assert "[phone]" in told


def test_few_examples_are_shown_of_many(vectors: Vectors) -> None:
    (gap,) = find_gaps(asked(*(f"rent suit w{n}" for n in range(9))), vectors, apart=2.1)
    assert len(gap.examples) == EXAMPLES
    assert str(gap).startswith("9 questions of 9 people: ")


@pytest.mark.artefacts
def test_both_languages_share_a_gap(artefacts: Settings, tmp_path: Path) -> None:
    questions = [
        # Near each other and far from the third by a margin: int8 vectors differ a little from processor to processor.
        *asked("are you hiring staff?", "are you hiring new staff", "can I rent a suit"),
        *asked("你们还招聘员工吗", language="zh"),
    ]
    vectors = Vectors.open(Encoder.load(artefacts.encoder_dir), tmp_path / "gaps.npz")
    first, second = find_gaps(questions, vectors)
    assert (first.count, second.count) == (3, 1)
    assert {language for language, _ in first.examples} == {"en", "zh"}

"""What was encoded once is not encoded again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from recommender.answers.vectors import Vectors
from tests.recommender.answers.words import WordEncoder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "answers" / "vectors.npz"


def test_only_new_texts_are_encoded_after_a_restart(file: Path) -> None:
    first = Vectors.open(WordEncoder(), file)  # type: ignore[arg-type]
    before = first.of(["how long", "how much"])
    first.save()
    encoder = WordEncoder()
    again = Vectors.open(encoder, file)  # type: ignore[arg-type]
    after = again.of(["how much", "how far", "how long"])
    assert encoder.encoded == ["how far"]
    np.testing.assert_array_equal(after[[2, 0]], before)


def test_a_text_as_question_and_as_passage_are_two(file: Path) -> None:
    encoder = WordEncoder()
    vectors = Vectors.open(encoder, file)  # type: ignore[arg-type]
    vectors.of(["a b"])
    vectors.of(["a b"], "passage")
    assert encoder.encoded == ["a b", "a b"]


def test_texts_that_are_gone_leave_the_file(file: Path) -> None:
    first = Vectors.open(WordEncoder(), file)  # type: ignore[arg-type]
    first.of(["old", "kept"])
    first.save()
    second = Vectors.open(WordEncoder(), file)  # type: ignore[arg-type]
    second.of(["kept"])
    second.save()
    assert len(Vectors.open(WordEncoder(), file).stored) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"no archive"])
def test_a_damaged_file_is_made_anew(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    vectors = Vectors.open(WordEncoder(), file)  # type: ignore[arg-type]
    vectors.of(["how long"])
    vectors.save()
    assert Vectors.open(WordEncoder(), file).stored  # type: ignore[arg-type]


def test_another_encoders_vectors_do_not_count(file: Path) -> None:
    vectors = Vectors.open(WordEncoder(), file)  # type: ignore[arg-type]
    vectors.of(["how long"])
    vectors.save()
    other = WordEncoder()
    other.fingerprint = "another"
    assert not Vectors.open(other, file).stored  # type: ignore[arg-type]


def test_no_text_has_no_vector(file: Path) -> None:
    assert Vectors.open(WordEncoder(), file).of([]).shape == (0, 256)  # type: ignore[arg-type]

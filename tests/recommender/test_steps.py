from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.errors import ModelError
from recommender.steps import Say, Step, fingerprint, run_steps


class Kitchen:
    """A step that copies its input in capitals, and counts how often."""

    def __init__(self, folder: Path) -> None:
        self.stamps = folder / "stamps"
        self.source, self.target = folder / "source.txt", folder / "target.txt"
        self.source.write_text("soup")
        self.word = "salt"
        self.times = 0
        self.damaged = False
        self.said: list[str] = []

    def cook(self, say: Say) -> None:
        self.times += 1
        say("cooking")
        self.target.write_text(self.source.read_text().upper())

    def run(self, make: Callable[[Say], None] | None = None) -> tuple[str, ...]:
        step = Step(
            name="soup",
            inputs=lambda: [self.source],
            words=lambda: [self.word],
            outputs=(self.target,),
            make=make or self.cook,
            intact=lambda: not self.damaged,
        )
        return run_steps((step,), self.stamps, self.said.append)


@pytest.fixture
def kitchen(tmp_path: Path) -> Kitchen:
    return Kitchen(tmp_path)


def test_a_step_is_done_once_while_nothing_changes(kitchen: Kitchen) -> None:
    assert kitchen.run() == ("soup",)
    assert kitchen.run() == ()
    assert kitchen.times == 1
    assert kitchen.target.read_text() == "SOUP"


def test_a_touched_but_equal_input_is_fresh(kitchen: Kitchen) -> None:
    kitchen.run()
    kitchen.source.write_text("soup")
    assert kitchen.run() == ()


def test_a_changed_input_word_or_output_makes_a_step_stale(kitchen: Kitchen) -> None:
    kitchen.run()
    kitchen.source.write_text("stew")
    assert kitchen.run() == ("soup",)
    kitchen.word = "pepper"
    assert kitchen.run() == ("soup",)
    kitchen.target.unlink()
    assert kitchen.run() == ("soup",)
    kitchen.damaged = True
    assert kitchen.run() == ("soup",)
    assert kitchen.target.read_text() == "STEW"


def test_a_failed_step_is_done_again_even_when_its_inputs_return_to_what_they_were(kitchen: Kitchen) -> None:
    kitchen.run()
    kitchen.source.write_text("stew")

    def burn(_: Say) -> None:
        raise ModelError("The stew burnt. Watch it.")

    with pytest.raises(ModelError, match="burnt"):
        kitchen.run(burn)
    kitchen.source.write_text("soup")
    assert kitchen.run() == ("soup",)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"fingerprint": 3}'])
def test_a_damaged_stamp_counts_as_none(kitchen: Kitchen, content: str) -> None:
    kitchen.run()
    (kitchen.stamps / "soup.json").write_text(content)
    assert kitchen.run() == ("soup",)


def test_progress_says_which_step_of_how_many_and_for_how_long(kitchen: Kitchen) -> None:
    kitchen.run()
    assert kitchen.said == ["1/1 soup …", "1/1 soup: cooking · 0 s", "1/1 soup: done in 0 s"]


def test_a_step_sees_what_the_one_before_has_just_made(tmp_path: Path) -> None:
    flour, bread = tmp_path / "flour", tmp_path / "bread"

    def both() -> tuple[str, ...]:
        first = Step("mill", lambda: [], lambda: [], (flour,), lambda _: _write(flour, "flour"))
        second = Step("bake", lambda: [flour], lambda: [], (bread,), lambda _: _write(bread, flour.read_text() + "!"))
        return run_steps((first, second), tmp_path / "stamps", lambda _: None)

    assert both() == ("mill", "bake")
    assert both() == ()
    flour.unlink()
    assert both() == ("mill",), "the same flour again leaves the bread fresh"


def _write(path: Path, text: str) -> None:
    path.write_text(text)


contents = st.dictionaries(st.text("ab", min_size=1, max_size=3), st.binary(max_size=20), max_size=4)


@given(before=contents, after=contents)
def test_fingerprints_of_folders_are_equal_just_when_names_and_contents_are(
    tmp_path_factory: pytest.TempPathFactory, before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    prints = []
    for files in (before, after):
        folder = tmp_path_factory.mktemp("folder")
        for name, content in files.items():
            (folder / name).write_bytes(content)
        prints.append(fingerprint([folder], []))
    assert (prints[0] == prints[1]) == (before == after)


def test_compiled_python_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text("1")
    before = fingerprint([tmp_path], [])
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "code.pyc").write_text("2")
    assert fingerprint([tmp_path], []) == before


def test_words_do_not_run_together() -> None:
    assert fingerprint([], ["ab", "c"]) != fingerprint([], ["a", "bc"])

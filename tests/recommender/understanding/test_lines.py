from pathlib import Path

import pytest

from recommender.errors import ModelError
from recommender.understanding.lines import Example, read_examples


def test_examples_come_bare_of_marks_and_each_once(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("nlu:\n- intent: refine\n  examples: |\n    - in [red](colour)\n    - M\n", "utf-8")
    (tmp_path / "b.yml").write_text("nlu:\n- intent: skip\n  examples: |\n    - M\n    - 随便\n", "utf-8")
    assert read_examples([tmp_path]) == (Example("in red", "refine"), Example("M", "refine"), Example("随便", "skip"))


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("- 1", "utf-8")
    with pytest.raises(ModelError, match="no Rasa training data"):
        read_examples([tmp_path / "a.yml"])

import json
import zipfile
from pathlib import Path

import pytest
from evaluation.lines import Line, parse, read

from recommender.errors import CatalogueError


def test_marks_become_entities_and_leave_the_message_bare() -> None:
    line = parse('a [red]{"entity": "colour", "value": "red"} [dress](category), not [silk](material:silk)', "refine")
    assert line.text == "a red dress, not silk"
    assert line.entities == {("colour", "red", ""), ("category", "dress", ""), ("material", "silk", "")}


def test_a_mark_may_exclude_and_may_name_several_values() -> None:
    line = parse('no [shoes]{"entity": "category", "value": "boots|heels", "role": "exclude"}', "refine")
    assert line.entities == {("category", "boots", "exclude"), ("category", "heels", "exclude")}


def test_rasa_yaml_is_for_the_shops_bot(tmp_path: Path) -> None:
    file = tmp_path / "held.yml"
    file.write_text(
        "nlu:\n- intent: greet\n  examples: |\n    - hi\n    - 你好\n- synonym: x\n  examples: |\n    - y\n"
    )
    lines = read(file)
    assert (lines.name, lines.train) == ("held", ())
    assert lines.judge == (Line("hi", "greet"), Line("你好", "greet"))


def content(*pairs: tuple[str, str]) -> str:
    return json.dumps({"rasa_nlu_data": {"common_examples": [{"text": t, "intent": i} for t, i in pairs]}})


def test_a_folder_of_train_and_test_is_taken_as_it_is_split(tmp_path: Path) -> None:
    (tmp_path / "train_1.json").write_text(content(("go", "a")))
    (tmp_path / "test_1.json").write_text(content(("stay", "b")))
    lines = read(tmp_path)
    assert (lines.train, lines.judge) == ((Line("go", "a"),), (Line("stay", "b"),))


def test_a_zip_keeps_a_fifth_of_each_intent_back_the_same_each_time(tmp_path: Path) -> None:
    file = tmp_path / "talk.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("data.json", content(*((f"{intent} {n}", intent) for intent in "ab" for n in range(10))))
    lines = read(file)
    assert [sum(line.intent == intent for line in lines.judge) for intent in "ab"] == [2, 2]
    assert set(lines.judge).isdisjoint(lines.train)
    assert read(file) == lines


@pytest.mark.parametrize("text", ["{", "nlu: 3", '{"other": 1}'])
def test_what_is_no_set_is_named(tmp_path: Path, text: str) -> None:
    for name in ("set.yml", "set.json"):
        (tmp_path / name).write_text(text)
        with pytest.raises(CatalogueError, match="cannot be read as labelled messages"):
            read(tmp_path / name)

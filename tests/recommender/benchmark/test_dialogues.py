from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from recommender.benchmark.conversation_set import stands_in
from recommender.benchmark.dialogues import find_sets, read_set
from recommender.benchmark.film_info import read_items
from recommender.errors import ParleyError

INFO = {
    "7": {"name": "Alien", "year": "1979", "actor": ["Sigourney Weaver", "Sigourney Weaver"], "imdb_id": "tt0078748"},
    "8": {"name": "It (2017)", "genre": ["horror"], "plot": "A clown.", "star": ["Bill Skarsgård"], "writer": []},
    "9": {"name": "Alien", "director": ["Ridley Scott"]},
}


def row(dialogue: str, rec: list[str], *context: str, entity: tuple[str, ...] = ()) -> str:
    return json.dumps({"dialog_id": dialogue, "context": context, "entity": entity, "rec": rec})


@pytest.fixture
def turns_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "films"
    folder.mkdir()
    (folder / "id2info.json").write_text(json.dumps(INFO))
    train = [
        row("1", ["Alien"], "a scary one"),
        row("2", ["It (2017)"], "clowns"),
        row("2", ["Alien"], "clowns", "more"),
    ]
    (folder / "train.jsonl").write_text("\n".join(train) + "\n\n")
    valid = [
        row("2", ["Alien", "It (2017)"], "Like Alien", entity=("Alien",)),
        row("3", ["Gone"], "anything"),
        json.dumps({"rec": ["Alien"]}),
    ]
    (folder / "valid.jsonl").write_text("\n".join(valid))
    return folder


def test_entries_of_one_name_are_one_item_with_all_that_is_known(tmp_path: Path) -> None:
    file = tmp_path / "id2info.json"
    file.write_text(json.dumps(INFO))
    items, links = read_items(file)
    alien, it = items
    assert (alien.id, alien.title("en")) == ("7", "Alien")
    assert alien.attributes == {"year": ("1979",), "actor": ("Sigourney Weaver",), "director": ("Ridley Scott",)}
    assert it.attributes == {"genre": ("horror",), "actor": ("Bill Skarsgård",), "year": ("2017",)}
    assert it.description("en") == "A clown."
    assert links == {"imdb_id": {"7": "tt0078748"}}


def test_a_dialogue_that_is_evaluated_never_teaches(turns_folder: Path) -> None:
    data = read_set(turns_folder)
    assert {t.dialogue_id for t in data.train} == {"1"}
    assert data.dropped == 2
    assert not {t.dialogue_id for t in data.train} & {t.turn.dialogue_id for t in data.evaluated}


def test_repeated_and_unknown_titles_are_told(turns_folder: Path) -> None:
    data = read_set(turns_folder)
    first, second, third = data.evaluated
    assert first.turn.items == ("7", "8")
    assert first.repeated == {"7"}
    assert data.unknown == 1
    assert second.turn.items[0] not in {item.id for item in data.items}
    assert third.turn.dialogue.turns == ()


def test_of_a_test_part_valid_and_train_teach(turns_folder: Path) -> None:
    (turns_folder / "test.jsonl").write_text(row("1", ["Alien"], "a scary one"))
    data = read_set(turns_folder)
    assert data.part == "test"
    assert {t.dialogue_id for t in data.train} == {"2", "3", ""}
    assert read_set(turns_folder, "valid").part == "valid"


@pytest.mark.parametrize(
    ("title", "text", "there"),
    [
        ("Blade Runner", "i like blade runner a lot", True),
        ("Blade Runner (1982)", "Blade Runner (1982) is good", True),
        ("Blade Runner (1982)", "Blade Runner is good", True),
        ("The Goonies", "who wrote goonies?", True),
        ("Inception (2010)", "inception was good", True),
        ("Up in the Air", "go up in the sky", False),
        ("It", "I like it", False),
        ("Home (2015)", "I am at home", False),
        ("It", "Have you seen It?", True),
        ("Italy", "It is", False),
    ],
)
def test_a_title_stands_in_a_text_word_for_word(title: str, text: str, there: bool) -> None:
    assert stands_in(title, [text]) is there


def test_whole_dialogues_give_one_turn_for_each_list_of_the_recommender(tmp_path: Path) -> None:
    def said(role: str, text: str, *movies: str) -> dict[str, object]:
        return {"role": role, "text": text, "movie": list(movies)}

    dialogue = [
        said("SEEKER", "hello"),
        said("RECOMMENDER", "Seen Alien?", "Alien (1979)"),
        said("SEEKER", "Yes, and Jaws", "Jaws (1975)"),
        said("RECOMMENDER", "Alien is like The Thing", "The Thing (1982)", "Alien (1979)"),
    ]
    texts = [turn["text"] for turn in dialogue]
    folder = tmp_path / "whole"
    folder.mkdir()
    (folder / "dev.jsonl").write_text(json.dumps(dialogue))
    train = {
        "0": {"context": texts[:1], "target": ["Alien (1979)"]},
        "1": {"context": texts[:3], "target": ["The Thing (1982)"]},
        "2": {"context": ["hi", "what?"], "target": ["Up (2009)"]},
        "3": {"context": ["hi", "what?", "that", "more"], "target": ["Her (2013)"]},
    }
    (folder / "train.json").write_text(json.dumps(train))
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "id2info.json").write_text(json.dumps(INFO))
    data = read_set(folder)
    assert [t.turn.items for t in data.evaluated] == [("Alien (1979)",), ("The Thing (1982)", "Alien (1979)")]
    assert [t.repeated for t in data.evaluated] == [frozenset(), {"Alien (1979)"}]
    assert len({t.turn.dialogue_id for t in data.evaluated}) == 1
    assert [t.items for t in data.train] == [("Up (2009)",), ("Her (2013)",)]
    assert data.train[0].dialogue_id == data.train[1].dialogue_id
    assert data.dropped == 2
    alien = next(item for item in data.items if item.id == "Alien (1979)")
    assert alien.attributes["actor"] == ("Sigourney Weaver",)
    assert "none for 4" in data.notes[0]


def test_a_broken_line_is_named(turns_folder: Path) -> None:
    (turns_folder / "valid.jsonl").write_text('{"rec": []}\n{oops\n')
    with pytest.raises(ParleyError, match=r"valid\.jsonl, line 2"):
        read_set(turns_folder)


def test_a_folder_without_conversations_is_refused_with_what_is_expected(tmp_path: Path) -> None:
    with pytest.raises(ParleyError, match=r"expected id2info\.json"):
        find_sets(tmp_path)


def test_sets_are_found_in_a_folder_and_right_below_it(turns_folder: Path) -> None:
    assert find_sets(turns_folder) == (turns_folder,)
    assert find_sets(turns_folder.parent) == (turns_folder,)


SHARED = Path(os.environ.get("PARLEY_SHARED_DATA") or Path(__file__).parents[4] / "shared" / "data") / "conversations"


@pytest.mark.parametrize(("name", "turns", "labels"), [("opendialkg", 1188, 1254), ("redial", 2716, 3595)])
def test_the_public_sets_are_read_whole(name: str, turns: int, labels: int) -> None:
    if not (SHARED / name).is_dir():
        pytest.skip(f"{SHARED / name} is not here; name the evaluation data with PARLEY_SHARED_DATA")
    data = read_set(SHARED / name)
    assert len(data.evaluated) == turns
    assert sum(len(t.turn.items) for t in data.evaluated) == labels
    assert data.unknown == 0
    assert not {t.dialogue_id for t in data.train} & {t.turn.dialogue_id for t in data.evaluated}

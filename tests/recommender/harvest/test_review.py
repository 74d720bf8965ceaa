from pathlib import Path

import pytest
import yaml

from recommender.errors import FeedbackError
from recommender.harvest.gather import Candidate, key
from recommender.harvest.review import accept, keys_of, write_review

INTENTS = {"show_more", "greet", "refine"}
GROUPS = (
    (Candidate("gimme moar", "show_more", 0.412, 3), Candidate("moar of it", "show_more", 0.5, 1)),
    (Candidate("再来点儿: 真的", "greet", 0.3, 1),),
)


def decided(tmp_path: Path, *decisions: object) -> Path:
    file = tmp_path / "review.yml"
    write_review(GROUPS, file)
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    lines = [line for group in content for line in group["lines"]]
    for line, decision in zip(lines, decisions, strict=True):
        line["accept"] = decision
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return file


def stored(file: Path) -> list[tuple[str, str]]:
    blocks = yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]
    return [(b["intent"], line.removeprefix("- ")) for b in blocks for line in b["examples"].splitlines()]


def test_a_review_shows_guess_confidence_and_an_empty_field(tmp_path: Path) -> None:
    assert write_review(GROUPS, tmp_path / "review.yml") == 3
    text = (tmp_path / "review.yml").read_text(encoding="utf-8")
    assert "accept:\n" in text
    first = yaml.safe_load(text)[0]["lines"][0]
    assert first == {"text": "gimme moar", "guess": "show_more", "confidence": 0.41, "heard": 3, "accept": None}


def test_yes_takes_the_guess_a_name_another_intent_and_nothing_nothing(tmp_path: Path) -> None:
    target = tmp_path / "harvested.yml"
    outcome = accept(decided(tmp_path, True, None, "show_more"), target, INTENTS, (), ())
    assert (outcome.accepted, outcome.empty) == (2, 1)
    assert stored(target) == [("show_more", "gimme moar"), ("show_more", "再来点儿: 真的")]


def test_lines_held_out_to_measure_with_are_refused(tmp_path: Path) -> None:
    target = tmp_path / "harvested.yml"
    outcome = accept(decided(tmp_path, True, True, "no"), target, INTENTS, (), {key("Gimme moar!!")})
    assert (outcome.accepted, outcome.held_out) == (1, 1)
    assert stored(target) == [("show_more", "moar of it")]


def test_accepting_twice_adds_nothing_and_keeps_what_was_there(tmp_path: Path) -> None:
    target, review = tmp_path / "harvested.yml", decided(tmp_path, True, True, True)
    assert accept(review, target, INTENTS, (), ()).accepted == 3
    before = target.read_bytes()
    again = accept(review, target, INTENTS, (), ())
    assert (again.accepted, again.known) == (0, 3)
    assert target.read_bytes() == before
    assert set(keys_of([target])) == {key(one.text) for group in GROUPS for one in group}


def test_an_unknown_intent_stops_everything(tmp_path: Path) -> None:
    target = tmp_path / "harvested.yml"
    with pytest.raises(FeedbackError, match="sing_song"):
        accept(decided(tmp_path, True, "sing_song", None), target, INTENTS, (), ())
    assert not target.exists()


def test_decisions_are_not_overwritten(tmp_path: Path) -> None:
    with pytest.raises(FeedbackError, match="may hold decisions"):
        write_review(GROUPS, decided(tmp_path, True, None, None))


def test_what_is_no_review_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("- just\n- a list\n", encoding="utf-8")
    with pytest.raises(FeedbackError, match="is not a review"):
        accept(tmp_path / "a.yml", tmp_path / "out.yml", INTENTS, (), ())

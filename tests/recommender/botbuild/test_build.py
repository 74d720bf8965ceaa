from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from recommender.botbuild.patterns import Pattern, Patterns, load_patterns
from recommender.botbuild.places import BOT, Project
from recommender.botbuild.project import PATTERNS, build_bot, hand_written, make_examples
from recommender.errors import ModelError
from recommender.language.understand import understand
from recommender.language.vocabulary import Vocabulary
from recommender.settings import Settings

LAMPS: Mapping[str, Any] = {
    "format": 2,
    "currency": "EUR",
    "things": {"en": ["lamp"], "zh": ["灯"]},
    "attributes": {
        "colour": {
            "kind": "choice",
            "labels": {"en": ["colour"], "zh": ["颜色"]},
            "values": {"red": {"en": ["red"], "zh": ["红色"]}, "blue": {"en": ["blue"], "zh": ["蓝色"]}},
        },
        "power": {
            "kind": "number",
            "labels": {"en": ["power"], "zh": ["功率"]},
            "units": [{"factor": 1, "words": {"en": ["watts"], "zh": ["瓦"]}}],
            "more": {"en": ["brighter"], "zh": ["亮一点"]},
            "less": {"en": ["dimmer"], "zh": ["暗一点"]},
            "range": [3, 60],
        },
    },
}
BARE: Mapping[str, Any] = {"format": 2, "currency": None, "attributes": {}}


@pytest.fixture(scope="module")
def patterns() -> Patterns:
    return load_patterns(PATTERNS)


def lines(
    vocabulary: Mapping[str, Any], patterns: Patterns, *, seed: int = 7
) -> dict[tuple[str, str], tuple[str, ...]]:
    return make_examples(Vocabulary.from_mapping(vocabulary), patterns, seed=seed)


def one(text: str, language: str = "en") -> Patterns:
    limits = load_patterns(PATTERNS).limits
    return Patterns((Pattern("refine", language, text),), limits)  # type: ignore[arg-type]


def test_each_act_that_needs_values_has_patterns_in_both_languages(patterns: Patterns) -> None:
    acts = {"ask_recommendation", "refine", "ask_details", "ask_why_not", "compare_items", "remember"}
    for language in ("en", "zh"):
        for act in acts:
            count = sum(p.intent == act and p.language == language for p in patterns.sentences)
            assert count >= 10, (act, language)


def test_gaps_are_filled_with_the_catalogues_words() -> None:
    assert set(lines(LAMPS, one("{a.thing} in {choice}"))["refine", "en"]) == {"a lamp in red", "a lamp in blue"}
    assert lines(LAMPS, one("{choice}而不是{choice.other}", "zh"))["refine", "zh"][0] in {
        "红色而不是蓝色",
        "蓝色而不是红色",
    }
    assert lines(LAMPS, one("{number.more}, not {number.less}"))["refine", "en"] == ("brighter, not dimmer",)


def test_a_pattern_that_the_shop_cannot_fill_is_left_out(patterns: Patterns) -> None:
    assert lines(BARE, one("{choice} please")) == {}
    assert lines(BARE, one("{price.limit}")) == {}
    assert all("{" not in line for found in lines(LAMPS, patterns).values() for line in found)


def test_the_same_seed_makes_the_same_lines(patterns: Patterns) -> None:
    assert lines(LAMPS, patterns) == lines(LAMPS, patterns)
    assert lines(LAMPS, patterns) != lines(LAMPS, patterns, seed=8)


def test_no_line_stands_twice_nor_in_hand_written_data(patterns: Patterns) -> None:
    taken = list(hand_written(BOT / "data" / "nlu"))
    made = make_examples(Vocabulary.from_mapping(LAMPS), patterns, [*taken, "Only RED"])
    every = [line.lower() for found in made.values() for line in found]
    assert len(every) == len(set(every))
    assert not set(every) & {line.lower() for line in taken}
    assert "only red" not in every


def test_limits_are_understood_as_they_are_written(patterns: Patterns) -> None:
    vocabulary = Vocabulary.from_mapping(LAMPS)
    for language in ("en", "zh"):
        made = lines(LAMPS, one("{number.limit}", language))["refine", language]
        assert all(understand(line, vocabulary).ranges for line in made)
        made = lines(LAMPS, one("{price.limit}", language))["refine", language]
        assert all(understand(line, vocabulary).prices for line in made)


def test_a_project_has_the_catalogues_entities_and_all_that_is_hand_written(settings: Settings) -> None:
    settings.vocabulary_file.write_text(json.dumps(LAMPS), encoding="utf-8")
    said: list[str] = []
    project = build_bot(settings, said.append)
    assert project == Project.of(settings)
    domain = yaml.safe_load((project.generated / "domain.yml").read_text(encoding="utf-8"))
    assert [next(iter(entity)) for entity in domain["entities"]] == ["colour", "power"]
    for file in project.generated.iterdir():
        assert "do not edit" in file.read_text(encoding="utf-8").splitlines()[0]
    assert {file.name for file in project.domain.iterdir()} == {
        *(file.name for file in (BOT / "domain").iterdir()),
        "catalogue.yml",
    }
    assert "2 entities" in said[0]


def test_a_second_build_leaves_nothing_of_the_first(settings: Settings) -> None:
    settings.vocabulary_file.write_text(json.dumps(LAMPS), encoding="utf-8")
    project = build_bot(settings, lambda _: None)
    (project.domain / "old.yml").write_text("")
    build_bot(settings, lambda _: None)
    assert not (project.domain / "old.yml").exists()


def test_without_a_vocabulary_it_is_said_how_to_make_one(settings: Settings) -> None:
    with pytest.raises(ModelError, match="parley prepare"):
        build_bot(settings, lambda _: None)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("refine.yml", "refine: {en: ['{colour} please']}", r"refine.*\{colour\}"),
        ("refine.yml", "- a", "not of the form"),
        ("refine.yml", "a: [", "cannot be read"),
    ],
)
def test_a_malformed_pattern_is_named(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / "limits.yml").write_text("{}")
    (tmp_path / name).write_text(content)
    with pytest.raises(ModelError, match=message):
        load_patterns(tmp_path)


def test_a_folder_without_limits_is_no_folder_of_patterns(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"limits\.yml"):
        load_patterns(tmp_path)

from __future__ import annotations

import re
from pathlib import Path

import pytest

from recommender.errors import SettingsError
from recommender.learning.retrain import recipe_of
from recommender.settings import Settings, load_settings
from recommender.types import EVIDENCE


@pytest.fixture(autouse=True)
def _clean(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The developer's own variables (removed by `settings`) and .env do not count."""
    monkeypatch.setitem(Settings.model_config, "env_file", tmp_path / "none")


def test_every_part_is_weighed_by_default() -> None:
    assert load_settings().recommender_parts == EVIDENCE


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("text", ("text",)),
        ("neighbours,popularity", ("neighbours", "popularity")),
        (" text , sequence,", ("text", "sequence")),
        ("", ()),
    ],
)
def test_parts_come_from_the_environment_and_reach_the_recipe(
    monkeypatch: pytest.MonkeyPatch, value: str, parts: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PARLEY_PARTS", value)
    assert load_settings().recommender_parts == parts
    assert recipe_of(load_settings()).parts == parts


@pytest.mark.parametrize("value", ["magic", "text,magic", "Text"])
def test_an_unknown_part_is_refused_with_those_that_there_are(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("PARLEY_PARTS", value)
    with pytest.raises(SettingsError, match=re.escape(", ".join(EVIDENCE))) as caught:
        load_settings()
    assert "PARLEY_PARTS" in str(caught.value)
    assert f"unknown parts {value.split(',')[-1]};" in str(caught.value)


def test_the_seed_reaches_everything_that_is_random(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_SEED", "41")
    recipe = recipe_of(load_settings())
    assert (recipe.hybrid.seed, recipe.sequence.seed) == (41, 41)


def test_the_demos_past_belongs_to_the_demo_alone(tmp_path: Path) -> None:
    demo, other = load_settings(), load_settings(catalogue=tmp_path / "catalogue.csv")
    assert demo.interactions is not None
    assert demo.interactions.parent == demo.catalogue.parent
    assert other.interactions is None
    assert other.synonyms == demo.synonyms  # words for values that the other shop has as well


def test_what_lies_beside_a_catalogue_belongs_to_it(tmp_path: Path) -> None:
    for name in ("interactions.csv", "synonyms.csv"):
        (tmp_path / name).touch()
    found = load_settings(catalogue=tmp_path / "catalogue.csv")
    assert (found.interactions, found.synonyms) == (tmp_path / "interactions.csv", tmp_path / "synonyms.csv")


def test_an_empty_variable_names_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("INTERACTIONS", "SYNONYMS", "SCHEMA"):
        monkeypatch.setenv(f"PARLEY_{name}", "")
    found = load_settings()
    assert (found.interactions, found.synonyms, found.schema_file) == (None, None, None)


def test_a_schema_is_named_by_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_SCHEMA", "shop/schema.yaml")
    assert load_settings().schema_file == Path("shop/schema.yaml")

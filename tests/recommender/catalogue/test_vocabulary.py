"""Values get their words in both languages, and the bot's vocabulary holds what the catalogue has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from recommender.catalogue.items import load_catalogue
from recommender.catalogue.vocabulary import LANGUAGES, export_vocabulary, load_synonyms
from recommender.errors import CatalogueError

DATA = Path(__file__).resolve().parents[3] / "data"
HEADER = "attribute,value,language,word\n"


@pytest.fixture
def small(tmp_path):
    (tmp_path / "c.csv").write_text("id,title,category,price,colour,heel_height\na,A,x,1,red|teal,high\n")
    (tmp_path / "s.csv").write_text(
        HEADER + "colour,,en,colour\ncolour,,zh,颜色\ncolour,red,en,red\ncolour,red,en,crimson\ncolour,pink,en,pink\n"
    )
    return tmp_path


def test_the_vocabulary_has_labels_first_and_only_what_the_catalogue_has(small):
    export_vocabulary(load_catalogue(small / "c.csv"), small / "s.csv", small / "var" / "v.json")
    content = json.loads((small / "var" / "v.json").read_text(encoding="utf-8"))
    assert (content["format"], content["currency"]) == (2, "CNY")
    colour = content["attributes"]["colour"]
    assert colour["labels"] == {"en": ["colour"], "zh": ["颜色"]}
    assert colour["values"]["red"] == {"en": ["red", "crimson"], "zh": ["red"]}
    assert list(colour["values"]) == ["red", "teal"]
    assert [file.name for file in (small / "var").iterdir()] == ["v.json"]


def test_what_has_no_line_is_its_own_word(small):
    export_vocabulary(load_catalogue(small / "c.csv"), small / "s.csv", small / "v.json")
    attributes = json.loads((small / "v.json").read_text(encoding="utf-8"))["attributes"]
    assert attributes["colour"]["values"]["teal"] == {"en": ["teal"], "zh": ["teal"]}
    assert attributes["heel_height"]["labels"] == {"en": ["heel height"], "zh": ["heel height"]}


def test_synonyms_saved_by_excel_are_read(small):
    (small / "s.csv").write_bytes((HEADER + "colour,red,zh,红色\n").replace("\n", "\r\n").encode("utf-8-sig"))
    assert load_synonyms(small / "s.csv").label("colour", "red", "zh") == "红色"


@pytest.mark.parametrize("line", ["colour,red,fr,rouge", "colour,red,en,", ",red,en,red", "colour"])
def test_a_bad_line_is_named_with_a_remedy(small, line):
    (small / "s.csv").write_text(HEADER + "colour,red,en,red\n" + line + "\n")
    with pytest.raises(CatalogueError, match=r"line 3.*language"):
        load_synonyms(small / "s.csv")


def test_a_missing_or_headless_file_is_a_clear_error(small):
    with pytest.raises(CatalogueError, match="PARLEY_SYNONYMS"):
        load_synonyms(small / "nowhere.csv")
    (small / "s.csv").write_text("colour,red,en,red\n")
    with pytest.raises(CatalogueError, match="must begin with"):
        load_synonyms(small / "s.csv")


def test_every_value_of_the_demo_has_a_word_in_both_languages():
    catalogue, synonyms = load_catalogue(DATA / "catalogue.csv"), load_synonyms(DATA / "synonyms.csv")
    named = {(line.attribute, line.value, line.language) for line in synonyms.lines}
    wanted = {(a, v, n) for a in catalogue.attributes for v in ("", *catalogue.values(a)) for n in LANGUAGES}
    assert wanted <= named


def test_no_word_of_the_demo_stands_for_values_of_two_attributes():
    meanings: dict[str, set[str]] = {}
    for line in load_synonyms(DATA / "synonyms.csv").lines:
        meanings.setdefault(line.word.casefold(), set()).add(line.attribute)
    assert {word: sorted(found) for word, found in meanings.items() if len(found) > 1} == {}

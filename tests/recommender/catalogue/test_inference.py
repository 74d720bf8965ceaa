from __future__ import annotations

from pathlib import Path

import pytest

from recommender.catalogue.items import Catalogue, load_catalogue
from recommender.catalogue.vocabulary import export_vocabulary
from recommender.catalogue.writing import save_catalogue
from recommender.language.vocabulary import Vocabulary

HEADER = "id,title,category,genre,year,language_code,seats,tag,plot\n"
LONG = "Two sisters inherit a lighthouse and the quarrel that went with it at number"


@pytest.fixture
def films(tmp_path: Path) -> Catalogue:
    """Twenty films without a schema."""
    rows = [
        f"f{n},Film {n},film,{'drama' if n % 2 else 'comedy'},{1990 + n},00{n % 3},{2 + n % 2},a|b,{LONG} {n}\n"
        for n in range(20)
    ]
    (tmp_path / "films.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    return load_catalogue(tmp_path / "films.csv")


def test_kinds_are_guessed_from_the_cells(films: Catalogue) -> None:
    kinds = {name: attribute.kind for name, attribute in films.schema.attributes.items()}
    assert kinds == {
        "category": "choice",
        "genre": "choice",
        "year": "number",
        "language_code": "choice",
        "seats": "choice",
        "tag": "tags",
        "plot": "text",
    }


def test_few_values_are_asked_for_but_not_one_alone_nor_counts(films: Catalogue) -> None:
    assert [name for name, a in films.schema.attributes.items() if a.ask] == ["genre", "tag"]


def test_a_text_is_a_description_as_it_was_written(films: Catalogue) -> None:
    assert films["f3"].description("en") == f"{LONG} 3"


def test_well_known_names_bring_words_in_both_languages(films: Catalogue, tmp_path: Path) -> None:
    export_vocabulary(films, None, tmp_path / "v.json")
    vocabulary = Vocabulary.load(tmp_path / "v.json")
    assert vocabulary.is_year("year")
    assert vocabulary.change_label("year", "more", "en") == "newer"
    assert vocabulary.label("genre", "comedy", "zh") == "喜剧"
    assert vocabulary.things("zh")[0] == "电影"
    assert vocabulary.currency is None
    assert vocabulary.range("year") == (1990.0, 2009.0)


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl", "out.parquet"])
def test_numbers_and_absent_prices_survive_writing_and_reading(films: Catalogue, tmp_path: Path, name: str) -> None:
    save_catalogue(films, tmp_path / name)
    assert load_catalogue(tmp_path / name).items == films.items

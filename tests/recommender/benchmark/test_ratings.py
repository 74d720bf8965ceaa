from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from recommender.benchmark.ratings import DIMENSIONS, taste_vectors
from recommender.errors import ParleyError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sixty people and sixty films; the even like the even, the odd the odd; film 60 is rated badly by all."""
    films = range(61)
    lines = [f"{person},{film},4.0" for person in range(60) for film in films[:60] if person % 2 == film % 2]
    lines = [line for number, line in enumerate(lines) if number % 7] + [f"{person},60,1.0" for person in range(60)]
    (tmp_path / "ratings.csv").write_text("userId,movieId,rating\n" + "\n".join(lines))
    (tmp_path / "links.csv").write_text("movieId,imdbId\n" + "\n".join(f"{film},{film:07d}" for film in films))
    return tmp_path


def test_films_that_the_same_people_like_point_the_same_way(folder: Path) -> None:
    imdb = {"a": "tt0000002", "b": "tt0000004", "c": "tt0000005", "bad": "tt0000060", "gone": "tt9999999"}
    vectors, fame = taste_vectors(folder, imdb, ("a", "b", "c", "bad", "gone", "unlinked"))
    assert vectors.shape == (6, DIMENSIONS)
    assert vectors.dtype == np.float32
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.05
    assert not vectors[3:].any()
    assert fame[0] > 2
    assert fame[3:].tolist() == [0, 0, 0]


def test_too_few_people_have_no_taste_in_common(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text("userId,movieId,rating\n1,1,5.0\n")
    (tmp_path / "links.csv").write_text("movieId,imdbId\n1,0000001\n")
    vectors, fame = taste_vectors(tmp_path, {"a": "tt0000001"}, ("a",))
    assert not vectors.any()
    assert not fame.any()


def test_a_folder_that_is_no_movielens_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(ParleyError, match=r"links\.csv"):
        taste_vectors(tmp_path, {}, ())
    (tmp_path / "links.csv").write_text("movieId,other\n")
    with pytest.raises(ParleyError, match="lacks the column imdbId"):
        taste_vectors(tmp_path, {}, ())

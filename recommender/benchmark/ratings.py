"""Ratings of a MovieLens folder → vectors of taste for films that another set knows by their imdb id."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.errors import ParleyError

Floats = NDArray[np.float32]

GOOD = 3.5  # stars from which a rating is a like
DIMENSIONS = 48
DAMPING = 20.0  # likes added to a film's, so that the few fans of a rare one do not make a dimension
TRUST = 3.0  # likes at which a film's vector has half its length
RATINGS = ("ratings.csv", "ratings_clean.csv")


def taste_vectors(folder: Path, imdb: Mapping[str, str], ids: Sequence[str]) -> tuple[Floats, Floats]:
    """Vectors of films by who liked them: truncated SVD of the damped, normalised likes (PureSVD, Cremonesi 2010).

    Args:
        folder: holds links.csv and ratings.csv of a MovieLens set.
        imdb: item id → imdb id ("tt0083658").
        ids: items in order.

    Returns:
        (len(ids), DIMENSIONS) float32, shorter than 1 for films that few liked, zero where nobody did; and (len(ids),)
        float32, log(1 + likes).

    Raises:
        ParleyError: a file is missing or has other columns.
    """
    from scipy.sparse.linalg import svds

    film_of = {_digits(row["imdbId"]): row["movieId"] for row in _rows(folder, ("links.csv",), ("imdbId", "movieId"))}
    people: dict[str, int] = {}
    films: dict[str, int] = {}
    likes: set[tuple[int, int]] = set()
    for row in _rows(folder, RATINGS, ("userId", "movieId", "rating")):
        if float(row["rating"]) >= GOOD:
            person = people.setdefault(row["userId"], len(people))
            likes.add((person, films.setdefault(row["movieId"], len(films))))
    out = np.zeros((len(ids), DIMENSIONS), dtype=np.float32)
    fame = np.zeros(len(ids), dtype=np.float32)
    if min(len(people), len(films)) <= DIMENSIONS:
        return out, fame
    rows, columns = np.array(sorted(likes)).T
    matrix = sp.csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(len(people), len(films)))
    fans = np.asarray(matrix.sum(axis=0)).ravel()
    active = np.asarray(matrix.sum(axis=1)).ravel()
    damped = sp.diags(1 / np.sqrt(np.maximum(active, 1))) @ matrix @ sp.diags(1 / np.sqrt(fans + DAMPING))
    _, strength, directions = svds(sp.csr_matrix(damped), k=DIMENSIONS, random_state=0)
    vectors = directions.T * strength
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    vectors *= (fans / (fans + TRUST))[:, None]
    for row_number, item in enumerate(ids):
        film = films.get(film_of.get(_digits(imdb[item]), "")) if imdb.get(item) else None
        if film is not None:
            out[row_number] = vectors[film]
            fame[row_number] = np.log1p(fans[film])
    return out, fame


def _digits(imdb: str) -> str:
    return imdb.removeprefix("tt").lstrip("0")


def _rows(folder: Path, names: Sequence[str], columns: Sequence[str]) -> Iterator[dict[str, str]]:
    file = next((folder / name for name in names if (folder / name).is_file()), None)
    if file is None:
        raise ParleyError(f"{folder} has no {' or '.join(names)}: name a MovieLens folder with --ratings, or none.")
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        if missing:
            raise ParleyError(f"{file} lacks the column {missing[0]}: it is no file of MovieLens ratings.")
        yield from reader

"""MovieLens folders: films of the 100K, 1M and 25M ("latest") layouts.

Source: the READMEs of https://grouplens.org/datasets/movielens/ (F. M. Harper and J. A. Konstan, 2015).
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from recommender.catalogue.faults import Fault
from recommender.catalogue.importing.draft import Draft
from recommender.catalogue.importing.ledger import Ledger
from recommender.catalogue.schema import SEPARATOR, canonical
from recommender.catalogue.tables import Row
from recommender.errors import CatalogueError

HEADER = ("id", "title", "description", "category", "genre", "year", "tag", "url")
TAGS = 5
"""Tags of a film that become values: the most frequent ones."""

# The 100K set has one column of 0 or 1 for each, in this order (u.genre); the first is "unknown".
_FLAGS = (
    "", "action", "adventure", "animation", "children", "comedy", "crime", "documentary", "drama", "fantasy",
    "film-noir", "horror", "musical", "mystery", "romance", "sci-fi", "thriller", "war", "western",
)  # fmt: skip
_YEAR = re.compile(r"\s*\((\d{4})(?:[-–]\d{0,4})?\)\s*$")
_ARTICLES = "The|A|An|La|Le|Les|L'|Il|El|Los|Las|Der|Die|Das|Den|Det|Un|Une|Una|Gli|Lo|O|Os|As"
_ARTICLE_LAST = re.compile(rf"([^()]+), ({_ARTICLES})(?=\s*(?:[()]|$))")


def read_100k(path: Path, ledger: Ledger) -> Draft:
    """Films of u.item: id|title|release date|video date|url|19 genre flags, latin-1."""
    return Draft(HEADER, _rows_100k(path, ledger))


def read_1m(path: Path, ledger: Ledger) -> Draft:
    """Films of movies.dat: id::title::genres, latin-1."""
    return Draft(HEADER, _rows_1m(path, ledger))


def read_25m(path: Path, ledger: Ledger) -> Draft:
    """Films of movies.csv, with imdb addresses of links.csv and the tags of tags.csv where these are there."""
    return Draft(HEADER, _rows_25m(path, ledger))


def parse_title(written: str) -> tuple[str, str]:
    """("The Matrix", "1999") of "Matrix, The (1999)"; the year is empty where there is none."""
    match = _YEAR.search(written)
    title, year = (written[: match.start()], match[1]) if match else (written, "")
    return " ".join(_ARTICLE_LAST.sub(_article_first, title).split()), year


def _article_first(match: re.Match[str]) -> str:
    return f"{match[2]}{'' if match[2].endswith(chr(39)) else ' '}{match[1]}"


def parse_genres(written: str) -> tuple[str, ...]:
    """Canonical genres of "Children's|Sci-Fi"; none of "(no genres listed)"."""
    genres = (canonical(part).replace("children's", "children") for part in written.split("|"))
    return tuple(genre for genre in genres if genre and genre not in {"(no genres listed)", "unknown"})


def _film(number: int, film: str, written: str, genres: tuple[str, ...], url: str = "", tags: str = "") -> Row:
    title, year = parse_title(written)
    kinds = ", ".join(genres).capitalize() + " film" if genres else "Film"
    cells = {
        "id": film,
        "title": title,
        "description": f"{kinds} of {year}." if year else f"{kinds}.",
        "category": "film",
        "genre": SEPARATOR.join(genres),
        "year": year,
        "tag": tags,
        "url": url,
    }
    return Row(number, cells)


def _lines(path: Path, separator: str, width: int, ledger: Ledger) -> Iterator[tuple[int, list[str]]]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CatalogueError(f"{path} cannot be read ({error.strerror}); check the folder.") from error
    try:
        text = raw.decode()  # 10M
    except UnicodeDecodeError:
        text = raw.decode("latin-1")  # 100K and 1M; every byte is a letter of it
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        cells = line.rstrip("\r").split(separator)
        if len(cells) == width:
            yield number, cells
        else:
            problem = f"{len(cells)} cells instead of {width}"
            ledger.refuse(Fault(number, None, problem, f"each line has {width} cells with {separator} between them"))


def _rows_100k(path: Path, ledger: Ledger) -> Iterator[Row]:
    for number, cells in _lines(path, "|", 5 + len(_FLAGS), ledger):
        flags = zip(_FLAGS, cells[5:], strict=True)
        yield _film(
            number, cells[0], cells[1], tuple(genre for genre, flag in flags if genre and flag == "1"), cells[4]
        )


def _rows_1m(path: Path, ledger: Ledger) -> Iterator[Row]:
    for number, (film, title, genres) in _lines(path, "::", 3, ledger):
        yield _film(number, film, title, parse_genres(genres))


def _rows_25m(path: Path, ledger: Ledger) -> Iterator[Row]:
    films = _table(path, ("movieId", "title", "genres"), ledger)
    links = path.with_name("links.csv")
    imdb = {film: code for _, (film, code) in _table(links, ("movieId", "imdbId"), None)} if links.is_file() else {}
    tags = _frequent_tags(path.with_name("tags.csv"))
    for number, (film, title, genres) in films:
        url = f"https://www.imdb.com/title/tt{imdb[film].zfill(7)}/" if imdb.get(film) else ""
        yield _film(number, film, title, parse_genres(genres), url, tags.get(film, ""))


def _frequent_tags(path: Path) -> dict[str, str]:
    """The tags of each film that most people gave it, equal ones by the alphabet."""
    if not path.is_file():
        return {}
    counts: dict[str, Counter[str]] = {}
    for _, (film, tag) in _table(path, ("movieId", "tag"), None):
        word = canonical(tag.replace(SEPARATOR, " "))
        if word and word.isprintable():
            counts.setdefault(film, Counter())[word] += 1
    return {
        film: SEPARATOR.join(sorted(found, key=lambda tag: (-found[tag], tag))[:TAGS]) for film, found in counts.items()
    }


def _table(path: Path, names: tuple[str, ...], ledger: Ledger | None) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Row number and the named cells of each row; short rows go into the ledger, or are passed over without one."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            lines = csv.reader(file)
            header = next(lines, [])
            if absent := [name for name in names if name not in header]:
                raise CatalogueError(f"{path} has no column {', '.join(absent)}; MovieLens files begin with it.")
            places = [header.index(name) for name in names]
            for number, cells in enumerate(lines, start=2):
                if len(cells) > max(places):
                    yield number, tuple(cells[place] for place in places)
                elif cells and ledger:
                    ledger.refuse(
                        Fault(number, None, f"{len(cells)} cells instead of {len(header)}", "complete the row")
                    )
    except (OSError, csv.Error) as error:
        raise CatalogueError(f"{path} cannot be read ({error}); check the file.") from error

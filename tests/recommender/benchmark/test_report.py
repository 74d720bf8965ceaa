"""Goals, tables and figures from lines made by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from recommender.benchmark.contenders import PARLEY, SHUFFLED, TEXTLESS
from recommender.benchmark.goals import Goal, films, goals
from recommender.benchmark.measure import LISTS, METRICS, Line
from recommender.benchmark.protocols import AMONG_ALL, AMONG_NEW, ITEMS, PER_PERSON, PERSONS, TOGETHER, WARM, told_name
from recommender.benchmark.report import Head, figures, markdown
from recommender.benchmark.results import Result
from recommender.benchmark.run import choose_contenders, write
from recommender.benchmark.simple import TextNeighbours
from recommender.errors import ParleyError

HEAD = Head("parley benchmark", "abc1234", "2 cores", (7, 8, 9), "2026-01-01 00:00 UTC", 5.0)
PEOPLE = 50


def line(name: str, kind: str, quality: float, views: Sequence[str] = ("all",)) -> Line:
    around = quality * (1 + 0.1 * np.sin(np.arange(PEOPLE)))
    values: Mapping[str, Mapping[str, np.ndarray]] = {view: {m: around for m in (*METRICS, *LISTS)} for view in views}
    flat = dict.fromkeys(views, 0.5)
    return Line(name, kind, {"factors": 8}, 6, 3, values, flat, flat, 1.0, 6.0, 0.2)


def warm(name: str, parley: float, protocol: str = WARM, shuffled: float = 0.2) -> Result:
    lines = (
        line("EASE", "peer", 0.2),
        line("item-kNN", "peer", 0.1),
        line("LightFM", "lightfm", 0.15),
        line("text kNN", "text", 0.9),
        line(PARLEY, "parley", parley),
        line(SHUFFLED, "control", shuffled),
        line(TEXTLESS, "control", 0.2),
    )
    return Result(name, protocol, ("made by hand",), lines, (("recent popularity", "the set has no clock"),))


def named(found: Sequence[Goal], words: str) -> Goal:
    (goal,) = [goal for goal in found if words in goal.what]
    return goal


def test_the_best_text_free_peer_is_what_counts() -> None:
    goal = named(goals([warm("amazon-tiny", 0.3)], 7), "best peer, NDCG")
    assert goal.against == "EASE"
    assert goal.measured is not None
    assert goal.measured.mean == pytest.approx(1.5)
    assert goal.measured.low == pytest.approx(1.5)  # person by person, the ratio is the same
    assert goal.reached


def test_a_goal_just_missed_is_missed() -> None:
    found = goals([warm("amazon-tiny", 0.2 * 1.09)], 7)
    assert named(found, "best peer, NDCG").reached is False
    assert named(found, "blend without text").reached is False


def test_shuffled_texts_have_to_lose_for_sure() -> None:
    assert named(goals([warm("amazon-tiny", 0.3)], 7), "shuffled").reached
    assert named(goals([warm("amazon-tiny", 0.3, shuffled=0.3)], 7), "shuffled").reached is False


def test_geometric_means_take_each_set_once_and_films_both_ways() -> None:
    results = [warm("amazon-tiny", 0.4), warm("ml-tiny", 0.2), warm("ml-tiny", 0.8, PER_PERSON)]
    by_clock = named(goals(results, 7), "films by the clock: best peer, NDCG")
    per_person = named(goals(results, 7), "films per person: best peer, NDCG")
    assert by_clock.measured is not None
    assert by_clock.measured.mean == pytest.approx(np.sqrt(2 * 1))
    assert per_person.measured is not None
    assert per_person.measured.mean == pytest.approx(np.sqrt(2 * 4))


def test_the_blend_without_text_is_no_goal_on_films() -> None:
    assert not [goal for goal in goals([warm("ml-tiny", 0.3)], 7) if "without text" in goal.what]
    assert films("ml-100k")
    assert films("MovieLens-1m")
    assert not films("amazon-beauty")


def test_new_items_and_new_people_have_goals_by_the_kind_of_set() -> None:
    views = (AMONG_NEW, AMONG_ALL, TOGETHER)
    items = [line("text kNN", "text", 0.2, views), line("LightFM with attributes", "peer", 0.1, views)]
    items.append(line(PARLEY, "parley", 0.25, views))
    told = [told_name(number) for number in (1, 3, 5)]
    people = [line("EASE", "peer", 0.2, told), line("text kNN", "text", 0.3, told), line(PARLEY, "parley", 0.22, told)]
    for name, wanted in (("amazon-tiny", (1.35, 3.0, 1.2)), ("ml-tiny", (1.1, 1.2, 1.0))):
        found = goals([Result(name, ITEMS, (), tuple(items)), Result(name, PERSONS, (), tuple(people))], 7)
        best, attributes = named(found, "from text or not"), named(found, "LightFM, attributes")
        one_like = named(found, "after 1 like:")
        assert (best.wanted, attributes.wanted, one_like.wanted) == wanted
        assert best.against == "text kNN"
        assert one_like.against == "EASE"
        assert one_like.reached is (name == "ml-tiny")
        assert named(found, "above 0").reached


def test_what_nobody_measured_is_neither_reached_nor_missed() -> None:
    result = warm("amazon-tiny", 0.3)
    alone = Result(result.set_name, WARM, (), tuple(line for line in result.lines if line.name != "LightFM"))
    goal = named(goals([alone], 7), "plain LightFM, NDCG")
    assert goal.reached is None
    assert goal.against == "not measured"


def test_the_report_has_a_row_for_each_line_and_says_who_is_missing() -> None:
    results = [warm("amazon-tiny", 0.3)]
    text = markdown(HEAD, results, goals(results, 7))
    assert "commit abc1234" in text
    assert "| **Parley** | 0.30" in text
    assert "| EASE | 0.20" in text
    assert "1.50 (1.50–1.50)" in text
    assert "Not here: recent popularity: the set has no clock." in text
    for table in text.split("\n\n"):
        if table.startswith("|"):
            rows = [row.count("|") for row in table.splitlines()]
            assert len(set(rows)) == 1, table


def test_every_figure_is_in_the_json(tmp_path: Path) -> None:
    results = [warm("amazon-tiny", 0.3)]
    write(tmp_path, HEAD, results)
    told = json.loads((tmp_path / "benchmark.json").read_text())
    assert told == json.loads(figures(HEAD, results, goals(results, 7)))
    lines = {one["name"]: one for one in told["results"][0]["lines"]}
    assert lines["EASE"]["views"]["all"]["NDCG@10"]["mean"] == pytest.approx(0.2, rel=0.01)
    assert (tmp_path / "benchmark.md").read_text().startswith("# Parley against its peers")
    assert len(list(tmp_path.iterdir())) == 2


def test_a_report_of_nobody_else_is_still_a_report() -> None:
    result = Result("tiny", WARM, (), (line("EASE", "peer", 0.2),))
    assert "| EASE |" in markdown(HEAD, [result], goals([result], 7))


def test_contenders_are_chosen_by_words_in_their_names() -> None:
    everybody = [TextNeighbours("text kNN", "text"), TextNeighbours("item-kNN", "peer"), TextNeighbours("EASE", "peer")]
    assert [one.name for one in choose_contenders(everybody, ("knn",))] == ["text kNN", "item-kNN"]
    assert len(choose_contenders(everybody, ())) == 3
    assert [one.name for one in choose_contenders(everybody, ("knn",), ("text",))] == ["item-kNN"]
    assert len(choose_contenders(everybody, (), ("knn",))) == 1
    with pytest.raises(ParleyError, match="without text and item"):
        choose_contenders(everybody, ("knn",), ("text", "item"))
    with pytest.raises(ParleyError, match=r"Nobody is called magic\. There are: text kNN"):
        choose_contenders(everybody, ("magic",))


def test_a_peer_that_finds_nothing_does_not_break_the_report() -> None:
    views = (AMONG_NEW, AMONG_ALL, TOGETHER)
    lines = (line("text kNN", "text", 0.0, views), line(PARLEY, "parley", 0.25, views))
    results = [Result("tiny", ITEMS, (), lines)]
    judged = goals(results, 7)
    assert named(judged, "from text or not").reached
    assert "inf" in markdown(HEAD, results, judged)
    assert json.loads(figures(HEAD, results, judged))["goals"][0]["measured"]["mean"] is None

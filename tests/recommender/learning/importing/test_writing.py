from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from recommender.catalogue.importing.sources import recognise
from recommender.learning.importing import writing
from recommender.learning.importing.reading import import_interactions
from recommender.learning.importing.writing import write_interactions
from recommender.learning.interactions import Interactions


def test_what_is_written_is_read_back_in_the_order_of_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "ROWS", 2)
    lines = ['u1,"a,1",5,900000120', "u2,b,3,900000000", "u1,b,1,900000060", 'u""3,c,4,900000060', "u1,c,4,1"]
    source = tmp_path / "log.csv"
    source.write_text("user,item,rating,ts\n" + "\n".join(lines) + "\n")
    imported = import_interactions(recognise(source))
    write_interactions(imported, tmp_path / "new" / "out.csv")
    back = Interactions.read_csv(tmp_path / "new" / "out.csv")
    past = imported.interactions
    order = np.argsort(past.at, kind="stable")
    assert (back.persons, back.items) == (past.persons, past.items)
    for name in ("person", "item", "at", "kind"):
        np.testing.assert_array_equal(getattr(back, name), getattr(past, name)[order])
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["out.csv"]


def test_a_published_split_is_written_too(tmp_path: Path) -> None:
    (tmp_path / "items.jsonl").write_text("")
    (tmp_path / "interactions.csv").write_text("user,item,ts,split\n0,5,1,test\n0,6,0,train\n")
    write_interactions(import_interactions(recognise(tmp_path)), tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text().replace('"', "").splitlines() == [
        "person,item,event,timestamp,part",
        "0,6,purchase,1970-01-01T00:00:00,train",
        "0,5,purchase,1970-01-01T00:00:01,test",
    ]

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from recommender.benchmark import scale as module
from recommender.benchmark.scale import LINES, TIMED, Scale, measure, table
from recommender.benchmark.synthetic import Shop
from recommender.cli import parley
from recommender.errors import ParleyError


def figures(seconds: float) -> dict[str, dict[str, float]]:
    steps = {name: {"seconds": seconds, "peak": 2.0**30} for name in TIMED if name != "load"}
    steps["save"]["load"] = 0.5
    steps["index"] |= {"exact": 0.04, "approximate": 0.001, "recall": 0.98, "bytes": 2.0**20}
    return steps


def test_the_table_has_a_column_for_each_size_and_a_line_for_each_step() -> None:
    lines = table([Scale(Shop(10_000, 100_000), figures(1)), Scale(Shop(1_000_000, 10_000_000), figures(20))])
    assert "| step | 10k × 100k | 1M × 10M |" in lines
    assert "| one LightFM epoch, d = 64 | 1 / 1,024 | 20 / 1,024 |" in lines
    assert "| model from disk | 0.5 | 0.5 |" in lines
    assert "| approximate is so many times faster | 40.0 | 40.0 |" in lines
    assert "| recall@10 against exact | 0.980 | 0.980 |" in lines


def test_every_step_is_measured_in_a_process_of_its_own(tmp_path: Path) -> None:
    told: list[str] = []
    report = measure([(300, 2_000)], seed=1, folder=tmp_path, say=told.append)
    text = report.read_text(encoding="utf-8")
    for label in (*TIMED.values(), *LINES.values()):
        assert label in text
    (one,) = json.loads((tmp_path / "scale.json").read_text(encoding="utf-8"))
    # An interpreter with numpy takes more than 20 MiB, and nothing here takes a tenth of a gigabyte more.
    assert all(20 < step["peak"] / 2**20 < 400 for step in one["steps"].values())
    assert (tmp_path / "scale.png").read_bytes().startswith(b"\x89PNG")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["scale.json", "scale.md", "scale.png"]
    assert re.match(r"300 items, 2,000 interactions: draw 0\.\d+ s, \d+ MiB", told[0])


def test_a_step_that_fails_is_named_with_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.sys, "executable", "/bin/false")
    with pytest.raises(ParleyError, match="step draw failed with 300 items and 2,000 interactions: exit code 1"):
        measure([(300, 2_000)], seed=1, folder=tmp_path, say=print)


def test_sizes_come_in_pairs() -> None:
    answer = CliRunner().invoke(parley, ["benchmark", "scale", "--items", "10", "--items", "20", "--interactions", "5"])
    assert answer.exit_code == 2
    assert "as often as --items" in answer.output

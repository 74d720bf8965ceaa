"""The whole way on a set of a few lines, with an encoder made by hand and without the peers' packages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from recommender.benchmark import run as module
from recommender.benchmark.run import Wanted, run
from recommender.cli import parley
from recommender.errors import ParleyError
from recommender.settings import Settings, load_settings


class LetterEncoder:
    """Counts letters."""

    dimension, fingerprint = 26, "letters"

    def encode(self, texts: Sequence[str], kind: str = "query", batch_size: int = 32) -> np.ndarray:
        counts = np.array(
            [[text.lower().count(chr(97 + n)) + 0.01 for n in range(26)] for text in texts], dtype=np.float32
        )
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(module.Encoder, "load", lambda _: LetterEncoder())
    return load_settings(var=tmp_path / "var")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    generator = np.random.default_rng(2)
    names = [f"{'tea' if n % 2 else 'coffee'} {chr(97 + n)}" for n in range(20)]
    items = [json.dumps({"item": n, "text": name, "attributes": []}) for n, name in enumerate(names)]
    (folder / "items.jsonl").write_text("\n".join(items) + "\n", "utf-8")
    rows = ["user,item,ts"]
    for person in range(40):
        likes = generator.permutation(10)[:6] * 2 + person % 2
        rows += [f"{person},{item},{at}" for at, item in enumerate(likes)]
    (folder / "interactions.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return folder


def test_a_run_goes_on_where_it_was_and_reports_the_same(shop: Path, settings: Settings) -> None:
    told: list[str] = []
    wanted = Wanted((shop,), seeds=1, only=("text kNN",))
    report = run(wanted, settings, told.append)
    first = json.loads(report.with_suffix(".json").read_text())
    assert [(one["set"], one["protocol"]) for one in first["results"]] == [
        ("shop", "warm"),
        ("shop", "new items"),
        ("shop", "new people"),
    ]
    assert sum("validation" in line for line in told) == 18  # six options for each protocol
    told.clear()
    second = json.loads(run(wanted, settings, told.append).with_suffix(".json").read_text())
    assert not any("validation" in line or "seed" in line for line in told)
    assert second["results"] == first["results"]


def test_only_the_wanted_protocol_is_measured(shop: Path, settings: Settings) -> None:
    report = run(Wanted((shop,), 1, ("text kNN",), ("new people",)), settings, lambda _: None)
    text = report.read_text()
    assert "### shop: new people" in text
    assert "### shop: warm" not in text
    with pytest.raises(ParleyError, match=r"No protocol is called lukewarm\. There are: warm"):
        run(Wanted((shop,), 1, ("text kNN",), ("lukewarm",)), settings, lambda _: None)


def test_the_command_line_prints_the_report_and_says_where_it_is(
    shop: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARLEY_VAR", str(settings.var))
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        monkeypatch.setenv(threads, "1")
    chosen = [
        "--data",
        str(shop),
        "--seeds",
        "1",
        "--only",
        "text",
        "--protocols",
        "warm",
        "--out",
        str(tmp_path / "out"),
    ]
    chosen[chosen.index("text")] = "text kNN"
    result = CliRunner().invoke(parley, ["benchmark", *chosen])
    assert result.exit_code == 0, result.output
    assert "# Parley against its peers" in result.output
    assert (tmp_path / "out" / "benchmark.json").is_file()

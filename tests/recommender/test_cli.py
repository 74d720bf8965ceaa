"""The command line as people use it: in processes of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from recommender.settings import Settings

ROOT = Path(__file__).parents[2]
VALID = "id,title_en,category,colour,price\na,Red dress,dress,red,10\nb,Blue dress,dress,blue,20\n"


def parley(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
    return subprocess.run(
        [sys.executable, "-m", "recommender.cli", *arguments],
        cwd=ROOT,
        env=environment | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_help_names_every_command_at_once() -> None:
    started = time.monotonic()
    result = parley("--help")
    # Measured: .05 s. A heavy import would cost at least one second.
    assert time.monotonic() - started < 1.0
    assert result.returncode == 0
    for command in ("answers", "catalogue", "chat", "demo", "encoder", "models", "prepare", "retrain", "run", "train"):
        assert f"  {command} " in result.stdout


@pytest.mark.parametrize("command", ["catalogue", "encoder"])
def test_groups_explain_themselves(command: str) -> None:
    assert parley(command, "--help").returncode == 0


def test_a_valid_catalogue_is_counted(tmp_path: Path) -> None:
    (tmp_path / "shop.csv").write_text(VALID)
    result = parley("catalogue", "check", str(tmp_path / "shop.csv"))
    assert result.returncode == 0, result.stderr
    assert "2 items" in result.stdout
    assert "colour" in result.stdout


def test_an_invalid_catalogue_names_every_fault_and_fails(tmp_path: Path) -> None:
    (tmp_path / "shop.csv").write_text(VALID.replace("10", "ten").replace("b,", "a,"))
    result = parley("catalogue", "check", str(tmp_path / "shop.csv"))
    assert result.returncode == 1
    assert "row 2, column price" in result.stdout
    assert "row 3, column id" in result.stdout
    assert "2 errors" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "variables", "sentence"),
    [
        (["catalogue", "check", "nowhere.csv"], {}, "nowhere.csv"),
        (["models"], {"PARLEY_BOT_PORT": "many"}, "PARLEY_BOT_PORT"),
        (["run"], {"PARLEY_CATALOGUE": "nowhere.csv"}, "nowhere.csv"),
        (["run"], {"PARLEY_BOT_PORT": "5055"}, "different ports"),
        (["prepare"], {"PARLEY_VAR": "/dev/null/var"}, "Mend PARLEY_VAR"),
        (["models", "use", "yesterday"], {}, "no model version yesterday"),
        (["prepare", "--skip", "dinner"], {}, "no step dinner"),
    ],
)
def test_what_a_person_can_mend_is_one_line_and_exit_code_1(
    arguments: list[str], variables: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    result = parley(*arguments, **{"PARLEY_VAR": str(tmp_path / "var"), **variables})
    assert result.returncode == 1
    assert sentence in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_models_says_how_to_get_the_first_one(tmp_path: Path) -> None:
    result = parley("models", PARLEY_VAR=str(tmp_path))
    assert result.returncode == 0
    assert "make prepare" in result.stdout


@pytest.mark.artefacts
def test_models_lists_versions_with_what_was_measured_and_marks_the_one_that_serves(artefacts: Settings) -> None:
    result = parley("models", PARLEY_VAR=str(artefacts.var))
    assert result.returncode == 0, result.stderr
    serving = (artefacts.models_dir / "current").read_text().strip()
    assert f"* {serving} " in result.stdout
    assert result.stdout.count("* ") == 1
    assert "interactions" in result.stdout


def test_a_demo_is_the_same_for_the_same_seed_and_valid(tmp_path: Path) -> None:
    for folder in ("first", "second"):
        result = parley("demo", "--folder", str(tmp_path / folder), "--seed", "3")
        assert result.returncode == 0, result.stderr
    for name in ("catalogue.csv", "interactions.csv"):
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()
    assert parley("catalogue", "check", str(tmp_path / "first" / "catalogue.csv")).returncode == 0

"""The rules of the house: what no single room can see."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import tomllib

ROOT = Path(__file__).resolve().parent.parent
LARGEST = 2_500_000  # the demo's interactions; everything else is far smaller

# Registries' own and mirrors' index paths, and the folders of whoever worked here.
ADDRESSES = re.compile(
    r"--(extra-)?index-url|--find-links|https?://[^\s\"')]*(/simple\b|files\.pythonhosted|registry\.npmjs|pypi\.org/packages)"
    r"|(?<![\w.])/(work/(main|shared)|root/|home/\w+/)|/tmp/\w+/|/opt/(wheels|pypi)"
)
PINNED = re.compile(r"[A-Za-z0-9][\w.-]*==[\w.!]+")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280)


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    listed = run("git", "ls-files", "-z")
    if listed.returncode != 0:
        pytest.skip("This is no git working tree.")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize(
    "command",
    [("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",), ("lint-imports",)],
    ids=" ".join,
)
def test_the_tools_that_check_have_nothing_to_say(command: tuple[str, ...]) -> None:
    result = run(tool(command[0]), *command[1:])
    assert result.returncode == 0, result.stdout + result.stderr


def test_changelog_and_package_agree_on_the_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    released = re.search(r"^## \[?v?(\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert released, "CHANGELOG.md has no heading like `## 0.1.0`"
    assert released[1] == version


def test_no_registry_address_and_no_folder_of_ours_is_committed(tracked: list[Path]) -> None:
    found = []
    for path in tracked:
        if path == Path(__file__):
            continue
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(ROOT)}:{n}: {line.strip()[:120]}"
            for n, line in enumerate(lines, 1)
            if ADDRESSES.search(line)
        ]
    assert found == []


def test_no_committed_file_is_large(tracked: list[Path]) -> None:
    assert [f"{p.relative_to(ROOT)}: {p.stat().st_size:,}" for p in tracked if p.stat().st_size > LARGEST] == []


@pytest.mark.parametrize("file", ["recommender/requirements.txt", "bot/requirements.txt"])
def test_every_requirement_is_pinned_once_and_without_a_local_build(file: str) -> None:
    lines = [line.strip() for line in (ROOT / file).read_text(encoding="utf-8").splitlines()]
    requirements = [line for line in lines if line and not line.startswith("#")]
    assert [line for line in requirements if not PINNED.fullmatch(line)] == []
    names = [re.sub(r"[-_.]+", "-", line.split("==")[0]).lower() for line in requirements]
    assert len(names) == len(set(names))


def test_what_runs_here_is_what_is_pinned() -> None:
    wanted = re.findall(r"^([\w.-]+)==(\S+)$", (ROOT / "recommender/requirements.txt").read_text(), re.MULTILINE)
    from importlib.metadata import version

    # A local label (+cpu) names the build, not the release.
    assert [f"{name}=={pin}" for name, pin in wanted if version(name).split("+")[0] != pin] == []


def test_every_dependency_of_the_package_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    direct = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    pinned = (ROOT / "recommender/requirements.txt").read_text(encoding="utf-8")
    names = {re.sub(r"[-_.]+", "-", name).lower() for name in re.findall(r"^([\w.-]+)==", pinned, re.MULTILINE)}
    assert [name for name in direct if re.sub(r"[-_.]+", "-", name.split("[")[0]).lower() not in names] == []


def test_make_explains_every_target() -> None:
    explained = run("make", "help").stdout
    for target in ("run", "test", "chat", "prepare", "demo", "retrain", "lint", "format", "benchmark", "clean"):
        assert f"make {target} " in explained


def test_the_example_of_settings_names_every_setting() -> None:
    from recommender.settings import Settings

    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    variables = [field.validation_alias or f"PARLEY_{name.upper()}" for name, field in Settings.model_fields.items()]
    assert [variable for variable in variables if f"#{variable}=" not in example] == []

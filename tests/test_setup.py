""".setup/environment on machines where something is missing: one sentence that says how to get it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ("bash", "env", "awk", "df", "grep", "tail", "tee", "cc")
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"


class Machine:
    """A PATH of a few tools only, and an empty folder to work in."""

    def __init__(self, folder: Path) -> None:
        self.programs = folder / "bin"
        self.programs.mkdir()
        self.folder = folder / "clone"
        self.folder.mkdir()
        self.requirements("")
        for tool in TOOLS:
            if found := shutil.which(tool):
                (self.programs / tool).symlink_to(found)

    def requirements(self, text: str) -> None:
        (self.folder / "requirements.txt").write_text(text)

    def program(self, name: str, script: str) -> None:
        (self.programs / name).write_text(f"#!/bin/bash\n{script}\n")
        (self.programs / name).chmod(0o755)

    def set_up(self, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(ROOT / ".setup" / "environment"), VERSION, ".venv", "requirements.txt"],
            cwd=self.folder,
            env={"PATH": str(self.programs), "HOME": os.environ.get("HOME", "/"), **variables},
            capture_output=True,
            text=True,
            timeout=120,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def one_sentence(result: subprocess.CompletedProcess[str]) -> str:
    assert result.returncode != 0
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    return result.stderr


def test_no_python_at_all(machine: Machine) -> None:
    sentence = one_sentence(machine.set_up())
    assert f"Python {VERSION} is missing" in sentence
    assert "uv python install" in sentence
    assert not (machine.folder / ".venv").exists()


def test_a_shim_that_fails_counts_as_none(machine: Machine) -> None:
    machine.program(f"python{VERSION}", "echo 'pyenv: command not found' >&2; exit 127")
    assert f"Python {VERSION} is missing" in one_sentence(machine.set_up())


def test_another_version_counts_as_none(machine: Machine) -> None:
    machine.program("python3", "echo 3.8")
    assert f"Python {VERSION} is missing" in one_sentence(machine.set_up())


def test_uv_may_know_one_where_the_shim_fails(machine: Machine) -> None:
    machine.program(f"python{VERSION}", "exit 127")
    machine.program("uv", f"echo {Path(sys.executable).resolve()}")
    result = machine.set_up()
    assert result.returncode == 0, result.stderr
    made = subprocess.run([machine.folder / ".venv/bin/python", "-V"], capture_output=True, text=True)
    assert made.stdout.startswith(f"Python {VERSION}.")


def test_no_venv_module(machine: Machine) -> None:
    machine.program(f"python{VERSION}", f'[[ "$2" == *ensurepip* ]] && exit 1\necho {VERSION}')
    assert f"apt-get install python{VERSION}-venv" in one_sentence(machine.set_up())


def test_no_compiler_where_lightfm_is_wanted(machine: Machine) -> None:
    machine.program(f"python{VERSION}", f'exec {Path(sys.executable).resolve()} "$@"')
    machine.requirements("rectools-lightfm==1.17.3\n")
    assert "apt-get install gcc" in one_sentence(machine.set_up(CC="no-such-compiler"))


def test_no_room_on_the_disk(machine: Machine) -> None:
    machine.program(f"python{VERSION}", f'exec {Path(sys.executable).resolve()} "$@"')
    (machine.programs / "df").unlink()
    machine.program("df", "echo header; echo /dev/disk 100000000 99000000 1000000 99% /")
    assert "free some space" in one_sentence(machine.set_up())


def test_a_package_that_cannot_be_had_is_named_and_the_next_run_can_go_on(machine: Machine) -> None:
    machine.program(f"python{VERSION}", f'exec {Path(sys.executable).resolve()} "$@"')
    machine.requirements("./no-such-package==1\n")
    assert "no-such-package" in one_sentence(machine.set_up())
    machine.requirements("")
    result = machine.set_up()
    assert result.returncode == 0, result.stderr

"""Work in steps, each done only while stale.

A step is fresh while its inputs have the fingerprint in its stamp and its outputs exist. The stamp is written last,
and every output appears whole, so an interrupted step is simply done again.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from recommender.settings import ROOT

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to make.

    `inputs` are files (a folder stands for all files in it) and `words` whatever else decides about the result;
    both are asked for when the step's turn comes, because an input may be the output of a step before. `intact` looks
    closer at outputs that exist.
    """

    name: str
    inputs: Callable[[], Iterable[Path]]
    words: Callable[[], Iterable[str]]
    outputs: tuple[Path, ...]
    make: Callable[[Say], None]
    intact: Callable[[], bool] = lambda: True


def run_steps(todo: tuple[Step, ...], stamps: Path, say: Say) -> tuple[str, ...]:
    """Does the stale ones of `todo` in order and stamps them in the folder `stamps`. Returns their names."""
    stamps.mkdir(parents=True, exist_ok=True)
    done = []
    for number, step in enumerate(todo, 1):
        wanted = fingerprint(step.inputs(), step.words())
        if is_fresh(step, stamps, wanted):
            continue
        started = time.monotonic()
        title = f"{number}/{len(todo)} {step.name}"
        say(f"{title} …")
        stamp = stamps / f"{step.name}.json"
        stamp.unlink(missing_ok=True)
        step.make(_reporter(title, started, say))
        _write(stamp, json.dumps({"fingerprint": wanted, "seconds": round(time.monotonic() - started, 1)}) + "\n")
        say(f"{title}: done in {_elapsed(started)}")
        done.append(step.name)
    return tuple(done)


def is_fresh(step: Step, stamps: Path, wanted: str | None = None) -> bool:
    """Whether `step` has nothing to do; `wanted` is its inputs' fingerprint, if it is known already."""
    wanted = wanted or fingerprint(step.inputs(), step.words())
    stamped = _stamped(stamps / f"{step.name}.json")
    return stamped == wanted and all(output.exists() for output in step.outputs) and step.intact()


def fingerprint(files: Iterable[Path], words: Iterable[str]) -> str:
    """A digest of names and contents of `files` (folders: all that is in them) and of `words`."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(set(_flatten(files))):
        digest.update(f"{_name(path)}\0".encode())
        # Local checkpoints have hundreds of megabytes, hence by pieces.
        with path.open("rb") as content:
            digest.update(hashlib.file_digest(content, "blake2b").digest())
    for word in words:
        digest.update(f"\1{word}".encode())
    return digest.hexdigest()


def _flatten(files: Iterable[Path]) -> Iterator[Path]:
    for path in files:
        if path.is_dir():
            yield from (inner for inner in path.rglob("*") if inner.is_file() and "__pycache__" not in inner.parts)
        elif path.exists():
            yield path


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def _stamped(stamp: Path) -> str | None:
    try:
        content = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return str(content.get("fingerprint")) if isinstance(content, dict) else None


def _reporter(title: str, started: float, say: Say) -> Say:
    return lambda text: say(f"{title}: {text} · {_elapsed(started)}")


def _elapsed(started: float) -> str:
    return f"{time.monotonic() - started:.0f} s"


def _write(path: Path, text: str) -> None:
    scratch = path.with_suffix(f".{os.getpid()}")
    scratch.write_text(text, encoding="utf-8")
    scratch.replace(path)

"""The state of a fine-tuning run, on disk so that it can go on where it stopped."""

from __future__ import annotations

import os
import pickle
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import torch

from recommender.errors import EncoderError

FORMAT = 1
FILE = "state.pt"

Weights = dict[str, torch.Tensor]


@dataclass
class State:
    """Everything that decides how the run goes on.

    `step` counts optimiser steps; `seconds` those that the run has taken in all its parts, `began` those
    before the first step; `negatives` (n, h) int64 are
    those of this epoch; `best_weights` gave the best validation, `stale` validations ago; `validations` are pairs of
    step and MRR; `before` (b,) int64 are the held-out pairs' ranks before the first step.
    """

    precision: str
    weights: Weights
    optimizer: dict[str, Any]
    scaler: dict[str, Any]
    best_weights: Weights
    negatives: torch.Tensor
    before: torch.Tensor
    best: float = 0.0
    best_step: int = 0
    step: int = 0
    stale: int = 0
    seconds: float = 0.0
    began: float = 0.0
    stopped: str = ""
    validations: list[list[float]] = field(default_factory=list)


def save_state(folder: Path, state: State, run: dict[str, Any]) -> None:
    """Writes the state whole or not at all; `run` says what it belongs to."""
    # Not asdict, which copies tensors one by one.
    values = {each.name: getattr(state, each.name) for each in fields(state)}
    scratch = folder / f".{FILE}-{os.getpid()}"
    torch.save({"format": FORMAT, "run": run, "state": values}, scratch)
    os.replace(scratch, folder / FILE)


def load_state(folder: Path, run: dict[str, Any]) -> State:
    """The state in `folder`; nothing in the file is executed.

    Raises:
        EncoderError: there is none, it is damaged, or it belongs to another run.
    """
    file = folder / FILE
    if not file.is_file():
        raise EncoderError(f"There is nothing to resume in {folder}: begin without --resume.")
    try:
        values = torch.load(file, map_location="cpu", weights_only=True)
        found, state = values["run"], State(**values["state"])
        known = values["format"] == FORMAT
    except (OSError, RuntimeError, KeyError, TypeError, EOFError, pickle.UnpicklingError) as error:
        raise EncoderError(f"{file} is damaged ({type(error).__name__}): begin anew without --resume.") from error
    differ = sorted(name for name in found.keys() | run.keys() if found.get(name) != run.get(name))
    if differ or not known:
        raise EncoderError(
            f"{file} belongs to a run with other {', '.join(differ) or 'software'}: give the same, or begin anew "
            "without --resume."
        )
    return state

"""Device and number format of a training run."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import torch

from recommender.encoders.recipe import Precision
from recommender.errors import EncoderError


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Where and in what format the model runs; weights, losses and the optimiser stay in float32."""

    device: torch.device
    precision: Precision

    def autocast(self) -> AbstractContextManager[Any]:
        """In which the model's matrix products take the format."""
        dtype = torch.float16 if self.precision == "float16" else torch.bfloat16
        return torch.autocast(self.device.type, dtype=dtype, enabled=self.precision != "float32")

    def scaler(self) -> torch.amp.GradScaler:
        """Keeps float16 gradients from vanishing; does nothing in other formats."""
        return torch.amp.GradScaler(self.device.type, enabled=self.precision == "float16")


def choose_device(name: str) -> torch.device:
    """What the setting `device` means.

    Raises:
        EncoderError: this machine has no such device.
    """
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        device = torch.device(name)
        torch.empty(1, device=device)
    except (RuntimeError, AssertionError) as error:  # torch asserts that it was built with CUDA
        raise EncoderError(f"There is no device {name!r} here: use cpu, cuda or auto.") from error
    return device


def has_bfloat16(device: torch.device) -> bool:
    """Whether the processor multiplies bfloat16 by itself; emulation is slower than float32."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    return device.type == "cpu" and bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


def choose_precision(
    wanted: Precision,
    device: torch.device,
    trial: Callable[[Arithmetic], None],
    clock: Callable[[], float] = time.perf_counter,
) -> Arithmetic:
    """The arithmetic of the setting; `auto` is bfloat16, else float16, on CUDA, and on a CPU what proves faster.

    Args:
        wanted: the setting.
        device: where.
        trial: one step, timed thrice in each format; the least counts, since other work only ever adds.
        clock: seconds.

    Raises:
        EncoderError: float16 on a CPU, which lacks the scaling that it needs.
    """
    if wanted == "float16" and device.type == "cpu":
        raise EncoderError("float16 needs a CUDA device: set precision to auto, bfloat16 or float32.")
    if wanted != "auto":
        return Arithmetic(device, wanted)
    if device.type == "cuda":
        return Arithmetic(device, "bfloat16" if has_bfloat16(device) else "float16")
    if not has_bfloat16(device):
        return Arithmetic(device, "float32")
    both = [Arithmetic(device, "float32"), Arithmetic(device, "bfloat16")]
    seconds = [min(_timed(trial, each, clock) for _ in range(3)) for each in both]
    return both[1] if seconds[1] < 0.9 * seconds[0] else both[0]


def _timed(trial: Callable[[Arithmetic], None], arithmetic: Arithmetic, clock: Callable[[], float]) -> float:
    started = clock()
    trial(arithmetic)
    return clock() - started

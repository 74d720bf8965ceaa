"""What a fine-tuning run shows: a progress bar on a terminal, scalars for TensorBoard, sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from recommender.encoders.quiet import quiet

Say = Callable[[str], None]


class RunMonitor:
    """Writes scalars to `folder`; bars appear only where standard error is a terminal."""

    def __init__(self, folder: Path, say: Say, first_step: int = 0) -> None:
        """Opens the event file; scalars of a broken-off part from `first_step` on are void."""
        with quiet():
            from torch.utils.tensorboard import SummaryWriter
        self._writer: Any = SummaryWriter(str(folder), purge_step=first_step or None)
        self._say, self._bar, self._first = say, None, first_step

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close_bar()
        self._writer.close()

    def start(self, steps: int) -> None:
        """Shows the bar of the run's `steps`."""
        self._bar = _tqdm(total=steps, initial=self._first, desc="fine-tuning", unit="step")

    def scalar(self, name: str, value: float, step: int) -> None:
        """A number of a step, for TensorBoard."""
        self._writer.add_scalar(name, value, step)

    def tick(self, steps: int, note: str) -> None:
        """Steps were done."""
        if self._bar is not None:
            self._bar.set_postfix_str(note, refresh=False)
            self._bar.update(steps)

    def say(self, sentence: str) -> None:
        """A sentence, above the bar."""
        if self._bar is not None:
            self._bar.clear()
        self._say(sentence)

    def bar(self, title: str) -> Callable[[Iterable[Any]], Iterable[Any]]:
        """What wraps an iterable to show how far it is."""
        return lambda values: _tqdm(values, desc=title, leave=False)

    def _close_bar(self) -> None:
        if self._bar is not None:
            self._bar.close()


def _tqdm(values: Iterable[Any] | None = None, **given: Any) -> Any:
    from tqdm import tqdm

    return tqdm(values, disable=None, dynamic_ncols=True, **given)  # None: silent where there is no terminal

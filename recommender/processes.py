"""Starts servers together, waits until they answer, and leaves no process behind, whatever ends the launcher."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType

from recommender.errors import ParleyError

Say = Callable[[str], None]

POLL_SECONDS = 0.1
REPORT_SECONDS = 10.0
LAST_LINES = 15
TERMINAL_GRACE = 2.0  # seconds; Rasa's shell waits at its prompt and would use up any
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

# Reads what to kill from the launcher, one a line: a process, or with "-" its group. The pipe ends when the launcher
# does, be it by SIGKILL: then they go, with every process that the servers started themselves.
# (PR_SET_PDEATHSIG would reach the servers only.)
GUARD = """
guarded=
while read -r one; do
    [ "$one" = done ] && exit 0
    guarded="$guarded $one"
done
for one in $guarded; do kill -s TERM -- "$one" 2>/dev/null; done
for tick in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    left=
    for one in $guarded; do kill -s 0 -- "$one" 2>/dev/null && left=yes; done
    [ -z "$left" ] && exit 0
    sleep 0.2
done
for one in $guarded; do kill -s KILL -- "$one" 2>/dev/null; done
"""


class ServiceError(ParleyError):
    """A server ended by itself or did not come up; the text ends with the last lines of its log."""


@dataclass(frozen=True, slots=True)
class Service:
    """A server: how it is started, where its output goes, and how to tell that it answers.

    `ready` is asked again and again and should answer within a few seconds; `patience` is in seconds.
    """

    name: str
    command: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]
    log: Path
    ready: Callable[[], bool]
    patience: float = 300.0


class StopRequest:
    """While entered, Ctrl-C, SIGTERM and SIGHUP only make `made` true; a second one changes nothing.

    With `under_make`, so do the end of make, our parent, and a SIGINT that reached make alone. Without `interrupts`,
    Ctrl-C belongs to another program in this terminal and asks for nothing.
    """

    def __init__(self, under_make: bool = False, interrupts: bool = True) -> None:
        self._asked = False
        self._interrupts = interrupts
        self._make = os.getppid() if under_make else None
        self._make_caught = under_make and _catches_interrupts(os.getppid())

    @property
    def made(self) -> bool:
        """Whether the servers should stop."""
        if not self._asked and self._make is not None:
            gone = os.getppid() != self._make
            # make stops catching SIGINT when one has come, and then waits for us without passing it on.
            self._asked = gone or (self._make_caught and not _catches_interrupts(self._make))
        return self._asked

    def __enter__(self) -> StopRequest:
        self._before = {number: signal.signal(number, self._note) for number in STOP_SIGNALS}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self._asked = self._asked or self._interrupts or number != signal.SIGINT


def _catches_interrupts(process: int) -> bool:
    """Whether `process` handles SIGINT itself; False where there is no /proc to ask."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return False
    caught = next((line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:")), "0")
    return bool(int(caught, 16) >> (signal.SIGINT - 1) & 1)


class Servers:
    """Running services, each in its own process group; leaving the context stops all of them."""

    def __init__(self, services: Sequence[Service], say: Say, grace: float = 10.0) -> None:
        """Nothing starts before the context is entered. `grace` is the seconds between SIGTERM and SIGKILL."""
        self._services = tuple(services)
        self._say = say
        self._grace = grace
        self._running: list[tuple[Service, subprocess.Popen[bytes]]] = []

    def __enter__(self) -> Servers:
        self._guard = subprocess.Popen(  # noqa: S603 (a constant text)
            ["/bin/sh", "-c", GUARD], stdin=subprocess.PIPE, start_new_session=True, bufsize=0
        )
        try:
            for service in self._services:
                self._start(service)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _start(self, service: Service) -> None:
        service.log.parent.mkdir(parents=True, exist_ok=True)
        if service.log.exists():
            service.log.replace(service.log.with_suffix(".log.1"))
        try:
            with service.log.open("wb") as output:
                process = subprocess.Popen(  # noqa: S603 (commands are ours)
                    service.command,
                    cwd=service.folder,
                    env=dict(service.environment),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
        except OSError as error:
            raise ServiceError(
                f"The {service.name} cannot start ({error}). `make prepare` sets everything up."
            ) from error
        self._tell_guard(f"-{process.pid}")
        self._running.append((service, process))

    def _tell_guard(self, line: str) -> None:
        assert self._guard.stdin is not None  # noqa: S101 (for the type checker)
        with contextlib.suppress(BrokenPipeError):  # somebody killed the guard; everything else still works
            self._guard.stdin.write(f"{line}\n".encode())

    @property
    def process_groups(self) -> tuple[int, ...]:
        """The process group of each running service."""
        return tuple(process.pid for _, process in self._running)

    def wait_until_ready(self, stop: StopRequest) -> bool:
        """Blocks until every service answers. Returns False when a stop was asked for meanwhile.

        Raises:
            ServiceError: one ended or ran out of patience.
        """
        started = time.monotonic()
        waiting = [service for service, _ in self._running]
        reported = started
        while waiting and not stop.made:
            self.check()
            waiting = [service for service in waiting if not service.ready()]
            now = time.monotonic()
            for service in waiting:
                if now - started > service.patience:
                    raise ServiceError(
                        f"The {service.name} did not answer within {service.patience:.0f} s.{last_lines(service.log)}"
                    )
            if waiting and now - reported > REPORT_SECONDS:
                reported = now
                self._say(f"  waiting for the {' and the '.join(s.name for s in waiting)} … {now - started:.0f} s")
            if waiting:
                time.sleep(POLL_SECONDS)
        return not stop.made

    def watch(self, stop: StopRequest) -> None:
        """Blocks until a stop is asked for.

        Raises:
            ServiceError: one ended by itself.
        """
        while not stop.made:
            self.check()
            time.sleep(POLL_SECONDS)

    def check(self) -> None:
        """Raises ServiceError when a service has ended by itself."""
        for service, process in self._running:
            code = process.poll()
            if code is not None:
                end = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
                raise ServiceError(f"The {service.name} {end}.{last_lines(service.log)}")

    def talk(self, command: Sequence[str], folder: Path, environment: Mapping[str, str], stop: StopRequest) -> int:
        """Runs a program of this terminal while the services serve it; a stop ends it too. Returns its exit code."""
        with subprocess.Popen(command, cwd=folder, env=dict(environment)) as program:  # noqa: S603 (commands are ours)
            self._tell_guard(str(program.pid))
            while program.poll() is None and not stop.made:
                time.sleep(POLL_SECONDS)
            if program.poll() is None:
                program.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    program.wait(TERMINAL_GRACE)
                program.kill()
        return program.returncode

    def _stop(self) -> None:
        for _, process in self._running:
            _signal_group(process, signal.SIGTERM)
        deadline = time.monotonic() + self._grace
        for _, process in self._running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
        # Also when the leader has gone: it may have left workers.
        for _, process in self._running:
            _signal_group(process, signal.SIGKILL)
            process.wait()
        self._tell_guard("done")
        assert self._guard.stdin is not None  # noqa: S101 (for the type checker)
        self._guard.stdin.close()
        self._guard.wait()


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS says the latter of a group of zombies
        os.killpg(process.pid, number)


def last_lines(log: Path, count: int = LAST_LINES) -> str:
    """The end of a log, indented below a line that names it; a short remark when there is nothing."""
    try:
        with log.open(encoding="utf-8", errors="replace") as lines:
            tail = [line.rstrip() for line in deque(lines, maxlen=count)]
    except OSError:
        tail = []
    if not tail:
        return f" Its log {log} is empty."
    return "\n".join([f" The last lines of {log}:", *(f"    {line}" for line in tail)])

"""Real little servers under the supervisor: every way of ending must end all of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path

import psutil
import pytest

from recommender.processes import Servers, Service, ServiceError, StopRequest, last_lines

pytestmark = pytest.mark.servers

SERVER = """
import http.server, subprocess, sys, signal, time
port, manner = int(sys.argv[1]), sys.argv[2]
print("starting on", port, flush=True)
if manner == "fails":
    sys.exit("the model is unreadable")
if manner == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if manner == "worker":
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", str(port)])
if manner == "silent":
    time.sleep(600)
http.server.HTTPServer(("127.0.0.1", port), http.server.SimpleHTTPRequestHandler).serve_forever()
"""


def answers(port: int) -> bool:
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=1)
        connection.request("HEAD", "/")
        return connection.getresponse().status == 200
    except OSError:
        return False


@pytest.fixture
def server(tmp_path: Path, free_port: Callable[[], int]) -> Callable[..., Service]:
    def make(name: str = "little server", manner: str = "plain", patience: float = 20.0) -> Service:
        port = free_port()
        return Service(
            name=name,
            command=(sys.executable, "-c", SERVER, str(port), manner),
            folder=tmp_path,
            environment=dict(os.environ),
            log=tmp_path / "logs" / f"{name.replace(' ', '-')}.log",
            ready=lambda: answers(port),
            patience=patience,
        )

    return make


def processes_of(service: Service) -> list[psutil.Process]:
    """Living processes whose command line has the service's port, workers included."""
    port = service.command[3]
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        if port in (process.info["cmdline"] or []) and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(process)
    return found


def wait_until(condition: Callable[[], bool], seconds: float = 15.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return condition()


def test_servers_answer_inside_the_context_and_are_gone_after_it(server: Callable[..., Service]) -> None:
    first, second = server("first"), server("second")
    with StopRequest() as stop, Servers([first, second], say=print) as servers:
        assert servers.wait_until_ready(stop)
        assert first.ready()
        assert second.ready()
        assert all(len(processes_of(s)) == 1 for s in (first, second))
    assert processes_of(first) == processes_of(second) == []


def test_workers_of_a_server_go_with_it(server: Callable[..., Service]) -> None:
    service = server(manner="worker")
    with StopRequest() as stop, Servers([service], say=print) as servers:
        assert servers.wait_until_ready(stop)
        assert len(processes_of(service)) == 2
    assert processes_of(service) == []


def test_a_server_that_ignores_the_polite_signal_is_killed_after_the_grace(server: Callable[..., Service]) -> None:
    service = server(manner="stubborn")
    with StopRequest() as stop:
        with Servers([service], say=print, grace=0.5) as servers:
            assert servers.wait_until_ready(stop)
            started = time.monotonic()
        assert time.monotonic() - started < 5
    assert processes_of(service) == []


def test_a_server_that_ends_at_start_is_reported_with_the_end_of_its_log(server: Callable[..., Service]) -> None:
    good, bad = server("good one"), server("bad one", manner="fails")
    with (
        pytest.raises(ServiceError, match="The bad one ended with code 1") as caught,
        StopRequest() as stop,
        Servers([good, bad], say=print) as servers,
    ):
        servers.wait_until_ready(stop)
    assert "the model is unreadable" in str(caught.value)
    assert processes_of(good) == []


def test_a_server_that_dies_later_takes_the_other_with_it(server: Callable[..., Service]) -> None:
    lasting, dying = server("lasting"), server("dying")
    with StopRequest() as stop, Servers([lasting, dying], say=print) as servers:
        assert servers.wait_until_ready(stop)
        processes_of(dying)[0].kill()
        with pytest.raises(ServiceError, match="The dying was ended by signal 9"):
            servers.watch(stop)
    assert processes_of(lasting) == []


def test_a_server_that_never_answers_runs_out_of_patience(server: Callable[..., Service]) -> None:
    service = server(manner="silent", patience=1.0)
    with (
        pytest.raises(ServiceError, match="did not answer within 1 s"),
        StopRequest() as stop,
        Servers([service], say=print) as servers,
    ):
        servers.wait_until_ready(stop)
    assert processes_of(service) == []


def test_a_command_that_does_not_exist_is_one_sentence(server: Callable[..., Service], tmp_path: Path) -> None:
    good = server()
    absent = Service("ghost", (str(tmp_path / "ghost"),), tmp_path, {}, tmp_path / "ghost.log", lambda: True)
    with pytest.raises(ServiceError, match="The ghost cannot start"), Servers([good, absent], say=print):
        pass
    assert processes_of(good) == []


def test_the_log_of_the_run_before_is_kept_once(server: Callable[..., Service]) -> None:
    service = server()
    for run in ("one", "two"):
        with StopRequest() as stop, Servers([service], say=print) as servers:
            assert servers.wait_until_ready(stop)
        with service.log.open("a") as log:
            log.write(f"run {run}\n")
    assert "run two" in last_lines(service.log)
    assert "run one" not in last_lines(service.log)
    assert "run one" in last_lines(service.log.with_suffix(".log.1"))


LAUNCHER = """
import os, sys
from pathlib import Path
from recommender.processes import Servers, Service, StopRequest
folder = Path(sys.argv[1])
def service(port, manner):
    command = (sys.executable, "-c", Path("server.py").read_text(), port, manner)
    return Service(manner, command, folder, dict(os.environ), folder / f"{port}.log", lambda: True)
both = [service(sys.argv[2], "plain"), service(sys.argv[3], "worker")]
with StopRequest(under_make=len(sys.argv) > 4) as stop, Servers(both, print) as servers:
    print("ready", flush=True)
    servers.watch(stop)
print("stopped well", flush=True)
"""


@pytest.mark.parametrize(
    "ending", [(signal.SIGINT,), (signal.SIGTERM,), (signal.SIGHUP,), (signal.SIGINT, signal.SIGINT)], ids=str
)
def test_every_asking_signal_stops_all_of_it_well(
    ending: tuple[signal.Signals, ...], server: Callable[..., Service], tmp_path: Path
) -> None:
    services, launcher = _launch(server, tmp_path)
    for number in ending:
        launcher.send_signal(number)
    output, _ = launcher.communicate(timeout=20)
    assert launcher.returncode == 0
    assert "stopped well" in output
    assert [processes_of(service) for service in services] == [[], []]


def test_nothing_stays_when_the_launcher_itself_is_killed(server: Callable[..., Service], tmp_path: Path) -> None:
    services, launcher = _launch(server, tmp_path)
    launcher.kill()
    launcher.communicate(timeout=20)
    assert wait_until(lambda: not any(processes_of(service) for service in services))


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=str)
def test_nothing_stays_when_only_make_is_told_to_end(
    ending: signal.Signals, server: Callable[..., Service], tmp_path: Path
) -> None:
    services, make = _launch(server, tmp_path, under_make=True)
    make.send_signal(ending)
    make.communicate(timeout=20)
    assert wait_until(lambda: not any(processes_of(service) for service in services))


def _launch(
    server: Callable[..., Service], folder: Path, under_make: bool = False
) -> tuple[list[Service], subprocess.Popen[str]]:
    """A launcher with two servers, one of which has a worker; all are up when this returns."""
    (folder / "server.py").write_text(SERVER)
    (folder / "launcher.py").write_text(LAUNCHER)
    services = [server("a"), server("b")]
    command = [sys.executable, "launcher.py", str(folder), *(service.command[3] for service in services)]
    if under_make:
        (folder / "Makefile").write_text(f"run:\n\t@{' '.join(command)} under-make\n")
        command = ["make", "--no-print-directory", "run"]
    launcher = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        text=True,
    )
    # The launcher has both ports on its command line, the guard none.
    assert wait_until(lambda: all(service.ready() for service in services))
    assert wait_until(lambda: len(processes_of(services[1])) == 3)
    return services, launcher

"""A large catalogue's text vectors from many processes, or many machines, through Ray.

Ray starts here when there is no cluster, with as many workers as this process may use processors and without dashboard
or usage statistics, and stops when the vectors are there. A worker encodes whole batches with one thread: since an int8
vector depends a little on its batch, equal batches make the vectors those of one process.
"""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recommender.errors import EncoderError
from recommender.language.encoder import CARD, MODEL, TOKENIZER, Encoder
from recommender.model.features import Floats, encode_items
from recommender.types import Item

IN_FLIGHT = 2  # batches per worker: one that is encoded and one that waits, whatever the size of the catalogue
OBJECT_STORE = 512 * 2**20  # bytes; holds the encoder's files once, and a few batches
PATIENCE = 5.0  # seconds for a cluster to answer
REMEDY = "PARLEY_ENCODE_ON_RAY_ABOVE=0 encodes without Ray; what is encoded already is remembered."


@dataclass(frozen=True, slots=True)
class RayEncoding:
    """When and where to encode on Ray.

    folder: the encoder's; `above`: a catalogue with more unknown texts than that is encoded on Ray, 0: never; address:
    of a cluster ("10.0.0.1:6379", "ray://…:10001"), whose nodes need Parley installed; empty: this machine.
    """

    folder: Path
    above: int = 0
    address: str = ""

    def wanted(self, items: int) -> bool:
        """Whether `items` are enough."""
        return 0 < self.above < items


def encode_on_ray(batches: Sequence[Sequence[Item]], ray_encoding: RayEncoding) -> Iterator[tuple[int, Floats]]:
    """Yields (number of the batch, its (items, t) vectors) in the order of completion.

    Raises:
        EncoderError: Ray cannot be reached or started, or a worker failed; the text says how to go on.
    """
    files = {name: (ray_encoding.folder / name).read_bytes() for name in (MODEL, TOKENIZER, CARD)}
    with _ray(ray_encoding.address) as ray:
        places = max(1, min(int(ray.cluster_resources().get("CPU", 1)), len(batches)))
        # A worker that dies takes the run with it after one more try: the next run goes on from what was remembered.
        remote = ray.remote(num_cpus=1, max_restarts=1, max_task_retries=1)(_Worker)
        shared = ray.put(files)
        workers = [remote.remote(shared) for _ in range(places)]
        waiting = iter(enumerate(batches))
        running: dict[Any, tuple[int, Any]] = {}

        def give(worker: Any) -> None:
            following = next(waiting, None)
            if following is not None:
                running[worker.encode.remote(list(following[1]))] = (following[0], worker)

        for worker in workers * IN_FLIGHT:
            give(worker)
        while running:
            (done,), _ = ray.wait(list(running), num_returns=1)
            number, worker = running.pop(done)
            give(worker)
            yield number, _result(ray, done, batches[number])


class _Worker:
    """One process with its own copy of the encoder, which needs no file system that all machines share."""

    def __init__(self, files: dict[str, bytes]) -> None:
        with tempfile.TemporaryDirectory(prefix="parley-encoder-") as folder:
            for name, content in files.items():
                (Path(folder) / name).write_bytes(content)
            self._encoder = Encoder.load(Path(folder), threads=1)

    def encode(self, items: list[Item]) -> Floats:
        return encode_items(items, self._encoder)


def _result(ray: Any, reference: Any, batch: Sequence[Item]) -> Floats:
    try:
        vectors: Floats = ray.get(reference)
    except ray.exceptions.RayError as error:
        cause = str(error).strip().splitlines()[-1]
        raise EncoderError(
            f"A Ray worker failed while it encoded the items {batch[0].id} to {batch[-1].id}: {cause} {REMEDY}"
        ) from error
    return vectors.copy()  # what Ray hands out is read-only and keeps its place in the object store


@contextmanager
def _ray(address: str) -> Iterator[Any]:
    """Ray, connected; whoever had it running before keeps it."""
    before = os.environ.get("RAY_USAGE_STATS_ENABLED")
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # read by the processes that Ray starts; there is no argument for it
    import ray

    ours = not ray.is_initialized()
    try:
        if ours:
            _connect(ray, address)
        yield ray
    finally:
        if ours:
            ray.shutdown()
        if before is None:
            del os.environ["RAY_USAGE_STATS_ENABLED"]
        else:
            os.environ["RAY_USAGE_STATS_ENABLED"] = before


def _connect(ray: Any, address: str) -> None:
    quiet = {"log_to_driver": False, "logging_level": "error"}
    try:
        if address:
            _knock(address)
            ray.init(address=address, **quiet)
        else:
            ray.init(
                address="local",
                num_cpus=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
                num_gpus=0,
                include_dashboard=False,
                object_store_memory=OBJECT_STORE,
                **quiet,
            )
    except Exception as error:  # ConnectionError, ValueError, RuntimeError, OSError: Ray has no class of its own for it
        where = f"at {address} (PARLEY_RAY_ADDRESS)" if address else "on this machine"
        raise EncoderError(f"Ray cannot be used {where}: {error}. {REMEDY}") from error


def _knock(address: str) -> None:
    """Raises OSError when nobody listens at host:port: Ray would wait for two minutes and then end this process."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if host and port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE).close()

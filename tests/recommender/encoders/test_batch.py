from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from recommender.encoders import batch as module
from recommender.encoders.batch import RayEncoding, encode_on_ray
from recommender.errors import EncoderError
from recommender.language.encoder import Encoder
from recommender.learning import texts
from recommender.learning.texts import encode_catalogue
from recommender.settings import Settings
from recommender.types import Item

pytestmark = pytest.mark.artefacts

COLOURS = ["red", "blue", "green", "black", "white", "grey", "pink", "beige", "navy", "brown"]
ITEMS = [
    Item(
        f"i{number}-{colour}",
        {"en": f"{colour} dress {number}", "zh": f"{number}号连衣裙"},
        {"en": "linen " * number},
        {},
        1.0,
    )
    for number in range(4)
    for colour in COLOURS
]


@pytest.fixture(scope="module")
def running() -> Iterator[None]:
    """One Ray for the tests that do not look at how it starts and stops."""
    import ray

    module._connect(ray, "")
    yield
    ray.shutdown()


def test_a_catalogue_above_the_limit_is_encoded_on_ray_with_the_same_vectors(
    artefacts: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import ray

    monkeypatch.setattr(texts, "BATCH", 8)
    encoder = Encoder.load(artefacts.encoder_dir)
    here = encode_catalogue(ITEMS, encoder, tmp_path / "here.npz")
    told: list[str] = []
    with monkeypatch.context() as other:
        other.setattr(Encoder, "encode", lambda *_, **__: pytest.fail("encoded in this process"))
        on_ray = RayEncoding(artefacts.encoder_dir, above=len(ITEMS) - 1)
        there = encode_catalogue(ITEMS, encoder, tmp_path / "there.npz", told.append, on_ray)
    assert np.array_equal(here.vectors, there.vectors)
    assert np.array_equal(here.mean, there.mean)
    assert told[-1] == f"read {len(ITEMS)} of {len(ITEMS)} items"
    assert not ray.is_initialized()


def test_a_small_catalogue_never_starts_ray(
    artefacts: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "encode_on_ray", lambda *_: pytest.fail("started Ray"))
    encoder = Encoder.load(artefacts.encoder_dir)
    for above in (0, 5):
        encode_catalogue(ITEMS[:5], encoder, tmp_path / "memory.npz", on_ray=RayEncoding(artefacts.encoder_dir, above))


def test_a_cluster_that_nobody_answers_for_is_named_at_once(artefacts: Settings, free_port: Callable[[], int]) -> None:
    address = f"127.0.0.1:{free_port()}"
    with pytest.raises(EncoderError, match=rf"{address} \(PARLEY_RAY_ADDRESS\): .*refused"):
        list(encode_on_ray([ITEMS[:1]], RayEncoding(artefacts.encoder_dir, address=address)))


@pytest.mark.usefixtures("running")
def test_a_worker_that_fails_is_named_with_its_items_and_a_remedy(artefacts: Settings) -> None:
    broken = [ITEMS[:2], [ITEMS[2], Item("i-broken", None, {}, {}, 1.0)]]  # type: ignore[arg-type]
    with pytest.raises(EncoderError, match=r"i0-green to i-broken: .*ENCODE_ON_RAY_ABOVE=0"):
        list(encode_on_ray(broken, RayEncoding(artefacts.encoder_dir)))


@pytest.mark.usefixtures("running")
def test_no_more_batches_are_on_their_way_than_the_workers_can_take(
    artefacts: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    import ray

    most, wait = [0], ray.wait

    def watched(references: list[object], **how: int) -> tuple[list[object], list[object]]:
        most[0] = max(most[0], len(references))
        found: tuple[list[object], list[object]] = wait(references, **how)
        return found

    monkeypatch.setattr(ray, "wait", watched)
    batches = [[item] for item in ITEMS]
    numbers = [number for number, _ in encode_on_ray(batches, RayEncoding(artefacts.encoder_dir))]
    assert sorted(numbers) == list(range(len(ITEMS)))
    assert 0 < most[0] <= module.IN_FLIGHT * int(ray.cluster_resources()["CPU"])
    assert ray.is_initialized()  # it was running before


def test_what_was_encoded_before_a_failure_is_remembered(
    artefacts: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder, memory = Encoder.load(artefacts.encoder_dir), tmp_path / "memory.npz"
    monkeypatch.setattr(texts, "BATCH", 2)
    monkeypatch.setattr(texts, "REMEMBERED", 4)

    def stop(message: str) -> None:
        if message.startswith("read 6 "):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        encode_catalogue(ITEMS[:10], encoder, memory, stop)
    told: list[str] = []
    encode_catalogue(ITEMS[:10], encoder, memory, told.append)
    assert told[-1] == "read 6 of 6 items"

"""Which approximate index: recall of the exact ten best against time, for libraries, structures and metrics.

    .venv/bin/python tests/benchmarks/index.py [--items 1000000] [--vectors FILE.npz]

One thread, one query at a time. Vectors are those of --vectors (arrays items and people, biases last) or synthetic
with the shape that LightFM has on amazon-office: clusters of Zipf sizes, a slowly falling spectrum, lengths of 1 to 3
that go with popularity (correlation .8), a bias column, people between one to three clusters.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"  # before numpy
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

from recommender.serving.approximate import ApproximateIndex  # noqa: E402

LIST, PEOPLE, SEED, DIMENSIONS = 10, 200, 7, 64
EFFORTS = (16, 32, 64, 128, 256, 512)
Floats = NDArray[np.float32]
Rows = NDArray[np.intp]
Search = Callable[[Floats], Rows]


def main() -> None:
    """Prints one line for each structure and effort."""
    parser = argparse.ArgumentParser(description="Compares approximate indexes; prints markdown.")
    parser.add_argument("--items", type=int, default=1_000_000)
    parser.add_argument("--vectors", type=Path, default=None)
    parser.add_argument("--only", default="", help="a word in the name of the structure")
    chosen = parser.parse_args()
    if chosen.vectors:
        with np.load(chosen.vectors) as arrays:
            items, people = arrays["items"], arrays["people"]
    else:
        items, people = like_lightfm(chosen.items, 3_000)
    generator = np.random.default_rng(SEED)
    asked = people[generator.choice(len(people), PEOPLE, replace=False)]
    exact = _exact(items)
    truth = [exact(query) for query in asked]
    seconds = _median(exact, asked[:50])
    say = sys.stdout.write
    say(f"{len(items):,} × {items.shape[1]}; exact numpy {1e3 * seconds:.1f} ms\n\n")
    say("| structure | build s | disk MiB | effort | recall@10 | ms | × exact |\n|---|---:|---:|---:|---:|---:|---:|\n")
    builders = {"parley": _ours, "faiss ivf inner product": _ivf, "faiss hnsw": _hnsw, "usearch hnsw": _usearch}
    for name, build in builders.items():
        if chosen.only not in name:
            continue
        began = time.perf_counter()
        for effort, search, disk in build(items, people):
            built = time.perf_counter() - began
            recall = np.mean([len(np.intersect1d(t, search(q))) / LIST for t, q in zip(truth, asked, strict=True)])
            taken = _median(search, asked)
            say(
                f"| {name} | {built:.1f} | {disk / 2**20:.1f} | {effort} | {recall:.3f} | {1e3 * taken:.3f} "
                f"| {seconds / taken:.1f} |\n"
            )
            sys.stdout.flush()
            began = time.perf_counter() - built  # the build's time, without what was measured since


def like_lightfm(items: int, people: int) -> tuple[Floats, Floats]:
    """(items, d+1) and (people, d+1) with biases and ones last."""
    generator = np.random.default_rng(SEED)
    spectrum = np.arange(1, DIMENSIONS + 1) ** -0.25
    groups = max(20, items // 400)
    topics = generator.normal(size=(max(10, groups // 20), DIMENSIONS)) * spectrum
    centres = topics[generator.integers(len(topics), size=groups)]
    centres += 0.6 * generator.normal(size=centres.shape) * spectrum
    sizes = np.arange(1, groups + 1) ** -0.6
    group = generator.choice(groups, size=items, p=sizes / sizes.sum())
    vectors = centres[group] + 0.6 * generator.normal(size=(items, DIMENSIONS)) * spectrum
    popularity = generator.permutation(np.log(np.arange(1, items + 1) ** -0.8))
    popularity = (popularity - popularity.mean()) / popularity.std()
    length = np.clip(1.9 + 0.45 * (0.8 * popularity + 0.6 * generator.normal(size=items)), 0.4, 4)
    vectors *= (length / np.linalg.norm(vectors, axis=1))[:, None]
    liked = centres[group[generator.integers(items, size=(people, 3))]]
    tastes = (liked + 0.5 * generator.normal(size=liked.shape) * spectrum).mean(axis=1)
    tastes -= 0.8 * tastes.mean(axis=0)
    tastes *= (np.clip(generator.normal(1.5, 0.4, size=people), 0.4, 2.6) / np.linalg.norm(tastes, axis=1))[:, None]
    return (
        np.column_stack([vectors, 0.23 * popularity]).astype(np.float32),
        np.column_stack([tastes, np.ones(people)]).astype(np.float32),
    )


def _exact(items: Floats) -> Search:
    return lambda query: np.argpartition(-(items @ query), LIST)[:LIST]


def _ours(items: Floats, people: Floats) -> Iterator[tuple[str, Search, int]]:
    index = ApproximateIndex.build(items, SEED, people)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "index.npz"
        index.save(file)
        disk = file.stat().st_size
    yield f"{index.probes} of {len(index.centres)} lists", lambda query: index.search(query, LIST)[0], disk


def _ivf(items: Floats, people: Floats) -> Iterator[tuple[str, Search, int]]:
    import faiss

    lists = round(len(items) ** 0.5)
    index = faiss.IndexIVFFlat(faiss.IndexFlatIP(items.shape[1]), items.shape[1], lists, faiss.METRIC_INNER_PRODUCT)
    index.cp.niter, index.cp.seed = 8, SEED
    index.train(items[:: max(1, len(items) // (64 * lists))])
    index.add(items)
    disk = len(faiss.serialize_index(index))
    for index.nprobe in EFFORTS:
        yield f"{index.nprobe} of {lists} lists", lambda query: index.search(query[None], LIST)[1][0], disk


def _hnsw(items: Floats, people: Floats) -> Iterator[tuple[str, Search, int]]:
    import faiss

    index = faiss.IndexHNSWFlat(items.shape[1], 16, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = 100
    index.add(items)
    disk = len(faiss.serialize_index(index))
    for effort in EFFORTS:
        index.hnsw.efSearch = effort
        yield f"ef {effort}", lambda query: index.search(query[None], LIST)[1][0], disk


def _usearch(items: Floats, people: Floats) -> Iterator[tuple[str, Search, int]]:
    from usearch.index import Index

    index = Index(ndim=items.shape[1], metric="ip", dtype="f16", connectivity=16, expansion_add=100)
    index.add(np.arange(len(items)), items, threads=1)
    disk = len(index.save())
    for effort in EFFORTS:
        index.expansion_search = effort
        yield f"ef {effort}", lambda query: index.search(query, LIST, threads=1).keys, disk


def _median(search: Search, queries: Floats) -> float:
    seconds = []
    for query in queries:
        began = time.perf_counter()
        search(query)
        seconds.append(time.perf_counter() - began)
    return float(np.median(seconds))


if __name__ == "__main__":
    main()

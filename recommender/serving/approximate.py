"""Maximum inner product search that looks at a part of a large catalogue: an inverted file (IVF) of faiss.

Vectors are grouped by k-means; a query looks only into the groups whose centres are nearest. Inner products become
distances by one more coordinate, √(M² - |v|²), M the longest vector (Bachrach et al. 2014): at equal time that found
more of the true top ten than faiss's own inner product metric, and the inverted file more than HNSW of faiss or of
usearch, which get lost between the clusters of a catalogue (tests/benchmarks/index.py repeats the comparison).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from recommender.errors import ModelError
from recommender.serving.index import Mask

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]

FORMAT = 1
REMEDY = "Delete the file; the index is then built anew in seconds."

RECALL = 0.98  # of the best CALIBRATED rows, over the sampled queries
CALIBRATED = 100  # deeper than a list of ten, since candidates are taken by the hundred
QUERIES = 200  # sampled to choose the number of probes
PER_LIST = 64  # vectors per group that k-means sees; more changed recall by less than its noise
STEPS = 8  # of k-means, for the same reason


@dataclass(frozen=True)
class ApproximateIndex:
    """n vectors of d dimensions in L groups.

    vectors (n, d) float32, not copied; centres (L, d+1) float32 in the space of distances; lists (n,) int32 the group
    of each row; probes: how many groups a query looks into.
    """

    vectors: Floats
    centres: Floats
    lists: NDArray[np.int32]
    probes: int
    _faiss: Any

    @classmethod
    def build(cls, vectors: Floats, seed: int, queries: Floats | None = None) -> ApproximateIndex:
        """Groups `vectors` and chooses the fewest probes that find RECALL of the exact best.

        Args:
            vectors: (n, d) float32, n ≥ 1, finite.
            seed: of k-means and of the sampled queries; one thread makes the result repeatable.
            queries: (q, d) like those to come, for instance person vectors; default: the vectors themselves.
        """
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        generator = np.random.default_rng(seed)
        augmented = _augment(vectors)
        with _one_thread():
            centres = _centres(augmented, max(1, round(len(vectors) ** 0.5)), seed, generator)
            lists = _nearest_centre(augmented, centres)
            index = cls(vectors, centres, lists, 1, _inverted_file(augmented, centres, lists))
            asked = vectors if queries is None or not len(queries) else queries
            chosen = np.sort(generator.choice(len(asked), min(QUERIES, len(asked)), replace=False))
            probes = index._calibrated(np.ascontiguousarray(asked[chosen], dtype=np.float32))
        return cls(vectors, centres, lists, probes, index._faiss)

    def search(self, query: Floats, k: int, mask: Mask | None = None) -> tuple[Rows, Floats]:
        """The rows with the largest inner product with `query` (d,), best first, and their scores; at most `k`.

        Args:
            query: (d,) float32.
            k: how many; fewer come back when fewer are found.
            mask: (n,) only these rows compete. The rarer they are, the more groups are looked into, in the end all.
        """
        share = 1.0 if mask is None else np.count_nonzero(mask) / len(mask)
        if not share:
            return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.float32)
        # The best k of a tenth of the catalogue lie as deep as the best 10 k of all of it. The square root is measured.
        probes = min(len(self.centres), round(self.probes * (max(k / CALIBRATED, 1.0) / share) ** 0.5))
        return self._search(query, k, probes, mask)

    def _search(self, query: Floats, k: int, probes: int, mask: Mask | None = None) -> tuple[Rows, Floats]:
        faiss = _library()
        bits = None if mask is None else np.packbits(mask, bitorder="little")  # faiss keeps a pointer to it
        selector = {} if bits is None else {"sel": faiss.IDSelectorBitmap(bits)}
        parameters = faiss.SearchParametersIVF(nprobe=probes, **selector)
        target = np.append(query, 0.0).astype(np.float32)[None]
        found = self._faiss.search(target, min(k, len(self.vectors)), params=parameters)[1][0]
        rows = found[found >= 0]
        scores = self.vectors[rows] @ query  # distances of long vectors round away what tells close scores apart
        order = np.lexsort((rows, -scores))
        return rows[order].astype(np.intp), scores[order]

    def _calibrated(self, queries: Floats) -> int:
        depth = min(CALIBRATED, len(self.vectors))
        # Whatever ties with the last of the best is as good as it: duplicates do not count as missed.
        least = np.array([_reached(self.vectors @ query, depth) for query in queries])
        probes = 1
        while probes < len(self.centres):
            found = [self._search(query, depth, probes)[1] for query in queries]
            hits = [np.count_nonzero(scores >= low) for scores, low in zip(found, least, strict=True)]
            if np.mean(hits) >= RECALL * depth:
                break
            probes = min(len(self.centres), max(probes + 1, round(probes * 1.4)))
        return probes

    def save(self, file: Path) -> None:
        """Writes groups and probes, not the vectors, as .npz: 4 bytes per row and the centres."""
        np.savez(
            file,
            format=np.array(FORMAT),
            centres=self.centres,
            lists=self.lists,
            probes=np.array(self.probes),
            checksum=np.array(_checksum(self.vectors)),
        )

    @classmethod
    def load(cls, file: Path, vectors: Floats) -> ApproximateIndex:
        """The index in `file` over the `vectors` that it was built from.

        Raises:
            ModelError: missing, damaged, or made from other vectors.
        """
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        try:
            with np.load(file, allow_pickle=False) as archive:
                if int(archive["format"]) != FORMAT:
                    raise ModelError(f"The index in {file} has format {int(archive['format'])}, not {FORMAT}. {REMEDY}")
                centres, lists = archive["centres"], archive["lists"]
                probes, checksum = int(archive["probes"]), int(archive["checksum"])
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise ModelError(f"The index in {file} cannot be read ({error}). {REMEDY}") from error
        if checksum != _checksum(vectors):
            raise ModelError(f"The index in {file} was built from other vectors than this model has. {REMEDY}")
        groups = len(centres)
        fits = (
            centres.shape == (groups, vectors.shape[1] + 1)
            and lists.shape == (len(vectors),)
            and 1 <= probes <= groups
            and lists.min() >= 0
            and lists.max() < groups
        )
        if not fits:
            raise ModelError(f"The parts of the index in {file} do not fit each other. {REMEDY}")
        return cls(vectors, centres, lists, probes, _inverted_file(_augment(vectors), centres, lists))


def _reached(scores: Floats, depth: int) -> float:
    """What the best `depth` scores reach, a little less because sums in another order round otherwise."""
    return float(np.partition(scores, len(scores) - depth)[-depth] - 1e-5 * np.abs(scores).max())


def _augment(vectors: Floats) -> Floats:
    squares = np.einsum("ij,ij->i", vectors, vectors, dtype=np.float64)
    augmented = np.empty((len(vectors), vectors.shape[1] + 1), dtype=np.float32)
    augmented[:, :-1] = vectors
    augmented[:, -1] = np.sqrt(np.maximum(squares.max() - squares, 0.0))
    return augmented


def _centres(augmented: Floats, groups: int, seed: int, generator: np.random.Generator) -> Floats:
    faiss = _library()
    sample = np.sort(generator.choice(len(augmented), min(len(augmented), groups * PER_LIST), replace=False))
    means = faiss.Kmeans(augmented.shape[1], groups, niter=STEPS, seed=seed % 2**31, min_points_per_centroid=1)
    means.train(augmented[sample])
    centres: Floats = means.centroids
    return centres


def _nearest_centre(augmented: Floats, centres: Floats) -> NDArray[np.int32]:
    faiss = _library()
    quantizer = faiss.IndexFlatL2(centres.shape[1])
    quantizer.add(centres)
    lists: NDArray[np.int32] = quantizer.search(augmented, 1)[1].ravel().astype(np.int32)
    return lists


def _inverted_file(augmented: Floats, centres: Floats, lists: NDArray[np.int32]) -> Any:
    faiss = _library()
    quantizer = faiss.IndexFlatL2(centres.shape[1])
    quantizer.add(centres)
    index = faiss.IndexIVFFlat(quantizer, centres.shape[1], len(centres), faiss.METRIC_L2)
    groups = lists.astype(np.int64)
    index.add_core(len(augmented), faiss.swig_ptr(augmented), None, faiss.swig_ptr(groups))
    return index


def _checksum(vectors: Floats) -> int:
    return crc32(vectors.data.cast("B"), crc32(repr(vectors.shape).encode()))


def _library() -> Any:
    """faiss, loaded when first needed; untyped, since its stubs do not know its own Python wrappers."""
    return import_module("faiss")


@contextmanager
def _one_thread() -> Iterator[None]:
    faiss = _library()
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)

"""One step of the scale report, in a process of its own, so that its time and its memory's peak are its own.

    python -m recommender.benchmark.scale_steps STEP FOLDER ITEMS INTERACTIONS SEED

prints one line of JSON. Steps hand each other arrays in FOLDER; a step's time leaves out reading those.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recommender.benchmark.synthetic import Shop
from recommender.learning.interactions import KINDS, Interactions

Floats = NDArray[np.float32]
Figures = dict[str, float]

DIMENSIONS = 64
START_SPREAD = 3.0
EPOCHS = 1
PEOPLE = 200  # asked for their ten best
LIST = 10
TEXT = 384  # dimensions of the text vectors in a model that is saved


@dataclass(frozen=True)
class Place:
    """Where a step reads and writes, and of which shop."""

    folder: Path
    shop: Shop

    def log(self) -> Interactions:
        """What the first step wrote; ids are made anew."""
        people, items = (
            tuple(f"{letter}{number:07d}" for number in range(count))
            for letter, count in (("p", self.shop.people), ("i", self.shop.items))
        )
        with np.load(self.folder / "log.npz") as columns:
            return Interactions(people, items, *(columns[name] for name in ("person", "item", "at", "kind")))

    def vectors(self) -> tuple[Floats, Floats]:
        """Item and person vectors, biases last, that the LightFM step learnt."""
        with np.load(self.folder / "vectors.npz") as arrays:
            return arrays["items"], arrays["people"]


def draw(place: Place) -> Figures:
    """The synthetic log itself."""
    began = time.process_time()
    log = place.shop.log()
    seconds = time.process_time() - began
    np.savez(place.folder / "log.npz", person=log.person, item=log.item, at=log.at, kind=log.kind)
    return {"seconds": seconds}


def ids(place: Place) -> Figures:
    """Rows with ids, as a file or the database gives them one after the other → columns."""
    log = place.log()
    rows = (
        (log.persons[person], log.items[item], KINDS[kind], int(at))
        for person, item, kind, at in zip(log.person, log.item, log.kind, log.at, strict=True)
    )
    return _timed(lambda: Interactions.of(rows))


def matrix(place: Place) -> Figures:
    """Columns → CSR matrix of confidences."""
    log = place.log()
    return _timed(lambda: log.matrix().tocsr())


def popularity(place: Place) -> Figures:
    """Recency-decayed popularity."""
    from recommender.learning.popularity import popularity as decayed

    log = place.log()
    return _timed(lambda: decayed(log, half_life=30.0))


def histories(place: Place) -> Figures:
    """Everybody's history as CSR."""
    log = place.log()
    return _timed(log.histories)


def neighbours(place: Place) -> Figures:
    """Item-kNN: the strongest cosines of every item, sparse, in blocks."""
    from recommender.model.neighbours import NeighbourParameters, fit_neighbours

    log = place.log()
    texts = np.zeros((place.shop.items, 1), dtype=np.float32)  # not looked at by cosines
    parameters = NeighbourParameters(dense_up_to=0)
    found = log.matrix()
    return _timed(lambda: fit_neighbours(found, texts, parameters))


def epoch(place: Place) -> Figures:
    """One WARP epoch of LightFM from text vectors, one thread."""
    import scipy.sparse as sp
    from lightfm import LightFM

    weights = place.log().matrix()
    positives = sp.coo_matrix((np.ones_like(weights.data), (weights.row, weights.col)), shape=weights.shape)
    model = LightFM(DIMENSIONS, loss="warp", learning_rate=0.02, max_sampled=20, random_state=place.shop.seed)
    model._initialize(DIMENSIONS, weights.shape[1], weights.shape[0])
    start = place.shop.texts(DIMENSIONS)
    model.item_embeddings = start * (START_SPREAD / DIMENSIONS / start.std())
    figures = _timed(lambda: model.fit_partial(positives, sample_weight=weights, epochs=EPOCHS, num_threads=1))
    people = np.column_stack([model.user_embeddings, np.ones(weights.shape[0], dtype=np.float32)])
    items = np.column_stack([model.item_embeddings, model.item_biases])
    np.savez(place.folder / "vectors.npz", items=items.astype(np.float32), people=people.astype(np.float32))
    return figures | {"rows": float(weights.nnz)}


def index(place: Place) -> Figures:
    """The approximate index of the item vectors, and the ten best of PEOPLE people with it and without."""
    from recommender.serving.approximate import ApproximateIndex

    items, people = place.vectors()
    made: list[ApproximateIndex] = []
    figures = _timed(lambda: made.append(ApproximateIndex.build(items, place.shop.seed, people)))
    file = place.folder / "index.npz"
    made[0].save(file)
    generator = np.random.default_rng(place.shop.seed)
    asked = people[generator.choice(len(people), min(PEOPLE, len(people)), replace=False)]

    def exact(query: Floats) -> NDArray[np.intp]:
        return np.argpartition(-(items @ query), LIST)[:LIST]

    def approximate(query: Floats) -> NDArray[np.intp]:
        return made[0].search(query, LIST)[0]

    pairs = [(_clocked(exact, person), _clocked(approximate, person)) for person in asked]
    hits = [len(np.intersect1d(true[0], found[0])) for true, found in pairs]
    return figures | {
        "exact": float(np.median([true[1] for true, _ in pairs])),
        "approximate": float(np.median([found[1] for _, found in pairs])),
        "recall": float(np.sum(hits)) / (LIST * len(asked)),
        "probes": float(made[0].probes) / len(made[0].centres),
        "bytes": float(file.stat().st_size),
    }


def save(place: Place) -> Figures:
    """A model of this size to disk and back, text vectors and histories included."""
    from recommender.model.embeddings import Embeddings, load_embeddings
    from recommender.model.neighbours import Links
    from recommender.model.ranker import Ranker

    log, (items, people) = place.log(), place.vectors()
    start, touched, bought = log.histories()
    model = Embeddings(
        item_ids=np.array(log.items),
        item_vectors=items,
        warm=np.ones(len(items), dtype=bool),
        popularity=np.ones(len(items), dtype=np.float32),
        text_vectors=np.zeros((len(items), TEXT), dtype=np.float32),
        text_mean=np.zeros(TEXT, dtype=np.float32),
        text_map=np.zeros((TEXT + 1, items.shape[1]), dtype=np.float32),
        person_ids=np.array(log.persons),
        person_vectors=people,
        mean_person=people.mean(axis=0),
        history_start=start,
        history_items=touched,
        history_bought=bought,
        trend=np.ones(len(items), dtype=np.float32),
        neighbours=Links.none(len(items)),
        sequence=None,
        ranker=Ranker.linear({}, ()),
    )
    written = _timed(lambda: model.save(place.folder))
    model = replace(model, text_vectors=model.text_vectors[:0])
    read = _timed(lambda: load_embeddings(place.folder))
    size = sum(file.stat().st_size for file in place.folder.iterdir() if file.name in {"model.npz", "card.json"})
    return {"seconds": written["seconds"], "load": read["seconds"], "bytes": float(size)}


STEPS: dict[str, Callable[[Place], Figures]] = {
    step.__name__: step for step in (draw, ids, matrix, popularity, histories, neighbours, epoch, index, save)
}


def _timed(work: Callable[[], object]) -> Figures:
    """CPU seconds: what others do on this machine counts less than with a clock on the wall."""
    began = time.process_time()
    kept = work()
    seconds = time.process_time() - began
    del kept
    return {"seconds": seconds}


def _clocked(search: Callable[[Floats], NDArray[np.intp]], query: Floats) -> tuple[NDArray[np.intp], float]:
    began = time.perf_counter()
    rows = search(query)
    return rows, time.perf_counter() - began


def _peak() -> int:
    """Bytes. Linux's ru_maxrss would begin with the peak of the process that started this one."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Runs one step and writes its figures with the peak of this process's memory in bytes."""
    step, folder, items, interactions, seed = sys.argv[1:]
    figures = STEPS[step](Place(Path(folder), Shop(int(items), int(interactions), int(seed))))
    figures["peak"] = float(_peak())
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()

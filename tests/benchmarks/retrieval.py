"""What one person's list costs, against the least that any recommender of its kind has to do.

    .venv/bin/python tests/benchmarks/retrieval.py [--items 12000] [--rounds 300]

The least is a matrix-vector product over the item vectors and a partial sort, in numpy, on one thread. Beside it, in
turn and in CPU time, so that whatever else this machine does matters little: the same through
`recommender.serving.nearest`, without and with wishes, and a whole recommendation, profile to reasons. Large catalogues
are searched through indexes: there, one for which every item is looked at is timed too, and the lists are compared.
Item vectors, texts and likes are synthetic (`recommender.benchmark.synthetic`); only their number matters here.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"  # before numpy
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

from recommender.benchmark.synthetic import Shop  # noqa: E402
from recommender.learning.evaluation import Blend  # noqa: E402
from recommender.learning.interactions import Interactions  # noqa: E402
from recommender.learning.texts import Texts  # noqa: E402
from recommender.learning.training import Recipe, fit  # noqa: E402
from recommender.model.hybrid import HybridParameters  # noqa: E402
from recommender.model.sequence import SequenceParameters  # noqa: E402
from recommender.serving.filters import allowed  # noqa: E402
from recommender.serving.index import CatalogueIndex  # noqa: E402
from recommender.serving.live import Snapshot  # noqa: E402
from recommender.serving.nearest import make_index, nearest  # noqa: E402
from recommender.serving.recommend import recommend  # noqa: E402
from recommender.serving.shortlist import Shortlister  # noqa: E402
from recommender.types import Constraint, Item, Request  # noqa: E402

LIST = 10
TEXT = 384
COLOURS = ("red", "blue", "green", "black", "white", "grey", "pink", "beige", "navy", "brown")
RED = Constraint("colour", ("red",))
Floats = NDArray[np.float32]


class NoEncoder:
    """Requests here have no free text: encoding one is measured by encoder.py."""

    dimension = TEXT
    fingerprint = "none"

    def encode(self, texts: object, kind: str = "query", batch_size: int = 32) -> Floats:
        raise AssertionError("There is nothing to encode.")


def main() -> None:
    """Prints one table."""
    parser = argparse.ArgumentParser(description="Measures one person's list; prints markdown.")
    parser.add_argument("--items", type=int, default=12_000)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--epochs", type=int, default=2, help="of training; speed does not depend on them")
    chosen = parser.parse_args()
    shop = Shop(chosen.items, 10 * chosen.items)
    snapshot, log = _snapshot(shop, chosen.epochs)
    found = _measured(_contenders(snapshot, log), list(snapshot.person_rows), chosen.rounds)
    least = found["matrix-vector product and partial sort (numpy)"]
    lines = [
        f"{chosen.items:,} items, {len(log.persons):,} people, {LIST} wanted, medians of {chosen.rounds} people",
        "",
        "| | ms | ÷ product and partial sort | middle half of the ratios |",
        "|---|---:|---:|---:|",
    ]
    for name, seconds in found.items():
        low, middle, high = np.percentile(seconds / least, [25, 50, 75])
        lines.append(f"| {name} | {1e3 * np.median(seconds):.3f} | {middle:.2f} | {low:.2f}-{high:.2f} |")
    if snapshot.shortlister.spaces is not None:
        lines += ["", f"{_agreement(snapshot, chosen.rounds):.3f} of the {LIST} are those of looking at every item"]
    sys.stdout.write("\n".join(lines) + "\n")


def _agreement(snapshot: Snapshot, rounds: int) -> float:
    """Share of the lists' items that are in the lists of looking at everything, with and without a wish."""
    everything = replace(snapshot, shortlister=Shortlister(snapshot.shortlister.scorer, None))
    persons, hits, wanted = list(snapshot.person_rows), 0, 0
    for number in np.random.default_rng(2).integers(len(persons), size=rounds):
        for constraints in ((), (RED,)):
            request = Request(persons[number], "s", constraints=constraints, count=LIST)
            lists = [recommend(one, request, NoEncoder())[0] for one in (snapshot, everything)]
            found, truth = ({shown.item.id for shown in shown_items} for shown_items in lists)
            hits, wanted = hits + len(found & truth), wanted + len(truth)
    return hits / wanted


def _snapshot(shop: Shop, epochs: int) -> tuple[Snapshot, Interactions]:
    log = shop.log()
    generator = np.random.default_rng(shop.seed)
    prices = generator.lognormal(5, 1, size=shop.items).round(2)
    categories = shop.community()
    items = [
        Item(
            id=name,
            titles={"en": name},
            descriptions={},
            attributes={
                "category": (f"category-{categories[row]}",),
                "colour": (COLOURS[row % len(COLOURS)],),
            },
            price=float(prices[row]),
        )
        for row, name in enumerate(log.items)
    ]
    texts = Texts(log.items, shop.texts(TEXT), np.zeros(TEXT, dtype=np.float32), NoEncoder.fingerprint)
    sequence = SequenceParameters(epochs=epochs, seed=shop.seed)
    recipe = Recipe(HybridParameters(epochs=epochs, seed=shop.seed), sequence=sequence)
    model = fit(log, texts, recipe, Blend.untaught())
    return Snapshot.build(CatalogueIndex.build(items), model, NoEncoder()), log


def _contenders(snapshot: Snapshot, log: Interactions) -> Mapping[str, Callable[[str], object]]:
    model = snapshot.embeddings
    vectors, rows = model.item_vectors, snapshot.person_rows
    approximate = make_index(vectors, seed=1, queries=model.person_vectors)
    encoder = NoEncoder()

    def least(person: str) -> object:
        scores = vectors @ model.person_vectors[rows[person]]
        best = np.argpartition(-scores, LIST)[:LIST]
        return best[np.argsort(-scores[best])]

    def path(person: str) -> object:
        return nearest(vectors, model.person_vectors[rows[person]], LIST, None, approximate)

    def seen_left_out(person: str) -> object:
        mask = np.ones(len(vectors), dtype=bool)
        mask[model.history(rows[person])] = False
        return nearest(vectors, model.person_vectors[rows[person]], LIST, mask, approximate)

    def red(person: str) -> object:
        mask = allowed(snapshot.index, Request(person, "s", constraints=(RED,)))
        return nearest(vectors, model.person_vectors[rows[person]], LIST, mask, approximate)

    def whole(person: str) -> object:
        return recommend(snapshot, Request(person, "s", count=LIST), encoder)

    def whole_wish(person: str) -> object:
        liked = log.history(person)[-2:]
        return recommend(snapshot, Request(person, "s", constraints=(RED,), liked=liked, count=LIST), encoder)

    everything = replace(snapshot, shortlister=Shortlister(snapshot.shortlister.scorer, None))

    def whole_exact(person: str) -> object:
        return recommend(everything, Request(person, "s", count=LIST), encoder)

    found = {
        "matrix-vector product and partial sort (numpy)": least,
        "LightFM path: serving.nearest": path,
        "LightFM path, without what they chose before": seen_left_out,
        "LightFM path, only red things": red,
        "whole recommendation with reasons": whole,
        "whole recommendation, red, after two likes": whole_wish,
    }
    if snapshot.shortlister.spaces is not None:
        found["whole recommendation, every item looked at"] = whole_exact
    return found


def _measured(
    contenders: Mapping[str, Callable[[str], object]], persons: Sequence[str], rounds: int
) -> dict[str, Floats]:
    """(rounds,) CPU seconds of each; all of them serve one person before the next comes."""
    generator = np.random.default_rng(1)
    people = [persons[number] for number in generator.integers(len(persons), size=rounds)]
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for person in people[:10]:
        for serve in contenders.values():
            serve(person)  # caches fill
    for person in people:
        for name, serve in contenders.items():
            began = time.process_time()
            serve(person)
            seconds[name].append(time.process_time() - began)
    return {name: np.array(values, dtype=np.float32) for name, values in seconds.items()}


if __name__ == "__main__":
    main()

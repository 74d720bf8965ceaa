"""What a fit costs against plain LightFM at equal epochs: `python tests/benchmarks/fitting.py --data FOLDER` prints it.

CPU seconds of one process whose arithmetic runs in one thread; ratios within the run, best of a few rounds each.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before numpy is imported

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from lightfm import LightFM  # noqa: E402

from recommender.benchmark.sets import load_sets  # noqa: E402
from recommender.language.encoder import Encoder  # noqa: E402
from recommender.learning.evaluation import Blend  # noqa: E402
from recommender.learning.texts import encode_catalogue  # noqa: E402
from recommender.learning.training import Recipe, fit  # noqa: E402
from recommender.settings import Settings  # noqa: E402

ROUNDS = 2


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The least CPU seconds of `work`."""
    found = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return min(found)


def main() -> None:
    """Prints a line a set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, action="append", default=[], help="a set's folder; default: the demo")
    given = parser.parse_args()
    settings = Settings()
    recipe = Recipe()
    plain = recipe.hybrid
    print("| set | likes | plain LightFM, s | without the sequence ÷ it (wanted ≤ 3) | with it, s (wanted ≤ 300) |")  # noqa: T201
    print("|---|---|---|---|---|")  # noqa: T201
    for dataset in load_sets(given.data, settings):
        encoder = Encoder.load(settings.encoder_dir)
        texts = encode_catalogue(dataset.items, encoder, settings.var / "benchmark" / f"texts-{dataset.name}.npz")
        log = dataset.interactions.restrict(texts.item_ids)
        matrix = log.matrix()
        without = replace(recipe, parts=tuple(part for part in recipe.parts if part != "sequence"))

        def lightfm(matrix: object = matrix) -> None:
            model = LightFM(plain.dimensions, loss="warp", learning_rate=plain.learning_rate, random_state=plain.seed)
            model.fit(matrix, epochs=plain.epochs, num_threads=1)

        base = seconds(lightfm)
        ours = seconds(lambda log=log, texts=texts, recipe=without: fit(log, texts, recipe, Blend.untaught()))  # type: ignore[misc]
        whole = seconds(lambda log=log, texts=texts: fit(log, texts, recipe, Blend.untaught()), 1)  # type: ignore[misc]
        print(f"| {dataset.name} | {len(log):,} | {base:.1f} | {ours / base:.2f} | {whole:.0f} |", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()

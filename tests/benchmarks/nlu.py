"""DIET against the logistic head, in one run: `.venv-bot/bin/python tests/benchmarks/nlu.py` prints a table.

Every contender is a whole Rasa pipeline, trained on bot/data/nlu and asked each line of tests/data; it needs what
`make prepare` builds. Accuracy is that of the best intent, without the fallback, in per cent, English / Chinese; all
other figures of the served bot come from `parley bot evaluate`.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bot"), str(ROOT)]
for name, value in {
    "PARLEY_VAR": str(ROOT / "var"),
    "RASA_TELEMETRY_ENABLED": "false",
    "LOG_LEVEL": "ERROR",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}.items():
    os.environ.setdefault(name, value)

import numpy as np  # noqa: E402
import yaml  # noqa: E402
from components.artefacts import load_encoder  # noqa: E402
from components.featurizer import SentenceFeaturizer  # noqa: E402
from evaluation.lines import read_yaml  # noqa: E402
from rasa.core.agent import Agent  # noqa: E402
from rasa.engine.recipes.default_recipe import DefaultV1Recipe  # noqa: E402
from rasa.model_training import train_nlu  # noqa: E402
from rasa.shared.nlu.constants import TEXT  # noqa: E402
from rasa.shared.nlu.training_data.message import Message  # noqa: E402
from rasa.utils.log_utils import configure_structlog  # noqa: E402

from recommender.language.detect import detect  # noqa: E402

Pipeline = list[dict[str, Any]]
Lines = list[tuple[str, str]]
SETS = ("nlu_heldout", "nlu_blind", "nlu_acts")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class CentredFeaturizer(SentenceFeaturizer):
    """Sentence vectors less the mean in the file `mean`, of unit variance: DIET cannot centre them itself."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds each message's vector."""
        mean, spread = np.load(self._config["mean"])
        for message in messages:
            if message.get(TEXT):
                vector = (self._encoder.encode([message.get(TEXT)]) - mean) / spread
                self.add_features_to_message(None, vector, TEXT, message)
        return messages


@dataclass(frozen=True)
class Outcome:
    """Seconds of training; median milliseconds for a message; right intents by (set, language)."""

    seconds: float
    milliseconds: float
    accuracy: dict[tuple[str, str], float]


def main() -> None:
    """Trains and asks every contender that `--only` names, all by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=20, help="of DIET")
    parser.add_argument("--seeds", type=int, default=1, help="runs of DIET, whose figures are averaged")
    parser.add_argument("--only", default="", help="words in the names of contenders, separated by commas")
    options = parser.parse_args()
    configure_structlog(logging.ERROR)  # Rasa's command line does so; else each message is logged to the last detail
    with tempfile.TemporaryDirectory() as folder:
        contenders = dict(_contenders(Path(folder), options.epochs, options.seeds))
        chosen = {name: c for name, c in contenders.items() if any(w in name for w in options.only.split(","))}
        sets = {name: list(_lines(ROOT / "tests" / "data" / f"{name}.yml")) for name in SETS}
        sizes = ", ".join(f"{len(lines)} {name}" for name, lines in sets.items())
        print(f"{len(_training_lines())} training lines; {sizes}; DIET: {options.epochs} epochs\n")  # noqa: T201
        print("| pipeline | held out | blind | acts | training s | message ms |\n|---|---|---|---|---|---|")  # noqa: T201
        for name, pipelines in chosen.items():
            print(_row(name, [_try(pipeline, sets, Path(folder)) for pipeline in pipelines]), flush=True)  # noqa: T201


def _contenders(folder: Path, epochs: int, seeds: int) -> Iterator[tuple[str, list[Pipeline]]]:
    mean = folder / "mean.npy"
    vectors = np.concatenate([load_encoder({}).encode([text]) for text, _ in _training_lines()])
    np.save(mean, np.stack([vectors.mean(axis=0), np.full(vectors.shape[1], vectors.std(axis=0).mean())]))
    tokens = {"name": "components.tokenizer.MixedTokenizer"}
    sparse = [
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    ]
    dense = [{"name": "nlu.CentredFeaturizer", "mean": str(mean)}]

    def diet(features: Pipeline) -> list[Pipeline]:
        head = {"name": "DIETClassifier", "entity_recognition": False, "epochs": epochs}
        return [[tokens, *features, {**head, "random_seed": 7 + seed}] for seed in range(seeds)]

    def head(**settings: float) -> list[Pipeline]:
        vector = {"name": "components.featurizer.SentenceFeaturizer"}
        return [[tokens, vector, {"name": "components.intent_classifier.LogisticIntentClassifier", **settings}]]

    yield "logistic head: vector", head(flags=0, grams=0)
    yield "logistic head: vector, n-grams", head(flags=0)
    yield "logistic head: vector, flags", head(grams=0)
    yield "**logistic head: vector, n-grams, flags**", head()
    yield "DIET: sparse", diet(sparse)
    yield "DIET: sparse, centred vector", diet([*sparse, *dense])


def _try(pipeline: Pipeline, sets: dict[str, Lines], folder: Path) -> Outcome:
    config = folder / "config.yml"
    settings = {"recipe": "default.v1", "assistant_id": "benchmark", "language": "en", "pipeline": pipeline}
    config.write_text(yaml.safe_dump(settings), encoding="utf-8")
    os.environ["RASA_CACHE_DIRECTORY"] = tempfile.mkdtemp(dir=folder)  # nobody profits from another's work
    started = time.perf_counter()
    with redirect_stdout(sys.stderr):  # the table stands alone
        model = train_nlu(str(config), str(ROOT / "bot" / "data"), str(folder), fixed_model_name="benchmark")
    seconds = time.perf_counter() - started
    agent = Agent.load(str(model))
    times: list[float] = []
    accuracy = {}
    for name, lines in sets.items():
        right: dict[str, list[bool]] = {"en": [], "zh": []}
        for text, intent in lines:
            begun = time.perf_counter()
            found = asyncio.run(agent.parse_message(text))["intent"]["name"]
            times.append((time.perf_counter() - begun) * 1000)
            right[detect(text)].append(found == intent)
        accuracy |= {(name, language): statistics.mean(hits) for language, hits in right.items()}
    return Outcome(seconds, statistics.median(times), accuracy)


def _row(name: str, outcomes: list[Outcome]) -> str:
    def mean(key: tuple[str, str]) -> float:
        return 100 * statistics.mean(outcome.accuracy[key] for outcome in outcomes)

    cells = [f"{mean((part, 'en')):.1f} / {mean((part, 'zh')):.1f}" for part in SETS]
    seconds = statistics.mean(outcome.seconds for outcome in outcomes)
    milliseconds = statistics.median(outcome.milliseconds for outcome in outcomes)
    return f"| {name} | {' | '.join(cells)} | {seconds:.0f} | {milliseconds:.1f} |"


def _training_lines() -> Lines:
    return [line for file in sorted((ROOT / "bot" / "data" / "nlu").glob("*.yml")) for line in _lines(file)]


def _lines(file: Path) -> Iterator[tuple[str, str]]:
    return ((line.text, line.intent) for line in read_yaml(file))


if __name__ == "__main__":
    main()

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from recommender.encoders.checkpoint import load_checkpoint
from recommender.encoders.finetune import FinetuneReport, finetune
from recommender.encoders.pairs import Pair, write_pairs
from recommender.encoders.recipe import FinetuneSettings, rate_at
from recommender.errors import EncoderError
from recommender.language.encoder import Encoder

SaveTiny = Callable[..., Path]
ROOT = Path(__file__).resolve().parents[3]
LETTERS = "abcdefgh"

FAST = FinetuneSettings(
    epochs=6,
    batch_size=32,
    rate=1e-2,
    layers=2,
    targets="query,value,dense",
    temperature=0.1,
    held_out=0.15,
    precision="float32",
    device="cpu",
    minutes=0,
    patience=3,
    checkpoint_steps=4,
)


def toy_pairs(count: int = 300) -> list[Pair]:
    """What answers a word is the word in another alphabet's order: nothing a random model could know."""
    generator = np.random.default_rng(0)
    pairs = []
    for number in range(count):
        word = generator.choice(list(LETTERS), size=3, replace=False)
        other = [LETTERS[(LETTERS.index(letter) + 4) % 8] for letter in word]
        pairs.append(Pair(" ".join(word), " ".join(other), f"group {number % 60}"))
    return pairs


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def run(source: Path, out: Path, settings: FinetuneSettings = FAST, **given: Any) -> FinetuneReport:
    return finetune(str(source), given.pop("pairs", toy_pairs()), out, settings, **{"export": False, **given})


def weights_of(folder: Path) -> dict[str, torch.Tensor]:
    return load_checkpoint(str(folder / "checkpoint"), folder).model.state_dict()


def scalars(folder: Path) -> dict[str, list[tuple[int, float]]]:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = EventAccumulator(str(folder / "run" / "tensorboard"))
    events.Reload()
    return {tag: [(each.step, each.value) for each in events.Scalars(tag)] for tag in events.Tags()["scalars"]}


def test_training_lowers_the_loss_finds_more_and_the_export_serves_it(save_tiny: SaveTiny, tmp_path: Path) -> None:
    out, said = tmp_path / "out", []
    # So small a model, trained so fast, bears int8 less than a real one: .986 on some processors, more on others.
    report = run(save_tiny("tiny"), out, replace(FAST, epochs=10), export=True, say=said.append, minimum_cosine=0.95)
    assert report.pairs + report.held_out == len(set(toy_pairs()))
    assert report.changes["mrr"].gain.low > 0.1
    assert report.changes["recall@10"].after.mean > report.changes["recall@10"].before.mean
    told = scalars(out)
    losses = [value for _, value in told["train/loss"]]
    assert np.mean(losses[-5:]) < 0.8 * np.mean(losses[:5])
    assert len(told["train/rate"]) == report.steps
    assert told["validation/mrr"][0][0] == 0
    encoder = Encoder.load(out / "encoder")
    assert encoder.card.cosine == report.cosine
    assert json.loads((out / "report.json").read_text())["changes"]["mrr"]["after"]["mean"] == pytest.approx(
        report.changes["mrr"].after.mean
    )
    # What was merged, saved and quantised finds what the run said it would.
    answers = {pair.query: pair.passage for pair in toy_pairs()}
    scores = encoder.encode(list(answers)) @ encoder.encode(list(answers.values()), "passage").T
    best_ten = scores.argsort(axis=1)[:, -10:]
    assert float((best_ten == np.arange(len(answers))[:, None]).any(axis=1).mean()) > 0.4
    assert any("held-out MRR" in sentence for sentence in said)


@pytest.mark.parametrize("accumulate", [1, 2])
def test_a_run_that_was_broken_off_ends_as_if_it_had_not_been(
    accumulate: int, save_tiny: SaveTiny, tmp_path: Path
) -> None:
    source, settings = (
        save_tiny("tiny"),
        replace(FAST, epochs=3, accumulate=accumulate, validations=2, checkpoint_steps=3),
    )
    straight = run(source, tmp_path / "straight", settings)

    class BrokenOffError(Exception):
        pass

    def break_off(sentence: str) -> None:
        if sentence.startswith("Step 12 " if accumulate == 1 else "Step 6 "):  # not saved yet: at 9, at 4
            raise BrokenOffError

    with pytest.raises(BrokenOffError):
        run(source, tmp_path / "broken", settings, say=break_off)
    assert not (tmp_path / "broken" / "checkpoint").exists()
    resumed = run(source, tmp_path / "broken", settings, resume=True)
    assert replace(resumed, seconds=0, peak_mb=0) == replace(straight, seconds=0, peak_mb=0)
    expected = weights_of(tmp_path / "straight")
    found = weights_of(tmp_path / "broken")
    assert all(torch.equal(expected[name], found[name]) for name in expected)
    assert not torch.equal(
        expected["encoder.layer.1.attention.self.query.weight"],
        load_checkpoint(str(source), tmp_path).model.state_dict()["encoder.layer.1.attention.self.query.weight"],
    )


def test_other_pairs_or_settings_are_no_resumption(save_tiny: SaveTiny, tmp_path: Path) -> None:
    source, brief = save_tiny("tiny"), replace(FAST, epochs=1)
    with pytest.raises(EncoderError, match="nothing to resume"):
        run(source, tmp_path / "out", brief, resume=True)
    run(source, tmp_path / "out", brief)
    with pytest.raises(EncoderError, match="holds a run"):
        run(source, tmp_path / "out", brief)
    with pytest.raises(EncoderError, match="other pairs, rate"):
        run(source, tmp_path / "out", replace(brief, rate=0.1), resume=True, pairs=toy_pairs(100))
    with pytest.raises(EncoderError, match="other encoder"):
        run(save_tiny("other", seed=1), tmp_path / "out", brief, resume=True)
    (tmp_path / "out" / "run" / "state.pt").write_bytes(b"no state")
    with pytest.raises(EncoderError, match="damaged"):
        run(source, tmp_path / "out", brief, resume=True)


def test_training_ends_when_nothing_gets_better_and_keeps_the_best(save_tiny: SaveTiny, tmp_path: Path) -> None:
    source = save_tiny("tiny")
    # A rate of nothing: no validation can be better than the first.
    report = run(source, tmp_path / "out", replace(FAST, rate=0.0, epochs=50, patience=2))
    assert report.stopped == "2 validations brought nothing better"
    assert report.best_step == 0
    assert report.steps == 2 * -(-report.pairs // 32)
    assert report.changes["mrr"].gain.mean == 0
    before = load_checkpoint(str(source), tmp_path).model.state_dict()
    assert all(torch.equal(before[name], value) for name, value in weights_of(tmp_path / "out").items())


def test_a_limit_of_minutes_ends_training_cleanly(save_tiny: SaveTiny, tmp_path: Path) -> None:
    seconds = iter(range(0, 100_000, 2))
    source, settings = save_tiny("tiny"), replace(FAST, minutes=1, epochs=8)
    report = run(source, tmp_path / "out", settings, clock=lambda: float(next(seconds)))
    assert report.stopped == "its 1 minutes are over"
    assert 0 < report.steps < 30
    rates = [value for _, value in scalars(tmp_path / "out")["train/rate"]]
    assert rates[-1] < 0.4 * max(rates)  # the decay knew that the end was near
    assert (tmp_path / "out" / "checkpoint" / "model.safetensors").is_file()
    more = run(source, tmp_path / "out", replace(settings, minutes=0), resume=True)
    assert more.steps > report.steps
    assert more.stopped == "every epoch is done"


def test_a_loss_that_is_no_number_ends_training_with_the_best_weights(save_tiny: SaveTiny, tmp_path: Path) -> None:
    report = run(save_tiny("tiny"), tmp_path / "out", replace(FAST, rate=1e30, warmup=0, clip=0))
    assert report.stopped.startswith("the loss is no number any more")
    assert report.best_step == 0
    assert all(value.isfinite().all() for value in weights_of(tmp_path / "out").values())


def test_negatives_that_came_with_the_pairs_are_used(save_tiny: SaveTiny, tmp_path: Path) -> None:
    pairs = [replace(pair, negatives=("a b", "e f")) for pair in toy_pairs(60)]
    run(save_tiny("tiny"), tmp_path / "out", replace(FAST, epochs=1, negatives=3), pairs=pairs)
    saved = torch.load(tmp_path / "out" / "run" / "state.pt", weights_only=True)["state"]["negatives"]
    assert saved.shape[1] == 3
    assert len(saved[:, :2].unique()) <= 2
    assert len(saved[:, 2].unique()) > 5


def test_too_little_or_unfit_to_learn_from_is_explained(save_tiny: SaveTiny, tmp_path: Path) -> None:
    source = save_tiny("tiny")
    with pytest.raises(EncoderError, match="contrast needs at least 2"):
        run(source, tmp_path / "a", pairs=toy_pairs(2))
    with pytest.raises(EncoderError, match="one group"):
        run(source, tmp_path / "b", pairs=[replace(pair, group="all") for pair in toy_pairs(9)])
    with pytest.raises(EncoderError, match="layers must be at most 2"):
        run(source, tmp_path / "c", replace(FAST, layers=3))
    with pytest.raises(EncoderError, match="LoRA cannot be added"):
        run(source, tmp_path / "d", replace(FAST, targets="nonsense"))
    with pytest.raises(EncoderError, match="not built like BERT"):
        run(save_tiny("distil", kind="DistilBert", dim=32, n_layers=2, n_heads=2, hidden_dim=64), tmp_path / "e")


@pytest.mark.parametrize(("name", "value"), [("epochs", 0), ("warmup", 2.0), ("precision", "half"), ("decay", "fast")])
def test_a_setting_out_of_range_is_named(name: str, value: object) -> None:
    with pytest.raises(EncoderError, match=f"^{name} must be"):
        FinetuneSettings(**{name: value})  # type: ignore[arg-type]


def test_the_rate_rises_and_falls() -> None:
    settings = FinetuneSettings(rate=1.0, warmup=0.2)
    assert [rate_at(settings, at) for at in (0, 0.1, 0.2, 0.6, 1, 1.5)] == pytest.approx([0, 0.5, 1, 0.5, 0, 0])
    cosine = replace(settings, decay="cosine")
    assert [rate_at(cosine, at) for at in (0.2, 0.4, 0.6, 1)] == pytest.approx([1, (1 + 2**-0.5) / 2, 0.5, 0], abs=1e-9)
    assert rate_at(replace(settings, decay="none"), 0.9) == 1


def test_the_command_line_says_what_is_wrong_with_a_file_and_offers_every_setting(tmp_path: Path) -> None:
    def parley(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "recommender.cli", "encoder", "finetune", *arguments]
        return subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=120)

    write_pairs(tmp_path / "pairs.jsonl", [Pair("q", "p")])
    with (tmp_path / "pairs.jsonl").open("a") as stream:
        stream.write('{"query": "q"}\n')
    result = parley("--pairs", str(tmp_path / "pairs.jsonl"), "--out", str(tmp_path / "out"))
    assert result.returncode == 1
    assert 'line 2: "passage" is missing or empty' in result.stderr
    assert "Traceback" not in result.stderr
    result = parley("--pairs", str(tmp_path / "pairs.jsonl"), "--out", str(tmp_path / "out"), "--epochs", "0")
    assert (result.returncode, result.stderr) == (1, "epochs must be at least 1, not 0.\n")
    shown = parley("--help").stdout
    assert all(f"--{each.name.replace('_', '-')}" in shown for each in fields(FinetuneSettings))

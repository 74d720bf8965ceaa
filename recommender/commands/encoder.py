"""Commands over the sentence encoder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import click

from recommender.encoders.recipe import FinetuneSettings


def settings_options(command: Callable[..., None]) -> Callable[..., None]:
    """An option of each field of FinetuneSettings, under its name, with its default."""
    for each in reversed(fields(FinetuneSettings)):
        name = each.name.replace("_", "-")
        kind = type(each.default)
        flag = f"--{name}/--no-{name}" if kind is bool else f"--{name}"
        help_text = each.metadata["help"]
        command = click.option(flag, type=kind, default=each.default, show_default=True, help=help_text)(command)
    return command


@click.group()
def encoder() -> None:
    """Work with the sentence encoder."""


@encoder.command()
def build() -> None:
    """Export the encoder of PARLEY_ENCODER afresh and check it against the float model."""
    from recommender.prepare import redo
    from recommender.settings import load_settings

    redo(load_settings(), "encoder", click.echo)


@encoder.command()
@click.option("--pairs", type=click.Path(path_type=Path), help="JSONL of query and passage; default: the feedback.")
@click.option("--passages", type=click.Path(path_type=Path), help="JSONL of what else the catalogue holds.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Where checkpoint and encoder go.")
@click.option("--resume", is_flag=True, help="Go on with the run in --out that was broken off.")
@click.option("--export/--no-export", default=True, help="Whether to make the int8 encoder too.")
@settings_options
def finetune(pairs: Path | None, passages: Path | None, out: Path, resume: bool, export: bool, **given: object) -> None:
    """Fine-tune the encoder of PARLEY_ENCODER on pairs of query and passage."""
    from recommender.encoders.finetune import CHECKPOINT
    from recommender.encoders.finetune import finetune as fit
    from recommender.encoders.pairs import read_pairs, read_passages
    from recommender.learning.pairs import shop_pairs
    from recommender.settings import load_settings

    settings = load_settings()
    recipe = FinetuneSettings(**given)  # type: ignore[arg-type]
    found = read_pairs(pairs) if pairs else shop_pairs(settings)
    more = read_passages(passages) if passages else ()
    for sentence in fit(settings.encoder, found, out, recipe, more, resume, export, click.echo).sentences():
        click.echo(sentence)
    click.echo(f"To serve it: PARLEY_ENCODER={out / CHECKPOINT} in .env, then `make prepare`.")

"""Commands that make a shop ready, run it, and let it learn."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.option("--folder", type=click.Path(path_type=Path), default=None, help="Where to write; default: data/.")
@click.option("--seed", type=int, default=None, help="Another seed makes another shop; default: PARLEY_SEED.")
def demo(folder: Path | None, seed: int | None) -> None:
    """Write the demo catalogue and its interactions."""
    from recommender.catalogue.demo import build_demo
    from recommender.settings import ROOT, load_settings

    target = folder or ROOT / "data"
    build_demo(target, load_settings().seed if seed is None else seed)
    click.echo(f"Wrote the demo catalogue and interactions to {target}.")


@click.command()
@click.option("--skip", multiple=True, metavar="STEP", help="Leave this step out; may be given several times.")
def prepare(skip: tuple[str, ...]) -> None:
    """Build whatever is stale: pictures, vocabulary, encoder, recommender, bot."""
    from recommender.prepare import prepare as prepare_all
    from recommender.settings import load_settings

    done = prepare_all(load_settings(), click.echo, skip)
    click.echo("Everything is prepared." if done else "Everything is prepared already.")


@click.command()
@click.option("--under-make", is_flag=True, hidden=True, help="Stop also when make, our parent, is told to.")
def run(under_make: bool) -> None:
    """Start the action server and the bot; Ctrl-C stops both."""
    from recommender.running import run as run_all
    from recommender.settings import load_settings

    run_all(load_settings(), click.echo, under_make)


@click.command()
def chat() -> None:
    """Talk in this terminal, in English or Chinese."""
    from recommender.running import chat as chat_here
    from recommender.settings import load_settings

    sys.exit(chat_here(load_settings(), click.echo))


@click.command()
def train() -> None:
    """Train a first recommender from past interactions, and let it serve."""
    from recommender.prepare import redo
    from recommender.settings import load_settings

    redo(load_settings(), "recommender", click.echo)


@click.command()
def retrain() -> None:
    """Learn from what people said and did; the new model serves if it is not worse. Running servers take it up."""
    from recommender.learning.retrain import retrain as learn
    from recommender.settings import load_settings

    report = learn(load_settings(), click.echo)
    for name, value in sorted(report.metrics.items()):
        click.echo(f"  {name}: {value:.4f}")
    click.echo(f"{report.version} {'serves now' if report.promoted else 'was not promoted'}: {report.reason}")

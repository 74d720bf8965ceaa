"""Commands that make the bot understand, measure it, and let it learn from real messages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from recommender.settings import Settings

HELD_OUT = Path("tests") / "data"
"""Below the checkout: what is measured on, and never learnt."""
HARVESTED = Path("bot") / "data" / "nlu" / "harvested.yml"


@click.group()
def bot() -> None:
    """Build, train and measure the bot's understanding, and harvest what it misunderstood."""


@bot.command()
def build() -> None:
    """Write what of the Rasa project depends on the catalogue: entities and example sentences."""
    from recommender.prepare import redo
    from recommender.settings import load_settings

    redo(load_settings(), "project", click.echo)


@bot.command()
@click.option(
    "--finetune/--plain",
    default=None,
    help="Fine-tune an encoder of the bot's own first (about ten minutes), or do without; default: as it is.",
)
def train(finetune: bool | None) -> None:
    """Train the bot on its lines; the encoder that it hears with may be fine-tuned on them, too."""
    from recommender.prepare import redo
    from recommender.settings import load_settings

    settings = load_settings()
    redo(settings, "project", click.echo)
    if finetune is not None:
        _own_encoder(settings, finetune)
    redo(settings, "bot", click.echo)


@bot.command()
@click.option(
    "--data",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="A Rasa NLU file, zip or folder; a set with intents of its own is learnt apart first. May be given several "
    "times; default: tests/data/nlu_*.yml.",
)
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Where to; default: reports/ in PARLEY_VAR.")
def evaluate(data: tuple[Path, ...], out: Path | None) -> None:
    """Measure intents, entities, out-of-scope detection and calibration; write nlu.md and pictures of confusion."""
    from recommender.settings import load_settings
    from recommender.understanding.evaluate import evaluate as measure

    settings = load_settings()
    measure(settings, data or _held_out_files(), out or settings.var / "reports", click.echo)


@bot.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--below", type=click.FloatRange(0, 1), default=0.6, show_default=True, help="Confidence that calls for review."
)
@click.option(
    "--conversations",
    type=click.Path(path_type=Path),
    default=None,
    help="Rasa's tracker store; default: conversations.db in PARLEY_VAR.",
)
def harvest(file: Path, below: float, conversations: Path | None) -> None:
    """Write real messages that the bot was unsure of to FILE, anonymised and grouped, for a person to review."""
    from recommender.answers.vectors import Vectors
    from recommender.harvest.gather import gather
    from recommender.harvest.messages import read_messages
    from recommender.harvest.review import write_review
    from recommender.language.encoder import Encoder
    from recommender.settings import load_settings

    settings = load_settings()
    heard = list(read_messages(conversations or settings.var / "conversations.db"))
    vectors = Vectors.open(Encoder.load(settings.encoder_dir), settings.var / "harvest-vectors.npz")
    groups = gather(heard, vectors, below, _training_keys() | _held_out_keys())
    count = write_review(groups, file)
    click.echo(f"{count} of {len(heard)} messages need a decision, in {len(groups)} groups: {file}")


@bot.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.option("--into", type=click.Path(path_type=Path), default=None, help=f"NLU file; default: {HARVESTED}.")
def accept(file: Path, into: Path | None) -> None:
    """Turn the accepted lines of FILE into training data; `parley bot train` learns them."""
    from recommender.harvest.review import accept as take
    from recommender.settings import ROOT
    from recommender.understanding.lines import read_examples

    known = {example.intent for example in read_examples([ROOT / HARVESTED.parent])}
    click.echo(str(take(file, into or ROOT / HARVESTED, known, _training_keys(), _held_out_keys())))


def _own_encoder(settings: Settings, wanted: bool) -> None:
    import shutil

    from recommender.botbuild.places import Project
    from recommender.understanding.finetune import finetune_intents
    from recommender.understanding.lines import read_examples

    folder = settings.var / "bot" / "encoder"
    if wanted:
        hand_written, generated = Project.of(settings).data
        examples = read_examples([hand_written / "nlu", generated])
        click.echo(str(finetune_intents(settings.encoder, examples, folder, say=click.echo)))
    else:
        shutil.rmtree(folder, ignore_errors=True)


def _held_out_files() -> tuple[Path, ...]:
    from recommender.settings import ROOT

    return tuple(sorted((ROOT / HELD_OUT).glob("nlu_*.yml")))


def _held_out_keys() -> set[str]:
    from recommender.harvest.review import keys_of

    return set(keys_of(_held_out_files()))


def _training_keys() -> set[str]:
    from recommender.harvest.review import keys_of
    from recommender.settings import ROOT

    return set(keys_of(sorted((ROOT / HARVESTED.parent).glob("*.yml"))))

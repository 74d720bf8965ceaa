"""The command line, `parley`. Every heavy import waits inside its command, so that help is there at once."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recommender.encoders.recipe import FinetuneSettings
from recommender.errors import ModelError, ParleyError

if TYPE_CHECKING:
    from recommender.model.registry import Registry


def settings_options(command: Callable[..., None]) -> Callable[..., None]:
    """An option of each field of FinetuneSettings, under its name, with its default."""
    for each in reversed(fields(FinetuneSettings)):
        name = each.name.replace("_", "-")
        kind = type(each.default)
        flag = f"--{name}/--no-{name}" if kind is bool else f"--{name}"
        help_text = each.metadata["help"]
        command = click.option(flag, type=kind, default=each.default, show_default=True, help=help_text)(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="parley")
def parley() -> None:
    """A bilingual conversational recommender. Settings are PARLEY_* variables or lines in .env."""


@parley.command()
@click.option("--folder", type=click.Path(path_type=Path), default=None, help="Where to write; default: data/.")
@click.option("--seed", type=int, default=None, help="Another seed makes another shop; default: PARLEY_SEED.")
def demo(folder: Path | None, seed: int | None) -> None:
    """Write the demo catalogue and its interactions."""
    from recommender.catalogue.demo import build_demo
    from recommender.settings import ROOT, load_settings

    target = folder or ROOT / "data"
    build_demo(target, load_settings().seed if seed is None else seed)
    click.echo(f"Wrote the demo catalogue and interactions to {target}.")


@parley.command()
@click.option("--skip", multiple=True, metavar="STEP", help="Leave this step out; may be given several times.")
def prepare(skip: tuple[str, ...]) -> None:
    """Build whatever is stale: pictures, vocabulary, encoder, recommender, bot."""
    from recommender.prepare import prepare as prepare_all
    from recommender.settings import load_settings

    done = prepare_all(load_settings(), click.echo, skip)
    click.echo("Everything is prepared." if done else "Everything is prepared already.")


@parley.command()
@click.option("--under-make", is_flag=True, hidden=True, help="Stop also when make, our parent, is told to.")
def run(under_make: bool) -> None:
    """Start the action server and the bot; Ctrl-C stops both."""
    from recommender.running import run as run_all
    from recommender.settings import load_settings

    run_all(load_settings(), click.echo, under_make)


@parley.command()
def chat() -> None:
    """Talk in this terminal, in English or Chinese."""
    from recommender.running import chat as chat_here
    from recommender.settings import load_settings

    sys.exit(chat_here(load_settings(), click.echo))


@parley.group()
def catalogue() -> None:
    """Work with catalogue files."""


@catalogue.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Name every fault of FILE (CSV, JSONL or Parquet), with its place and remedy."""
    from recommender.catalogue.faults import errors
    from recommender.catalogue.items import read_catalogue

    found, faults = read_catalogue(file)
    for fault in faults:
        click.echo(f"{fault.severity}: {fault}")
    wrong = len(errors(faults))
    if wrong:
        click.echo(
            f"{file} cannot be used before {wrong} {'error is' if wrong == 1 else 'errors are'} mended.", err=True
        )
        sys.exit(1)
    click.echo(f"{file} is valid: {len(found):,} items, attributes {', '.join(found.attributes)}.")


@catalogue.command("import")
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--to", "target", required=True, type=click.Path(path_type=Path), help="A .csv, .jsonl or .parquet file.")
@click.option("--format", "kind", metavar="FORMAT", help="Of SOURCE, where it is not what the files' names say.")
@click.option("--column", "pairs", multiple=True, metavar="MEANING=COLUMN", help="What a column of a table is.")
@click.option("--columns", "file", type=click.Path(path_type=Path), help="A YAML file of `meaning: column`.")
@click.option("--drop", multiple=True, metavar="COLUMN", help="Leave this column out.")
@click.option("--only-named", is_flag=True, help="Leave out all columns that --column and --columns do not name.")
@click.option("--currency", metavar="CODE", help="Of prices that name none; default: PARLEY_CURRENCY.")
@click.option("--list", "listed", default=10, show_default=True, help="Rows to name for each reason.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
def import_items(
    source: Path,
    target: Path,
    kind: str | None,
    pairs: tuple[str, ...],
    file: Path | None,
    drop: tuple[str, ...],
    only_named: bool,
    currency: str | None,
    listed: int,
    force: bool,
) -> None:
    """Make a catalogue of SOURCE: a MovieLens or Amazon set, or any table."""
    from recommender.importing import catalogue_to_file, read_column_map
    from recommender.settings import load_settings

    chosen = read_column_map(pairs, file, drop, only_named)
    unit = (currency or load_settings().currency).upper()
    catalogue_to_file(source, target, kind, chosen, unit, force, listed, click.echo)


@parley.group()
def interactions() -> None:
    """Work with files of past interactions."""


@interactions.command("import")
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--to", "target", required=True, type=click.Path(path_type=Path), help="A .csv file.")
@click.option("--format", "kind", metavar="FORMAT", help="Of SOURCE, where it is not what the files' names say.")
@click.option("--column", "pairs", multiple=True, metavar="MEANING=COLUMN", help="person, item, event, rating, …")
@click.option("--columns", "file", type=click.Path(path_type=Path), help="A YAML file of `meaning: column`.")
@click.option("--like", default=4.0, show_default=True, help="Ratings from here on are likes.")
@click.option("--dislike", default=2.0, show_default=True, help="Ratings up to here are dislikes; between, views.")
@click.option("--event", default="purchase", show_default=True, help="What a row without event and rating is.")
@click.option("--list", "listed", default=10, show_default=True, help="Rows to name for each reason.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
def import_past(
    source: Path,
    target: Path,
    kind: str | None,
    pairs: tuple[str, ...],
    file: Path | None,
    like: float,
    dislike: float,
    event: str,
    listed: int,
    force: bool,
) -> None:
    """Make a file of interactions of SOURCE: a MovieLens or Amazon set, or any table."""
    from recommender.importing import interactions_to_file, read_column_map
    from recommender.learning.importing.ratings import Reading

    named = read_column_map(pairs, file, (), False).named
    interactions_to_file(source, target, kind, named, Reading(like, dislike, event), force, listed, click.echo)


@parley.command()
def train() -> None:
    """Train a first recommender from past interactions, and let it serve."""
    from recommender.prepare import redo
    from recommender.settings import load_settings

    redo(load_settings(), "recommender", click.echo)


@parley.command()
def retrain() -> None:
    """Learn from what people said and did; the new model serves if it is not worse. Running servers take it up."""
    from recommender.learning.retrain import retrain as learn
    from recommender.settings import load_settings

    report = learn(load_settings(), click.echo)
    for name, value in sorted(report.metrics.items()):
        click.echo(f"  {name}: {value:.4f}")
    click.echo(f"{report.version} {'serves now' if report.promoted else 'was not promoted'}: {report.reason}")


@parley.group()
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


@parley.group(invoke_without_command=True)
@click.pass_context
def models(context: click.Context) -> None:
    """List the trained recommenders, oldest first; * marks the one that serves."""
    from recommender.model.registry import Registry
    from recommender.settings import load_settings

    registry = Registry(load_settings().models_dir)
    context.obj = registry
    if context.invoked_subcommand:
        return
    serving = registry.current()
    if not registry.versions():
        click.echo("There is no model yet: `make prepare` trains the first one.")
    for version in registry.versions():
        try:
            card = registry.card(version)
        except ModelError:
            click.echo(f"{'*' if version == serving else ' '} {version}  cannot be read by this release of Parley")
            continue
        metrics = ", ".join(f"{name} {value:.4f}" for name, value in sorted(card.metrics.items()))
        click.echo(f"{'*' if version == serving else ' '} {version}  {card.interactions:,} interactions  {metrics}")
        if card.reason:
            click.echo(f"    {card.reason}")


@models.command()
@click.argument("version")
@click.pass_obj
def use(registry: Registry, version: str) -> None:
    """Let VERSION serve; running servers take it up."""
    registry.promote(version)
    click.echo(f"{version} serves now.")


@parley.group(invoke_without_command=True)
@click.option(
    "--data",
    "folders",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A set's folder, or one of sets; may be given several times. Default: the demo shop.",
)
@click.option(
    "--seeds", type=click.IntRange(1), default=3, show_default=True, help="Runs of what chance plays a part in."
)
@click.option("--only", default="", help="Words in the names of contenders, separated by commas.")
@click.option("--protocols", default="", help="Words in: warm; warm, per person; new items; new people.")
@click.option(
    "--people", type=click.IntRange(1), default=10_000, show_default=True, help="Ask at most so many in a test."
)
@click.option("--fresh", is_flag=True, help="Measure anew what an earlier run has measured.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Where reports go; default: var/reports.")
@click.pass_context
def benchmark(
    context: click.Context,
    folders: tuple[Path, ...],
    seeds: int,
    only: str,
    protocols: str,
    people: int,
    fresh: bool,
    out: Path | None,
) -> None:
    """Measure the recommender against its peers, print the tables and keep them. A stopped run goes on where it was."""
    if context.invoked_subcommand:
        return
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[threads] = "1"  # before numpy: whoever is compared has one thread
    from recommender.benchmark.run import Wanted, run
    from recommender.settings import load_settings

    words = [tuple(word.strip() for word in text.split(",") if word.strip()) for text in (only, protocols)]
    wanted = Wanted(folders, seeds, words[0], words[1], people, fresh, out)
    report = run(wanted, load_settings(), lambda told: click.echo(told, err=True))
    click.echo(report.read_text(encoding="utf-8"))
    click.echo(f"Written to {report} and {report.with_suffix('.json')}.", err=True)


@parley.group()
def evaluate() -> None:
    """Measure on data sets that are not part of the shop."""


@evaluate.command()
@click.option(
    "--data", type=click.Path(path_type=Path, exists=True), required=True, help="Conversation sets, or one of them."
)
@click.option("--part", type=click.Choice(["test", "valid", "dev"]), help="Default: the first of these that is there.")
@click.option(
    "--encoder",
    "finetuned",
    type=click.Path(path_type=Path, exists=True),
    help="A fine-tuned encoder's folder, which gets a row of its own.",
)
@click.option("--blend-finetuned", is_flag=True, help="Let the blend use that encoder's vectors as well.")
@click.option(
    "--ratings",
    type=click.Path(path_type=Path, exists=True),
    help="A MovieLens folder for vectors of taste; default: ../interactions/ml-latest-small beside the data.",
)
@click.option("--ablations/--no-ablations", default=True, help="Each evidence alone and left out: slow.")
@click.option("--seed", type=int, default=0)
def conversations(
    data: Path,
    part: str | None,
    finetuned: Path | None,
    blend_finetuned: bool,
    ratings: Path | None,
    ablations: bool,
    seed: int,
) -> None:
    """Rank catalogues for recommending dialogues, beside simple and dense peers; writes var/reports/."""
    from recommender.benchmark.conversation_report import Sources, beside, report
    from recommender.benchmark.conversations import Options
    from recommender.language.encoder import Encoder
    from recommender.learning.conversations import ConversationParameters
    from recommender.settings import load_settings

    settings = load_settings()
    sources = Sources(
        encoder=Encoder.load(settings.encoder_dir),
        finetuned=None if finetuned is None else Encoder.load(finetuned),
        ratings=ratings or beside(data),
        memory=settings.var / "benchmark",
        blend_finetuned=blend_finetuned,
    )
    options = Options(ablations, ConversationParameters(seed=seed), seed)
    text = report(data, part, sources, options, lambda line: click.echo(line, err=True))
    target = settings.var / "reports" / "conversations.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    click.echo(text)
    click.echo(f"Written to {target}.", err=True)


@benchmark.command()
@click.option("--items", type=click.IntRange(2), multiple=True, help="How many; may be given several times.")
@click.option(
    "--interactions", type=click.IntRange(1), multiple=True, help="As often as --items; default: ten times as many."
)
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Default: var/reports/scale.")
def scale(items: tuple[int, ...], interactions: tuple[int, ...], out: Path | None) -> None:
    """Measure time and memory against size on synthetic shops, up to a million items unless you name sizes."""
    from recommender.benchmark.scale import SIZES, measure
    from recommender.settings import load_settings

    if interactions and len(interactions) != len(items):
        raise click.UsageError("Give --interactions as often as --items, or not at all.")
    sizes = list(zip(items, interactions or [10 * count for count in items], strict=True)) or SIZES
    settings = load_settings()
    report = measure(
        sizes, settings.seed, out or settings.var / "reports" / "scale", lambda told: click.echo(told, err=True)
    )
    click.echo(report.read_text(encoding="utf-8"))
    click.echo(
        f"Written to {report}, {report.with_suffix('.json').name} and {report.with_suffix('.png').name}.", err=True
    )


def main() -> None:
    """Runs a command; what a person can mend is one sentence and exit code 1, never a traceback."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        # Python would die at once and leave behind what a command has started.
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    try:
        parley()
    except ParleyError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()

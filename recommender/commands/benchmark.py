"""Commands that measure the recommender."""

from __future__ import annotations

import os
from pathlib import Path

import click


@click.group(invoke_without_command=True)
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
@click.option("--skip", default="", help="Words in the names of contenders that are left out.")
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
    skip: str,
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

    words = [tuple(word.strip() for word in text.split(",") if word.strip()) for text in (only, protocols, skip)]
    wanted = Wanted(folders, seeds, words[0], words[1], people, fresh, out, words[2])
    report = run(wanted, load_settings(), lambda told: click.echo(told, err=True))
    click.echo(report.read_text(encoding="utf-8"))
    click.echo(f"Written to {report} and {report.with_suffix('.json')}.", err=True)


@click.group()
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

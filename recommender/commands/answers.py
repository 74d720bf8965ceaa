"""Commands over the shop's questions and answers."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from recommender.answers.base import AnswerBase
    from recommender.settings import Settings


@click.group()
def answers() -> None:
    """Work with the folder of questions and answers (PARLEY_ANSWERS)."""


@answers.command()
def check() -> None:
    """Name every fault of the files, with its line and remedy, and say what is fitted on them."""
    base = _open(_settings())
    found = base.snapshot
    for fault in found.faults:
        click.echo(f"{fault.severity}: {fault}")
    spoken = [sum(entry.language == language for entry in found.entries.values()) for language in ("en", "zh")]
    click.echo(f"{base.folder}: {spoken[0]} answers in English, {spoken[1]} in Chinese.")
    if found.fitted is not None:
        click.echo(f"{found.fitted}.")
    if any(fault.severity == "error" for fault in found.faults):
        sys.exit(1)


@answers.command()
@click.argument("text")
@click.option("--language", type=click.Choice(["en", "zh"]), help="Default: what TEXT is in.")
def ask(text: str, language: str | None) -> None:
    """Say what the bot would answer to TEXT, and how sure it is."""
    from recommender.language.detect import detect

    base = _open(_settings())
    answered = base.ask(text, "zh" if (language or detect(text)) == "zh" else "en")
    fitted = base.snapshot.fitted
    if not answered.confident:
        needed = "" if fitted is None else f" (an answer needs {fitted.threshold:.2f})"
        click.echo(f"I don't know{needed}. What came nearest:" if answered.matches else "There are no answers yet.")
    for match in answered.matches:
        click.echo(f"{match.score:.2f}  {match.source}")
    if answered.confident and not answered.close:
        click.echo(answered.matches[0].text)


@answers.command()
@click.option("--out", type=click.Path(path_type=Path), help="Keep it in this JSON file.")
def fit(out: Path | None) -> None:
    """Say what is fitted on the folder; servers do this themselves. With --out, keep it to start other folders with."""
    from recommender.answers.fitting import write_prior
    from recommender.errors import AnswersError

    base = _open(_settings())
    if base.snapshot.fitted is None:
        raise AnswersError(f"There are no answers in {base.folder} to fit anything on.")
    click.echo(f"{base.snapshot.fitted}.")
    if out is not None:
        write_prior(base.snapshot.fitted, out)
        click.echo(f"Wrote {out}.")


@answers.command()
@click.option("--data", type=click.Path(path_type=Path, exists=True), help="CSV of text, language and question.")
def evaluate(data: Path | None) -> None:
    """Measure on questions that nothing was fitted on; default: the demo's held-out file."""
    from recommender.answers.evaluation import evaluate as judge
    from recommender.answers.examples import read_examples
    from recommender.answers.vectors import Vectors
    from recommender.errors import AnswersError
    from recommender.settings import ROOT

    settings = _settings()
    base = _open(settings)
    found = base.snapshot
    if found.index is None or found.fitted is None:
        raise AnswersError(f"There are no answers in {base.folder} that could be measured.")
    file = data or ROOT / "tests" / "data" / "answers_heldout.csv"
    examples, faults = read_examples(file, tuple(found.entries.values()))
    for fault in faults:
        click.echo(f"{fault.severity}: {fault}", err=True)
    if not examples:
        raise AnswersError(f"{file} holds no question that could be measured.")
    click.echo(f"{found.fitted}.")
    vectors = Vectors.open(base.encoder, settings.var / "answers" / "measured.npz")
    for score in judge(found.index, found.fitted, examples, vectors):
        click.echo(f"{score}.")
    vectors.save()


@answers.command()
@click.option("--days", type=click.IntRange(1), help="Only questions of so many days; default: all.")
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="Clusters to print.")
@click.option("--all", "everything", is_flag=True, help="Questions that are answered by now, too.")
def gaps(days: int | None, top: int, everything: bool) -> None:
    """Show what people ask and no answer tells, what most people asked first."""
    from recommender.answers.gaps import find_gaps
    from recommender.answers.vectors import Vectors
    from recommender.feedback.store import FeedbackStore

    settings = _settings()
    base = _open(settings)
    since = datetime.now(UTC) - timedelta(days=days) if days else None
    with FeedbackStore.open(settings.feedback_url) as store:
        asked = store.questions(since=since, answered=False)
    # What was written since then answers some of them.
    open_ones = [one for one in asked if everything or not base.ask(one.text, one.language).confident]
    found = find_gaps(open_ones, Vectors.open(base.encoder, settings.var / "answers" / "gaps.npz"))
    now_answered = "" if everything else f", {len(asked) - len(open_ones)} of them answered by now"
    click.echo(f"{len(asked)} questions without an answer{now_answered}; {len(found)} subjects.")
    for gap in found[:top]:
        click.echo(f"- {gap}")


@answers.command("import")
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--question", metavar="COLUMN", help="What was asked; default: guessed from the columns' names.")
@click.option("--answer", metavar="COLUMN", help="What was replied; default: guessed from the columns' names.")
@click.option("--to", "target", type=click.Path(path_type=Path), help="Default: imported.md in the folder of answers.")
@click.option("--list", "listed", default=10, show_default=True, help="Rows to name for each reason.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
def import_past(
    source: Path, question: str | None, answer: str | None, target: Path | None, listed: int, force: bool
) -> None:
    """Make a Markdown file of past support conversations: SOURCE is a table with columns for question and answer."""
    from recommender.answers.conversations import import_conversations
    from recommender.answers.folder import read_folder
    from recommender.answers.vectors import Vectors
    from recommender.answers.writing import write_imported
    from recommender.errors import AnswersError
    from recommender.language.encoder import Encoder

    settings = _settings()
    if target is None and settings.answers is None:
        raise AnswersError("PARLEY_ANSWERS names no folder; set it, or say --to FILE.md.")
    file = target or Path(settings.answers or ".") / "imported.md"
    existing = [entry for entry in read_folder(file.parent)[0] if entry.file != file.name]
    vectors = Vectors.open(Encoder.load(settings.encoder_dir), settings.var / "answers" / "imported.npz")
    entries, tally = import_conversations(source, vectors, existing, question, answer, listed)
    for fault in tally.faults:
        click.echo(f"{'dropped' if fault.severity == 'error' else 'noted'}: {fault}")
    click.echo(str(tally))
    write_imported(entries, file, source.name, datetime.now(UTC).date(), force)
    click.echo(f"Wrote {len(entries)} answers to {file}. Read them through: people will see them as they are.")


def _settings() -> Settings:
    from recommender.settings import load_settings

    return load_settings()


def _open(settings: Settings) -> AnswerBase:
    from recommender.answers.base import AnswerBase
    from recommender.language.encoder import Encoder

    return AnswerBase.open(settings.answers, Encoder.load(settings.encoder_dir), settings.var)

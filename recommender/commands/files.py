"""Commands over files of a catalogue and of past interactions."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.group()
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
    click.echo(f"{file} is valid: {len(found):,} items, attributes {', '.join(found.schema.attributes)}.")


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


@click.group()
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

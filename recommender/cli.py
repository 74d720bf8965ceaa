"""The command line, `parley`. Every heavy import waits inside its command, so that help is there at once."""

from __future__ import annotations

import signal
import sys

import click

from recommender.commands import answers, benchmark, bot, encoder, files, models, shop
from recommender.errors import ParleyError

COMMANDS = (
    *(shop.demo, shop.prepare, shop.run, shop.chat, shop.train, shop.retrain),
    *(files.catalogue, files.interactions),
    answers.answers,
    bot.bot,
    encoder.encoder,
    models.models,
    *(benchmark.benchmark, benchmark.evaluate),
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="parley")
def parley() -> None:
    """A bilingual conversational recommender. Settings are PARLEY_* variables or lines in .env."""


for command in COMMANDS:
    parley.add_command(command)


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

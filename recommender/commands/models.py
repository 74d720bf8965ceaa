"""Commands over the recommender's versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from recommender.errors import ModelError

if TYPE_CHECKING:
    from recommender.model.registry import Registry


@click.group(invoke_without_command=True)
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

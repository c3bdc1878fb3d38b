"""Take back everything that one change did to claims."""

from __future__ import annotations

import click

from trooptally.cli import options


@click.command
@click.argument("change", type=click.IntRange(1))
@click.option("--reason", required=True, help="Why, for the history.")
@options.contributor
@options.db
def command(change: int, *, db: str, contributor: str, reason: str) -> None:
    """Take back everything that one change did to claims, by new versions; 'trooptally log' lists the changes."""
    from trooptally.ledger import Ledger

    with Ledger.open(db) as ledger:
        number = ledger.undo(change, contributor=contributor, reason=reason)
    click.echo(f"Change {number} takes back change {change}.")

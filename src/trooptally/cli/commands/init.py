"""Make an empty ledger with the code lists."""

from __future__ import annotations

import click

from trooptally.cli import options


@click.command
@options.db
@options.contributor
@options.dry_run
def command(db: str, contributor: str, *, dry_run: bool) -> None:
    """Make an empty ledger with the code lists of forces, places and sources."""
    from trooptally.errors import LedgerMissing
    from trooptally.ledger import Ledger

    if dry_run:
        try:
            Ledger.open(db, read_only=True).close()
        except LedgerMissing:
            click.echo(f"A ledger would be made at {db}.")
            return
        click.echo(f"There already is a ledger at {db}; nothing would be made.")
        return
    with Ledger.create(db, contributor=contributor) as ledger:
        click.echo(f"Made a ledger at {ledger.place}.")

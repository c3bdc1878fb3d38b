"""Make a ledger with starter facts and start the dashboards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from trooptally.cli import options

if TYPE_CHECKING:
    from trooptally.ledger import Ledger


@click.command
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8050, show_default=True, type=click.IntRange(1, 65_535))
@click.option("--no-serve", is_flag=True, help="Only make the ledger.")
@options.db
def command(db: str, host: str, port: int, *, no_serve: bool) -> None:
    """Make a ledger with the starter facts and a sample story, and start the dashboards on it.

    Run again, it adds nothing and starts the dashboards on what is there.
    """
    from trooptally.cli.receipts import summary
    from trooptally.cli.serving import require_free, serve
    from trooptally.intake.starter import take_starter, take_starter_events

    if not no_serve:
        require_free(host, port)
    with _open_or_create(db) as ledger:
        for receipt in take_starter(ledger):
            click.echo(summary(receipt))
        click.echo(f"events.csv: {take_starter_events(ledger)} events.")
        click.echo(f"The ledger is at {ledger.place}.")
    if not no_serve:
        serve(db, host, port)


def _open_or_create(db: str) -> Ledger:
    from trooptally.errors import LedgerMissing
    from trooptally.ledger import Ledger

    try:
        return Ledger.open(db)
    except LedgerMissing:
        return Ledger.create(db)

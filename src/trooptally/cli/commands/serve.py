"""Start the dashboards."""

from __future__ import annotations

import click

from trooptally.cli import options


@click.command
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8050, show_default=True, type=click.IntRange(1, 65_535))
@options.db
def command(db: str, host: str, port: int) -> None:
    """Start the dashboards on a ledger."""
    from trooptally.cli.serving import serve
    from trooptally.ledger import Ledger

    Ledger.open(db, read_only=True).close()
    serve(db, host, port)

"""Print the SQL that lets a PostgreSQL role add to the ledger and never alter it."""

from __future__ import annotations

import click


@click.command
@click.argument("role")
def command(role: str) -> None:
    """Print the SQL that lets a PostgreSQL role add to the ledger and never alter it.

    Run it as the owner of the tables: trooptally grants ROLE | psql DATABASE
    """
    from trooptally_db.grants import grants

    for statement in grants(role):
        click.echo(f"{statement};")

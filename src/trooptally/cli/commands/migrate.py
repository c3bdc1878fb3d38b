"""Bring a ledger of an older version up to date, after a backup."""

from __future__ import annotations

from pathlib import Path

import click

from trooptally.cli import options


@click.command
@click.option(
    "--backup-to",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Where the backup goes; beside the ledger unless given.",
)
@click.option("--without-backup", is_flag=True, help="Take none (you have one).")
@options.dry_run
@options.db
def command(*, db: str, backup_to: Path | None, without_backup: bool, dry_run: bool) -> None:
    """Bring a ledger of an older version up to date, after a backup.

    All of it is one transaction: counts, sums and the chain are compared before it counts.
    """
    from trooptally.ledger.keeping import migrate

    done = migrate(db, backup_to=backup_to, without_backup=without_backup, dry_run=dry_run)
    if done.before == done.after:
        click.echo(f"The ledger is up to date (revision {done.after}); nothing was to do.")
        return
    if dry_run:
        click.echo(f"The ledger can be brought from revision {done.before} to {done.after}; it was left as it is.")
        return
    saved = f"; a backup of it as it was is {done.backup}" if done.backup else ""
    click.echo(f"Brought the ledger from revision {done.before} to {done.after}{saved}.")

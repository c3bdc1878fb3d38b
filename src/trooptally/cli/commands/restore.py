"""Check a backup, or restore it to where no ledger is."""

from __future__ import annotations

from pathlib import Path

import click

from trooptally.cli import options


@click.command
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--to", metavar="URL", help="The ledger to make; --db unless given.")
@click.option("--check", "only_check", is_flag=True, help="Only check the backup; restore nothing.")
@options.db
def command(path: Path, *, db: str, to: str | None, only_check: bool) -> None:
    """Check a backup, or restore it to where no ledger is.

    Its bytes are compared with its manifest, its pages and its whole history are checked.
    """
    from trooptally.ledger.keeping import check, restore

    if only_check:
        manifest = check(path)
        if manifest.engine == "postgresql":
            click.echo(f"{path} has the bytes of its manifest; restore it to an empty database to check its history.")
            return
        click.echo(f"{path} is sound: {manifest.change:,} changes, taken at {manifest.taken_at}.")
        return
    target = to or db
    manifest = restore(path, target)
    click.echo(f"Restored {manifest.change:,} changes of {manifest.taken_at} to {target}, checked.")

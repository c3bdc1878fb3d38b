"""Take a backup, checked, while others go on writing."""

from __future__ import annotations

from pathlib import Path

import click

from trooptally.cli import options


@click.command
@click.argument("path", type=click.Path(path_type=Path))
@options.as_json
@options.db
def command(path: Path, *, db: str, as_json: bool) -> None:
    """Take a backup of the ledger, check it, and write its manifest beside it.

    PATH is the file to make, or a folder, which gets a file named after the instant. Nothing is written over.
    """
    from trooptally.ledger.keeping import backup

    manifest = backup(db, path)
    if as_json:
        from dataclasses import asdict

        import orjson

        click.echo(orjson.dumps(asdict(manifest)).decode())
        return
    made = path / manifest.file if path.is_dir() else path
    click.echo(f"Backed up {manifest.change:,} changes to {made} ({manifest.bytes / 1e6:.1f} MB), checked.")

"""List the importers and what each knows its documents by."""

from __future__ import annotations

import click


@click.command
def command() -> None:
    """List the importers and what each knows its documents by."""
    from trooptally.intake import importers

    found = importers()
    width = max(len(importer.name) for importer in found)
    for importer in found:
        click.echo(f"{importer.name:<{width}}  {importer.recognises}")

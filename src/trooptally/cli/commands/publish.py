"""Write the ledger as a folder of web pages that need no server."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from trooptally.cli import options


@click.command
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--force", metavar="F", help="Only this force: an id or a name (USA, American).")
@click.option("--place", metavar="P", help="Only this place: an id or a name (IRQ, Iraq).")
@click.option("--known-at", metavar="T", help="An instant of the past: the ledger as it stood then.")
@click.option("--with-drafts", is_flag=True, help="Publish what nobody has accepted yet, too, marked as such.")
@options.dry_run
@options.db
def command(
    folder: Path,
    *,
    db: str,
    force: str | None,
    place: str | None,
    known_at: str | None,
    with_drafts: bool,
    dry_run: bool,
) -> None:
    """Write the ledger as a folder of web pages that need no server: open DIR/index.html, or put DIR on any web server.

    DIR is made, or must be empty or a site that this command wrote before; that one is then replaced as a whole.
    """
    from trooptally.cli.progress import steps
    from trooptally.ledger import Ledger

    # By name, as with `serve`: the engine never imports the dashboards.
    publishing = import_module("trooptally_dashboards.publishing")
    wish = publishing.Wish(force=force, place=place, known_at=known_at, drafts=with_drafts)
    with Ledger.open(db, read_only=True) as ledger:
        if dry_run:
            site = publishing.survey(ledger, folder, wish)
        else:
            site = publishing.publish(ledger, folder, wish, steps=steps)
    claims = f"{site.claims:,} claim{'' if site.claims == 1 else 's'} in {site.series:,} series"
    if dry_run:
        click.echo(f"Would write {claims} to {folder}.")
    else:
        click.echo(f"Wrote {claims} to {folder}; open {folder / 'index.html'}.")

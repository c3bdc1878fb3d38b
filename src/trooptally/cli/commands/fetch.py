"""Fetch one document from the web and read it into the ledger."""

from __future__ import annotations

import click

from trooptally.cli import options


@click.command
@click.argument("url", metavar="URL")
@click.option("--as", "importer", metavar="NAME", default="", help="The importer, instead of by content.")
@click.option("--publisher", default="", help="Who published it, instead of what the page says.")
@click.option("--published-on", metavar="DATE", default="", help="When it was published, instead of what it says.")
@click.option("--title", default="", help="Its title, instead of what it says.")
@options.reason("fetch")
@options.contributor
@options.dry_run
@options.as_json
@options.db
def command(
    url: str, *, db: str, importer: str, contributor: str, reason: str, dry_run: bool, as_json: bool, **told: str
) -> int:
    """Fetch one document from the public web and read it into the ledger, as `import` does with a file.

    Only http and https, only addresses of the public web, at most 20 MB in 20 seconds. Its address and the moment
    are kept with the report. Figures read from prose wait as drafts until a person accepts them.
    """
    from trooptally.cli.receipts import show_receipt
    from trooptally.importing import Particulars
    from trooptally.intake import take_in
    from trooptally.intake.fetching import fetch
    from trooptally.ledger import Ledger

    with Ledger.open(db, read_only=dry_run) as ledger:
        document = fetch(url, Particulars(**told))
        receipt = take_in(ledger, document, contributor=contributor, reason=reason, importer=importer, dry_run=dry_run)
    return show_receipt(receipt, as_json=as_json)

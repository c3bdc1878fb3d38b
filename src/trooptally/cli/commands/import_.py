"""Read documents into the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from trooptally.cli import options

if TYPE_CHECKING:
    from trooptally.importing import Particulars
    from trooptally.intake import Checked
    from trooptally.names import Names


@click.command
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--as", "importer", metavar="NAME", default="", help="The importer, instead of by content.")
@click.option("--publisher", default="", help="Who published the text.")
@click.option("--published-on", metavar="DATE", default="", help="When the text was published.")
@click.option("--url", default="", help="The web address of the text.")
@click.option("--title", default="", help="The title of the text.")
@click.option("--mapping", metavar="FILE", default="", help="What the columns of a general table are (TOML).")
@click.option("--suggest-mapping", is_flag=True, help="Print a draft of a mapping for each table, and record nothing.")
@click.option("--decisions", metavar="FILE", default="", help="What unresolved names mean (CSV; see names).")
@click.option("--issues", metavar="FILE", default="", help="Write all issues to a CSV file as well.")
@options.reason("import")
@options.contributor
@options.dry_run
@options.as_json
@options.db
def command(
    paths: tuple[str, ...],
    *,
    db: str,
    importer: str,
    contributor: str,
    reason: str,
    dry_run: bool,
    as_json: bool,
    mapping: str,
    suggest_mapping: bool,
    decisions: str,
    issues: str,
    **told: str,
) -> int:
    """Read documents into the ledger: claims tables, official tables, or prose.

    All documents are read and checked before anything is written. Rows with errors are reported and left out;
    figures read from prose wait as drafts until a person accepts them. "-" is the standard input.
    """
    from trooptally.cli.batches import decided, importer_name, write_issues
    from trooptally.cli.progress import steps
    from trooptally.cli.receipts import show_receipt
    from trooptally.importing import Particulars
    from trooptally.intake import record
    from trooptally.ledger import Ledger

    if suggest_mapping:
        return _suggest(paths, db)
    with Ledger.open(db, read_only=dry_run) as ledger:
        names, particulars = decided(ledger.names(), decisions), Particulars(**told)
        chosen = importer_name(importer, mapping)
        with steps("reading", paths) as reading:
            checked = [_checked(path, names, particulars, chosen, mapping) for path in reading]
        with steps("writing", checked) as writing:
            receipts = [
                record(ledger, each, contributor=contributor, reason=reason, dry_run=dry_run) for each in writing
            ]
    if issues:
        write_issues(issues, receipts)
    return max([show_receipt(receipt, as_json=as_json) for receipt in receipts])


def _checked(path: str, names: Names, particulars: Particulars, importer: str, mapping: str) -> Checked:
    from trooptally.cli.batches import read_document
    from trooptally.intake import check

    return check(read_document(path, particulars, mapping), names, importer=importer)


def _suggest(paths: tuple[str, ...], db: str) -> int:
    """Print the draft of a mapping for each document."""
    from trooptally.cli.batches import batch_names
    from trooptally.importing import Document
    from trooptally.importing.suggesting import suggest_mapping

    names = batch_names(db, "")
    for path in paths:
        click.echo(suggest_mapping(Document.at(path), names), nl=False)
    return 0

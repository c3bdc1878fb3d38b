"""Show the names of a batch that no code list carries, to be decided."""

from __future__ import annotations

import click

from trooptally.cli import options


@click.command
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--as", "importer", metavar="NAME", default="", help="The importer, instead of by content.")
@click.option("--mapping", metavar="FILE", default="", help="What the columns of a general table are.")
@click.option("--decisions", metavar="FILE", default="", help="Decisions already taken (CSV).")
@click.option("--unresolved", is_flag=True, default=True, help="Show unresolved names (what this command does).")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV with an empty target to fill in.")
@options.db
def command(
    paths: tuple[str, ...], *, db: str, importer: str, mapping: str, decisions: str, unresolved: bool, as_csv: bool
) -> None:
    """Show the names of a batch that no code list carries, with the nearest that they do.

    Save the CSV, fill in the column target with an id or a name that is known, and hand it to
    `trooptally import --decisions FILE`. Nothing is recorded here.
    """
    del unresolved
    from trooptally.cli.batches import batch_names, checked_batch
    from trooptally.cli.shown import print_table
    from trooptally.intake.unresolved import unresolved as unresolved_in
    from trooptally.intake.unresolved import written

    names = batch_names(db, decisions)
    issues = [issue for each in checked_batch(paths, names, importer, mapping) for issue in each.extract.issues]
    found = unresolved_in(issues, names)
    if as_csv:
        click.echo(written(found), nl=False)
    elif not found:
        click.echo("Every name is known.")
    else:
        rows = [[name.kind, name.printed, f"{name.times:,}", " / ".join(name.nearest)] for name in found]
        print_table(["kind", "printed", "times", "nearest"], rows)
